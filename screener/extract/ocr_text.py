"""Recognised lines as text: numbers straightened, lines put into paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from screener.extract.builder import DocumentBuilder
from screener.extract.ocr import Box, Seen
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import LOOK_AT, HeaderRow, find_header
from screener.model.place import PictureText

_LIKE_DIGITS = str.maketrans("OoIl|!ZzSs", "0011112255")
_LONG = re.compile(
    r"(?<![0-9A-Za-z])[0-9OoIl|!ZzSs](?:[ ]?[0-9OoIl|!ZzSs]){9,17}(?:[ ]?[0-9OoIl|!ZzSsXx×*])?"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile("1[3-9][0-9]{9}")
_LONG_NUMBERS = range(15, 20)
DOUBTFUL = 0.75
"""Confidence below which a line is told as hardly read: measured, sound lines have 0.9 and more."""
LINE = 3
"""A line is at least so many times as long as it is high."""
_CELLS = 2
_ROWS = 3
"""A table has at least so many rows with at least so many cells."""


@dataclass(slots=True)
class Row:
    """Lines that stand side by side, from left to right."""

    lines: list[Seen] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The box around all of them."""
        return around([line.box for line in self.lines])

    @property
    def text(self) -> str:
        """The lines as one, gaps as spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class _Cell:
    lines: list[Seen]


_KINDS = {
    "picture_covered": SegmentKind.COVERED,
    "picture_below": SegmentKind.HIDDEN,
    "earlier_version": SegmentKind.HIDDEN,
    "unused": SegmentKind.HIDDEN,
    "transparent": SegmentKind.HIDDEN,
}
"""Kinds of text that a person does not see, by the state of its frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where recognised text belongs: the page of a paper, the page of a picture, and its state.

    ``scale`` turns pixels into the units of boxes; ``seen`` is false for what is covered.
    """

    page: int | None = None
    frame: int | None = None
    scale: float = 1.0
    state: str | None = None
    seen: bool = True


def around(boxes: Sequence[Box]) -> Box:
    """The box around boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def straighten(text: str) -> str:
    """Letters that stand for digits in a number of 11 or of 15 to 19 places: O, I, l, Z, S.

    Credit codes have none of these letters (GB 32100), so nothing sound is changed.
    """
    return _LONG.sub(lambda found: _number(found.group()), text)


def _number(text: str) -> str:
    body, last = text[:-1].translate(_LIKE_DIGITS), text[-1]
    fixed = body + (last if last in "Xx×*" else last.translate(_LIKE_DIGITS))
    squeezed = fixed.replace(" ", "")
    told = sum(character.isdigit() for character in text)
    spoken = not any(character.isdigit() for character in text[:2])  # ISO…
    mobile = _MOBILE.fullmatch(squeezed) and not spoken
    long_enough = len(squeezed) in _LONG_NUMBERS or mobile
    return fixed if long_enough and told * 3 >= len(squeezed) * 2 else text


def write_page(seen: Sequence[Seen], builder: DocumentBuilder, frame: Frame, what: str) -> None:
    """Add what was recognised in a picture, and tell of lines that can hardly be read.

    ``what`` names the picture in the unread part.
    """
    write(seen, builder, frame)
    if seen:
        builder.set_facts(replace(builder.facts, recognised=builder.facts.recognised + 1))
    doubtful = sum(map(_is_doubtful, seen))
    if doubtful:
        detail = _("{count} lines in the picture can hardly be read").format(count=doubtful)
        builder.unread(what, UnreadReason.OCR_LOW, detail)


def _is_doubtful(line: Seen) -> bool:
    """Whether a line of three characters and more was not read for sure.

    Pieces of seals and of logos are taken for a character or two: they are no lines.
    """
    sides = sorted((line.box[2] - line.box[0], line.box[3] - line.box[1]))
    return line.confidence < DOUBTFUL and sides[1] >= LINE * sides[0]


def write(seen: Sequence[Seen], builder: DocumentBuilder, frame: Frame) -> None:
    """Add recognised lines from the top down: paragraphs, and tables with header context."""
    rows = rows_of([replace(line, text=straighten(line.text)) for line in seen])
    writing = _Writing(builder, frame)
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at and writing.table(rows[at:end]):
            at = end
            continue
        end = max(end, at + 1)
        writing.paragraphs(rows[at:end])
        at = end


def rows_of(seen: Sequence[Seen]) -> list[Row]:
    """Lines grouped by height: those of a row overlap by half."""
    rows: list[Row] = []
    for line in sorted(seen, key=lambda s: (s.box[1] + s.box[3]) / 2):
        middle = (line.box[1] + line.box[3]) / 2
        last = rows[-1].lines[-1] if rows else None
        if (
            last is not None
            and last.box[1] < middle < last.box[3]
            and line.height < 3 * last.height
        ):
            rows[-1].lines.append(line)
        else:
            rows.append(Row([line]))
    for row in rows:
        row.lines.sort(key=lambda s: s.box[0])
    return rows


