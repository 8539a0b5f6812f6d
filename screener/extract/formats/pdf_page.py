"""One page of a PDF: characters with boxes, lines, ruled tables, pictures. All through pdfium.

pdfium is not safe to use from two threads: whoever calls it holds ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import re
import threading
from dataclasses import dataclass, field
from typing import Any

from screener.extract.formats.pdf_grid import Grid, Rules, find_grids

PDFIUM = threading.RLock()
MOST_PATHS = 6_000
"""Drawn objects looked at on one page; a page with more is a drawing or a map."""
DRAWING = 12
"""Paths from which on a page without text may show something: letters drawn as outlines."""
INVISIBLE = 3
"""The text render mode that draws nothing."""
_CONTROL = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None, "\0": " ", "\ufeff": " "})

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points; y grows upwards, as in the file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: its cropped corner, its size before turning, and its turn clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        """The frame of an open pdfium page."""
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right - left, top - bottom, page.get_rotation() % 360)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is shown; y still grows upwards."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the file is shown."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(slots=True)
class Line:
    """A line of text: the characters' numbers on the page run from ``first``."""

    text: str
    first: int
    box: Box

    @property
    def height(self) -> float:
        """Points between the bottom and top of its characters."""
        return max(self.box[3] - self.box[1], 1.0)


@dataclass(slots=True)
class PageTable:
    """A ruled table: cells as ``(row, column, text)`` in reading order."""

    cells: list[tuple[int, int, str]]
    columns: int
    top: float
    edges: list[float]


@dataclass(slots=True)
class PageContent:
    """What one page holds. ``unmapped`` counts glyphs whose characters the file does not tell;
    ``recognised`` is a scan with a layer of recognised text; ``replaced`` tells of glyphs that
    pdfium does not report, because the file gives another text in their place.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    pictures: int = 0
    recognised: bool = False
    replaced: bool = False
    drawn: bool = False


def read_page(page: Any, number: int) -> PageContent:
    """Read one open pdfium page (``number`` from 1)."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    content = PageContent(number, width, height)
    rules = _objects(page, content, pdfium)
    textpage = page.get_textpage()
    try:
        glyphs = Glyphs(page, textpage)
        text = _characters(textpage, content, pdfium)
        grids = find_grids(rules)
        if grids and text.strip():
            _fill(content, grids, text, glyphs)
        else:
            content.lines = _lines(text, range(len(text)), glyphs)
    finally:
        textpage.close()
    return content


def _characters(textpage: Any, content: PageContent, pdfium: Any) -> str:
    """One code unit a character, so that places in the text are pdfium's numbers."""
    count = textpage.count_chars()
    text = textpage.get_text_range() if count > 0 else ""
    if len(text) != count:
        read = pdfium.FPDFText_GetUnicode
        text = "".join(chr(read(textpage, at)) for at in range(count))
    failed = pdfium.FPDFText_HasUnicodeMapError
    for at, character in enumerate(text):
        if character > " ":
            content.characters += 1
            content.unmapped += failed(textpage, at) == 1 or character == "\ufffd"
        elif character == "\0":  # a glyph without any character
            content.characters += 1
            content.unmapped += 1
    return str(text)


class Glyphs:
    """The boxes of a page's characters."""

    def __init__(self, page: Any, textpage: Any) -> None:
        import pypdfium2.raw as pdfium

        self.frame = Frame.of(page)
        self._textpage = textpage
        self._pdfium = pdfium
        self._rectangle = pdfium.FS_RECTF()

    def box(self, at: int) -> Box | None:
        """The box of a character as high as its font, None for one that pdfium made up."""
        found = self._rectangle
        if not self._pdfium.FPDFText_GetLooseCharBox(self._textpage, at, found):
            return None
        if found.right <= found.left and found.top <= found.bottom:
            return None
        return self.frame.box(found.left, found.bottom, found.right, found.top)


def _lines(text: str, numbers: range, glyphs: Glyphs) -> list[Line]:
    lines = []
    for match in re.finditer("[^\r\n]+", text):
        line = _line(match.group(), numbers[match.start()], glyphs)
        if line is not None:
            lines.append(line)
    return lines


