"""Drawings on a sheet: what shapes say, and which cells they and pictures hide.

A shape is tied to cells and to places in them (ISO/IEC 29500-1, 20.5.2.33); a cell is covered when
its middle is. Only what lets nothing through covers: filled shapes, pictures without transparency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from screener.extract.builder import DocumentBuilder
from screener.extract.drawing_looks import (
    Palette,
    cover_of,
    cover_state,
    fill_of,
    seen_and_unseen,
)
from screener.extract.formats.cells import Cover, column_name
from screener.extract.looks import WHITE, Colour
from screener.extract.package import Node, attribute, local
from screener.model.document import SegmentKind
from screener.model.place import Cell

_EMU_A_PIXEL = 9525
_USUAL_WIDTH, _USUAL_HEIGHT = 64 * _EMU_A_PIXEL, 20 * _EMU_A_PIXEL
_EMU_A_POINT = 12_700
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


@dataclass(slots=True)
class Grid:
    """Widths of columns and heights of rows in EMU, as far as they differ from the usual ones."""

    width: float = _USUAL_WIDTH
    height: float = _USUAL_HEIGHT
    widths: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, outside: Node) -> Grid:
        """From what stands around a sheet's cells."""
        grid = cls()
        for node in outside.iter():
            tag = local(node)
            if tag == "sheetFormatPr":
                grid.height = _real(attribute(node, "defaultRowHeight"), 15) * _EMU_A_POINT
            elif tag == "col":
                width = (_real(attribute(node, "width"), 9) * 7 + 5) * _EMU_A_PIXEL
                first, last = _whole(attribute(node, "min")), _whole(attribute(node, "max"))
                if first and last < first + 1000:
                    grid.widths |= dict.fromkeys(range(first - 1, last), width)
        return grid


def covers(
    drawing: Node, grid: Grid, palette: Palette, picture_covers: Callable[[Node], bool]
) -> Iterator[Cover]:
    """What the shapes of a sheet's drawing hide."""
    for anchor in drawing:
        span = _span(anchor, grid)
        for shape in anchor if span else ():
            tag = local(shape)
            if tag not in ("sp", "pic") or _is_off(shape):
                continue
            state = None
            if tag == "pic":
                state = "picture" if picture_covers(shape) else None
            elif (fill := cover_of(shape, palette)) is not None:
                state = cover_state(fill)
            if state and span:
                yield Cover(*span, state)


def add_drawing(
    drawing: Node, sheet: str, state: str | None, builder: DocumentBuilder, palette: Palette
) -> None:
    """Add the words of shapes and their alternative texts, at the cell where each begins."""
    for anchor in drawing:
        place = Cell(sheet, _corner(anchor), state)
        ground: Colour = WHITE
        for node in anchor.iter():
            tag = local(node)
            if tag == "sp":
                fill = fill_of(node, palette)
                ground = WHITE if fill is None else fill
            elif tag == "cNvPr":
                if attribute(node, "hidden") in ("1", "true"):
                    place = replace(place, state=place.state or "hidden")
                for name in ("descr", "title"):
                    text = (node.get(name) or "").strip()
                    builder.add(text, SegmentKind.ALT_TEXT, place, visible=False)
            elif tag == "p":
                _paragraph(node, place, ground, builder, palette)


def _paragraph(
    node: Node, place: Cell, ground: Colour, builder: DocumentBuilder, palette: Palette
) -> None:
    shown, unseen = seen_and_unseen(node, ground, palette)
    builder.add(shown.strip(), SegmentKind.BODY, place, visible=place.state is None)
    for state, text in unseen.items():
        kind = SegmentKind.COVERED if state == "blacked_out" else SegmentKind.HIDDEN
        builder.add(text.strip(), kind, replace(place, state=place.state or state), visible=False)


def _corner(anchor: Node) -> str:
    start = next((node for node in anchor if local(node) == "from"), None)
    if start is None:
        return "A1"
    row, _row_off, column, _column_off = _spot(start)
    return f"{column_name(column)}{row + 1}"


def _is_off(shape: Node) -> bool:
    about = next((node for node in shape.iter() if local(node) == "cNvPr"), None)
    return about is not None and attribute(about, "hidden") in ("1", "true")


def _span(anchor: Node, grid: Grid) -> tuple[int, int, int, int] | None:
    """First and last row, first and last column of the cells whose middle is covered."""
    spots = {local(node): node for node in anchor}
    start = spots.get("from")
    if start is None:
        return None
    to_row_off: float
    to_column_off: float
    row, row_off, column, column_off = _spot(start)
    if "to" in spots:
        to_row, to_row_off, to_column, to_column_off = _spot(spots["to"])
    elif "ext" in spots:
        ext = spots["ext"]
        to_row, to_row_off = _walk(row, row_off + _whole(attribute(ext, "cy")), {}, grid.height)
        to_column, to_column_off = _walk(
            column, column_off + _whole(attribute(ext, "cx")), grid.widths, grid.width
        )
    else:
        return None
    first_row = row + (row_off > grid.height / 2)
    last_row = to_row - (to_row_off < grid.height / 2)
    first_column = column + (column_off > grid.widths.get(column, grid.width) / 2)
    last_column = to_column - (to_column_off < grid.widths.get(to_column, grid.width) / 2)
    if last_row < first_row or last_column < first_column:
        return None
    return first_row, min(last_row, _MOST_ROWS), first_column, min(last_column, _MOST_COLUMNS)


def _walk(at: int, length: float, sizes: dict[int, float], usual: float) -> tuple[int, float]:
    """The row or column in which a length ends that begins with ``at``, and the rest in it."""
    for step in range(_MOST_COLUMNS):
        size = max(sizes.get(at + step, usual), 1.0)
        if length < size:
            return at + step, length
        length -= size
    return at + _MOST_COLUMNS, 0.0


def _spot(node: Node) -> tuple[int, int, int, int]:
    where = {local(n): (n.text or "").strip() for n in node}
    row, row_off, column, column_off = (
        _whole(where.get(name)) for name in ("row", "rowOff", "col", "colOff")
    )
    return row, row_off, column, column_off


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def _real(text: str | None, otherwise: float) -> float:
    try:
        return float(text or otherwise)
    except ValueError:
        return otherwise
