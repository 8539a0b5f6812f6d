"""What is drawn on a PDF page, in order, and which text a person may not see of it."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from screener.extract.formats.pdf.content import text_of
from screener.extract.formats.pdf.frame import (
    Box,
    common,
    holds,
    middle,
    moved,
    overlap,
    product,
    scale,
    size,
    within,
)
from screener.extract.formats.pdf.strips import ENOUGH, Strips
from screener.extract.matrix import Matrix

Color = tuple[int, int, int]

TINY = 1.5
"""Points: letters that are not higher than this cannot be read on paper."""
CLOSE = 20
"""Colours that differ by no more than this of 255 in any part look the same."""
OPAQUE = 40
"""Alpha (of 255) from which a fill, or several of them, may hide what lies below."""
THIN = 1.5
"""Points: a fill flatter than this is a rule of a table or an underline."""
INVISIBLE, CLIPPING = 3, 7
"""Text render modes that draw nothing."""
SCAN = 0.8
"""Part of a page that its pictures fill from which it is a scan."""
MOST_PAIRS = 400_000
"""Pairs of texts and fills compared on one page; with more, drawing the page decides."""
MOST_DEPTH = 12
PAPER: Color = (255, 255, 255)
_KEEPS_BELOW = frozenset(("link", "popup", "text"))


@dataclass(slots=True)
class Text:
    """A text object. ``order`` counts the page's objects as they are drawn, below first.

    ``layered`` tells of a mark of a layer, ``inside`` of a form, which may have a layer of its own.
    ``edge`` text sticks out of the page or of its frame; whether ``suspect`` text is seen is told
    by drawing the page. ``mixed`` text is drawn by way of a mask, an alpha or a blend.
    """

    raw: Any
    order: int
    box: Box
    state: str
    mode: int
    color: Color | None
    clip: Box | None
    layered: bool
    inside: bool
    mixed: bool
    edge: bool
    suspect: bool


@dataclass(slots=True)
class Fill:
    """Something drawn that covers what lies below: a filled or thick path, a picture, a note.

    ``color`` is None for a picture.
    """

    order: int
    box: Box
    state: str
    color: Color | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A path, picture or shading: pdfium's object and kind, and how many forms it lies inside."""

    raw: Any
    kind: int
    depth: int


@dataclass(slots=True)
class Survey:
    """All objects of a page in the order in which they are drawn.

    ``recognised`` tells of a scan with a layer of recognised text; ``replaced`` are the texts that
    the file gives in place of glyphs (ActualText).
    """

    texts: list[Text] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    strips: Strips = field(default_factory=Strips)
    others: list[Drawn] = field(default_factory=list)
    recognised: bool = False
    replaced: list[str] = field(default_factory=list)


def survey_page(page: Any, has_layers: Callable[[], bool]) -> Survey:
    """All objects of an open page, text under suspicion marked."""
    import pypdfium2.raw as pdfium

    survey = _Walk(pdfium, page, has_layers).run()
    _accept_recognised(survey, page.get_cropbox())
    _suspect_by_neighbours(survey)
    return survey


def _accept_recognised(survey: Survey, paper: Box) -> None:
    """Invisible text on a page that is one picture was recognised in it: a person sees it."""
    pictures = [fill for fill in survey.fills if fill.state == "picture"]
    area = (paper[2] - paper[0]) * (paper[3] - paper[1])
    if sum(size(common(fill.box, paper)) for fill in pictures) < SCAN * area:
        return
    for text in survey.texts:
        shown = text.state == "invisible" and text.mode == INVISIBLE
        if shown and any(holds(fill.box, *middle(text.box)) for fill in pictures):
            text.state = ""
            survey.recognised = True


