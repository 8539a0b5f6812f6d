"""Colours and sizes: whether an eye can tell a letter from its ground.

Shared by the office formats and pages; a PDF is drawn and looked at instead.
"""

from __future__ import annotations

import colorsys
import re

TINY_POINTS = 2.0
"""Letters no higher than this, in points, are a grey line on paper and nothing on a screen."""
_ALIKE = 0x10
"""Most difference of a channel (of 255) that an eye does not make out in letters."""
_HEX = re.compile("#?(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_SHORT = re.compile("#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])[0-9A-Fa-f]?")
_RGB = re.compile(r"rgba?\(\s*([0-9.]+%?)[,\s]+([0-9.]+%?)[,\s]+([0-9.]+%?)")
_NAMES = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "magenta": (255, 0, 255),
    "darkblue": (0, 0, 128),
    "darkcyan": (0, 128, 128),
    "darkgreen": (0, 128, 0),
    "darkmagenta": (128, 0, 128),
    "darkred": (128, 0, 0),
    "darkyellow": (128, 128, 0),
    "darkgray": (128, 128, 128),
    "lightgray": (192, 192, 192),
}

ALL, NUMBERS, TEXTS = "all", "numbers", "texts"
"""What a number format may show nothing of."""
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SHOWS = re.compile("[0#?@]|general|[ymdhsbe]", re.IGNORECASE)
Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
UNKNOWN: Colour = (-1000, -1000, -1000)
"""A ground that is no single known colour: no letters are alike to it."""


def colour(text: str) -> Colour | None:
    """A colour as the formats write it: FFFFFF, FFFFFFFF (alpha first), #fff, rgb(…), a name."""
    word = text.strip().lower()
    if word in _NAMES:
        return _NAMES[word]
    if match := _SHORT.fullmatch(word):
        red, green, blue = (int(part * 2, 16) for part in match.groups())
        return red, green, blue
    if match := _HEX.fullmatch(word):
        number = int(match.group(1), 16)
        return number >> 16, number >> 8 & 255, number & 255
    if match := _RGB.match(word):
        red, green, blue = (_channel(part) for part in match.groups())
        return red, green, blue
    return None


def alike(letters: Colour, ground: Colour) -> bool:
    """Whether letters of one colour cannot be made out on the other."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(letters, ground, strict=True))


def with_light(old: Colour, times: float, plus: float) -> Colour:
    """A colour with its lightness (0 to 1) multiplied and raised: tints, shades, ``lumMod``."""
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in old))
    light = min(max(light * times + plus, 0.0), 1.0)
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, light, full))
    return red, green, blue


def _channel(text: str) -> int:
    value = float(text.rstrip("%"))
    return min(int(value * 2.55 if text.endswith("%") else value), 255)


def blank_format(code: str) -> str:
    """What a number format shows nothing of: ``all``, ``numbers``, ``texts``, or nothing (empty).

    A section without a place for the value (``""``, ``"已核"``) shows the same for every value. A
    missing section falls back on the first one, the one for texts on showing the text.
    """
    if not code:
        return ""
    bare = _BRACKETS.sub("", _ELAPSED.sub("h", _QUOTED.sub("", code)))
    sections = bare.split(";")
    numbers = not _SHOWS.search(sections[0]) and (len(sections) > 1 or "@" not in code)
    texts = len(sections) >= 4 and not _SHOWS.search(sections[3])
    if numbers and texts:
        return ALL
    return NUMBERS if numbers else TEXTS if texts else ""
