"""Pictures on PDF pages through text recognition: scans, photos, letters drawn as outlines.

The pictures are drawn without what lies over them: a box over a scan hides nothing from us. Whether
a person sees a recognised line is told by comparing it with the page as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from screener.extract import ocr, picture
from screener.extract.formats.pdf.frame import Frame
from screener.extract.ocr import Box, Seen
from screener.extract.registry import ReadContext, Unreadable

DPI = 200
"""Dots an inch at which pages are drawn for recognition."""
POINTS = 72
MOST_LAYERS = 6
"""Pictures over pictures that are each looked at; what lies deeper is drawn with the last."""
MOST_DEPTH = 6
MARGIN = 4
_INK, _LOST, _SEEN_PART = 60, 80, 0.3


@dataclass(slots=True)
class PagePictures:
    """What the pictures of a page show; ``problem`` says why (the rest of) it was not looked at.

    Boxes in points from the top left of the page; ``blank`` pictures show nothing. ``covered``
    lies under something drawn, ``overlaid`` under another picture (a stamp on a map).
    """

    seen: list[Seen] = field(default_factory=list)
    covered: list[Seen] = field(default_factory=list)
    overlaid: list[Seen] = field(default_factory=list)
    problem: Unreadable | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    raw: Any
    box: Box


def look_at_pictures(page: Any, context: ReadContext, *, outlines: bool) -> PagePictures:
    """Recognise what the pictures of an open page show; with ``outlines`` all that is drawn."""
    found = PagePictures()
    width, height = page.get_size()
    scale = min(DPI / POINTS, (context.limits.pixels / max(width * height, 1)) ** 0.5)
    whole = _draw(page, scale)
    pictures, others = _objects(page)
    layers = [whole] if outlines else list(_layers(page, scale, pictures, others))
    layers = [layer for layer in layers if not _shows_nothing(layer)]
    found.blank = not layers
    pictured: picture.Picture | None = None
    for layer in layers:
        left, top, right, bottom = _used(layer)
        cut = layer.crop((left, top, right, bottom))
        try:
            lines = ocr.recognise(cut, context.limits, context.spent)
        except Unreadable as problem:
            found.problem = problem
            return found
        for line in lines:
            x0, y0, x1, y1 = line.box
            box = (x0 + left, y0 + top, x1 + left, y1 + top)
            points = (box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale)
            shown = replace(line, box=points)
            if outlines or _is_seen(layer, whole, box):
                found.seen.append(shown)
            else:
                pictured = pictured or _pictures_only(page, scale, others)
                drawn_over = _is_seen(layer, pictured, box)
                (found.covered if drawn_over else found.overlaid).append(shown)
    return found


def _objects(page: Any) -> tuple[list[_Drawn], list[Any]]:
    """The pictures of a page with their boxes (points, from below), and all other objects."""
    import pypdfium2.raw as pdfium

    frame = Frame.of(page)
    pictures: list[_Drawn] = []
    others: list[Any] = []
    for item in page.get_objects(max_depth=MOST_DEPTH):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            # in a form the place is not known: as if it lay over every other
            box = frame.box(*item.get_bounds()) if not item.level else (0.0, 0.0, 1e9, 1e9)
            pictures.append(_Drawn(item.raw, box))
        elif item.type != pdfium.FPDF_PAGEOBJ_FORM:
            others.append(item.raw)
    return pictures, others


def _layers(
    page: Any, scale: float, pictures: Sequence[_Drawn], others: Sequence[Any]
) -> Iterator[picture.Picture]:
    """The page with nothing but pictures, those that overlap one after another."""
    groups: list[list[_Drawn]] = []
    for drawn in pictures:
        for group in groups:
            if not any(_overlap(drawn.box, other.box) for other in group):
                group.append(drawn)
                break
        else:
            if len(groups) < MOST_LAYERS:
                groups.append([drawn])
            else:
                groups[-1].append(drawn)
    _switch(others, False)
    try:
        for group in groups:
            hidden = [drawn.raw for other in groups if other is not group for drawn in other]
            _switch(hidden, False)
            try:
                yield _draw(page, scale, notes=False)
            finally:
                _switch(hidden, True)
    finally:
        _switch(others, True)


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > MARGIN
        and min(one[3], other[3]) - max(one[1], other[1]) > MARGIN
    )


def _switch(objects: Sequence[Any], on: bool) -> None:
    import pypdfium2.raw as pdfium

    for item in objects:
        pdfium.FPDFPageObj_SetIsActive(item, on)


def _draw(page: Any, scale: float, *, notes: bool = True) -> picture.Picture:
    bitmap = page.render(scale=scale, draw_annots=notes, may_draw_forms=notes, rev_byteorder=True)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def _shows_nothing(layer: picture.Picture) -> bool:
    """Whether all that is drawn is of one colour, or too small for text."""
    from PIL import ImageOps

    if picture.is_blank(layer):
        return True
    inked = layer.crop(ImageOps.invert(layer).getbbox())
    return picture.shows_nothing(*inked.size) or picture.is_blank(inked)


def _used(layer: picture.Picture) -> tuple[int, int, int, int]:
    """The box of what is not white, with a margin."""
    from PIL import ImageOps

    left, top, right, bottom = ImageOps.invert(layer).getbbox() or (0, 0, *layer.size)
    return (
        max(left - MARGIN, 0),
        max(top - MARGIN, 0),
        min(right + MARGIN, layer.width),
        min(bottom + MARGIN, layer.height),
    )


def _is_seen(layer: picture.Picture, whole: picture.Picture, box: Box) -> bool:
    """Whether the ink of a line shows on the page as a person sees it."""
    import numpy as np

    edges = _edges(box)
    below = np.asarray(layer.crop(edges).convert("L"), dtype=np.int16)
    above = np.asarray(whole.crop(edges).convert("L"), dtype=np.int16)
    ground = int(np.median(below))
    ink = np.abs(below - ground) > _INK
    if not ink.any():
        return True
    kept = (np.abs(below - above) < _LOST) & (np.abs(above - int(np.median(above[~ink]))) > _INK)
    return bool((kept & ink).sum() >= _SEEN_PART * ink.sum())


def _pictures_only(page: Any, scale: float, others: Sequence[Any]) -> picture.Picture:
    """The page with all its pictures and nothing else."""
    _switch(others, False)
    try:
        return _draw(page, scale, notes=False)
    finally:
        _switch(others, True)


def _edges(box: Box) -> tuple[int, int, int, int]:
    return max(int(box[0]), 0), max(int(box[1]), 0), int(box[2]) + 1, int(box[3]) + 1