def _line(raw: str, first: int, glyphs: Glyphs) -> Line | None:
    stripped = raw.rstrip(" \u3000\xa0")
    lead = len(stripped) - len(stripped.lstrip(" \xa0"))
    stripped = stripped.lstrip(" \xa0")
    if not stripped.strip("\u3000 \xa0\x02\ufffe"):
        return None
    inner = stripped.lstrip("\u3000")
    start = first + lead
    begin = glyphs.box(start + len(stripped) - len(inner))
    end = glyphs.box(start + len(stripped) - 1)
    begin = begin or end or (0.0, 0.0, 0.0, 0.0)
    end = end or begin
    box = (
        min(begin[0], end[0]),
        min(begin[1], end[1]),
        max(begin[2], end[2]),
        max(begin[3], end[3]),
    )
    return Line(stripped.translate(_CONTROL), start, box)


def _fill(content: PageContent, grids: list[Grid], text: str, glyphs: Glyphs) -> None:
    """Put characters into the cells that hold their middle; the rest stays in lines."""
    cells: list[dict[tuple[int, int], list[tuple[str, Box | None]]]] = [{} for _ in grids]
    outside: list[tuple[int, str]] = []
    last: tuple[int, tuple[int, int]] | None = None
    for at, character in enumerate(text):
        box = glyphs.box(at) if character > " " else None
        found = None
        if box is not None:
            middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            for number, grid in enumerate(grids):
                slot = grid.slot(middle_x, middle_y)
                if slot is not None:
                    found = (number, slot)
                    break
            last = found
        elif last is not None and character in " \u3000\xa0":
            found = last
        if found is None:
            outside.append((at, character))
            continue
        cells[found[0]].setdefault(found[1], []).append((character, box))
        if outside and outside[-1][1] != "\n":
            outside.append((at, "\n"))
    content.lines = _outside_lines(outside, glyphs)
    for grid, filled in zip(grids, cells, strict=True):
        if filled:
            ordered = [(r, c, _cell_text(filled[r, c])) for r, c in sorted(filled)]
            table = [cell for cell in ordered if cell[2].strip()]
            columns = len(grid.edges_x) - 1
            content.tables.append(PageTable(table, columns, grid.edges_y[0], grid.edges_x))


def _outside_lines(outside: list[tuple[int, str]], glyphs: Glyphs) -> list[Line]:
    """Lines of what stands in no table. Characters of one line follow each other on the page."""
    lines: list[Line] = []
    start = 0
    for index in range(1, len(outside) + 1):
        broken = index == len(outside) or outside[index][0] != outside[index - 1][0] + 1
        if broken or outside[index][1] in "\r\n":
            piece = "".join(character for _at, character in outside[start:index])
            begin = outside[start][0]
            for match in re.finditer("[^\r\n]+", piece):
                line = _line(match.group(), begin + match.start(), glyphs)
                if line is not None:
                    lines.append(line)
            start = index
    return lines


def _cell_text(characters: list[tuple[str, Box | None]]) -> str:
    """Characters of a cell with a line feed where they go down a line."""
    parts: list[str] = []
    last: Box | None = None
    for character, box in characters:
        if box is not None:
            if last is not None and _next_line(last, box):
                parts.append("\n")
            last = box
        parts.append(character)
    return re.sub(" *\n *", "\n", "".join(parts).translate(_CONTROL)).strip()


def _next_line(last: Box, box: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return middle < last[1] or middle > last[3]


def _objects(page: Any, content: PageContent, pdfium: Any) -> Rules:
    """Lines that rule tables, and pictures that may show text."""
    rules = Rules()
    frame = Frame.of(page)
    invisible, paths, covered = 0, 0, False
    area = max(content.width * content.height, 1.0)
    for index, item in enumerate(page.get_objects(max_depth=3)):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            invisible += pdfium.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
            content.replaced = content.replaced or _is_replaced(item, pdfium)
            continue
        if index >= MOST_PATHS:
            content.drawn = True
            return Rules()
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covers = (right - left) * (top - bottom) / area
            if item.level or covers >= 0.002:  # a form's own scale is not known here
                content.pictures += 1
            covered |= covers >= 0.8
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            if not item.level:
                _path(item, rules, frame, pdfium)
    content.drawn = content.pictures > 0 or paths >= DRAWING
    content.recognised = covered and invisible > 0
    return rules


def _is_replaced(item: Any, pdfium: Any) -> bool:
    """Whether a text object is marked with an ActualText, which stands in for its glyphs."""
    size = ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        if pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size):
            return True
    return False


def _path(item: Any, rules: Rules, frame: Frame, pdfium: Any) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if fill.value and not stroke.value:
        if count <= 6:
            rules.add_box(*frame.box(*item.get_bounds()))
        return
    if not stroke.value or count > 2_000:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(*matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules.add_line(last[0], last[1], point[0], point[1])
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules.add_line(point[0], point[1], begin[0], begin[1])
        last = point
