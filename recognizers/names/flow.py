"""The view of a text as it flows: line wraps inside a paragraph taken out, with a map back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from recognizers.lexicon.surnames import SINGLE, TRANSLITERATED
from recognizers.patterns import late
from recognizers.view import BREAK, Codes, Offsets, View

_WRAPPED_LINE = 18  # characters; a shorter line was ended on purpose
_WIDEST = 120  # characters; no page is wider
_RAGGED = 3  # characters by which wrapped lines differ
_FEW_LINES, _FEWEST_FULL = 3, 2
_NEW_LINE = late(
    "[一二三四五六七八九十百]{1,3}[、.]|第[一二三四五六七八九十百]{1,4}[条章节]|附件|"
    "[㐀-鿿]{2,8}[ ]*:|[^\n]{0,12}(?:\t|  )"
    "|[㐀-鿿0-9()]{2,20}[ ][㐀-鿿·]{2,12}[ ][^ \n]"
)
"""How a line begins that is none's continuation."""
_LONGEST_PIECE = 128
_OVERLAP = 12  # characters shared by the two parts of a run that had to be cut anywhere
_BEFORE, _BEHIND = 16, 20  # window around a place where a name can begin
_GATE = Path(__file__).with_name("gate.txt")
_PIECE = late(f"[^。!?;\n{BREAK}]+")
_SOFT = late("[,、: \t]")
_BMP = 0x10000
_LATIN = late(r"[A-Za-z](?<![A-Za-z@./:_\-#&=0-9][A-Za-z])[a-z][A-Za-z]")
"""Where a word of three letters or more begins, if not all of them are capitals; not behind what
an address or a code goes on with.
"""

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Rows = np.ndarray[Any, np.dtype[np.int16]]


class Flow:
    """``text`` is what names are looked for in; ``codes`` its code points."""

    def __init__(self, view: View) -> None:
        wraps = _wraps(view.codes, view.text)
        self._map: Offsets | None = None
        self.text, self.codes = view.text, view.codes
        if wraps:
            keep = np.ones(len(view.codes), dtype=np.bool_)
            keep[wraps] = False
            self._map = np.flatnonzero(keep)
            self.codes = view.codes[self._map]
            self.text = self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    def view_span(self, start: int, end: int) -> tuple[int, int]:
        """The place of ``text[start:end]`` in the view."""
        if self._map is None or start == end:
            return start, end
        return int(self._map[start]), int(self._map[end - 1]) + 1

    def positions(self, offsets: Offsets) -> Offsets:
        """The first places of the flow at or behind these places of the view."""
        return offsets if self._map is None else np.searchsorted(self._map, offsets)

    def windows(self) -> list[tuple[int, int]]:
        """Where the network has to look, in order: parts of sentences around possible starts."""
        begins = _may_begin(self.codes)
        for word in _LATIN.finditer(self.text):
            begins[word.start()] = True
        windows: list[tuple[int, int]] = []
        pieces = list(_pieces(self.text))
        at, last = 0, -1
        for start in begins.nonzero()[0].tolist():
            while at + 1 < len(pieces) and pieces[at + 1][0] <= start:
                at += 1
            first, end = pieces[at] if pieces else (0, 0)
            if not first <= start < end:
                continue
            low, high = max(start - _BEFORE, first), min(start + _BEHIND, end)
            if at == last and low <= windows[-1][1]:
                low = windows.pop()[0]
            windows.append((low, high))
            last = at
        return windows


def _wraps(codes: Codes, text: str) -> list[int]:
    """Line feeds that only wrap a line.

    Wrapped lines are as long as the longest line of the text, give or take a few characters, and
    Han goes on behind them; a text of more than a few lines has several of that length.
    """
    edges = np.flatnonzero((codes == 10) | (codes == ord(BREAK)))
    if not len(edges):
        return []
    begins = np.concatenate(([0], edges + 1))
    ends = np.concatenate((edges, [len(codes)]))
    lengths = ends - begins
    width = int(lengths.max())
    full = lengths >= max(_WRAPPED_LINE, width - _RAGGED)
    if width > _WIDEST or (full.sum() < _FEWEST_FULL and len(lengths) > _FEW_LINES):
        return []
    at = ends[:-1][full[:-1]]
    at = at[(codes[at] == 10) & (at + 1 < len(codes))]
    before = codes[at - 1]
    goes_on = _is_han(before) | (before == ord("、")) | (before == ord(","))
    at = at[goes_on & _is_han(codes[at + 1])]
    return [end for end in at.tolist() if not _NEW_LINE.match(text, end + 1)]


def _is_han(codes: Codes) -> Flags:
    return (codes >= 0x4E00) & (codes <= 0x9FFF)


@cache
def _gate() -> tuple[Rows, Rows, Flags]:
    """By code point: the row of a character that may begin a name, or -1; the column of one that
    some pair is listed with, or -1; and by row and column whether a name can begin with that pair.
    The last column is for all characters that no pair is listed with.
    """
    never, *rows = _GATE.read_text(encoding="utf-8").splitlines()
    seconds = sorted({*never, *"".join(row[1:] for row in rows), *TRANSLITERATED, "·"})
    begins = np.full(_BMP, -1, dtype=np.int16)  # small: a text's characters lie far apart in it
    columns = np.full(_BMP, len(seconds), dtype=np.int16)
    begins[[ord(row[0]) for row in rows]] = np.arange(len(rows))
    columns[[ord(char) for char in seconds]] = np.arange(len(seconds))
    alike = columns[[ord(char) for char in (*TRANSLITERATED, "·")]]
    opened = np.zeros((len(rows), len(seconds) + 1), dtype=np.bool_)
    for at, row in enumerate(rows):
        opened[at] = row[0] in SINGLE
        if row[0] in TRANSLITERATED:
            opened[at, alike] = True
        listed = columns[[ord(char) for char in row[1:]]]
        opened[at, listed] = ~opened[at, listed]
    opened[:, columns[[ord(char) for char in never]]] = False
    return begins, columns, opened


def _may_begin(codes: Codes) -> Flags:
    """Whether a name can begin at each place: by its character and the next one."""
    flags = np.zeros(len(codes), dtype=np.bool_)
    if len(codes) < 2:
        return flags
    begins, columns, opened = _gate()
    low = np.minimum(codes, _BMP - 1)
    rows = begins[low]
    at = np.flatnonzero(rows[:-1] >= 0)
    at = at[_is_han(codes[at + 1]) | (codes[at + 1] == ord("·"))]
    flags[at[opened[rows[at], columns[low[at + 1]]]]] = True
    return flags


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences; one that is too long is cut at a comma or a space, else anywhere."""
    for found in _PIECE.finditer(text):
        start, end = found.span()
        while end - start > _LONGEST_PIECE:
            limit = start + _LONGEST_PIECE
            cut = max((m.end() for m in _SOFT.finditer(text, start, limit)), default=0)
            if cut > start + _LONGEST_PIECE // 2:
                yield start, cut
                start = cut
            else:
                yield start, limit
                start = limit - _OVERLAP
        yield start, end
