"""What a reader makes of a file: one text, one coordinate.

All offsets are code points into ``Document.text``. Segments are kept in columns, not objects:
a spreadsheet of 800,000 cells must not become 800,000 Python objects before anyone asks for one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import ClassVar, Protocol, cast, runtime_checkable

from screener.model.facts import Facts
from screener.model.place import Inside, Locator, Place, WholeFile
from screener.model.tables import LONGEST_LABEL, Table

SEGMENT_BREAK = "\x1e\n"
"""Stands between two segments. No value contains U+001E, so none can straddle it by accident; the
line feed keeps ``screener extract`` readable. Inside a segment a lone line feed is a line wrap."""


@runtime_checkable
class GridPlaces(Protocol):
    """The places of all cells of one table: one object for a sheet of 800,000 cells."""

    def at(self, row: int, column: int) -> Place:
        """The place of a cell, row and column from 0."""


@cache
def _has_cells(kind: type) -> bool:
    """Whether places of this type are those of a table: a protocol is slow to ask each of many."""
    return issubclass(kind, GridPlaces)


class SegmentKind(StrEnum):
    """Where in a document a stretch of text stands (names of the contract)."""

    BODY = "body"
    HEADING = "heading"
    TABLE_CELL = "table_cell"
    HEADER = "header"
    FOOTER = "footer"
    NOTE = "note"
    COMMENT = "comment"
    DELETED = "deleted"
    INSERTED = "inserted"
    HIDDEN = "hidden"
    COVERED = "covered"
    METADATA = "metadata"
    FILE_NAME = "file_name"
    OCR = "ocr"
    ALT_TEXT = "alt_text"


class UnreadReason(StrEnum):
    """Why a part was not read (the closed list of the contract)."""

    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    CORRUPT = "corrupt"
    EMPTY = "empty"
    NO_ACCESS = "no_access"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TIMEOUT = "timeout"
    MISSING_TOOL = "missing_tool"
    OCR_LOW = "ocr_low"
    RULE_FAILED = "rule_failed"
    EXTERNAL = "external"


_KINDS = tuple(SegmentKind)
_KIND_CODES = {kind: code for code, kind in enumerate(_KINDS)}
_CELL_CODE = bytes([_KIND_CODES[SegmentKind.TABLE_CELL]])


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes a document was read from. ``size`` is in bytes; ``origin`` is a path or a URL.

    ``encoding`` is the codec that turns a text or page back into these bytes, empty for other
    formats and for a text whose lines do not share one.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    origin: str
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that could not be handled. An open one blocks release until a person decides.

    ``what`` names the part to a person (a page, a cell, the whole file), ``detail`` says what was
    seen; neither ever holds a value from the document.
    """

    id: str
    what: str
    reason: UnreadReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of ``Document.text``: ``text[start:end]``, and what it is."""

    start: int
    end: int
    kind: SegmentKind
    visible: bool
    place: Place
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class _GridInside:
    """The places of a table's cells inside a member."""

    path: tuple[str, ...]
    places: GridPlaces

    def at(self, row: int, column: int) -> Place:
        return Inside(self.path, self.places.at(row, column))


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """The columns of a SegmentTable as they are, for code that moves whole tables.

    ``starts``, ``ends`` in code points; ``kinds`` are numbers below ``KINDS``; ``tables``, ``rows``
    and ``columns`` are -1 where a segment is no table cell.
    """

    KINDS: ClassVar[int] = len(_KINDS)
    starts: array[int]
    ends: array[int]
    kinds: bytearray
    visible: bytearray
    tables: array[int]
    rows: array[int]
    columns: array[int]
    places: list[Place | GridPlaces]


