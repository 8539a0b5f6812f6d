"""Whether a document undoes the mask of a name itself.

A name whose given name is hidden hides a person among thousands; 李某某 and 王* are safe. It hides
nobody when the full name stands in the same row or sentence, when a part of the given name shows
and one of few names elsewhere in the document fits it, or when another mask beside it shows the
rest. ``candidates`` then counts the full names that fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from recognizers.layout import Layout
from recognizers.match import Match
from recognizers.names.words import MASKS, all_han, looks_like_name, surname_length

MASKED, PERSON = "PERSON_MASKED", "PERSON"
_REACH = 48
"""How far apart two names of one sentence may stand, in code points."""
_MOST_NEIGHBOURS = 12
_MOST_ELSEWHERE = 10
_PARTED = re.compile("[。！？!?；;]|\n")
_SOMEBODY_ELSE = re.compile("[东西南北][至临邻界][ ：:至]{0,2}$|(?:邻居|相邻|四至)[：: ]?$")
"""Whoever owns what lies beside is not the one whom the row names."""
_NAMING = ("file_name", "metadata")


def weigh(text: str, layout: Layout, matches: Sequence[Match]) -> list[Match]:
    """The matches; masked names that the document undoes with what says so, and how many fit."""
    masked = [match for match in matches if match.entity == MASKED]
    if not masked:
        return list(matches)
    names = [match for match in matches if match.entity in (MASKED, PERSON)]
    beside = _Neighbours(text, layout, names)
    elsewhere = _full_names(text, [n for n in names if n.entity == PERSON])
    titles = _full_names(text, [n for n in names if _kind(layout, n) in _NAMING])
    return [
        _weighed(text, match, beside, elsewhere, titles) if match.entity == MASKED else match
        for match in matches
    ]


def _weighed(
    text: str,
    match: Match,
    beside: _Neighbours,
    elsewhere: Sequence[str],
    titles: Sequence[str],
) -> Match:
    shown = _pattern(text[match.start : match.end])
    if shown is None or _SOMEBODY_ELSE.search(text[max(0, match.start - 8) : match.start]):
        return match
    near = {name for name in beside.full(match) if shown.fullmatch(name)}
    if near:
        return _undone(match, len(near), "named_beside")
    completed = {name for name in beside.halves(match) if shown.fullmatch(name)}
    if completed:
        return _undone(match, len(completed), "adds_up")
    known = elsewhere if _shows_given_name(text[match.start : match.end]) else titles
    fitting = {name for name in known if shown.fullmatch(name)}
    if 0 < len(fitting) <= _MOST_ELSEWHERE:
        return _undone(match, len(fitting), "named_elsewhere")
    return match


def _undone(match: Match, count: int, code: str) -> Match:
    return replace(match, evidence=(f"fits:{count}", code, *match.evidence), candidates=count)


def _full_names(text: str, names: Sequence[Match]) -> list[str]:
    """The full names of persons who are no officials: an official is named and not masked."""
    found = {
        text[name.start : name.end]
        for name in names
        if name.entity == PERSON and name.role != "official"
    }
    return sorted(name for name in found if looks_like_name(name))


def _kind(layout: Layout, match: Match) -> str:
    index = layout.index_at(match.start)
    return "body" if index is None else layout.kind(index)


def _pattern(masked: str) -> re.Pattern[str] | None:
    """The names that fit what is shown; a run of signs may hide one character or two."""
    shown = masked.replace(" ", "")
    signs = re.escape("".join(MASKS) + "●■□#_△?？＿＃")
    written = re.sub(f"[{signs}]+", ".{1,2}", shown)
    if not re.search("[一-鿿]", written):
        return None
    return re.compile(written)


def _shows_given_name(masked: str) -> bool:
    """Whether more than the surname shows."""
    visible = "".join(c for c in masked if "一" <= c <= "鿿" and c not in MASKS)
    return len(visible) > max(1, surname_length(visible)) or masked[:1] not in visible


class _Neighbours:
    """The names of the same table row, or close by in the same sentence."""

    def __init__(self, text: str, layout: Layout, names: Sequence[Match]) -> None:
        self._text = text
        self._names = names
        self._starts = [name.start for name in names]
        self._places = [_row(layout, name) for name in names]

    def full(self, match: Match) -> Iterator[str]:
        """Full names of persons who are no officials."""
        near = (name for name in self._near(match) if name.entity == PERSON)
        for name in near:
            written = self._text[name.start : name.end]
            if name.role != "official" and all_han(written):
                yield written

    def halves(self, match: Match) -> Iterator[str]:
        """What another mask of the same length shows together with this one, when all shows."""
        mine = self._text[match.start : match.end]
        for other in self._near(match):
            theirs = self._text[other.start : other.end]
            if other.entity != MASKED or len(mine) != len(theirs) or mine == theirs:
                continue
            pairs = list(zip(mine, theirs, strict=True))
            if any(a != b and a not in MASKS and b not in MASKS for a, b in pairs):
                continue
            whole = "".join(b if a in MASKS else a for a, b in pairs)
            if all_han(whole) and not any(sign in MASKS for sign in whole):
                yield whole

    def _near(self, match: Match) -> Iterator[Match]:
        at = bisect_left(self._starts, match.start)
        row = self._places[at] if at < len(self._places) else None
        low, high = max(0, at - _MOST_NEIGHBOURS), at + _MOST_NEIGHBOURS
        for place in range(low, min(high, len(self._names))):
            other = self._names[place]
            if other == match:
                continue
            if row is not None:
                if self._places[place] == row:
                    yield other
            elif self._places[place] is None and self._together(match, other):
                yield other

    def _together(self, one: Match, other: Match) -> bool:
        first, last = sorted((one, other), key=lambda match: match.start)
        gap = self._text[first.end : last.start]
        return len(gap) <= _REACH and _PARTED.search(gap) is None


def _row(layout: Layout, match: Match) -> tuple[int, int] | None:
    index = layout.index_at(match.start)
    cell = None if index is None else layout.cell(index)
    return None if cell is None else (cell[0], cell[1])
