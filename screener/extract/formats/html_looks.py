"""What the styles of a page's elements hide (CSS 2.2, CSS Color 4, Filter Effects 1)."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from dataclasses import dataclass

from screener.extract.formats.html_sheets import Declarations
from screener.extract.looks import BLACK, TINY_POINTS, WHITE, Colour, alike, colour

_LENGTH = re.compile(r"(-?[0-9]*\.?[0-9]+)(px|pt|em|rem|ex|cm|mm|in|vw|vh|%)?")
_SIDES = (
    *("height", "width", "max-height", "max-width", "block-size", "inline-size", "line-height"),
)
_BLURRED = re.compile(r"blur\((?:[3-9]|[1-9][0-9]+)(?:\.[0-9]+)?px")
_FADED = re.compile(r"opacity\(([0-9.]+%?)\)")
_ALPHA = re.compile(r"(?:rgb|hsl)a?\((?:[^)]*/ ?([0-9.]+%?)|(?:[^),]*,){3} ?([0-9.]+%?))\)")
_HEX_ALPHA = re.compile("#(?:[0-9a-f]{6}|[0-9a-f]{3}(?=[0-9a-f]$))([0-9a-f]{1,2})")
_WITH_ALPHA = re.compile("(#[0-9a-f]{6})[0-9a-f]{2}")
_HUES = re.compile(r"hsla?\(([0-9.]+)(?:deg)?[, ]+([0-9.]+)%?[, ]+([0-9.]+)%?")
FAINT = 0.03
"""Part of a colour that is let through of letters that an eye does not make out."""
_POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "cm": 28.3, "mm": 2.83}
_FAR = 500.0
"""Points to the left of or above the page beyond which nothing is seen."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks, with what it has from those around it.

    ``hidden`` tells why it does not show whatever its colour, or is empty; ``ground`` is None where
    it is not known (a picture, a gradient). ``shown`` is its visibility, which an element within
    may set again; ``turned`` tells that its letters run from right to left whatever they are.
    """

    hidden: str = ""
    letters: Colour = BLACK
    ground: Colour | None = WHITE
    shown: bool = True
    turned: bool = False

    def inside(self, said: Declarations) -> Look:
        """The look of an element within this one."""
        if not said:
            return self
        written = said.get("-webkit-text-fill-color") or said.get("color", "")
        letters = _colour(written) or self.letters
        shown = said.get("visibility", "visible" if self.shown else "hidden")
        turned = self.turned
        if "override" in said.get("unicode-bidi", ""):
            turned = said.get("direction") == "rtl"
        return Look(
            self.hidden or _hiding(said),
            letters,
            _ground(said, self.ground),
            shown not in ("hidden", "collapse"),
            turned,
        )

    @property
    def unseen(self) -> str:
        """Why a person does not see its letters (hidden, transparent, tiny, white …), or empty."""
        if not self.hidden and not self.shown:
            return "hidden"
        if self.hidden or self.ground is None or not alike(self.letters, self.ground):
            return self.hidden
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
    faint = _number(said.get("opacity", "1")) <= FAINT
    filtered = _FADED.search(said.get("filter", ""))
    if _is_clear(letters) or faint or (filtered and _number(filtered[1]) <= FAINT):
        return "transparent"
    if _tiny(said):
        return "tiny"
    return "off_page" if _away(said) else ""


def _is_clear(letters: str) -> bool:
    """Whether letters of this colour let everything through."""
    alpha = _ALPHA.search(letters)
    packed = _HEX_ALPHA.fullmatch(letters)
    return (
        letters == "transparent"
        or (alpha is not None and _number(alpha[1] or alpha[2]) <= FAINT)
        or (packed is not None and int(packed[1] * (3 - len(packed[1])), 16) <= FAINT * 255)
    )


def _colour(text: str) -> Colour | None:
    """A colour of CSS, also with hues and in the newer spelling."""
    if found := _HUES.match(text):
        hue, strength, light = (float(part) for part in found.groups())
        red, green, blue = hls_to_rgb(hue % 360 / 360, light / 100, strength / 100)
        return round(red * 255), round(green * 255), round(blue * 255)
    if found := _WITH_ALPHA.fullmatch(text):
        return colour(found[1])
    return colour(text)


def _ground(said: Declarations, behind: Colour | None) -> Colour | None:
    words = said.get("background-color") or said.get("background", "")
    if re.search("url|gradient|var", words + said.get("background-image", "")):
        return None
    for word in re.findall(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^)]*\)|[a-z]+", words):
        if not _is_clear(word) and (found := _colour(word)) is not None:
            return found
    return behind


def _tiny(said: Declarations) -> bool:
    size = said.get("font-size", "")
    if not size and (
        font := re.search(r"([0-9.]+(?:px|pt|em|rem|%)|(?:^| )0(?=[ /]))", said.get("font", ""))
    ):
        size = font.group(1)
    if size and (points := _points(size)) is not None and points <= TINY_POINTS:
        return True
    if any(_points(said.get(name, "")) == 0 for name in ("zoom", "scale")):
        return True
    cut = said.get("overflow", "").startswith(("hidden", "clip"))
    flat = any(_points(said.get(side, "")) == 0 for side in _SIDES)
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
