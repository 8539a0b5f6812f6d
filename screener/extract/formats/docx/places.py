"""Where floating shapes and pictures of a Word document stand.

DrawingML anchors (ISO/IEC 29500-1, 20.4.2.3) and the older VML (ISO/IEC 29500-4, 19.1). All
measures are in points from where the text of the part begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from screener.extract.formats.docx.shapes import OLD_SHAPES, unseen_shape
from screener.extract.formats.docx.spacing import Page
from screener.extract.package import Node, attribute, local

_EMU_A_POINT = 12_700
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}
_STYLE = re.compile("(?:^|;) *([a-z-]+): *([^;]+)", re.IGNORECASE)
_LENGTH = re.compile("(-?[0-9.]+) *(pt|in|cm|mm|px|)", re.IGNORECASE)
_HOLLOW = re.compile("line|connector|frame|donut|bracket|brace|arc|star|chord", re.IGNORECASE)
"""Shapes that leave much of their box open."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A paragraph that shapes are tied to: where its words begin, its column's width, its page."""

    left: float
    top: float
    width: float
    page: Page

    def page_top(self) -> float:
        """Where the text of the paragraph's page begins."""
        return self.top // self.page.height * self.page.height


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float


def floating(root: Node) -> Iterator[Node]:
    """Everything that floats: anchors, and old shapes with a place of their own."""
    yield from root.iter("{*}anchor")
    for node in root.iter(*(f"{{*}}{name}" for name in OLD_SHAPES)):
        if "absolute" in (attribute(node, "style") or "").lower():
            yield node


def is_in_front(node: Node) -> bool:
    """Whether something floats over the text, not behind it, and no text makes room for it."""
    if unseen_shape(node):
        return False
    tags = {local(child) for child in node}
    if local(node) == "anchor":
        return attribute(node, "behindDoc") in (None, "0", "false") and "wrapNone" in tags
    style = _said(node)
    return not style.get("z-index", "").startswith("-") and "wrap" not in tags


def shapes_of(node: Node, frame: Frame) -> Iterator[tuple[Node, Box]]:
    """The shapes and pictures of something floating, each with its place."""
    if local(node) != "anchor":
        box = _old_box(node, frame)
        if box is not None:
            yield node, box
        return
    box = _anchored(node, frame)
    if box is None:
        return
    group = next(node.iter("{*}wgp"), None)
    if group is not None:
        yield from _grouped(group, box)
        return
    for shape in node.iter("{*}wsp", "{*}pic"):
        if not _is_hollow(shape):
            yield shape, box
        return


def _is_hollow(shape: Node) -> bool:
    geometry = next(shape.iter("{*}prstGeom"), None)
    return geometry is not None and bool(_HOLLOW.search(attribute(geometry, "prst") or ""))


def _anchored(anchor: Node, frame: Frame) -> Box | None:
    across = down = None
    width = height = 0.0
    for node in anchor:
        tag = local(node)
        if tag == "extent":
            width = _emu(attribute(node, "cx"))
            height = _emu(attribute(node, "cy"))
    for node in anchor:
        tag = local(node)
        if tag == "positionH":
            across = _across(node, frame, width)
        elif tag == "positionV":
            down = _down(node, frame, height)
    if across is None or down is None:
        return None
    return Box(across, down, across + width, down + height)


def _told(position: Node) -> tuple[str, float, str]:
    """What a position counts from, the offset, the word for an edge or the middle."""
    offset = align = ""
    for node in position:
        if local(node) == "posOffset":
            offset = (node.text or "").strip()
        elif local(node) == "align":
            align = (node.text or "").strip()
    return attribute(position, "relativeFrom") or "", _emu(offset), align


def _across(position: Node, frame: Frame, width: float) -> float | None:
    base, offset, align = _told(position)
    page = frame.page
    start, room = frame.left, frame.width
    if base == "margin":
        start, room = 0.0, page.width
    elif base == "page":
        start, room = -page.left, page.paper_width
    elif base not in ("column", "character"):
        return None
    if align:
        return start + {"center": (room - width) / 2, "right": room - width}.get(align, 0.0)
    return start + offset


def _down(position: Node, frame: Frame, height: float) -> float | None:
    base, offset, align = _told(position)
    page = frame.page
    if base in ("paragraph", "line"):
        return frame.top + offset if not align else None
    start, room = frame.page_top(), page.height
    if base == "page":
        start, room = start - page.top, page.paper_height
    elif base != "margin":
        return None
    if align:
        return start + {"center": (room - height) / 2, "bottom": room - height}.get(align, 0.0)
    return start + offset


def _grouped(group: Node, outer: Box) -> Iterator[tuple[Node, Box]]:
    """The shapes of a group: their places are told in the group's own measure."""
    own = next((n for p in group if local(p) == "grpSpPr" for n in p if local(n) == "xfrm"), None)
    x, y, wide, high = _rect(own, "chOff", "chExt")
    if own is None or wide <= 0 or high <= 0:
        return
    by_x, by_y = (outer.right - outer.left) / wide, (outer.bottom - outer.top) / high
    for shape in group:
        if local(shape) in ("wsp", "pic") and not _is_hollow(shape):
            left, top, width, height = _rect(next(shape.iter("{*}xfrm"), None), "off", "ext")
            left, top = outer.left + (left - x) * by_x, outer.top + (top - y) * by_y
            yield shape, Box(left, top, left + width * by_x, top + height * by_y)


def _rect(xfrm: Node | None, corner: str, extent: str) -> tuple[float, float, float, float]:
    x = y = width = height = 0.0
    for node in xfrm if xfrm is not None else ():
        if local(node) == corner:
            x, y = _emu(attribute(node, "x")), _emu(attribute(node, "y"))
        elif local(node) == extent:
            width, height = _emu(attribute(node, "cx")), _emu(attribute(node, "cy"))
    return x, y, width, height


def _old_box(shape: Node, frame: Frame) -> Box | None:
    said = _said(shape)
    page = frame.page
    left = _points(said.get("margin-left") or said.get("left"))
    top = _points(said.get("margin-top") or said.get("top"))
    width, height = _points(said.get("width")), _points(said.get("height"))
    if any(word in said.get(f"mso-position-{axis}", "absolute") for axis, word in _EDGES):
        return None
    across = said.get("mso-position-horizontal-relative", "text")
    down = said.get("mso-position-vertical-relative", "text")
    start = {"margin": 0.0, "page": -page.left}.get(across, frame.left)
    head = {"margin": frame.page_top(), "page": frame.page_top() - page.top}.get(down, frame.top)
    left, top = left + start, top + head
    return Box(left, top, left + width, top + height)


_EDGES = tuple(
    (axis, word)
    for axis, words in (
        ("horizontal", ("left", "center", "right", "inside", "outside")),
        ("vertical", ("top", "center", "bottom", "inside", "outside")),
    )
    for word in words
)


def _said(node: Node) -> dict[str, str]:
    style = attribute(node, "style") or ""
    return {name.lower(): value.strip().lower() for name, value in _STYLE.findall(style)}


def _points(text: str | None) -> float:
    match = _LENGTH.match(text or "")
    if not match:
        return 0.0
    try:
        return float(match.group(1)) * _POINTS[match.group(2).lower()]
    except ValueError:
        return 0.0


def _emu(text: str | None) -> float:
    try:
        return float(text or 0) / _EMU_A_POINT
    except ValueError:
        return 0.0
