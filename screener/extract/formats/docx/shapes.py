"""Shapes in a Word document: whether they are seen, and on which ground their words stand.

DrawingML (ISO/IEC 29500-1, 20.1 and 20.4) and the older VML (ISO/IEC 29500-4, 19.1).
"""

from __future__ import annotations

import re

from screener.extract.drawing_looks import Palette, fill_of
from screener.extract.formats.docx.looks import Unseen, is_away
from screener.extract.looks import UNKNOWN, WHITE, Colour, colour
from screener.extract.package import Node, attribute, local
from screener.model.document import SegmentKind

OLD_SHAPES = ("shape", "rect", "roundrect", "oval")
HIDDEN = Unseen(SegmentKind.HIDDEN, "hidden")
_TINY = Unseen(SegmentKind.HIDDEN, "tiny")
AWAY = Unseen(SegmentKind.HIDDEN, "off_page")
_OFF = re.compile("visibility: *hidden|display: *none", re.IGNORECASE)
_LENGTH = re.compile(
    "(?:^|;) *(left|top|margin-left|margin-top|width|height): *(-?[0-9.]+) *(pt|in|cm|mm|px)",
    re.IGNORECASE,
)
"""Lengths with a unit: those without one are in the measure of a group."""
_ALIGNED = re.compile("mso-position-(horizontal|vertical): *(?!absolute)[a-z]", re.IGNORECASE)
"""Shapes at an edge or in the middle keep an offset that counts for nothing."""
_AXES = {"left": "horizontal", "margin-left": "horizontal"}
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_EMU_A_POINT = 12_700


def unseen_shape(node: Node) -> Unseen | None:
    """Why a shape is not seen: switched off, without size, outside the paper."""
    if local(node) not in ("inline", "anchor"):
        return _unseen_old(attribute(node, "style") or "")
    about = next((n for n in node if local(n) == "docPr"), None)
    if any(_is_hidden(n) for n in (about, node)):
        return HIDDEN
    for part in node:
        tag = local(part)
        if tag == "extent" and min(_points(part, "cx"), _points(part, "cy")) < 1:
            return _TINY
        if tag in ("positionH", "positionV"):
            offset = next((n.text for n in part if local(n) == "posOffset"), None)
            if is_away(_number(offset) / _EMU_A_POINT):
                return AWAY
    return None


def _is_hidden(node: Node | None) -> bool:
    return node is not None and attribute(node, "hidden") in ("1", "true", "on")


def _points(node: Node, name: str) -> float:
    return _number(attribute(node, name)) / _EMU_A_POINT


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _unseen_old(style: str) -> Unseen | None:
    if _OFF.search(style):
        return HIDDEN
    aligned = {axis.lower() for axis in _ALIGNED.findall(style)}
    for name, number, unit in _LENGTH.findall(style):
        points = _number(number) * _POINTS[unit.lower()]
        if name.lower() in ("width", "height"):
            if points < 1:
                return _TINY
        elif is_away(points) and _AXES.get(name.lower(), "vertical") not in aligned:
            return AWAY
    return None


def ground_of_shape(
    node: Node, palette: Palette, backdrop: Colour | None, ground: Colour | None
) -> Colour | None:
    """The ground of words in a shape; ``ground`` for what is none, None for the page's own.

    ``backdrop`` is what is seen through a shape that is not filled.
    """
    tag = local(node)
    if tag == "wsp":
        fill = fill_of(node, palette)
        return backdrop if fill is None else fill
    if tag not in OLD_SHAPES or "textbox" not in {local(child) for child in node}:
        return ground
    fill = old_fill(node)
    return backdrop if fill is None else fill


def old_fill(node: Node) -> Colour | None:
    """What an old shape is filled with; None where its ground shows through."""
    for child in node:
        plain = attribute(child, "type") in (None, "solid") and not attribute(child, "src")
        if local(child) == "fill" and not plain:
            return UNKNOWN
    if (attribute(node, "filled") or "t").lower() in ("f", "false", "0"):
        return None
    told = (attribute(node, "fillcolor") or "").split(" ")[0]
    return (colour(told) or UNKNOWN) if told else WHITE


def old_cover(node: Node) -> Colour | None:
    """What an old shape hides all below it with; None for one that lets something through."""
    for child in node:
        tag = local(child)
        if tag in ("imagedata", "textpath") or (tag == "fill" and attribute(child, "opacity")):
            return None
    return old_fill(node)
