r"""The normalised view of a raw text: what the rules read, with a map back to exact raw offsets.

In the view

- full-width forms are half-width; decimal digits of any script are 0-9; Traditional characters,
  radicals and compatibility forms are Simplified, one to one (``lexicon/fold.txt``);
- every space is ``' '`` (a tab stays a tab: it separates columns, no value contains one), every
  dash ``'-'``, every middle dot ``'·'``, every line end one ``'\n'``;
- what takes no room (zero width, soft hyphen, bidi marks, variation selectors, controls) is gone;
- numbers in disguise are plain (``recognizers.disguise``);
- everything between two stretches of the layout is ``BREAK``, which no rule matches.

``×``, ``Ⅹ``, ``★`` and the like stand as they were: only a rule knows what they mean.

Where nothing was deleted or rewritten, view and raw offsets are the same and no map is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from recognizers.disguise import edits
from recognizers.disguise.apart import set_apart
from recognizers.disguise.codes import backwards, coded, numbered
from recognizers.disguise.edit import Edit
from recognizers.disguise.words import worded
from recognizers.layout import Layout

BREAK = "\x1e"
"""Stands in the view for whatever separates two stretches. No pattern may match it."""

_FOLD = Path(__file__).with_name("lexicon") / "fold.txt"
_DELETED = 0xFFFFFFFF
_CHUNK = 1 << 19  # code points at a time: the working copies stay in the processor's cache
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000, 0xFFFC)
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
    *(0x17B4, 0x17B5),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
    *range(0x300, 0x370),  # combining marks: no word of Chinese has one
    *range(0x483, 0x48A),
    *range(0x1AB0, 0x1B00),
    *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100),
    *range(0xFE20, 0xFE30),
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

    __slots__ = ("_last", "_map", "_mirrored", "_raw_length", "_rewritten", "codes", "text")

    def __init__(self, raw: str, layout: Layout | None = None) -> None:
        self._raw_length = len(raw)
        self._map: Offsets | None = None
        self._last: Offsets | None = None
        self._rewritten: list[tuple[int, int]] = []
        self.codes: Codes = self._fold(raw)
        self._mirrored = backwards(raw)
        for first, last in self._mirrored:
            self.codes[first:last] = self.codes[first:last][::-1].copy()
        if layout is not None and len(layout.starts):
            begin, end = _gaps(layout, len(raw))
            self.codes[_expand(begin, end)] = ord(BREAK)
            for first, last in layout.joints:
                self.codes[first:last] = _DELETED
            self._drop_deleted(raw, _touching(layout))
        else:
            self._drop_deleted(raw, np.empty(0, dtype=np.int64))
        self.text: str = self._decoded()
        self._rewrite(list(coded(self.text)))
        self._rewrite(list(numbered(self.text)))
        self._rewrite(worded(self.text, self.codes))
        self._rewrite(set_apart(self.text, self.codes))
        self._rewrite(edits(self.text, self.codes, partial(self._heading, layout)))

    def _heading(self, layout: Layout | None, at: int) -> str:
        """What is written over the table cell at a place of the view."""
        index = None if layout is None else layout.index_at(self.raw_span(at, at)[0])
        return "" if layout is None or index is None else fold(layout.header(index) or "")

    def _decoded(self) -> str:
        return self.codes.tobytes().decode("utf-32-le", "surrogatepass")

    def _rewrite(self, edits: Sequence[Edit]) -> None:
        """Put plain characters in the place of what stands for them, and remember where."""
        if not edits:
            return
        first = np.arange(self._raw_length) if self._map is None else self._map
        last = first if self._last is None else self._last
        codes, firsts, lasts = [], [], []
        done, shift = 0, 0
        moved = []
        for edit in edits:
            plain = np.frombuffer(edit.plain.encode("utf-32-le"), dtype=np.uint32)
            codes += [self.codes[done : edit.start], plain]
            firsts += [first[done : edit.start], first[list(edit.starts)]]
            lasts += [last[done : edit.start], last[[end - 1 for end in edit.ends]]]
            moved.append((edit.start + shift, edit.start + shift + len(plain)))
            shift += len(plain) - (edit.end - edit.start)
            done = edit.end
        self.codes = np.concatenate([*codes, self.codes[done:]])
        self._map = np.concatenate([*firsts, first[done:]])
        self._last = np.concatenate([*lasts, last[done:]])
        self.text = self._decoded()
        if self._rewritten:  # by an earlier pass: where they stand now
            before = np.array([edit.start for edit in edits])
            grown = np.cumsum([len(e.plain) - (e.end - e.start) for e in edits])
            for start, end in self._rewritten:
                at = int(np.searchsorted(before, start)) - 1
                by = int(grown[at]) if at >= 0 else 0
                moved.append((start + by, max(start + by + 1, end + by)))
            moved.sort()
        self._rewritten = moved

    @property
    def stretches_rewritten(self) -> Sequence[tuple[int, int]]:
        """The stretches of ``text`` that the raw text writes otherwise, by start."""
        return self._rewritten

    def rewritten(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` holds something that the raw text writes in disguise."""
        if not self._rewritten and not self._mirrored:
            return False
        at = bisect_right(self._rewritten, (end - 1, len(self.codes) + 1)) - 1
        if at >= 0 and self._rewritten[at][1] > start:
            return True
        first, last = self.raw_span(start, end)
        return any(begin < last and first < stop for begin, stop in self._mirrored)

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
        last = self._map if self._last is None else self._last
        return self._unmirrored(int(self._map[start]), int(last[end - 1]) + 1)

    def _unmirrored(self, start: int, end: int) -> tuple[int, int]:
        """The raw span, where a stretch that is shown backwards was turned round."""
        for first, last in self._mirrored:
            if first <= start and end <= last:
                return first + last - end, first + last - start
            if start < last and first < end:
                start, end = min(start, first), max(end, last)
        return start, end

    def raw(self, at: int) -> int | None:
        """The raw offset of the character ``text[at]``; None behind the view's end."""
        if at >= len(self.codes):
            return None
        return at if self._map is None else int(self._map[at])

    def position(self, raw_offset: int) -> int:
        """The first view offset at or behind a raw offset."""
        if self._map is None:
            return raw_offset
        return int(self._map.searchsorted(raw_offset))

    def positions(self, raw_offsets: Offsets) -> Offsets:
        """The first view offsets at or behind these raw offsets, all in one go."""
        if self._map is None:
            return raw_offsets
        return self._map.searchsorted(raw_offsets)
