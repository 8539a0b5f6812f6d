"""Sensitive matches join a person: health, poverty, crime, religion and childhood of somebody.

Alone they say nothing about anybody, so they are silent. In the row or the sentence of a person who
is no official, or of an identifier, home, phone or account of one, both get the evidence; beside a
masked name only, they get ``masked_person``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from recognizers.match import Match
from screener.detect.layout import DocumentLayout
from screener.detect.record import MASKED, REACH, SENTENCE_END, impersonal, row_of

KINDS = frozenset({"HEALTH_CONDITION", "FINANCIAL_STATUS", "CRIMINAL_RECORD", "RELIGION", "MINOR"})
_PERSON = "PERSON"
_SOMEBODY = frozenset(
    {
        _PERSON,
        "CN_ADDRESS",
        "CN_BANK_CARD",
        "CN_ID_CARD",
        "CN_MOBILE_PHONE",
        "CN_DISABILITY_CARD",
        "CN_STUDENT_ID",
        "CN_PASSPORT",
        "CN_SOCIAL_SECURITY",
        "CN_RESIDENCE_PERMIT",
        "CN_TRAVEL_PERMIT",
        "HK_ID_CARD",
        "MO_ID_CARD",
        "TW_ID_CARD",
    }
)
VILLAGE = "village_named"
"""The evidence of what the sentence of a masked person says with their village: neighbours know who
赖某某 of a village is."""
_VILLAGE = re.compile(
    "(?:镇|乡|街道|苏木)[\u4e00-\u9fff]{2,8}(?:村|社区|嘎查|屯)[\u4e00-\u9fff]{0,6}?"
    "(?:人|村民|居民|农民)(?![\u4e00-\u9fff])"
)
_MOST_NEIGHBOURS = 12
_MOST_MERGED = 12  # rows one cell may be merged over


def attach(
    layout: DocumentLayout,
    matches: Sequence[Match],
    plain: Sequence[Match],
    records: Sequence[int | None],
) -> tuple[list[Match], list[int | None]]:
    """All matches with what is sensitive bound, in the order of ``matches``, and their records.

    ``plain`` are the matches that are not sensitive, in order, with their ``records``.
    """
    held = list(plain)
    numbers = list(records)
    rows = [row_of(layout, match) for match in plain]
    by_row: dict[tuple[int, int], list[int]] = {}
    masked_rows: set[tuple[int, int]] = set()
    for place, row in enumerate(rows):
        if row is not None and _somebody(plain[place]):
            by_row.setdefault(row, []).append(place)
        elif row is not None and _masked(plain[place]):
            masked_rows.add(row)
    near = _Neighbours(layout, plain, rows)
    joined: list[tuple[Match, int | None]] = []
    fresh = len(matches) * 2
    for match in matches:
        if match.entity not in KINDS:
            continue
        row = row_of(layout, match)
        if row is not None:
            holders = by_row.get(row) or _above(layout, match, row, by_row, plain)
            masked = row in masked_rows
        else:
            holders = near.nearest(match, _somebody)
            masked = not holders and bool(near.nearest(match, _masked))
        if not holders:
            codes: tuple[str, ...] = (MASKED,) if masked else ()
            if masked and row is None and _village_named(layout.text, match):
                codes = (MASKED, VILLAGE)
            joined.append((replace(match, evidence=(*match.evidence, *codes)), None))
            continue
        number = numbers[holders[0]]
        if number is None:
            fresh += 1
            number = fresh
        for holder in holders:
            numbers[holder] = number
            held[holder] = _marked(held[holder], match.entity)
        kinds = sorted({plain[holder].entity for holder in holders})
        evidence = (*match.evidence, *(f"bound:{kind}" for kind in kinds))
        joined.append((replace(match, evidence=evidence), number))
    return _ordered(matches, list(zip(held, numbers, strict=True)), joined)


def _above(
    layout: DocumentLayout,
    match: Match,
    row: tuple[int, int],
    by_row: Mapping[tuple[int, int], list[int]],
    plain: Sequence[Match],
) -> list[int]:
    """Who stands in a cell merged over this row too: the person above, nothing in their column."""
    index = layout.index_at(match.start)
    if index is None or row[1] < 0:
        return []
    filled = {layout.grid[2][at] for at in layout.row(index)}
    for number in range(row[1] - 1, row[1] - 1 - _MOST_MERGED, -1):
        holders = by_row.get((row[0], number))
        if holders:
            return holders if filled.isdisjoint(_columns(layout, plain, holders)) else []
    return []


def _columns(layout: DocumentLayout, plain: Sequence[Match], places: Sequence[int]) -> set[int]:
    indexes = (layout.index_at(plain[place].start) for place in places)
    return {layout.grid[2][index] for index in indexes if index is not None}


def _ordered(
    matches: Sequence[Match],
    plain: Sequence[tuple[Match, int | None]],
    sensitive: Sequence[tuple[Match, int | None]],
) -> tuple[list[Match], list[int | None]]:
    others, ours = iter(plain), iter(sensitive)
    pairs = [next(ours if match.entity in KINDS else others) for match in matches]
    return [match for match, _ in pairs], [number for _, number in pairs]


def _village_named(text: str, match: Match) -> bool:
    """Whether the sentence up to here names the village somebody is from."""
    before = SENTENCE_END.split(text[max(0, match.start - REACH) : match.start])[-1]
    return _VILLAGE.search(before.rpartition("\n")[2]) is not None


def _somebody(match: Match) -> bool:
    return match.entity in _SOMEBODY and match.role != "official" and not impersonal(match)


def _masked(match: Match) -> bool:
    return match.entity == f"{_PERSON}_MASKED"


def _marked(match: Match, kind: str) -> Match:
    """A person or an identifier with the evidence of what is said of them."""
    code = f"bound:{kind}"
    if code in match.evidence:
        return match
    private = match.entity == _PERSON and match.role in (None, "unknown")
    role = "private" if private else match.role
    return replace(match, evidence=(*match.evidence, code), role=role)


class _Neighbours:
    """The matches of running text, by where they stand."""

    def __init__(
        self,
        layout: DocumentLayout,
        plain: Sequence[Match],
        rows: Sequence[tuple[int, int] | None],
    ) -> None:
        self._text = layout.text
        self._plain = plain
        self._rows = rows
        self._starts = [match.start for match in plain]

    def nearest(self, match: Match, fits: Callable[[Match], bool]) -> list[int]:
        """The place of the nearest that fits, in the same sentence; the one before wins a tie."""
        at = bisect_left(self._starts, match.start)
        best: tuple[int, int] | None = None
        last = min(len(self._plain), at + _MOST_NEIGHBOURS)
        for place in range(max(0, at - _MOST_NEIGHBOURS), last):
            other = self._plain[place]
            if self._rows[place] is not None or not fits(other):
                continue
            distance = self._distance(match, other)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, place)
        return [] if best is None else [best[1]]

    def _distance(self, one: Match, other: Match) -> int | None:
        """Code points between two; None where they are too far apart or another sentence."""
        first, last = sorted(((one.start, one.end), (other.start, other.end)))
        distance = last[0] - first[1]
        if distance > REACH or SENTENCE_END.search(self._text[first[1] : last[0]]):
            return None
        return distance
