"""Colours in a Word document: told outright, or by the theme with a tint or shade.

ISO/IEC 29500-1, 17.3.2.6 (letters) and 17.3.5 (shading).
"""

from __future__ import annotations

from screener.extract.drawing_looks import Palette
from screener.extract.looks import BLACK, UNKNOWN, Colour, colour, with_light
from screener.extract.package import Node, attribute

_THEME = {
    "background": "lt",
    "light": "lt",
    "text": "dk",
    "dark": "dk",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
"""What Word calls colours of a theme (ST_ThemeColor, 17.18.97), and how the theme does."""


def letters_of(node: Node, palette: Palette) -> Colour | None:
    """The colour of a ``color`` element; None for the automatic one."""
    return _of_theme(node, palette, "Color") or colour(attribute(node, "val") or "")


def shade_of(node: Node, palette: Palette) -> Colour | None:
    """The ground that a ``shd`` makes: its fill, or its colour where the pattern is solid."""
    if attribute(node, "val") == "solid":
        told = _of_theme(node, palette, "Color")
        return told or colour(attribute(node, "color") or "") or BLACK
    return _of_theme(node, palette, "Fill") or colour(attribute(node, "fill") or "")


def _of_theme(node: Node, palette: Palette, what: str) -> Colour | None:
    """What ``themeColor`` or ``themeFill`` says with its tint or shade; None where it says nothing,
    or a colour that is not known.
    """
    told = attribute(node, f"theme{what}") or ""
    stem = told.rstrip("0123456789")
    found = palette.named(_THEME.get(stem, stem) + told[len(stem) :])
    if not told or found is UNKNOWN:
        return None
    kind = "theme" if what == "Color" else f"theme{what}"
    tint, shade = (_fraction(attribute(node, kind + word)) for word in ("Tint", "Shade"))
    return with_light(found, tint * shade, 1 - tint)


def _fraction(text: str | None) -> float:
    """Two hexadecimal digits as a part of 255, 1 for nothing."""
    try:
        return int(text or "FF", 16) / 255
    except ValueError:
        return 1.0
