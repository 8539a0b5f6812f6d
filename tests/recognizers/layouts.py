"""Layouts for tests: one row of table cells under its headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recognizers.view import BREAK

SEPARATOR = BREAK + "\n"


class Row:
    """A header row and one row of ``(header or None, text)``, or without headers plain stretches.

    ``text`` joins the header cells and the cells with breaks, as a reader would.
    """

    def __init__(self, cells: Sequence[tuple[str | None, str]], kind: str = "table_cell") -> None:
        self._kind = kind
        self._headers = [header for header, _ in cells]
        self._first = len(cells) if any(self._headers) else 0
        texts = [header or "-" for header in self._headers[: self._first]]
        texts += [text for _, text in cells]
        self.starts: list[int] = []
        self.ends: list[int] = []
        length = 0
        for text in texts:
            self.starts.append(length)
            self.ends.append(length + len(text))
            length += len(text) + len(SEPARATOR)
        self.text = SEPARATOR.join(texts)
        self.joints: list[tuple[int, int]] = []
        places = [self.cell(index) or (-1, -1, -1) for index in range(len(texts))]
        tables, rows, columns = ([place[at] for place in places] for at in range(3))
        self.grid: tuple[Sequence[int], Sequence[int], Sequence[int]] = (tables, rows, columns)

    def index_at(self, offset: int) -> int | None:
        for index, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start <= offset < max(end, start + 1):
                return index
        return None

    def kind(self, index: int) -> str:
        return self._kind

    def visible(self, index: int) -> bool:
        return True

    def header(self, index: int) -> str | None:
        return self._headers[index - self._first] if index >= self._first else None

    def cell(self, index: int) -> tuple[int, int, int] | None:
        if self._kind != "table_cell":
            return None
        row = 0 if index < self._first else 1
        return 0, row, index - (self._first if row else 0)

    def row(self, index: int) -> range:
        if self._kind != "table_cell":
            return range(index, index + 1)
        return range(self._first) if index < self._first else range(self._first, len(self.starts))

    def page(self, index: int) -> int | None:
        return 1

    def covered(self) -> Iterable[tuple[int, int, str | None]]:
        if self._kind == "covered":
            yield from ((*span, "black_box") for span in zip(self.starts, self.ends, strict=True))
