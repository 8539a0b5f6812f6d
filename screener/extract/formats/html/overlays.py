"""Blocks of colour that a page lays over its own words (CSS Positioned Layout 3).

A page is not laid out here. What is known without: a block stretched over its container, and
blocks whose places are told in lengths. Blocks over the whole window (a page that loads, the ground
of a dialog) are taken away by scripts and hide nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from screener.extract.formats.html.looks import covering, points
from screener.extract.formats.html.sheets import Declarations, Sheets
from screener.extract.looks import BLACK, WHITE, Colour, alike
from screener.extract.package import Node

_PLACED = ("absolute", "fixed")
_EDGES = ("top", "right", "bottom", "left")
_MOST = 2_000
"""Placed elements of a page that are looked at."""
_STEPS = 100_000
"""Elements that are looked at for it: each block may lie over all of them."""
FRONT = ""
"""What is said of an element that stands before a block: nothing lies over it."""


class _Rect(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Rect) -> bool:
        """Whether all of the other lies in this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


def covered(root: Node, sheets: Sheets) -> dict[Node, str]:
    """Elements that lie under a block, by its name, and those within them that stand before it."""
    looking = _Looking(sheets)
    for node, said in sheets.beside.items():
        drawn = said.get("content") not in (None, "none", "normal")
        colour = covering(said) if drawn and said.get("position") in _PLACED else None
        fits = _is_stretched(said) and _order(said) >= 0
        if colour is not None and fits and "position" in looking.of(node):
            looking.cover(_Block(None, said, _name(colour)), node)
    styled = (node for node in root.iter() if "absolute" in str(node.get("style", "")).lower())
    for node in list(dict.fromkeys((*sheets.placed(), *styled)))[:_MOST]:
        said = looking.of(node)
        if said.get("position") not in _PLACED or "".join(node.itertext()).strip():
            continue
        colour = covering(said)
        if colour is not None:
            looking.lay(_Block(node, said, _name(colour)))
    return looking.found


class _Block(NamedTuple):
    """A block of colour; no element of its own where a sheet draws it behind an element's words."""

    node: Node | None
    said: Declarations
    name: str


class _Looking:
    """What lies under blocks, as far as ``_STEPS`` elements tell."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.found: dict[Node, str] = {}
        self.steps = 0

    def of(self, node: Node) -> Declarations:
        """What is said of an element; nothing for what is none, and past the bound."""
        self.steps += 1
        if self.steps > _STEPS or not isinstance(node.tag, str):
            return {}
        return self.sheets.of(node)

    def lay(self, block: _Block) -> None:
        """Note what one block lies over."""
        node = block.node
        if node is None or self.steps > _STEPS or _order(block.said) < 0:
            return
        if _is_stretched(block.said):
            around = self._container(node) if block.said["position"] == "absolute" else None
            if around is not None:
                self.cover(block, around)
        elif (area := _rect(block.said)) is not None:
            self._siblings(node, block, area)

    def cover(self, block: _Block, around: Node) -> None:
        """Note that a block lies over its container, but not over what is placed before it."""
        self.found[around] = block.name
        order = _order(block.said)
        after = False
        for node in around.iter():
            if self.steps > _STEPS:
                return
            after = after or node is block.node
            said = self.of(node) if node is not around and node is not block.node else {}
            if said.get("position", "static") == "static":
                continue
            if _order(said) > order or (after and _order(said) == order):
                self.found[node] = FRONT

    def _siblings(self, node: Node, block: _Block, area: _Rect) -> None:
        """Note the elements of the same parent that are placed where the block is, below it."""
        before = True
        for below in node.getparent() if node.getparent() is not None else ():
            if below is node:
                before = False
                continue
            said = self.of(below)
            if said.get("position") != block.said["position"]:
                continue
            place = _rect(said)
            lower = _order(said) < _order(block.said)
            lower = lower or (before and _order(said) == _order(block.said))
            if place is not None and lower and area.holds(place):
                self.found[below] = block.name

    def _container(self, block: Node) -> Node | None:
        """The element that an absolute place is told in; None for the whole page."""
        for node in block.iterancestors():
            if node.tag in ("body", "html"):
                return None
            if self.of(node).get("position", "static") != "static":
                return node
        return None


def _is_stretched(said: Declarations) -> bool:
    """Whether a block takes all of its container."""
    inset = said.get("inset", "").split(" ")
    edges = [said.get(edge, inset[0]) for edge in _EDGES]
    at_corner = _is_zero(edges[0]) and _is_zero(edges[3])
    wide = _is_zero(edges[1]) or said.get("width") in ("100%", "100vw")
    high = _is_zero(edges[2]) or said.get("height") in ("100%", "100vh")
    return at_corner and wide and high


def _is_zero(text: str) -> bool:
    return bool(text) and points(text) == 0


def _rect(said: Declarations) -> _Rect | None:
    """The place of a block whose lengths are all told."""
    told = [said.get(name, "") for name in ("left", "top", "width", "height")]
    if any(not text or "%" in text for text in told):
        return None
    left, top, width, height = (points(text) or 0.0 for text in told)
    return _Rect(left, top, left + width, top + height)


def _order(said: Declarations) -> float:
    try:
        return float(said.get("z-index", "0"))
    except ValueError:
        return 0.0


def _name(colour: Colour) -> str:
    if alike(colour, BLACK):
        return "black_box"
    return "white_box" if alike(colour, WHITE) else "box"
