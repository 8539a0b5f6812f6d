"""What a page's own style sheets and styles hide (CSS 2.2; CSS Color 3).

Only what stands in the page is known: sheets on a server are never fetched. Of two rules the later
one holds, whatever their selectors; a style attribute holds over both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from screener.extract.looks import BLACK, TINY_POINTS, WHITE, Colour, alike, colour
from screener.extract.package import Node

MOST_RULES = 2000
"""Rules of a page's sheets that are looked at; a page with more says nothing by hiding this way."""
MOST_SHEET = 400_000
"""Characters of style sheets that are parsed."""
_WORTH = re.compile(
    "display|visibility|opacity|color|background|font|text-indent|left|top|right|clip|height|width"
    "|transform|content-visibility",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|pt|em|rem|ex|cm|mm|in|vw|vh|%)?")
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "cm": 28.3, "mm": 2.83}
_FLEETING = re.compile(":(?:hover|focus|active|target|visited|before|after)")
"""What holds only under the pointer, or for something beside the element."""
_FAR = 500.0
"""Points to the left of or above the page beyond which nothing is seen."""

Declarations = dict[str, str]
"""Properties of a style by name, in small letters."""


def declarations(style: str) -> Declarations:
    """The properties of a ``style`` attribute; of two of one name the last (``!important`` off)."""
    found: Declarations = {}
    for part in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks, with what it has from those around it.

    ``hidden`` tells why it does not show whatever its colour, or is empty; ``ground`` is None where
    it is not known (a picture, a gradient).
    """

    hidden: str = ""
    letters: Colour = BLACK
    ground: Colour | None = WHITE

    def inside(self, said: Declarations) -> Look:
        """The look of an element within this one."""
        if not said:
            return self
        letters = colour(said.get("color", "")) or self.letters
        return Look(self.hidden or _hiding(said), letters, _ground(said, self.ground))

    @property
    def unseen(self) -> str:
        """Why a person does not see its letters (hidden, transparent, tiny, white …), or empty."""
        if self.hidden or self.ground is None or not alike(self.letters, self.ground):
            return self.hidden
        if alike(self.ground, BLACK):
            return "blacked_out"
        return "white" if alike(self.ground, WHITE) else "own_color"


def _hiding(said: Declarations) -> str:
    """Why a style hides its element: hidden, transparent, tiny, off_page, or nothing."""
    if said.get("display", "").startswith("none") or said.get("content-visibility") == "hidden":
        return "hidden"
    if said.get("visibility") in ("hidden", "collapse"):
        return "hidden"
    letters = said.get("color", "")
    clear = letters == "transparent" or re.search(r"rgba\([^)]*,\s*0?\.?0+\)", letters)
    if clear or _number(said.get("opacity", "1")) <= 0.03:
        return "transparent"
    if _tiny(said):
        return "tiny"
    return "off_page" if _away(said) else ""


def _ground(said: Declarations, behind: Colour | None) -> Colour | None:
    words = said.get("background-color") or said.get("background", "")
    if re.search("url|gradient|var", words + said.get("background-image", "")):
        return None
    for word in re.findall(r"#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+", words):
        if (found := colour(word)) is not None:
            return found
    return behind


def _tiny(said: Declarations) -> bool:
    size = said.get("font-size", "")
    if not size and (font := re.search(r"([0-9.]+(?:px|pt|em|rem|%))", said.get("font", ""))):
        size = font.group(1)
    if size and (points := _points(size)) is not None and points <= TINY_POINTS:
        return True
    cut = said.get("overflow", "").startswith(("hidden", "clip"))
    flat = any(_points(said.get(side, "")) == 0 for side in ("height", "width", "max-height"))
    if cut and (flat or _one_pixel(said)):
        return True
    clip = said.get("clip", "") + said.get("clip-path", "")
    gone = re.search(r"rect\((?:[01](?:px)?[, ]*){4}\)|inset\((?:50|100)%|circle\(0", clip)
    return bool(gone) or bool(re.search(r"scale\(0", said.get("transform", "")))


def _one_pixel(said: Declarations) -> bool:
    sides = [_points(said.get(side, "")) for side in ("height", "width")]
    return all(side is not None and side <= 1 for side in sides)


def _away(said: Declarations) -> bool:
    placed = said.get("position", "") in ("absolute", "fixed", "relative")
    for name in ("left", "top", "right", "bottom"):
        if placed and (_points(said.get(name, "")) or 0) <= -_FAR:
            return True
    for name in ("text-indent", "margin-left", "margin-top"):
        if (_points(said.get(name, "")) or 0) <= -_FAR:
            return True
    return bool(re.search(r"translate[xy]?\(-[0-9]{4,}", said.get("transform", "")))


def _points(text: str) -> float | None:
    match = _LENGTH.match(text.strip()) if text else None
    if match is None:
        return None
    number, unit = float(match.group(1)), match.group(2) or ""
    if unit == "%":
        return 0.0 if number == 0 else number * 0.12
    return number * _POINTS.get(unit, 12.0)


def _number(text: str) -> float:
    match = _LENGTH.match(text.strip())
    if match is None:
        return 1.0
    return float(match.group(1)) / (100 if match.group(2) == "%" else 1)


class Sheets:
    """What the style sheets of one page say about its elements."""

    def __init__(self, root: Node) -> None:
        self._said: dict[Node, Declarations] = {}
        text = "\n".join("".join(node.itertext()) for node in root.iter("style"))[:MOST_SHEET]
        if not _WORTH.search(text):
            return
        for selector, said in _rules(text):
            for node in _chosen(root, selector):
                self._said.setdefault(node, {}).update(said)

    def of(self, node: Node) -> Declarations:
        """All that sheets, old attributes and its own style say about an element."""
        said = dict(self._said.get(node, {}))
        if not said and not node.attrib:
            return said
        if "hidden" in node.attrib or (node.tag == "dialog" and "open" not in node.attrib):
            said["display"] = "none"
        if node.tag == "input" and str(node.get("type", "")).lower() == "hidden":
            said["display"] = "none"
        if ground := node.get("bgcolor"):
            said.setdefault("background-color", str(ground).lower())
        if node.tag == "font" and (letters := node.get("color")):
            said.setdefault("color", str(letters).lower())
        style = node.get("style")
        if style:
            said.update(declarations(str(style)))
        return said


def _rules(text: str) -> Iterator[tuple[str, Declarations]]:
    """Selectors with what they say, media queries for a screen looked into."""
    import tinycss2

    waiting: list[Any] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    waiting.reverse()
    seen = 0
    while waiting and seen < MOST_RULES:
        rule = waiting.pop()
        seen += 1
        if rule.type == "at-rule" and rule.content is not None:
            query = tinycss2.serialize(rule.prelude).lower()
            if rule.lower_at_keyword in ("media", "supports") and "print" not in query:
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                waiting.extend(reversed(inner))
        elif rule.type == "qualified-rule":
            said = declarations(tinycss2.serialize(rule.content))
            if said.keys() & _TELLING:
                yield tinycss2.serialize(rule.prelude), said


_TELLING = frozenset(
    (
        *("display", "visibility", "opacity", "color", "background", "background-color", "font"),
        *("font-size", "text-indent", "left", "top", "right", "bottom", "clip", "clip-path"),
        *("height", "width", "max-height", "transform", "margin-left", "margin-top", "position"),
        *("overflow", "content-visibility", "background-image"),
    )
)


def _chosen(root: Node, selector: str) -> list[Node]:
    """The elements a selector means; none where it is not understood or depends on the pointer."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    if ":" in selector and _FLEETING.search(selector):
        return []
    try:
        chosen: Any = CSSSelector(selector, translator="html")(root)
        return list(chosen)
    except (SelectorError, ValueError):
        return []
