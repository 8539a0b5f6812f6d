"""A scan with a layer of recognised text: does the layer say what the picture shows?

The layer is what programs search and copy; whoever wrote it may have left things out of it, or may
have written something else. Ink outside of the layer, and the first pages, are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from screener.extract import ocr
from screener.extract.formats.pdf.frame import Box
from screener.extract.formats.pdf.known import bare
from screener.extract.formats.pdf.lines import Line, PageTable
from screener.extract.formats.pdf.pictures import PagePictures, look_at_pictures
from screener.extract.registry import ReadContext

SAMPLED = 2
"""Pages from the first that are compared with their layer wherever recognition is installed."""
BARE = 0.4
"""Part of a page's ink outside of the layer from which the picture is looked at."""
AGREES = 0.4
"""Part of the pairs of signs of the picture that a layer has which was recognised in it."""
_SAME = 0.7
"""Part of the pairs of one line from which the layer has the line."""
_LEAST = 24
"""Pairs of signs below which nothing is told of a layer."""
_DARK, _MARGIN = 128, 3
_PALE = 24
"""Steps of 255 by which a picture differs in itself where it shows nothing."""
_SHORT = 4
"""Signs of a line below which nothing is told of it: layers stray by a few points."""
_NUMBER = re.compile("[0-9]{7,}[Xx]?")


def without_picture(page: Any, lines: list[Line]) -> list[Line]:
    """Lines of a layer where the picture shows nothing: nobody recognised them in it."""
    import numpy as np

    picture = _drawn(page)
    height = picture.shape[0]
    found = []
    for line in lines:
        below = picture[_view(line.box, height)]
        if len(line.text) >= _SHORT and below.size:
            light, dark = np.percentile(below, 99), np.percentile(below, 1)
            if light - dark < _PALE:
                found.append(line)
    return found


def compare_layer(
    page: Any, number: int, lines: list[Line], tables: list[PageTable], context: ReadContext
) -> tuple[PagePictures | None, bool]:
    """What the picture of an open page shows beyond its layer, and whether the layer is about it.

    ``lines`` and ``tables`` are the layer's. Nothing is shown where the two agree.
    """
    outside = _ink_outside(page, lines, tables)
    if outside < BARE and (number > SAMPLED or not ocr.available()):
        return None, True
    shown = look_at_pictures(page, context, outlines=False)
    if shown.problem is not None:
        return (shown if outside >= BARE else None), True
    cells = [cell[2] for table in tables for cell in table.cells]
    layer = bare("\n".join((*(line.text for line in lines), *cells)))
    have = _pairs(layer)
    seen = _pairs(bare("".join(line.text for line in shown.seen)))
    total = sum(seen.values())
    if total >= _LEAST and sum((seen & have).values()) < AGREES * total:
        return shown, False
    beyond = [line for line in shown.seen if _is_new(line.text, layer, have)]
    more = replace(shown, seen=beyond)
    return (more if beyond or shown.covered or shown.overlaid else None), True


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _is_new(text: str, layer: str, have: Counter[str]) -> bool:
    """Whether the layer lacks a line, or a number in it."""
    said = bare(text)
    if any(number not in layer for number in _NUMBER.findall(said)):
        return True
    pairs = _pairs(said)
    return sum(count for pair, count in pairs.items() if pair in have) < _SAME * len(pairs)


def _ink_outside(page: Any, lines: list[Line], tables: list[PageTable]) -> float:
    """The part of what is dark on a page that lies outside of its lines and tables."""
    ink = _drawn(page) < _DARK
    total = int(ink.sum())
    if not total:
        return 0.0
    height = ink.shape[0]
    for line in lines:
        ink[_view(line.box, height)] = False
    for table in tables:
        ink[max(height - int(table.top), 0) :, int(table.edges[0]) : int(table.edges[-1])] = False
    return int(ink.sum()) / total


def _drawn(page: Any) -> Any:
    """The grey values of a page, one pixel a point."""
    import numpy as np

    bitmap = page.render(scale=1, grayscale=True)
    try:
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width]
    finally:
        bitmap.close()


def _view(box: Box, height: int) -> tuple[slice, slice]:
    left, bottom, right, top = (int(side) for side in box)
    rows = slice(max(height - top - _MARGIN, 0), max(height - bottom + _MARGIN, 0))
    return rows, slice(max(left - _MARGIN, 0), max(right + _MARGIN, 0))
