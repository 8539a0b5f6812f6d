r"""The normalised view of a raw text: what the rules read, with a map back to exact raw offsets.

In the view

- full-width forms are half-width; decimal digits of any script are 0-9; Traditional characters,
  radicals and compatibility forms are Simplified, one to one (``lexicon/fold.txt``);
- every space is ``' '`` (a tab stays a tab: it separates columns, no value contains one), every
  dash ``'-'``, every middle dot ``'·'``, every line end one ``'\n'``;
- what takes no room (zero width, soft hyphen, bidi marks, variation selectors, controls) is gone;
- everything between two stretches of the layout is ``BREAK``, which no rule matches.

``×``, ``Ⅹ``, ``★`` and the like stand as they were: only a rule knows what they mean.

Where nothing was deleted, view and raw offsets are the same and no map is kept.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from recognizers.layout import Layout

BREAK = "\x1e"
"""Stands in the view for whatever separates two stretches. No pattern may match it."""

_FOLD = Path(__file__).with_name("lexicon") / "fold.txt"
_DELETED = 0xFFFFFFFF
_CHUNK = 1 << 19  # code points at a time: the working copies stay in the processor's cache
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000)
_DASHES = (*range(0x2010, 0x2016), 0x2043, 0x207B, 0x208B, 0x2212, 0xFE31, 0xFE58, 0xFE63)
_DOTS = (0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65)
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_BREAKS = (0x1C, 0x1D, 0x1F)
_DELETIONS = (
    *range(0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
)

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Offsets = np.ndarray[Any, np.dtype[np.int64]]


@cache
def _table() -> Codes:
    table = np.arange(0x110000, dtype=np.uint32)
    lines = _FOLD.read_text(encoding="utf-8").splitlines()
    pairs = "".join(line.replace(" ", "") for line in lines if not line.startswith("#"))
    codes = np.frombuffer(pairs.encode("utf-32-le"), dtype=np.uint32)
    table[codes[::2]] = codes[1::2]
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    for group, target in (
        (_SPACES, " "),
        (_DASHES, "-"),
        (_DOTS, "·"),
        (_LINE_ENDS, "\n"),
        (_BREAKS, BREAK),
    ):
        table[list(group)] = ord(target)
    table[list(_DELETIONS)] = _DELETED
    return table


def fold(text: str) -> str:
    """A short text (a header cell, a word of a list) written the way a view writes it."""
    codes = _table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    folded: str = codes[codes != _DELETED].tobytes().decode("utf-32-le", "surrogatepass")
    return folded.replace("\n\n", "\n") if "\r\n" in text else folded


def _gaps(layout: Layout, length: int) -> tuple[Offsets, Offsets]:
    """Starts and ends of what lies outside every stretch."""
    starts = np.asarray(layout.starts, dtype=np.int64)
    ends = np.asarray(layout.ends, dtype=np.int64)
    begin = np.concatenate(([0], ends))
    end = np.concatenate((starts, [length]))
    real = end > begin
    return begin[real], end[real]


def _touching(layout: Layout) -> Offsets:
    """Where one stretch begins right behind another: a break has to be put in."""
    starts = np.asarray(layout.starts, dtype=np.int64)
    ends = np.asarray(layout.ends, dtype=np.int64)
    touching: Offsets = starts[1:][starts[1:] == ends[:-1]]
    return touching


def _expand(begin: Offsets, end: Offsets) -> Offsets:
    """All offsets of these ranges, one after another."""
    lengths = end - begin
    total = int(lengths.sum())
    if total == 0:
        return np.empty(0, dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return np.arange(total, dtype=np.int64) + np.repeat(begin - before, lengths)


class View:
    """The view of one raw text.

    ``text`` is what the rules read. ``codes`` are its code points as an array, for vector work.
    """

    __slots__ = ("_map", "_raw_length", "codes", "text")

    def __init__(self, raw: str, layout: Layout | None = None) -> None:
        self._raw_length = len(raw)
        self._map: Offsets | None = None
        self.codes: Codes = self._fold(raw)
        if layout is not None and len(layout.starts):
            begin, end = _gaps(layout, len(raw))
            self.codes[_expand(begin, end)] = ord(BREAK)
            self._drop_deleted(raw, _touching(layout))
        else:
            self._drop_deleted(raw, np.empty(0, dtype=np.int64))
        self.text: str = self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    @staticmethod
    def _fold(raw: str) -> Codes:
        codes = np.empty(len(raw), dtype=np.uint32)
        table = _table()
        for start in range(0, len(raw), _CHUNK):
            chunk = raw[start : start + _CHUNK].encode("utf-32-le", "surrogatepass")
            np.take(
                table,
                np.frombuffer(chunk, dtype=np.uint32),
                out=codes[start : start + _CHUNK],
                mode="clip",
            )
        return codes

    def _drop_deleted(self, raw: str, breaks: Offsets) -> None:
        """Take out what is deleted, put breaks where stretches touch, and remember the map."""
        if "\r" in raw:
            self._join_line_ends(raw)
        deleted = self.codes == _DELETED
        if deleted.any():
            self._map = np.flatnonzero(~deleted)
            self.codes = self.codes[self._map]
        if len(breaks):
            offsets = self._map if self._map is not None else np.arange(len(raw), dtype=np.int64)
            at = np.searchsorted(offsets, breaks)
            self.codes = np.insert(self.codes, at, ord(BREAK))
            self._map = np.insert(offsets, at, breaks)

    def _join_line_ends(self, raw: str) -> None:
        position = raw.find("\r\n")
        found = []
        while position >= 0:
            found.append(position)
            position = raw.find("\r\n", position + 2)
        if found:
            at = np.array(found, dtype=np.int64)
            self.codes[at[self.codes[at] != ord(BREAK)]] = _DELETED

    def __len__(self) -> int:
        return len(self.codes)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw ``(start, end)`` of ``text[start:end]``: from its first to its last character.

        What was deleted inside is covered, what was deleted around is not. An empty span gives an
        empty one. Raises IndexError when the span is outside the view.
        """
        if not 0 <= start <= end <= len(self.codes):
            raise IndexError("span outside the view")
        if self._map is None:
            return start, end
        if start == end:
            at = int(self._map[start]) if start < len(self._map) else self._raw_length
            return at, at
        return int(self._map[start]), int(self._map[end - 1]) + 1

    def position(self, raw_offset: int) -> int:
        """The first view offset at or behind a raw offset."""
        if self._map is None:
            return raw_offset
        return int(np.searchsorted(self._map, raw_offset))

    def positions(self, raw_offsets: Offsets) -> Offsets:
        """The first view offsets at or behind these raw offsets, all in one go."""
        if self._map is None:
            return raw_offsets
        return np.searchsorted(self._map, raw_offsets)