class SegmentTable(Sequence[Segment]):
    """Segments in columns, ordered by start, not overlapping. Built by the readers' builder."""

    __slots__ = (
        "_columns",
        "_ends",
        "_kinds",
        "_places",
        "_rows",
        "_starts",
        "_tables",
        "_visible",
    )

    def __init__(self) -> None:
        self._starts = array("q")
        self._ends = array("q")
        self._kinds = bytearray()
        self._visible = bytearray()
        self._places: list[Place | GridPlaces] = []
        self._tables = array("i")
        self._rows = array("i")
        self._columns = array("i")

    def append(
        self,
        start: int,
        end: int,
        kind: SegmentKind,
        place: Place | GridPlaces,
        *,
        visible: bool = True,
        table: int = -1,
        row: int = -1,
        column: int = -1,
    ) -> None:
        """Add a segment behind the last one. Raises ValueError when it overlaps one."""
        if end < start or (self._ends and start < self._ends[-1]):
            raise ValueError("segments must be ordered and must not overlap")
        self._starts.append(start)
        self._ends.append(end)
        self._kinds.append(_KIND_CODES[kind])
        self._visible.append(visible)
        self._places.append(place)
        self._tables.append(table)
        self._rows.append(row)
        self._columns.append(column)

    def extend_row(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        places: GridPlaces,
        *,
        table: int,
        row: int,
        columns: Sequence[int],
        visible: Sequence[int],
    ) -> None:
        """Add the cells of one table row in one go, behind the last segment.

        The caller sees to it that they are ordered and do not overlap.
        """
        count = len(starts)
        if self._ends and count and starts[0] < self._ends[-1]:
            raise ValueError("segments must be ordered and must not overlap")
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._kinds.extend(_CELL_CODE * count)
        self._visible.extend(visible)
        self._places.extend([places] * count)
        self._tables.extend([table] * count)
        self._rows.extend([row] * count)
        self._columns.extend(columns)

    def extend_inside(
        self, other: SegmentTable, path: tuple[str, ...], *, shift: int, tables: int
    ) -> None:
        """Add all segments of a member, ``shift`` code points on, its tables counted from
        ``tables``; their places then tell the way there.
        """
        if self._ends and other._starts and other._starts[0] + shift < self._ends[-1]:
            raise ValueError("segments must be ordered and must not overlap")
        self._starts.extend(start + shift for start in other._starts)
        self._ends.extend(end + shift for end in other._ends)
        self._kinds.extend(other._kinds)
        self._visible.extend(other._visible)
        self._tables.extend(n + tables if n >= 0 else n for n in other._tables)
        self._rows.extend(other._rows)
        self._columns.extend(other._columns)
        grids: dict[int, _GridInside] = {}
        for place in other._places:
            if _has_cells(type(place)):
                grid = _GridInside(path, cast("GridPlaces", place))
                self._places.append(grids.setdefault(id(place), grid))
            else:
                self._places.append(Inside(path, cast("Place", place)))

    def columns(self) -> SegmentColumns:
        """The columns themselves, not copied."""
        return SegmentColumns(
            self._starts,
            self._ends,
            self._kinds,
            self._visible,
            self._tables,
            self._rows,
            self._columns,
            self._places,
        )

    @classmethod
    def of(cls, columns: SegmentColumns) -> SegmentTable:
        """A table of these columns, which the caller knows to be in order."""
        table = cls()
        table._starts, table._ends = columns.starts, columns.ends
        table._kinds, table._visible = columns.kinds, columns.visible
        table._tables, table._rows, table._columns = columns.tables, columns.rows, columns.columns
        table._places = columns.places
        return table

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Segment:  # type: ignore[override]  # no slices: nobody needs them
        if index < 0:
            index += len(self)
        table = self._tables[index]
        return Segment(
            start=self._starts[index],
            end=self._ends[index],
            kind=_KINDS[self._kinds[index]],
            visible=bool(self._visible[index]),
            place=self.place(index),
            table=table if table >= 0 else None,
            row=self._rows[index] if table >= 0 else None,
            column=self._columns[index] if table >= 0 else None,
        )

    def __iter__(self) -> Iterator[Segment]:
        return (self[index] for index in range(len(self)))

    @property
    def starts(self) -> Sequence[int]:
        """Start of every segment, in code points."""
        return self._starts

    @property
    def ends(self) -> Sequence[int]:
        """End of every segment, in code points."""
        return self._ends

    @property
    def grid(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Table, row and column of every segment, three parallel columns; -1 where no cell."""
        return self._tables, self._rows, self._columns

    def place(self, index: int) -> Place:
        """The place of one segment; that of a cell is built now."""
        place = self._places[index]
        if _has_cells(type(place)):
            return cast("GridPlaces", place).at(self._rows[index], self._columns[index])
        return cast("Place", place)

    def kind(self, index: int) -> SegmentKind:
        """The kind of one segment, without building the segment."""
        return _KINDS[self._kinds[index]]

    def of_kind(self, kind: SegmentKind) -> Iterator[int]:
        """The numbers of all segments of a kind, found without looking at each."""
        code = _KIND_CODES[kind]
        at = self._kinds.find(code)
        while at >= 0:
            yield at
            at = self._kinds.find(code, at + 1)

    def visible(self, index: int) -> bool:
        """Whether a person who opens the file sees this segment."""
        return bool(self._visible[index])

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """``(table, row, column)`` of a segment that is a table cell, else None."""
        if self._tables[index] < 0:
            return None
        return self._tables[index], self._rows[index], self._columns[index]

    def index_at(self, offset: int) -> int | None:
        """The segment that holds this offset, or None between segments."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and (offset < self._ends[index] or offset == self._starts[index]):
            return index
        return None

    def row(self, index: int) -> range:
        """The segments of the same table row, the given one among them."""
        table, row = self._tables[index], self._rows[index]
        if table < 0:
            return range(index, index + 1)
        first, last = index, index + 1
        while first > 0 and self._tables[first - 1] == table and self._rows[first - 1] == row:
            first -= 1
        while last < len(self) and self._tables[last] == table and self._rows[last] == row:
            last += 1
        return range(first, last)


@dataclass(frozen=True, slots=True)
class Document:
    """All that was read of one file, and what was not."""

    source: Source
    text: str
    segments: SegmentTable
    tables: tuple[Table, ...] = ()
    facts: Facts = field(default_factory=Facts)
    unread: tuple[Unread, ...] = ()

    def locate(self, start: int, end: int) -> Locator:
        """Where ``text[start:end]`` stands, in words a person can follow."""
        index = self.segments.index_at(start)
        if index is None:
            return WholeFile()
        offset = self.segments.starts[index]
        return self.segments.place(index).locate(start - offset, end - offset)

    def header(self, index: int) -> str | None:
        """The header cell over a table cell (in a form the label to its left), or None."""
        cell = self.segments.cell(index)
        if cell is None:
            return None
        number, row, column = cell
        table = self.tables[number]
        if not table.form:
            return table.headers.get(column) if row >= table.first_row else None
        if index == 0 or (left := self.segments.cell(index - 1)) is None or left[:2] != cell[:2]:
            return None
        label = self.text[self.segments.starts[index - 1] : self.segments.ends[index - 1]].strip()
        return label if 0 < len(label) <= LONGEST_LABEL else None
