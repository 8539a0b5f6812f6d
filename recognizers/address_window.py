"""Where addresses may be: behind a number with its unit, read without blanks and line ends."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from recognizers import address_shapes as shapes
from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK, Codes

_LEFT, _RIGHT = 96, 80
"""How far an address reaches from its anchor, in code points of the view."""


_LONG_LINE = 20
"""A line of fewer code points was not ended by the paper's edge."""
_LINE_ENDS = ("\n", "\t", BREAK)


_PIECE = late("[^ \n]+")
_DASH = late("(?<=[0-9A-Za-z])一(?=[0-9])")
_DASHES = late("(?<=-)-")


class Window(NamedTuple):
    """A stretch of the view without blanks and line ends.

    ``at[i]``: the view offset of ``text[i]``; ``breaks``: before which something was dropped, but
    not where a full line ended and its paragraph goes on: that is in ``wraps``.
    """

    text: str
    at: list[int]
    breaks: frozenset[int]
    wraps: frozenset[int]


def _flags(characters: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    flags = np.zeros(0x110000, dtype=np.bool_)
    flags[[ord(c) for c in characters]] = True
    return flags


_UNIT_FLAGS = _flags(shapes.ANCHORS + "".join(shapes.LONG_ANCHORS))
_SECOND = np.zeros(0x110000, dtype=np.uint32)
for _first, _next in shapes.LONG_ANCHORS.items():
    _SECOND[ord(_first)] = ord(_next)
_GROUP_FLAGS = _flags(shapes.GROUP_ENDS)
_FOLLOWER_FLAGS = _flags("居村农人的户")
_NUMERAL_FLAGS = _flags("0123456789#甲乙丙丁戊" + shapes.NUMERALS + shapes.LETTERS)
_BARE_FLAGS = _flags(shapes.BARE_AFTER)
_NOT_NUMBER_FLAGS = _flags(shapes.NOT_A_NUMBER)


def anchors(artifacts: ChineseArtifacts) -> list[int]:
    """Where a unit stands behind a number, and where a bare number ends behind a name."""
    codes: Codes = artifacts.view.codes
    if len(codes) < 4:
        return []
    units = np.flatnonzero(_UNIT_FLAGS[codes])
    units = units[units > 1]
    second = _SECOND[codes[units]]
    units = units[(second == 0) | (second == codes[np.minimum(units + 1, len(codes) - 1)])]
    before = codes[units - 1]
    blank = (before == ord(" ")) | (before == ord("\n"))
    before = np.where(blank, codes[units - 2], before)
    found: list[int] = units[_NUMERAL_FLAGS[before]].tolist()
    found.extend(_group_ends(codes))
    starts, ends = artifacts.scan.runs
    if len(starts):
        before = codes[np.maximum(starts - 1, 0)]
        near = _BARE_FLAGS[before] & (starts > 0) & (ends - starts < 6)
        behind = codes[np.minimum(ends, len(codes) - 1)]
        near &= ~(_NOT_NUMBER_FLAGS[behind] & (ends < len(codes)))
        near &= ~_UNIT_FLAGS[behind]
        near |= (behind == ord("-")) & (before >= 0x4E00) & (before <= 0x9FFF) & (ends - starts < 4)
        found.extend(ends[near].tolist())
    return sorted(set(found))


def _group_ends(codes: Codes) -> list[int]:
    """Where the name of a village's group may end: behind Han, and before no other word."""
    at = np.flatnonzero(_GROUP_FLAGS[codes])
    at = at[at > 3]
    before, behind = codes[at - 1], codes[np.minimum(at + 1, len(codes) - 1)]
    ends = (behind < 0x4E00) | (behind > 0x9FFF) | _FOLLOWER_FLAGS[behind] | (at + 1 >= len(codes))
    ends &= (before >= 0x4E00) & (before <= 0x9FFF) & ~_NUMERAL_FLAGS[before]
    ends &= (codes[at] != ord("村")) | (before == ord("然"))  # 自然村
    ends &= (before != ord("小")) | (codes[at - 2] == ord("民"))  # 村民小组, not 领导小组
    places: list[int] = at[ends].tolist()
    return places


def window_of(text: str, place: int, done: int) -> tuple[Window, int]:
    """The stretch of a view around ``place``, not before ``done``, and the anchor's place in it."""
    first = max(done, place - _LEFT)
    last = min(len(text), place + _RIGHT)
    begin = max(text.rfind(BREAK, first, place), text.rfind("\t", first, place)) + 1
    gap = text.rfind("\n\n", first, place) + 2 if "\n\n" in text[first:place] else 0
    first = max(first, begin, gap)
    for mark in (BREAK, "\t", "\n\n"):
        cut = text.find(mark, place, last)
        last = cut if cut >= 0 else last
    if "\n" in text[first:last]:
        for item in shapes.LIST_ITEM.finditer(text, first, last):
            if item.end() <= place:
                first = item.end()
            elif item.start() >= place:
                last = item.start()
                break
    written = _plain(text[first:last])
    left_out = _left_out(written)
    pieces: list[str] = []
    at: list[int] = []
    breaks: set[int] = set()
    wraps: set[int] = set()
    for match in _PIECE.finditer(written):
        begin, end = match.span()
        if begin and written[begin - 1] in " \n":
            (wraps if _wrapped(text, first + begin) else breaks).add(len(at))
        for stop in (*(cut for cut in left_out if begin <= cut < end), end):
            pieces.append(written[begin:stop])
            at.extend(range(first + begin, first + stop))
            begin = stop + 1
    window = Window("".join(pieces), at, frozenset(breaks), frozenset(wraps))
    return window, bisect_left(at, place)


def _wrapped(text: str, index: int) -> bool:
    """Whether nothing but the end of a long line stands before this character."""
    end = index - 1
    if text[end] != "\n" or end < _LONG_LINE:
        return False
    line = text[end - _LONG_LINE : end]
    return not any(mark in line for mark in _LINE_ENDS)


def _plain(written: str) -> str:
    """Signs as the shapes know them: ``_`` joins, and 一 between digits is a dash (8一5室)."""
    return _DASH.sub("-", written.replace("_", "-"))


def _left_out(written: str) -> list[int]:
    """What no address needs: second dashes, and brackets around a part of an address that goes on.

    湖景山庄(二期)17号601 goes on behind them, and 人民路12号(市民政局)3楼 does not.
    """
    found = [match.start() for match in _DASHES.finditer(written)] if "--" in written else []
    for match in shapes.BRACKETED.finditer(written) if "(" in written else ():
        inner = match.group("inner")
        joins = written[match.end()].isascii() or shapes.PHASE.fullmatch(inner)
        if joins and not shapes.ORGANISED.search(inner):
            found += (match.start("inner") - 1, match.end() - 1)
    return sorted(found)