class _Walk:
    """Looks at every object of a page once."""

    def __init__(self, pdfium: Any, page: Any, has_layers: Callable[[], bool]) -> None:
        self.pdfium = pdfium
        self.page = page
        self.has_layers = has_layers
        self.survey = Survey()
        self.order = 0
        self.through = 1.0
        self.sides = [ctypes.c_float() for _side in range(4)]
        self.parts = [ctypes.c_uint() for _part in range(4)]
        self.one = ctypes.c_float()
        self.matrix = pdfium.FS_MATRIX()
        left, bottom, right, top = page.get_cropbox()
        self.paper: Box = (left, bottom, right, top)

    def run(self) -> Survey:
        """The page's objects, those of forms inside it, then its annotations."""
        pdfium = self.pdfium
        count = pdfium.FPDFPage_CountObjects(self.page)
        objects = (pdfium.FPDFPage_GetObject(self.page, at) for at in range(count))
        self._objects(objects, None, 0)
        self._annotations()
        return self.survey

    def _objects(self, objects: Iterator[Any], outer: Matrix | None, depth: int) -> None:
        pdfium = self.pdfium
        for item in objects:
            self.order += 1
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < MOST_DEPTH:
                    self._form(item, outer, depth)
            else:
                self.survey.others.append(Drawn(item, kind, depth))
                self._fill(item, kind, outer)

    def _form(self, item: Any, outer: Matrix | None, depth: int) -> None:
        """The objects of a form, which may be drawn clearer as a whole."""
        pdfium = self.pdfium
        inner = product(self._matrix(item), outer)
        count = pdfium.FPDFFormObj_CountObjects(item)
        parts = (pdfium.FPDFFormObj_GetObject(item, at) for at in range(count))
        before = self.through
        self.through *= self._color(pdfium.FPDFPageObj_GetFillColor, item)[1] / 255
        self._objects(parts, inner, depth + 1)
        self.through = before

    def _matrix(self, item: Any) -> Matrix:
        found = self.matrix
        if not self.pdfium.FPDFPageObj_GetMatrix(item, found):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _box(self, item: Any, outer: Matrix | None) -> Box:
        sides = self.sides
        if not self.pdfium.FPDFPageObj_GetBounds(item, *sides):
            return 0.0, 0.0, 0.0, 0.0
        box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
        return box if outer is None else moved(box, outer)

    def _color(self, read: Any, item: Any) -> tuple[Color | None, int]:
        parts = self.parts
        if not read(item, *parts):
            return None, 255
        return (parts[0].value, parts[1].value, parts[2].value), parts[3].value

    def _text(self, item: Any, outer: Matrix | None) -> None:
        pdfium = self.pdfium
        box = self._box(item, outer)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        strokes = mode in (1, 2, 5, 6)
        fills = mode in (0, 2, 4, 6)
        color, alpha = self._color(pdfium.FPDFPageObj_GetFillColor, item)
        if strokes and not fills:
            color, alpha = self._color(pdfium.FPDFPageObj_GetStrokeColor, item)
        elif strokes and color is not None and close(color, PAPER):
            color = self._color(pdfium.FPDFPageObj_GetStrokeColor, item)[0]
        layered = self._in_layer(item) if pdfium.FPDFPageObj_CountMarks(item) > 0 else False
        inside = outer is not None and self.has_layers()
        clip = self._clip(item, outer)
        state = ""
        if mode in (INVISIBLE, CLIPPING):
            state = "invisible"
        elif alpha * self.through <= CLOSE:
            state = "transparent"
        elif self._is_tiny(item, box, outer):
            state = "tiny"
        drawn = mode not in (INVISIBLE, CLIPPING)
        mixed = bool(pdfium.FPDFPageObj_HasTransparency(item))
        suspect = drawn and (color is None or close(color, PAPER) or layered or inside or mixed)
        edge = not within(box, self.paper) or (clip is not None and not within(box, clip))
        marks = layered, inside, mixed
        self.survey.texts.append(
            Text(item, self.order, box, state, mode, color, clip, *marks, edge, suspect)
        )

    def _is_tiny(self, item: Any, box: Box, outer: Matrix | None) -> bool:
        """Whether letters are less than ``TINY`` points high or wide; a dash is flat by itself.

        Words that are pressed together (``Tz``) are narrower than they are high.
        """
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) > TINY and wide > high:
            return False
        size = self.one
        if not self.pdfium.FPDFTextObj_GetFontSize(item, size):
            return False
        across, down = scale(product(self._matrix(item), outer))
        return bool(abs(size.value) * min(across, down) <= TINY)

    def _in_layer(self, item: Any) -> bool:
        """Whether the marks of a text put it into a layer; notes a text in place of its glyphs."""
        pdfium = self.pdfium
        layered = False
        name = (ctypes.c_ushort * 8)()
        size = ctypes.c_ulong()
        for at in range(pdfium.FPDFPageObj_CountMarks(item)):
            mark = pdfium.FPDFPageObj_GetMark(item, at)
            named = pdfium.FPDFPageObjMark_GetName(mark, name, 16, size)
            layered |= bool(named) and bytes(name)[: size.value] == b"O\0C\0\0\0"
            self._replaced(mark, size)
        return layered

    def _replaced(self, mark: Any, size: Any) -> None:
        # the function for texts takes their bytes for UTF-8, whatever they are
        read = self.pdfium.FPDFPageObjMark_GetParamBlobValue
        if not read(mark, b"ActualText", None, 0, size) or not size.value:
            return
        told = (ctypes.c_ubyte * size.value)()
        read(mark, b"ActualText", told, size.value, size)
        self.survey.replaced.append(text_of(bytes(told)))

    def _clip(self, item: Any, outer: Matrix | None) -> Box | None:
        """The box within which a text is drawn, None where nothing cuts it off."""
        pdfium = self.pdfium
        path = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return None
        clip: Box | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for number in range(count):
            xs, ys = array("d"), array("d")
            for at in range(max(pdfium.FPDFClipPath_CountPathSegments(path, number), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(path, number, at)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                xs.append(x.value)
                ys.append(y.value)
            box = (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)
            clip = box if clip is None else common(clip, box)
        return moved(clip, outer) if clip is not None and outer is not None else clip

    def _fill(self, item: Any, kind: int, outer: Matrix | None) -> None:
        pdfium = self.pdfium
        box = self._box(item, outer)
        if min(box[2] - box[0], box[3] - box[1]) < THIN:
            self.survey.strips.add(self.order, box)
            return
        color: Color | None = None
        state = "picture"
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            filled, stroked = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(item, filled, stroked)
            if filled.value:
                color, alpha = self._color(pdfium.FPDFPageObj_GetFillColor, item)
            elif stroked.value and self._is_thick(item):
                color, alpha = self._color(pdfium.FPDFPageObj_GetStrokeColor, item)
            else:
                if stroked.value and pdfium.FPDFPath_CountSegments(item) > ENOUGH:
                    self.survey.strips.add(self.order, box, ENOUGH)
                return
            if alpha * self.through < OPAQUE:
                return
            state = box_state(color)
        self.survey.fills.append(Fill(self.order, box, state, color))

    def _is_thick(self, item: Any) -> bool:
        width = self.one
        found = self.pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        return bool(found) and abs(width.value) * min(scale(self._matrix(item))) >= 2 * THIN

    def _annotations(self) -> None:
        """Squares, stamps and the like that are drawn over the page."""
        pdfium = self.pdfium
        passed = {getattr(pdfium, f"FPDF_ANNOT_{name.upper()}") for name in _KEEPS_BELOW}
        rectangle = pdfium.FS_RECTF()
        for at in range(pdfium.FPDFPage_GetAnnotCount(self.page)):
            note = pdfium.FPDFPage_GetAnnot(self.page, at)
            if not note:
                continue
            if pdfium.FPDFAnnot_GetSubtype(note) not in passed:
                self.order += 1
                if pdfium.FPDFAnnot_GetRect(note, rectangle):
                    box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                    self.survey.fills.append(Fill(self.order, box, "annotation", None))
            pdfium.FPDFPage_CloseAnnot(note)


def _suspect_by_neighbours(survey: Survey) -> None:
    """Suspect text with something drawn over it, or drawn on a fill of its own colour."""
    texts, fills = survey.texts, survey.fills
    for text in texts if survey.strips.count else ():
        text.suspect |= not text.state and survey.strips.may_hide(text.order, text.box)
    if not fills:
        return
    if len(texts) * len(fills) > MOST_PAIRS:
        for text in texts:
            text.suspect = True
        return
    for text in texts:
        if text.suspect or text.state or text.mode == INVISIBLE:
            continue
        text.suspect = any(
            overlap(text.box, fill.box)
            for fill in fills
            if fill.order > text.order
            or fill.color is None
            or text.color is None
            or close(text.color, fill.color)
        )


def close(one: Color, other: Color) -> bool:
    """Whether an eye takes two colours for the same."""
    return (
        abs(one[0] - other[0]) <= CLOSE
        and abs(one[1] - other[1]) <= CLOSE
        and abs(one[2] - other[2]) <= CLOSE
    )


def box_state(color: Color | None) -> str:
    """The state of text under a box of this colour, None for a pattern."""
    if color is None:
        return "box"
    if max(color) <= 80:
        return "black_box"
    return "white_box" if close(color, PAPER) else "box"
