"""The stretches of a text in columns: where each begins and ends, and which table cell it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Cells:
    """Parallel columns, ordered by start; table, row and column are -1 outside tables.

    ``parents`` are the document's segments that the stretches are parts of, where the two differ.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    tables: Sequence[int]
    rows: Sequence[int]
    columns: Sequence[int]
    parents: Sequence[int] | None = None
    _firsts: dict[int, list[int]] = field(default_factory=dict)

    def index_at(self, offset: int) -> int | None:
        """The stretch that holds this offset, or None between two."""
        index = bisect_right(self.starts, offset) - 1
        if index >= 0 and (offset < self.ends[index] or offset == self.starts[index]):
            return index
        return None

    def row(self, index: int) -> range:
        """The stretches of the same table row; for no cell, just itself."""
        tables, rows = self.tables, self.rows
        table, row = tables[index], rows[index]
        if table < 0:
            return range(index, index + 1)
        first, last, end = index, index + 1, len(tables)
        while first > 0 and tables[first - 1] == table and rows[first - 1] == row:
            first -= 1
        while last < end and tables[last] == table and rows[last] == row:
            last += 1
        return range(first, last)

    def firsts(self, table: int) -> list[int]:
        """The first filled cell of every row of a table."""
        if not self._firsts:
            before = (-1, -1)
            for index, key in enumerate(zip(self.tables, self.rows, strict=True)):
                if key != before and key[0] >= 0:
                    self._firsts.setdefault(key[0], []).append(index)
                before = key
        return self._firsts.get(table, [])
