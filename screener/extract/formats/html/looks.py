"""What the styles of a page's elements hide (CSS 2.2, CSS Color 4, Filter Effects 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from screener.extract.formats.html.colors import Ink, ink
from screener.extract.formats.html.sheets import Declarations
from screener.extract.looks import BLACK, TINY_POINTS, WHITE, Colour, alike

_LENGTH = re.compile(r"([-+]?[0-9]*\.?[0-9]+)(px|pt|em|rem|ex|cm|mm|in|vw|vh|%)?")
_SIDES = (
    *("height", "width", "max-height", "max-width", "block-size", "inline-size", "line-height"),
)
_BLURRED = re.compile(r"blur\((?:[3-9]|[1-9][0-9]+)(?:\.[0-9]+)?px")
_FADED = re.compile(r"opacity\(([0-9.]+%?)\)")
FAINT = 0.03
"""Part of a colour that is let through of letters that an eye does not make out."""
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "cm": 28.3, "mm": 2.83}
_SHRUNK = 0.05
"""Part of their size to which letters are shrunk that nobody reads."""
_OPAQUE = 0.97
_MATRIX = 6
_MOST_PARTS, _MOST_TURNS = -1.5, -5.0
"""Parts of the block, and of its own size, by which an element is moved out of sight."""
_FUNCTION = re.compile(r"([a-z0-9]+)\(([^()]*)\)")
_BACK = re.compile("rotate[xy]\\(-?180deg")
_INKS = re.compile(r"#[0-9a-f]{3,8}|[a-z]+\([^()]*\)|[a-z]+")
_FAR = 500.0
"""Points to the left of or above the page beyond which nothing is seen."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks, with what it has from those around it.

    ``opacity`` is what those around it leave of it. ``hidden`` tells why it does not show whatever
    its colour, or is empty; ``ground`` is None where it is not known (a picture, a gradient).
    ``shown`` is its visibility, which an element within may set again; ``turned`` tells that its
    letters run from right to left whatever they are. ``under`` names the block that lies over it.
    """

    hidden: str = ""
    letters: Colour = BLACK
    ground: Colour | None = WHITE
    shown: bool = True
    turned: bool = False
    opacity: float = 1.0
    under: str = ""

    def inside(self, said: Declarations, under: str | None = None) -> Look:
        """The look of an element within this one; ``under`` where a block begins or ends."""
        if under is not None:
            return replace(self.inside(said), under=under)
        if not said:
            return self
        written = said.get("-webkit-text-fill-color") or said.get("color", "")
        told = ink(written)
        shown = said.get("visibility", "visible" if self.shown else "hidden")
        turned = self.turned
        if "override" in said.get("unicode-bidi", ""):
            turned = said.get("direction") == "rtl"
        opacity = self.opacity * min(max(_number(said.get("opacity", "1")), 0.0), 1.0)
        return Look(
            self.hidden or _hiding(said) or ("transparent" if opacity <= FAINT else ""),
            self.letters if told is None else told.colour,
            _ground(said, self.ground),
            shown not in ("hidden", "collapse"),
            turned,
            opacity,
            self.under,
        )

    @property
    def unseen(self) -> str:
        """Why a person does not see its letters (hidden, transparent, tiny, white …), or empty."""
        if not self.hidden and not self.shown:
            return "hidden"
        if self.hidden or self.under:
            return self.hidden or self.under
        if self.ground is None or not alike(self.letters, self.ground):
            return ""
        if alike(self.ground, BLACK):
            return "blacked_out"
        return "white" if alike(self.ground, WHITE) else "own_color"


def _hiding(said: Declarations) -> str:
    """Why a style hides its element: hidden, transparent, tiny, off_page, or nothing."""
    if said.get("display", "").startswith("none") or said.get("content-visibility") == "hidden":
        return "hidden"
    if said.get("-webkit-text-security", "none") != "none" or _BLURRED.search(
        said.get("filter", "")
    ):
        return "blacked_out"
    letters = said.get("-webkit-text-fill-color") or said.get("color", "")
    filtered = _FADED.search(said.get("filter", ""))
    if _is_clear(letters) or _masked(said) or (filtered and _number(filtered[1]) <= FAINT):
        return "transparent"
    turned = said.get("backface-visibility") == "hidden" and _BACK.search(said.get("transform", ""))
    if turned:
        return "hidden"
    if _tiny(said):
        return "tiny"
    return "off_page" if _away(said) else ""


def _masked(said: Declarations) -> bool:
    """Whether a mask that is a gradient lets nothing of its element through."""
    mask = said.get("mask-image") or said.get("mask") or said.get("-webkit-mask-image", "")
    words = _INKS.findall(mask.replace("gradient(", " "))
    inks = [found for word in words if (found := ink(word))]
    return "gradient" in mask and bool(inks) and all(found.opacity <= FAINT for found in inks)


def _is_clear(letters: str) -> bool:
    """Whether letters of this colour let everything through."""
    found = ink(letters)
    return found is not None and found.opacity <= FAINT


def _ground(said: Declarations, behind: Colour | None) -> Colour | None:
    words = said.get("background-color") or said.get("background", "")
    if re.search("url|gradient|var", words + said.get("background-image", "")):
        return None
    for word in _INKS.findall(words):
        found = ink(word)
        if found is not None and found.opacity > FAINT:
            return _over(found, behind)
    return behind


def _over(above: Ink, behind: Colour | None) -> Colour | None:
    """The colour that an ink makes of its ground."""
    if above.opacity >= _OPAQUE or behind is None:
        return above.colour if above.opacity >= _OPAQUE else None
    red, green, blue = (
        round(new * above.opacity + old * (1 - above.opacity))
        for new, old in zip(above.colour, behind, strict=True)
    )
    return red, green, blue


def covering(said: Declarations) -> Colour | None:
    """The colour with which an element hides what lies below it; None where it does not."""
    words = said.get("background-color") or said.get("background", "")
    inks = [found for word in _INKS.findall(words) if (found := ink(word))]
    if not inks or "url" in words or "gradient" in words or _hiding(said):
        return None
    faded = _number(said.get("opacity", "1")) * inks[0].opacity < _OPAQUE
    off = faded or said.get("visibility") == "hidden"
    return None if off else inks[0].colour


def _tiny(said: Declarations) -> bool:
    size = said.get("font-size", "")
    if not size and (
        font := re.search(r"([0-9.]+(?:px|pt|em|rem|%)|(?:^| )0(?=[ /]))", said.get("font", ""))
    ):
        size = font.group(1)
    told = points(size) if size else None
    if told is not None and told <= TINY_POINTS:
        return True
    shrunk = (_number(said.get(name, "1")) for name in ("zoom", "scale"))
    if any(abs(part) <= _SHRUNK for part in shrunk) or _piled(said):
        return True
    cut = said.get("overflow", "").startswith(("hidden", "clip"))
    flat = any(points(said.get(side, "")) == 0 for side in _SIDES)
    if cut and (flat or _one_pixel(said)):
        return True
    clip = said.get("clip", "") + said.get("clip-path", "")
    gone = re.search(r"rect\((?:[01](?:px)?[, ]*){4}\)|inset\((?:50|100)%|circle\(0", clip)
    return bool(gone) or _flattened(said.get("transform", ""))


def _piled(said: Declarations) -> bool:
    """Whether all letters stand on one place."""
    spacing = _LENGTH.match(said.get("letter-spacing", ""))
    if spacing is None:
        return False
    size = points(said.get("font-size", "")) or 12.0
    em = spacing.group(2) in ("em", "rem")
    moved = float(spacing.group(1)) * (size if em else _POINTS.get(spacing.group(2) or "", 0.0))
    return moved <= -size * 0.9


def _flattened(transform: str) -> bool:
    """Whether a transform leaves no height or no width (CSS Transforms 1)."""
    for name, inner in _FUNCTION.findall(transform):
        numbers = [_number(part) for part in inner.split(",") if part.strip()]
        if name.startswith("scale") and any(abs(number) <= _SHRUNK for number in numbers):
            return True
        if name == "matrix" and len(numbers) == _MATRIX:
            a, b, c, d = numbers[:4]
            if abs(a * d - b * c) <= _SHRUNK**2:
                return True
        if name in ("rotatex", "rotatey") and re.fullmatch("-?(?:90|270)deg", inner.strip()):
            return True
    return False


def _one_pixel(said: Declarations) -> bool:
    sides = [points(said.get(side, "")) for side in ("height", "width")]
    return all(side is not None and side <= 1 for side in sides)


def _away(said: Declarations) -> bool:
    placed = said.get("position", "") in ("absolute", "fixed", "relative")
    edges = [said.get(name, "") for name in ("left", "top", "right", "bottom")]
    edges += [part for part in said.get("inset", "").split(" ") if part]
    if placed and any(_is_far(edge) for edge in edges):
        return True
    if any(_is_far(said.get(name, "")) for name in ("text-indent", "margin-left", "margin-top")):
        return True
    moves = [part for part in said.get("translate", "").split(" ") if part]
    for name, inner in _FUNCTION.findall(said.get("transform", "")):
        if name.startswith("translate"):
            moves += inner.split(",")
        elif name == "matrix":
            moves += inner.split(",")[4:]
    return any(_is_far(move, _MOST_TURNS) for move in moves)


def _is_far(text: str, most: float = _MOST_PARTS) -> bool:
    """Whether a length lies far to the left or above; percents are of the block, or of itself."""
    text = text.strip()
    if text.startswith("calc("):
        parts = re.findall(r"[-+]? *[0-9.]+[a-z%]*", text)
        return sum(points(part.replace(" ", "")) or 0 for part in parts) <= -_FAR
    if text.endswith("%"):
        return _number(text) <= most
    return (points(text) or 0) <= -_FAR


def points(text: str) -> float | None:
    """A length of CSS in points, as far as it is told in itself; None where it is no length."""
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
