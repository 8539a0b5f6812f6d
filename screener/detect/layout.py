"""A Document as the recognizers see it: stretches, tables and pages, nothing more.

Tables typed as lines of text become cells here, and a value split over cells one stretch; the
Document itself stays as it was read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from screener.detect.cells import Cells
from screener.detect.heads import Heads
from screener.detect.split_pages import find_over_pages
from screener.detect.split_values import find_split
from screener.detect.text_tables import TextTable, find_tables
from screener.model.document import Document, SegmentKind
from screener.model.place import page_of, state_of
from screener.model.tables import Table

_UNASKED = "\0"
_LINES = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.OCR)


class DocumentLayout:
    """Implements ``recognizers.layout.Layout`` over a Document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._segments = document.segments
        self.text = document.text
        tables, rows, columns = document.segments.grid
        starts, ends = document.segments.starts, document.segments.ends
        cells = Cells(starts, ends, tables, rows, columns)
        typed = _typed_tables(document)
        if typed:
            cells = _with_tables(cells, typed, len(document.tables))
        all_tables: tuple[Table, ...] = (*document.tables, *(found.table for found in typed))
        heads = Heads(self.text, cells, all_tables)
        split = find_split(self.text, cells, heads) if all_tables else []
        over_pages = find_over_pages(document, cells)
        self.joints: list[tuple[int, int]] = []
        if split or over_pages:
            cells, self.joints = _joined(cells, split, over_pages)
            heads = Heads(self.text, cells, all_tables)
        self._cells = cells
        self._heads = heads
        self._headers: list[str | None] = []  # by stretch, as they are asked for

    @property
    def starts(self) -> Sequence[int]:
        """Start of every stretch."""
        return self._cells.starts

    @property
    def ends(self) -> Sequence[int]:
        """End of every stretch."""
        return self._cells.ends

    @property
    def grid(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Table, row and column of every stretch; -1 where it is no cell."""
        return self._cells.tables, self._cells.rows, self._cells.columns

    def index_at(self, offset: int) -> int | None:
        """The stretch that holds this offset, or None between stretches."""
        return self._cells.index_at(offset)

    def kind(self, index: int) -> str:
        """The kind of the segment it belongs to, as in the contract."""
        return self._segments.kind(self._segment(index)).value

    def visible(self, index: int) -> bool:
        """Whether a person who opens the file sees it."""
        return self._segments.visible(self._segment(index))

    def header(self, index: int) -> str | None:
        """What heads a table cell: its column, the label beside it, or None."""
        headers = self._headers
        if not headers:
            headers += [_UNASKED] * len(self._cells.starts)
        found = headers[index]
        if found is _UNASKED:
            found = headers[index] = self._heads.header(index)
        return found

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """``(table, row, column)`` of a table cell, or None."""
        cells = self._cells
        if cells.tables[index] < 0:
            return None
        return cells.tables[index], cells.rows[index], cells.columns[index]

    def record(self, index: int) -> tuple[int, int] | None:
        """Table and number of the record of a table cell, or None."""
        return self._heads.record(index) if self._cells.tables[index] >= 0 else None

    def row(self, index: int) -> range:
        """All stretches of the same table row; for no cell, just itself."""
        return self._cells.row(index)

    def page(self, index: int) -> int | None:
        """The page, from 1, where the format has pages."""
        return page_of(self._segments.place(self._segment(index)))

    def covered(self) -> Iterator[tuple[int, int, str | None]]:
        """Stretches somebody covered: start, end, by what (black_box, blacked_out, picture …)."""
        segments = self._segments
        for index in segments.of_kind(SegmentKind.COVERED):
            start, end = segments.starts[index], segments.ends[index]
            yield start, end, state_of(segments.place(index).locate(0, 1))

    def _segment(self, index: int) -> int:
        parents = self._cells.parents
        return index if parents is None else parents[index]


def _typed_tables(document: Document) -> list[TextTable]:
    segments = document.segments
    stretches = (
        (index, segments.starts[index], segments.ends[index])
        for index in range(len(segments))
        if segments.kind(index) in _LINES
    )
    return list(find_tables(document.text, stretches))


class _Growing:
    """The columns of stretches while they are put together."""

    def __init__(self) -> None:
        self.starts, self.ends = array("q"), array("q")
        self.tables, self.rows, self.columns = array("i"), array("i"), array("i")
        self.parents = array("q")

    def add(
        self, start: int, end: int, parent: int, place: tuple[int, int, int] = (-1, -1, -1)
    ) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.parents.append(parent)
        self.tables.append(place[0])
        self.rows.append(place[1])
        self.columns.append(place[2])

    def finished(self) -> Cells:
        return Cells(self.starts, self.ends, self.tables, self.rows, self.columns, self.parents)


def _with_tables(cells: Cells, typed: Sequence[TextTable], known: int) -> Cells:
    """The stretches with the lines of tables cut into cells; other lines stay together."""
    lines = iter(sorted((line, n) for n, found in enumerate(typed) for line in found.lines))
    held = {number: iter(found.cells) for number, found in enumerate(typed)}
    pending = {number: next(entries, None) for number, entries in held.items()}
    grown = _Growing()
    line = next(lines, None)
    for index, (start, end) in enumerate(zip(cells.starts, cells.ends, strict=True)):
        place = (cells.tables[index], cells.rows[index], cells.columns[index])
        at = start
        while line is not None and start <= line[0][0] < end and place[0] < 0:
            (first, last), number = line
            if first > at:
                grown.add(at, first, index)
            entry = pending[number]
            while entry is not None and entry.start < last:
                grown.add(entry.start, entry.end, index, (known + number, entry.row, entry.column))
                entry = next(held[number], None)
            pending[number] = entry
            at = min(last + 1, end)
            line = next(lines, None)
        if at < end or at == start:
            grown.add(at, end, index, place)
    return grown.finished()


def _joined(
    cells: Cells, split: Sequence[range], over_pages: Sequence[range]
) -> tuple[Cells, list[tuple[int, int]]]:
    """The stretches with those of each run as one, and what lies between their parts.

    Of a run over pages only the first and the last are parts: page numbers stand between.
    """
    parents = cells.parents if cells.parents is not None else range(len(cells.starts))
    grown = _Growing()
    joints: list[tuple[int, int]] = []
    runs = {run.start: run for run in (*split, *over_pages)}
    parted = {run.start for run in over_pages}
    index = 0
    while index < len(cells.starts):
        run = runs.get(index, range(index, index + 1))
        place = (cells.tables[index], cells.rows[index], cells.columns[index])
        grown.add(cells.starts[index], cells.ends[run[-1]], parents[index], place)
        if index in parted:
            joints.append((cells.ends[index], cells.starts[run[-1]]))
        else:
            joints += [(cells.ends[at], cells.starts[at + 1]) for at in run[:-1]]
        index = run.stop
    return grown.finished(), joints
