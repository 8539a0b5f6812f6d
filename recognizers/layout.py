"""What a recognizer may know about where a text stands: its stretches, tables and pages.

The caller hands in any object with these methods (structural typing keeps recognizers free of the
document model). Offsets are code points into the whole text; ``index`` numbers the stretches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol


class Layout(Protocol):
    """The stretches of one text, ordered by start and not overlapping.

    Text between two stretches (delimiters, breaks) belongs to none; no match may cross it.
    """

    @property
    def starts(self) -> Sequence[int]:
        """Start of every stretch."""

    @property
    def ends(self) -> Sequence[int]:
        """End of every stretch."""

    @property
    def grid(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Table, row and column of every stretch, three parallel columns; -1 where no cell."""

    @property
    def joints(self) -> Sequence[tuple[int, int]]:
        """What lies between the parts of a value that one stretch holds though cells split it."""

    def index_at(self, offset: int) -> int | None:
        """The stretch that holds this offset, or None between stretches."""

    def kind(self, index: int) -> str:
        """body, heading, table_cell, header, footer … (the contract's segment kinds)."""

    def visible(self, index: int) -> bool:
        """Whether a person who opens the file sees it."""

    def header(self, index: int) -> str | None:
        """The header cell over a table cell, or None."""

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """``(table, row, column)`` of a table cell, or None."""

    def row(self, index: int) -> range:
        """All stretches of the same table row; for no cell, just itself."""

    def page(self, index: int) -> int | None:
        """The page, from 1, where the format has pages."""

    def covered(self) -> Iterable[tuple[int, int, str | None]]:
        """Stretches somebody covered: start, end, by what (black_box, blacked_out, picture …)."""


class PlainLayout:
    """A bare text: one visible body stretch. What a stock presidio AnalyzerEngine gets."""

    def __init__(self, text: str) -> None:
        self.starts: Sequence[int] = (0,)
        self.ends: Sequence[int] = (len(text),)
        self.grid: tuple[Sequence[int], Sequence[int], Sequence[int]] = ((-1,), (-1,), (-1,))
        self.joints: Sequence[tuple[int, int]] = ()

    def index_at(self, offset: int) -> int | None:
        """Always the one stretch."""
        return 0 if 0 <= offset <= self.ends[0] else None

    def kind(self, index: int) -> str:
        """``body``"""
        return "body"

    def visible(self, index: int) -> bool:
        """True"""
        return True

    def header(self, index: int) -> str | None:
        """None"""
        return None

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """None"""
        return None

    def row(self, index: int) -> range:
        """Just itself."""
        return range(index, index + 1)

    def page(self, index: int) -> int | None:
        """None"""
        return None

    def covered(self) -> Iterable[tuple[int, int, str | None]]:
        """None"""
        return ()
