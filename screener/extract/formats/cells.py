"""Cells of workbooks, whatever their format: places, values as text, rows with their header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal

from screener.extract.builder import DocumentBuilder
from screener.extract.drawing_looks import says_picture
from screener.model.document import SegmentKind
from screener.model.headers import LOOK_AT, find_header
from screener.model.place import Cell, Place

FLAT_ROW, FLAT_COLUMN = 40, 77
"""Twentieths of a point, 256ths of a character: rows and columns below these are a line."""
_COVERED = ("blacked_out", "black_box", "white_box", "box", "picture")
"""States of cells whose letters something lies over."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Rows and columns (from 0, the last one included) under a shape, and the state of cells."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    state: str

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies under it."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Places of all cells of a sheet; says why a cell is hidden.

    ``filtered`` are the rows under a filter, ``looks`` the cells that show nothing by themselves,
    ``covers`` what lies over cells, ``merged`` the columns (first and last) of a row that a merged
    cell takes without showing what they hold.
    """

    sheet: str
    state: str | None
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    filtered: Collection[int] = ()
    looks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    covers: Sequence[Cover] = ()
    merged: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def look(self, row: int, column: int) -> str | None:
        """Why a cell that is not hidden shows nothing."""
        state = self.looks.get((row, column))
        if state is None and any(a <= column <= b for a, b in self.merged.get(row, ())):
            return "merged"
        if state is None and self.covers:
            return next((cover.state for cover in self.covers if cover.holds(row, column)), None)
        return state

    def at(self, row: int, column: int) -> Place:
        state = self.state
        if state is None and row in self.hidden_rows:
            state = "filtered_row" if row in self.filtered else "hidden_row"
        elif state is None and column in self.hidden_columns:
            state = "hidden_column"
        elif state is None:
            state = self.look(row, column)
        return Cell(self.sheet, f"{column_name(column)}{row + 1}", state)


_MOST_MERGED = 200_000
"""Rows of merged cells that are looked at."""


def under_merged(
    ranges: Iterable[tuple[int, int, int, int]],
) -> dict[int, list[tuple[int, int]]]:
    """By row the columns that merged cells take without showing what they hold: only the first cell
    shows. A range is its first and last row, first and last column, all from 0.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    left = _MOST_MERGED
    for first_row, last_row, first_column, last_column in ranges:
        left -= last_row - first_row + 1
        if left < 0:
            break
        if first_column < last_column:
            found.setdefault(first_row, []).append((first_column + 1, last_column))
        for row in range(first_row + 1, last_row + 1):
            found.setdefault(row, []).append((first_column, last_column))
    return found


def column_name(column: int) -> str:
    """A, B … Z, AA … of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def split_reference(reference: str) -> tuple[int, int] | None:
    """``(row, column)`` from 0 of a reference such as C7, or None."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", reference)
    if not match or match.group(2).strip("0") == "":
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1


class CellWriter:
    """Adds the cells of one sheet to a builder; ``used`` collects every text that a cell shows."""

    def __init__(self, builder: DocumentBuilder, places: SheetPlaces, used: set[str]) -> None:
        self.builder = builder
        self.places = places
        self.used = used
        self.title = ""
        self.table = builder.start_table(places.sheet)
        self.top: dict[int, dict[int, str]] = {}
        self.looked_at = {row for row, _column in places.looks} | places.merged.keys()

    def add(self, row: int, columns: list[int], cells: list[str]) -> None:
        """The filled cells of one row, columns rising. Rows and columns from 0."""
        hidden = self.places.hidden_columns
        if self.places.state is not None or row in self.places.hidden_rows:
            visible = [0] * len(cells)
        elif hidden:
            visible = [0 if column in hidden else 1 for column in columns]
        else:
            visible = [1] * len(cells)
        covers = self.places.covers
        covered = covers and any(c.first_row <= row <= c.last_row for c in covers)
        if covered or row in self.looked_at:
            self._styled_row(row, columns, cells, visible)
        else:
            self.builder.add_row(cells, columns, visible, self.places, table=self.table, row=row)
        self.used.update(cells)
        if len(self.top) < LOOK_AT:
            self.top[row] = dict(zip(columns, cells, strict=True))

    def _styled_row(
        self, row: int, columns: list[int], cells: list[str], visible: list[int]
    ) -> None:
        """A row in which some cell's style shows nothing of its value."""
        for column, text, seen in zip(columns, cells, visible, strict=True):
            look = self.places.look(row, column)
            if look == "picture" and says_picture(text):
                look = None
            kind = SegmentKind.COVERED if look in _COVERED else SegmentKind.TABLE_CELL
            self.builder.add(
                text,
                kind,
                self.places,
                visible=bool(seen) and look is None,
                table=self.table,
                row=row,
                column=column,
            )

    def finish(self) -> None:
        """Find the header among the first rows; a title above it is the table's."""
        if not self.top:
            return
        numbers = list(self.top)
        width = max(max(row) for row in self.top.values()) + 1
        if width > 2000:
            return
        grid = [[row.get(column, "") for column in range(width)] for row in self.top.values()]
        found = find_header(grid)
        if found.form:
            self.builder.set_form(self.table)
        below = numbers[found.first_row - 1] + 1 if found.first_row else 0
        self.builder.set_headers(self.table, found.headers, first_row=below)
        self.title = found.title


def as_shown(value: object) -> str:
    """A cell's value as text: whole numbers in full, as Excel keeps them (15 digits), dates ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)  # dates and times give their ISO form


def _number(value: float) -> str:
    if not value.is_integer() or abs(value) >= 1e22:
        return f"{value:.15g}"
    return str(int(value)) if abs(value) < 1e15 else str(int(Decimal(f"{value:.14e}")))
