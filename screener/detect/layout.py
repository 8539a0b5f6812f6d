"""A Document as the recognizers see it: stretches, tables and pages, nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.document import Document
from screener.model.place import OfdObject, PageBox, TableCell


class DocumentLayout:
    """Implements ``recognizers.layout.Layout`` over a Document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._segments = document.segments

    @property
    def starts(self) -> Sequence[int]:
        """Start of every segment."""
        return self._segments.starts

    @property
    def ends(self) -> Sequence[int]:
        """End of every segment."""
        return self._segments.ends

    def index_at(self, offset: int) -> int | None:
        """The segment that holds this offset, or None between segments."""
        return self._segments.index_at(offset)

    def kind(self, index: int) -> str:
        """The segment's kind, as in the contract."""
        return self._segments.kind(index).value

    def visible(self, index: int) -> bool:
        """Whether a person who opens the file sees it."""
        return self._segments.visible(index)

    def header(self, index: int) -> str | None:
        """The header cell over a table cell, or None."""
        return self._document.header(index)

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """``(table, row, column)`` of a table cell, or None."""
        return self._segments.cell(index)

    def row(self, index: int) -> range:
        """All segments of the same table row; for no cell, just itself."""
        return self._segments.row(index)

    def page(self, index: int) -> int | None:
        """The page, from 1, where the format has pages."""
        locator = self._segments.place(index).locate(0, 0)
        return locator.page if isinstance(locator, PageBox | TableCell | OfdObject) else None
