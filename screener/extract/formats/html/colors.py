"""Colours as style sheets write them (CSS Color 4 and 5): names, hues, lightness, of the system."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from screener.extract.looks import BLACK, WHITE, Colour

_GREY = 4.0
"""Chroma (of Lab, about 150 at most) up to which a colour is a grey."""
_SYSTEM = dict.fromkeys(("canvas", "field", "buttonface", "window"), WHITE) | dict.fromkeys(
    ("canvastext", "fieldtext", "buttontext", "windowtext"), BLACK
)
_MOST = 80
"""Characters of the longest colour that is looked at."""


class Ink(NamedTuple):
    """A colour and how much of its ground it hides, 0 to 1."""

    colour: Colour
    opacity: float


@lru_cache(maxsize=4096)
def ink(text: str) -> Ink | None:
    """The colour that a value names; None where it names none or one that is not known."""
    from tinycss2 import color5

    if text in _SYSTEM:
        return Ink(_SYSTEM[text], 1.0)
    found: Any = color5.parse_color(text) if 0 < len(text) <= _MOST else None
    if found is None or isinstance(found, str):
        return None
    try:
        red, green, blue = (_channel(part) for part in found.to("srgb").coordinates)
    except (NotImplementedError, TypeError):
        grey = _grey(found)
        return None if grey is None else Ink((grey, grey, grey), _alpha(found))
    return Ink((red, green, blue), _alpha(found))


def _channel(part: float | None) -> int:
    return round(min(max(part or 0.0, 0.0), 1.0) * 255)


def _alpha(found: Any) -> float:
    return 1.0 if found.alpha is None else float(found.alpha)


def _grey(found: Any) -> int | None:
    """The channels of a colour without hue that is told by its lightness (Lab, LCH and Oklab)."""
    try:
        light, first, second = (float(part or 0) for part in found.coordinates)
    except (TypeError, ValueError):
        return None
    if found.space in ("lab", "lch"):
        around = 1.0
        shine = ((light + 16) / 116) ** 3 if light > 8 else light / 903.3
    elif found.space in ("oklab", "oklch"):
        around = 400.0
        shine = light**3
    else:
        return None
    chroma = abs(first) if found.space.endswith("lch") else max(abs(first), abs(second))
    if chroma * around > _GREY:
        return None
    shine = min(max(shine, 0.0), 1.0)
    return _channel(1.055 * shine ** (1 / 2.4) - 0.055 if shine > 0.0031308 else 12.92 * shine)
