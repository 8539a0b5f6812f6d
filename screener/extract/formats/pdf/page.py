"""One page of a PDF: characters with boxes, lines, ruled tables, pictures. All through pdfium.

pdfium is not safe to use from two threads: whoever calls it holds ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from screener.extract import ocr
from screener.extract.formats.pdf.frame import Box, Frame
from screener.extract.formats.pdf.grid import Rules, find_grids
from screener.extract.formats.pdf.hidden import find_hidden
from screener.extract.formats.pdf.layer import compare_layer, without_picture
from screener.extract.formats.pdf.lines import Glyphs, Line, PageTable, Writing
from screener.extract.formats.pdf.pictures import PagePictures, look_at_pictures
from screener.extract.formats.pdf.survey import Drawn, survey_page
from screener.extract.registry import ReadContext

PDFIUM = threading.RLock()
MOST_PATHS = 6_000
"""Drawn objects looked at on one page; a page with more is a drawing or a map."""
SMALL_PICTURE = 0.002
"""Part of a page below which a picture shows no text."""
DRAWING = 12
"""Paths from which on a page without text may show something: letters drawn as outlines."""
_FIGURES = re.compile("[0-9Xx]{4,}")
_PILED = 0.1
"""Part of their height: figures are piled up where the first and last are no further apart."""


@dataclass(slots=True)
class PageContent:
    """What one page holds. ``unmapped`` counts glyphs whose characters the file does not tell;
    ``recognised`` is a scan with a layer of recognised text, ``shown`` what its pictures show
    without one; ``replaced`` are texts that the
    file gives in place of glyphs, which pdfium then does not report. ``hidden`` is what
    a person does not see, ``joined`` the words of which a part is hidden, with their other part.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    joined: list[Line] = field(default_factory=list)
    characters: int = 0
    unseen: int = 0
    unmapped: int = 0
    piled: int = 0
    pictures: int = 0
    shown: PagePictures | None = None
    recognised: bool = False
    replaced: list[str] = field(default_factory=list)
    drawn: bool = False

    @property
    def unreadable(self) -> bool:
        """Whether so many glyphs are without characters that the page must be looked at."""
        return self.unmapped * 20 > self.characters > self.unseen


def read_page(
    page: Any, number: int, has_layers: Callable[[], bool], context: ReadContext
) -> PageContent:
    """Read one open pdfium page (``number`` from 1); ``has_layers`` tells of the file."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    content = PageContent(number, width, height)
    survey = survey_page(page, has_layers)
    content.replaced, content.recognised = survey.replaced, survey.recognised
    rules = _objects(page, content, survey.others, pdfium)
    textpage = page.get_textpage()
    try:
        text = _characters(textpage, content, pdfium)
        codes = find_hidden(page, textpage, len(text), survey)
        if codes is not None:
            content.unseen = sum(1 for at, c in enumerate(text) if codes[at] and c > " ")
        written = Writing(Glyphs(page, textpage), codes)
        grids = find_grids(rules)
        if grids and text.strip():
            content.tables = written.fill(grids, text)
        else:
            written.add(text, 0)
        content.lines, content.hidden = written.lines, written.hidden
        content.joined = written.joined
    finally:
        textpage.close()
    nothing_else = content.characters == content.unseen
    if content.unreadable and ocr.available():
        content.shown = look_at_pictures(page, context, outlines=True)
    elif content.recognised:
        _compare_layer(page, content, context)
    elif content.pictures:
        content.shown = look_at_pictures(page, context, outlines=False)
    elif content.drawn and nothing_else and not content.pictures:
        content.shown = look_at_pictures(page, context, outlines=True)
    return content


def _compare_layer(page: Any, content: PageContent, context: ReadContext) -> None:
    """Take a layer that is not about its picture for what it is: text that nobody sees."""
    lost = without_picture(page, content.lines)
    content.lines = [line for line in content.lines if line not in lost]
    content.hidden += [replace(line, state="invisible") for line in lost]
    content.unseen += sum(len(line.text) for line in lost)
    lines, tables = content.lines, content.tables
    content.shown, fits = compare_layer(page, content.number, lines, tables, context)
    if fits:
        return
    content.recognised = False
    content.unseen = content.characters
    content.lines = []
    content.hidden += [replace(line, state="invisible") for line in lines]
    for table in tables:
        table.cells = [(row, column, text, "invisible") for row, column, text, _ in table.cells]


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
        elif character not in " \t\r\n\x02":  # a glyph without any character of its own
            content.characters += 1
            content.unmapped += 1
    content.piled = _piled(textpage, text, content.replaced, pdfium)
    return str(text)


def _piled(textpage: Any, text: str, replaced: list[str], pdfium: Any) -> int:
    """Figures that stand on one another: pdfium gives of two that are alike only one.

    Those of a text in the place of glyphs all have the glyphs' place, and are read from there.
    """
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    found = 0
    for run in _FIGURES.finditer(text):
        if any(run.group() in told for told in replaced):
            continue
        places = []
        for at in (run.start(), run.end() - 1):
            pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
            places.append((x.value, y.value))
        pdfium.FPDFText_GetLooseCharBox(textpage, run.start(), box)
        if math.dist(*places) < _PILED * (box.top - box.bottom):
            found += len(run.group())
    return found


def _objects(page: Any, content: PageContent, drawn: list[Drawn], pdfium: Any) -> Rules:
    """Lines that rule tables, and pictures that may show text."""
    rules = Rules()
    frame = Frame.of(page)
    paths = small = 0
    small_area = 0.0
    area = max(content.width * content.height, 1.0)
    sides = [ctypes.c_float() for _side in range(4)]
    for item in drawn:
        if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(item.raw, sides, pdfium)
            covers = (right - left) * (top - bottom) / area
            if item.depth or covers >= SMALL_PICTURE:  # a form's own scale is not known here
                content.pictures += 1
            else:
                small, small_area = small + 1, small_area + covers
        elif item.kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            if not item.depth and paths <= MOST_PATHS:
                _path(item.raw, rules, frame, sides, pdfium)
    if small_area >= 2 * SMALL_PICTURE:  # a scan may be cut into strips
        content.pictures += small
    content.drawn = content.pictures > 0 or paths >= DRAWING
    return Rules() if paths > MOST_PATHS else rules


def _bounds(item: Any, sides: list[Any], pdfium: Any) -> Box:
    if not pdfium.FPDFPageObj_GetBounds(item, *sides):
        return 0.0, 0.0, 0.0, 0.0
    return sides[0].value, sides[1].value, sides[2].value, sides[3].value


def _path(item: Any, rules: Rules, frame: Frame, sides: list[Any], pdfium: Any) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if fill.value and not stroke.value:
        if count <= 6:
            rules.add_box(*frame.box(*_bounds(item, sides, pdfium)))
        return
    if not stroke.value or count > 2_000:
        return
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    a, b, c, d, e, f = found.a, found.b, found.c, found.d, found.e, found.f
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            rules.add_line(last[0], last[1], point[0], point[1])
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules.add_line(point[0], point[1], begin[0], begin[1])
        last = point
