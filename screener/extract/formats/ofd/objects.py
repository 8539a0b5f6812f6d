"""What is drawn on an OFD page: characters with their places, boxes, pictures (GB/T 33190).

Everything is brought to millimetres from the top left of the page.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screener.extract.formats.ofd.colors import FAINT, Color, alpha_of, color_of
from screener.extract.formats.ofd.geometry import (
    IDENTITY,
    Box,
    apply,
    bounds,
    box_of,
    number,
    numbers,
    scale_of,
)
from screener.extract.formats.ofd.package import child, children, words
from screener.extract.matrix import Matrix, combined
from screener.extract.package import Node, local

MOST_OBJECTS = 200_000
"""Objects looked at on one page, those of templates and composites counted each time."""
MOST_NESTED = 24
TINY = 0.5
"""Font size in millimetres below which nobody reads a text (1.4 points)."""
TINY_PICTURE = 3.0
"""A picture no larger than this, both ways, in millimetres, shows no text."""
MOST_LINES = 64
"""Straight pieces of one path that may rule a table; one with more is a drawing."""
LINE_WIDTH = 0.353
"""Millimetres of a line whose width is not told."""


@dataclass(slots=True)
class Run:
    """Characters of one text code: where each begins along the line, and their line.

    ``along`` has one position more than there are characters; ``across`` is the baseline.
    ``angle`` is the direction of writing in whole degrees. ``state`` is empty for text that shows;
    ``clip`` is the box within which it is drawn, None where nothing cuts it off.
    """

    text: str
    along: list[float]
    across: float
    angle: int
    size: float
    color: Color | None
    order: int
    state: str = ""
    clip: Box | None = None

    def box(self, first: int, last: int) -> Box:
        """The box around characters ``first`` to ``last`` (not included)."""
        turn = math.radians(self.angle)
        u, v = math.cos(turn), math.sin(turn)
        ends = [
            (s * u - t * v, s * v + t * u)
            for s in (self.along[first], self.along[max(last, first + 1)])
            for t in (self.across - self.size * 0.85, self.across + self.size * 0.15)
        ]
        xs, ys = [x for x, _y in ends], [y for _x, y in ends]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled box, a line or a picture at a place in the order of drawing.

    ``color`` is None for a picture, whose file is ``path``, and for a pattern.
    """

    box: Box
    color: Color | None
    order: int
    picture: bool = False
    path: str = ""


@dataclass(slots=True)
class Drawn:
    """All that one page draws; ``pictures`` are the paths of their files, empty where unknown."""

    runs: list[Run] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    objects: int = 0
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What an object takes over from what it stands in."""

    state: str = ""
    parameters: str = ""


@dataclass(slots=True)
class Resources:
    """Drawing parameters, composite units and the paths of pictures by their ID."""

    parameters: dict[str, Node] = field(default_factory=dict)
    composites: dict[str, Node] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def fill(self, node: Node, inherited: str) -> Node | None:
        """The fill colour's node of an object: its own, else that of its drawing parameters."""
        found = child(node, "FillColor")
        name = node.get("DrawParam") or inherited
        for _step in range(8):
            if found is not None or not name:
                break
            parameter = self.parameters.get(name)
            if parameter is None:
                break
            found, name = child(parameter, "FillColor"), parameter.get("Relative") or ""
        return found


