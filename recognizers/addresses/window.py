"""Where addresses may be: behind a number with its unit, read without blanks and line ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from recognizers.addresses import shapes
from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK

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


_NUMERALS = re.escape("0123456789#甲乙丙丁戊" + shapes.NUMERALS + shapes.LETTERS)
_UNITS = re.escape(shapes.ANCHORS + "".join(shapes.LONG_ANCHORS))
_UNIT = late(f"[{_UNITS}](?:(?<=[{_NUMERALS}].)|(?<=[{_NUMERALS}][ \n].))")
"""The first character of a unit behind a number; a blank or a line end may stand between."""
_GROUP = late(
    f"[{shapes.GROUP_ENDS}](?<=[一-鿿].)(?<![{_NUMERALS}].)(?=[居村农人的户]|[^一-鿿]|\\Z)"
    "(?:(?<!村)|(?<=然村))(?:(?<!小.)|(?<=民小.))"
)
"""Where the name of a village's group may end, behind Han and before no other word: 自然村, but no
other 村; 村民小组, not 领导小组.
"""
_BARE = frozenset(shapes.BARE_AFTER)
_NO_BARE_END = frozenset(shapes.NOT_A_NUMBER + shapes.ANCHORS + "".join(shapes.LONG_ANCHORS))
_LONGEST_BARE, _LONGEST_BEFORE_DASH = 5, 3
_FEWEST_BEFORE_GROUP = 4


def anchors(artifacts: ChineseArtifacts) -> list[int]:
    """Where a unit stands behind a number, and where a bare number ends behind a name."""
    text = artifacts.view.text
    found: set[int] = set()
    for unit in _UNIT.finditer(text):
        second = shapes.LONG_ANCHORS.get(unit.group())
        if second is None or text.startswith(second, unit.end()):
            found.add(unit.start())
    for group in _GROUP.finditer(text, _FEWEST_BEFORE_GROUP):
        found.add(group.start())
    for start, end in artifacts.scan.run_bounds:
        if start == 0 or end - start > _LONGEST_BARE:
            continue
        before, behind = text[start - 1], text[end : end + 1]
        if (before in _BARE and behind not in _NO_BARE_END) or (
            behind == "-" and end - start <= _LONGEST_BEFORE_DASH and "一" <= before <= "鿿"
        ):
            found.add(end)
    return sorted(found)


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
