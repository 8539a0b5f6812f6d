"""What lies behind and over the shapes of a slide: on which ground letters stand, what covers them.

Shapes are painted in their order: those of the master, of the layout, of the slide; a group has a
measure of its own (ISO/IEC 29500-1, 20.1.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screener.extract.drawing_looks import Palette, cover_of, cover_state, fill_of, ink
from screener.extract.looks import UNKNOWN, WHITE, Colour
from screener.extract.package import Node, attribute, local

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in EMU."""
_SHAPES = ("sp", "pic", "cxnSp", "graphicFrame")
_MOST_FRONTS = 100
_MOSTLY = 0.8
"""The part of a text's frame that must lie under a shape: letters seldom fill their frame."""
_PLAIN_TABLES = (
    "{2D5ABB26-0587-4C30-8999-92F81FD0307C}",
    "{5940675A-B579-460E-94D1-54222C63F5DA}",
)
"""The two table styles of PowerPoint that fill no cell."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """From the measure of a group to that of the slide: ``x * scale + shift``."""

    x_scale: float = 1.0
    y_scale: float = 1.0
    x_shift: float = 0.0
    y_shift: float = 0.0

    def of(self, box: Box) -> Box:
        return (
            box[0] * self.x_scale + self.x_shift,
            box[1] * self.y_scale + self.y_shift,
            box[2] * self.x_scale + self.x_shift,
            box[3] * self.y_scale + self.y_shift,
        )


@dataclass(frozen=True, slots=True)
class _Painted:
    """A shape in the order of painting: its fill, and what it covers with where it does."""

    node: Node
    box: Box | None
    fill: Colour | None
    cover: str | None


class Stage:
    """One slide with the layout and master behind it."""

    def __init__(
        self,
        slide: Node,
        behind: tuple[Node | None, ...],
        palette: Palette,
        picture_covers: Callable[[Node], bool],
    ) -> None:
        self.palette = palette
        self._picture_covers = picture_covers
        self._background = _background((slide, *behind), palette)
        self._painted: list[_Painted] = []
        for root in reversed(behind):
            if root is not None:
                self._paint(root, own=False)
        self._first = len(self._painted)
        moving = {attribute(n, "spid") for n in slide.iter() if local(n) == "spTgt"}
        self._paint(slide, own=True, moving=moving)
        self._order = {shape.node: at for at, shape in enumerate(self._painted)}

    def _paint(self, root: Node, *, own: bool, moving: set[str | None] | None = None) -> None:
        for node, box in _shapes(root, _Measure()):
            if is_hidden(node) or (not own and _is_placeholder(node)):
                continue
            tag = local(node)
            fill, cover = fill_of(node, self.palette), None
            if tag in ("pic", "graphicFrame"):
                fill = UNKNOWN
            if own and _number_of(node) not in (moving or ()):
                if tag == "pic" and self._picture_covers(node):
                    cover = "picture"
                elif tag == "sp" and (paint := cover_of(node, self.palette)) is not None:
                    cover = cover_state(paint)
            self._painted.append(_Painted(node, box, fill, cover))

    def ground(self, node: Node) -> Colour:
        """The colour on which the letters of a shape stand, UNKNOWN where nobody can say."""
        at = self._order.get(node)
        if at is None:
            return UNKNOWN
        shape = self._painted[at]
        return self._behind(at) if shape.fill is None else shape.fill

    def _behind(self, at: int) -> Colour:
        """What is seen through an empty shape."""
        box = self._painted[at].box
        for below in reversed(self._painted[:at]):
            share = _share(box, below.box)
            if below.fill is not None and share != 0:
                return below.fill if (share or 0) >= 1 else UNKNOWN
        return self._background

    def ground_of_cell(self, cell: Node, table: Node, frame: Node) -> Colour:
        """The same for a cell of a table."""
        own = fill_of(cell, self.palette)
        if own is not None:
            return own
        style = next((n.text for n in table.iter() if local(n) == "tableStyleId"), None)
        if style and style.strip() not in _PLAIN_TABLES:
            return UNKNOWN
        at = self._order.get(frame)
        return UNKNOWN if at is None else self._behind(at)

    def covered(self, node: Node) -> str | None:
        """By what a shape is covered: a state, or None."""
        at = self._order.get(node)
        if at is None:
            return None
        box = self._painted[at].box
        for above in self._painted[at + 1 :]:
            if above.cover and box and above.box and (_share(box, above.box) or 0) >= _MOSTLY:
                return above.cover
        return None

    def fronts(self, node: Node) -> tuple[Box | None, list[tuple[Box, str]]]:
        """The box of a shape, and those of what hides something of what lies below it."""
        at = self._order.get(node)
        box = self._painted[at].box if at is not None else None
        above = self._painted[at + 1 :] if at is not None and box is not None else []
        found = [
            (shape.box, shape.cover)
            for shape in above
            if shape.cover and shape.box and _share(box, shape.box)
        ]
        return box, found[:_MOST_FRONTS]


def is_hidden(node: Node) -> bool:
    """Whether a shape or group is switched off."""
    about = _about(node)
    return about is not None and (attribute(about, "hidden") or "0").lower() in ("1", "true")


def _about(node: Node) -> Node | None:
    for frame in node:
        if local(frame).startswith("nv"):
            return next((below for below in frame if local(below) == "cNvPr"), None)
    return None


def _number_of(node: Node) -> str | None:
    about = _about(node)
    return attribute(about, "id") if about is not None else None


def _is_placeholder(node: Node) -> bool:
    return any(
        local(below) == "ph"
        for frame in node
        if local(frame).startswith("nv")
        for below in frame.iter()
    )


def _shapes(parent: Node, measure: _Measure) -> Iterator[tuple[Node, Box | None]]:
    """Every shape with its box on the slide, groups opened."""
    for node in parent:
        tag = local(node)
        if tag in _SHAPES:
            box = _box(node)
            yield node, measure.of(box) if box else None
        elif tag == "grpSp":
            if not is_hidden(node):
                yield from _shapes(node, _inner(node, measure))
        elif tag in ("cSld", "spTree", "AlternateContent", "Choice"):
            yield from _shapes(node, measure)


def _box(node: Node) -> Box | None:
    direct = [n for n in node if local(n) == "xfrm"]
    held = [n for frame in node if local(frame) == "spPr" for n in frame if local(n) == "xfrm"]
    for frame in direct or held:
        if attribute(frame, "rot") in (None, "0"):
            spots = {local(n): n for n in frame}
            return _rectangle(spots.get("off"), spots.get("ext"))
    return None


def _rectangle(off: Node | None, ext: Node | None) -> Box | None:
    try:
        if off is None or ext is None:
            return None
        x, y = int(attribute(off, "x") or 0), int(attribute(off, "y") or 0)
        return x, y, x + int(attribute(ext, "cx") or 0), y + int(attribute(ext, "cy") or 0)
    except ValueError:
        return None


def _inner(group: Node, outer: _Measure) -> _Measure:
    frame = next((n for n in group if local(n) == "grpSpPr"), None)
    spots = {local(n): n for n in frame.iter()} if frame is not None else {}
    shown = _rectangle(spots.get("off"), spots.get("ext"))
    own = _rectangle(spots.get("chOff"), spots.get("chExt"))
    if shown is None or own is None or own[2] == own[0] or own[3] == own[1]:
        return outer
    x_scale = (shown[2] - shown[0]) / (own[2] - own[0])
    y_scale = (shown[3] - shown[1]) / (own[3] - own[1])
    return _Measure(
        outer.x_scale * x_scale,
        outer.y_scale * y_scale,
        outer.x_shift + outer.x_scale * (shown[0] - own[0] * x_scale),
        outer.y_shift + outer.y_scale * (shown[1] - own[1] * y_scale),
    )


def _share(box: Box | None, other: Box | None) -> float | None:
    """Which part of a box lies in another one; None where that cannot be told."""
    if box is None or other is None:
        return None
    area = (box[2] - box[0]) * (box[3] - box[1])
    if area <= 0:
        return 0.0
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return max(width, 0) * max(height, 0) / area


def _background(roots: tuple[Node | None, ...], palette: Palette) -> Colour:
    """The colour of the empty slide: its own background, else the layout's or the master's."""
    for root in roots:
        for node in root.iter() if root is not None else ():
            tag = local(node)
            if tag == "bgPr":
                solid = next((n for n in node if local(n) == "solidFill"), None)
                found = ink(solid, palette)
                return found.colour if found else UNKNOWN
            if tag == "bgRef":
                found = ink(node, palette)
                return found.colour if found and attribute(node, "idx") == "1001" else UNKNOWN
            if tag == "spTree":
                break
    return WHITE