class Painter:
    """Walks the objects of a page in the order of drawing."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.drawn = Drawn()

    def paint(self, parent: Node, matrix: Matrix, style: Style, depth: int = 0) -> None:
        """Everything below a node: layers, blocks, objects."""
        if depth > MOST_NESTED:
            self.drawn.too_many = True
            return
        for node in parent:
            tag = local(node)
            if tag not in _PAINTED:
                continue
            self.drawn.objects += 1
            if self.drawn.objects > MOST_OBJECTS:
                self.drawn.too_many = True
                return
            inner = _style(node, style)
            if tag in ("Layer", "PageBlock", "Content"):
                self.paint(node, matrix, inner, depth + 1)
                continue
            place = _placed(node, matrix)
            if tag == "TextObject":
                self._text(node, place, inner)
            elif tag == "ImageObject":
                self._picture(node, matrix, inner)
            elif tag == "PathObject":
                self._path(node, place, matrix, inner)
            else:
                self._composite(node, place, inner, depth)

    def _composite(self, node: Node, place: Matrix, style: Style, depth: int) -> None:
        self.paint(node, place, style, depth + 1)
        unit = self.resources.composites.get(node.get("ResourceID") or "")
        if unit is not None:
            self.paint(unit, place, style, depth + 1)

    def _text(self, node: Node, place: Matrix, style: Style) -> None:
        size = number(node.get("Size"), 3.0)
        filled = (node.get("Fill") or "true").lower() != "false"
        stroked = (node.get("Stroke") or "false").lower() == "true"
        fill = self.resources.fill(node, style.parameters)
        state = style.state or ("" if filled or stroked else "invisible")
        if not state and fill is not None and fill.get("Alpha") is not None:
            state = "transparent" if number(fill.get("Alpha"), 255) <= FAINT else ""
        color = color_of(fill) if filled else None
        clip = _clip(node, place)
        narrow = min(abs(number(node.get("HScale"), 1.0)), 1.0)
        x = y = 0.0
        for code in children(node, "TextCode"):
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            text = re.sub("[\r\n\t]+", "", code.text or "")
            if not text:
                continue
            for run in _runs(text, code, (x, y), size * number(node.get("HScale"), 1.0), place):
                run.color, run.order = color, self.drawn.objects
                scaled = size * scale_of(place)
                run.size, run.clip = scaled, clip
                run.state = state or ("tiny" if scaled * narrow < TINY else "")
                self.drawn.runs.append(run)

    def _picture(self, node: Node, matrix: Matrix, style: Style) -> None:
        left, top, width, height = box_of(node.get("Boundary"))
        box = bounds(matrix, left, top, width, height)
        if box[2] - box[0] > TINY_PICTURE and box[3] - box[1] > TINY_PICTURE:
            self.drawn.pictures.append(self.resources.media.get(node.get("ResourceID") or "", ""))
        opaque = number(node.get("Alpha"), 255) >= 250 and not node.get("ImageMask")
        if not style.state and opaque:
            path = self.resources.media.get(node.get("ResourceID") or "", "")
            self.drawn.patches.append(Patch(box, None, self.drawn.objects, True, path))

    def _path(self, node: Node, place: Matrix, matrix: Matrix, style: Style) -> None:
        if style.state:
            return
        data = child(node, "AbbreviatedData")
        points = _points((data.text or "") if data is not None else "")
        if not points:
            return
        placed = [apply(place, x, y) for x, y in points]
        xs, ys = [x for x, _y in placed], [y for _x, y in placed]
        box = (min(xs), min(ys), max(xs), max(ys))
        is_box = len({round(x, 2) for x in xs}) <= 2 and len({round(y, 2) for y in ys}) <= 2
        if (node.get("Stroke") or "true").lower() != "false":
            lines = list(zip(placed, placed[1:] + placed[:1], strict=True))
            if len(points) <= MOST_LINES:
                self.drawn.strokes += [(*a, *b) for a, b in lines]
            self._strokes(node, lines if len(points) > 2 else lines[:1], place, style)
        if (node.get("Fill") or "false").lower() != "true" or not is_box:
            return
        fill = self.resources.fill(node, style.parameters)
        alpha = min(number(node.get("Alpha"), 255), alpha_of(fill))
        self.drawn.strokes.append(box)
        if alpha >= 250:
            self.drawn.patches.append(Patch(box, color_of(fill), self.drawn.objects))

    def _strokes(
        self,
        node: Node,
        lines: Sequence[tuple[tuple[float, float], tuple[float, float]]],
        place: Matrix,
        style: Style,
    ) -> None:
        """Lines along an axis hide what they are drawn over: one thick one, or many."""
        stroke = child(node, "StrokeColor")
        if min(number(node.get("Alpha"), 255), alpha_of(stroke)) < 250 or style.state:
            return
        half = number(node.get("LineWidth"), LINE_WIDTH) * scale_of(place) / 2
        color = color_of(stroke)
        for (x0, y0), (x1, y1) in lines:
            if min(abs(x1 - x0), abs(y1 - y0)) <= half:
                box = min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half
                self.drawn.patches.append(Patch(box, color, self.drawn.objects))


_PAINTED = frozenset(
    ("Layer", "PageBlock", "Content", "TextObject", "ImageObject", "PathObject", "CompositeObject")
)


def _style(node: Node, outer: Style) -> Style:
    state = outer.state
    if not state and (node.get("Visible") or "true").lower() in ("false", "0"):
        state = "unseen"
    if not state and number(node.get("Alpha"), 255) <= FAINT:
        state = "transparent"
    parameters = node.get("DrawParam") or outer.parameters
    return (
        outer
        if (state, parameters) == (outer.state, outer.parameters)
        else Style(state, parameters)
    )


def _clip(node: Node, place: Matrix) -> Box | None:
    """The box around all that clips leave of an object, None without them (8.4)."""
    clips = child(node, "Clips")
    boxes = []
    for path in clips.iter() if clips is not None else ():
        if local(path) == "Path":
            left, top, width, height = box_of(path.get("Boundary"))
            boxes.append(bounds(place, left, top, width, height))
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _placed(node: Node, matrix: Matrix) -> Matrix:
    """From the object's own space to the page: its CTM, then its boundary's corner."""
    left, top, _width, _height = box_of(node.get("Boundary"))
    own = numbers(node.get("CTM"))
    a, b, c, d, e, f = own[:6] if len(own) >= 6 else IDENTITY
    return combined((a, b, c, d, e + left, f + top), matrix)


def _runs(
    text: str, code: Node, start: tuple[float, float], width: float, place: Matrix
) -> list[Run]:
    """The characters of a text code, cut where the line is left or a wide gap follows."""
    across = _deltas(code.get("DeltaX"), len(text))
    down = _deltas(code.get("DeltaY"), len(text))
    xs, ys = [start[0]], [start[1]]
    natural = [width * (0.55 if character < "\u2000" else 1.0) for character in text]
    stands = not across and not down  # no steps given: the font's own widths
    for at in range(len(text) - 1):
        xs.append(xs[-1] + (natural[at] if stands else across[at] if at < len(across) else 0.0))
        ys.append(ys[-1] + (down[at] if at < len(down) else 0.0))
    points = [apply(place, x, y) for x, y in zip(xs, ys, strict=True)]
    angle = _angle(points, place)
    turn = math.radians(angle)
    u, v = math.cos(turn), math.sin(turn)
    stretch = math.hypot(place[0], place[1]) or 1.0
    wide = [each * stretch for each in natural]
    runs: list[Run] = []
    for character, (x, y), own in zip(text, points, wide, strict=True):
        s, t = x * u + y * v, y * u - x * v
        last = runs[-1] if runs else None
        if last is not None and abs(last.across - t) < 0.3 * own and s > last.along[-2]:
            gap = s - last.along[-1]
            if gap <= 1.2 * own:
                last.along[-1] = min(s, last.along[-1]) if gap < 0 else s
                last.text += character
                last.along.append(s + own)
                continue
        runs.append(Run(character, [s, s + own], t, angle, width, None, 0))
    return runs


def _angle(points: list[tuple[float, float]], place: Matrix) -> int:
    """Whole degrees of the line's direction; along the characters' feet where one stands alone."""
    x, y = place[0], place[1]
    if len(points) > 1:
        dx, dy = points[1][0] - points[0][0], points[1][1] - points[0][1]
        if math.hypot(dx, dy) > 0.01:
            x, y = dx, dy
    return round(math.degrees(math.atan2(y, x))) % 360 if x or y else 0


def _deltas(value: str | None, most: int) -> list[float]:
    """Steps between characters; ``g n d`` stands for n times d."""
    found: list[float] = []
    tokens = (value or "").replace(",", " ").split()
    at = 0
    while at < len(tokens) and len(found) < most:
        if tokens[at] in ("g", "G") and at + 2 < len(tokens):
            times = min(max(int(number(tokens[at + 1], 0)), 0), most - len(found))
            found += [number(tokens[at + 2], 0.0)] * times
            at += 3
        else:
            found.append(number(tokens[at], 0.0))
            at += 1
    return found


def _points(data: str) -> list[tuple[float, float]]:
    """End points of a path of straight lines; empty for one with curves."""
    tokens = data.replace(",", " ").split()
    points: list[tuple[float, float]] = []
    at = 0
    while at < len(tokens) and len(points) < 400:
        if tokens[at] in ("S", "M", "L") and at + 2 < len(tokens):
            points.append((number(tokens[at + 1], 0.0), number(tokens[at + 2], 0.0)))
            at += 3
        elif tokens[at] in ("C", "S", "M", "L"):
            at += 1
        else:
            return []
    return points


def collect(root: Node, resources: Resources) -> None:
    """Add a resource part's drawing parameters, composite units and pictures."""
    kinds: Mapping[str, dict[str, Node]] = {
        "DrawParam": resources.parameters,
        "CompositeGraphicUnit": resources.composites,
        "CompositeGraphUnit": resources.composites,
    }
    for node in root.iter():
        found = kinds.get(local(node))
        if found is not None and node.get("ID"):
            found.setdefault(str(node.get("ID")), node)
        elif local(node) == "MultiMedia" and (path := words(child(node, "MediaFile"))):
            where = posixpath.join(root.get("BaseLoc") or "", path)
            resources.media.setdefault(node.get("ID") or "", where)