def _table_end(rows: Sequence[Row], start: int) -> int:
    """One past the last row of a table that begins here, or of the paragraph rows before one."""
    if len(rows[start].lines) >= _CELLS:
        end = start + 1
        while end < len(rows) and (len(rows[end].lines) >= _CELLS or _goes_on(rows, end)):
            end += 1
        return end
    end = start
    while end < len(rows) and len(rows[end].lines) < _CELLS:
        end += 1
    return end


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Whether a lone line is the second line of a cell: close below, with another row behind."""
    above, here = rows[at - 1], rows[at]
    gap = here.box[1] - above.box[3]
    left, right = above.box[0], above.box[2]
    inside = here.box[0] > left - 5 and here.box[2] < right + (right - left) * 0.2
    return gap < 0.6 * here.lines[0].height and inside and here.box[0] > left + 5


class _Writing:
    def __init__(self, builder: DocumentBuilder, frame: Frame) -> None:
        self.builder = builder
        self.frame = frame
        self.count = 0

    def paragraphs(self, rows: Sequence[Row]) -> None:
        """Rows as paragraphs: one that fills the width goes on in the next."""
        if not rows:
            return
        right = max(row.box[2] for row in rows)
        left = min(row.box[0] for row in rows)
        block = [rows[0]]
        for above, row in pairwise(rows):
            if _joins(above, row, left, right):
                block.append(row)
            else:
                self._block(block)
                block = [row]
        self._block(block)

    def _block(self, rows: Sequence[Row]) -> None:
        lines = [Seen(row.text, min(s.confidence for s in row.lines), row.box) for row in rows]
        self._add(lines)

    def _add(self, lines: Sequence[Seen], table: int = -1, row: int = -1, column: int = -1) -> None:
        starts, offset = [], 0
        for line in lines:
            starts.append(offset)
            offset += len(line.text) + 1
        scale = self.frame.scale
        place = PictureText(
            tuple(starts),
            tuple(round(side * scale, 1) for line in lines for side in line.box),
            tuple(line.confidence for line in lines),
            self.count + 1,
            self.frame.frame,
            self.frame.page,
            self.frame.state,
        )
        self.count += len(lines)
        text = "\n".join(line.text for line in lines)
        kind = _KINDS.get(self.frame.state or "", SegmentKind.OCR)
        slot = {"table": table, "row": row, "column": column}
        self.builder.add(text, kind, place, visible=self.frame.seen, **slot)

    def table(self, rows: Sequence[Row]) -> bool:
        """Write rows as a table, if their columns and header say that they are one."""
        full = [row for row in rows if len(row.lines) >= _CELLS]
        if len(full) < _ROWS:
            return False
        edges = _columns(full)
        if len(edges) < _CELLS:
            return False
        grid = [_cells(row, edges) for row in rows]
        _join_wrapped(rows, grid)
        texts = [[_text(row.get(c)) for c in range(len(edges))] for row in grid[:LOOK_AT]]
        found = find_header(texts)
        if not found.headers and not found.form:
            return False
        self._write_table(grid, found)
        return True

    def _write_table(self, grid: Sequence[dict[int, _Cell]], found: HeaderRow) -> None:
        number = self.builder.start_table()
        first = self.count
        for at, row in enumerate(grid):
            for column in sorted(row):
                self.count = first + at  # a row of the table is a line to a person
                self._add(row[column].lines, number, at, column)
        self.count = first + len(grid)
        self.builder.set_header_row(number, found)


def _joins(above: Row, row: Row, left: float, right: float) -> bool:
    height = max(above.lines[0].height, row.lines[0].height)
    close = row.box[1] - above.box[3] < 1.5 * height
    full = above.box[2] > right - 2.5 * height
    indented = row.box[0] > left + 1.2 * height and row.box[0] > above.box[0] + 0.6 * height
    alike = min(above.lines[0].height, row.lines[0].height) * 1.5 > height
    return close and full and alike and not indented


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right of each column: where lines of different rows overlap they share one."""
    spans = sorted((line.box[0], line.box[2]) for row in rows for line in row.lines)
    edges: list[tuple[float, float]] = []
    for left, right in spans:
        if edges and left < edges[-1][1] - 2:
            edges[-1] = (edges[-1][0], max(edges[-1][1], right))
        else:
            edges.append((left, right))
    return edges


def _cells(row: Row, edges: Sequence[tuple[float, float]]) -> dict[int, _Cell]:
    cells: dict[int, _Cell] = {}
    for line in row.lines:
        middle = (line.box[0] + line.box[2]) / 2
        column = min(
            range(len(edges)),
            key=lambda at: max(edges[at][0] - middle, middle - edges[at][1], 0.0),
        )
        if column in cells:
            known = cells[column].lines[-1]
            sure = min(known.confidence, line.confidence)
            text = f"{known.text} {line.text}"
            cells[column].lines[-1] = Seen(text, sure, around([known.box, line.box]))
        else:
            cells[column] = _Cell([line])
    return cells


def _join_wrapped(rows: Sequence[Row], grid: list[dict[int, _Cell]]) -> None:
    """The second line of a cell goes to the cell above it."""
    for at in range(len(rows) - 1, 0, -1):
        if len(rows[at].lines) >= _CELLS or not _goes_on(rows, at):
            continue
        for column, cell in list(grid[at].items()):
            if column in grid[at - 1]:
                grid[at - 1][column].lines += cell.lines
                del grid[at][column]


def _text(cell: _Cell | None) -> str:
    return "\n".join(line.text for line in cell.lines) if cell else ""
