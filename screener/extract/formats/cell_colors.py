"""Colours of workbooks: the old palette, the theme with tints (ISO/IEC 29500-1, 18.8.3, 18.8.27).

A workbook may bring a palette of its own; one without a theme has Excel's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener.extract.drawing_looks import Palette
from screener.extract.looks import BLACK, UNKNOWN, WHITE, Colour, colour, with_light
from screener.extract.package import Node, local

_FIRST = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_REST = (
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066"
    " FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF"
    " CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699"
    " 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
PALETTE: Sequence[Colour] = tuple(
    (int(part[:2], 16), int(part[2:4], 16), int(part[4:], 16))
    for part in f"{_FIRST} {_FIRST} {_REST}".split()
)
"""The 64 colours of the palette; the first eight stand in it twice."""
_SYSTEM: Mapping[int, Colour] = {64: BLACK, 65: WHITE}
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_OFFICE: Mapping[str, Colour] = {
    "lt2": (238, 236, 225),
    "dk2": (31, 73, 125),
    "accent1": (79, 129, 189),
    "accent2": (192, 80, 77),
    "accent3": (155, 187, 89),
    "accent4": (128, 100, 162),
    "accent5": (75, 172, 198),
    "accent6": (247, 150, 70),
}


class Colours:
    """The colours of one workbook."""

    def __init__(self, styles: Node | None = None, theme: Palette | None = None) -> None:
        self._theme = theme or Palette()
        self._palette = list(PALETTE)
        own = [
            colour(node.get("rgb") or "") or UNKNOWN
            for node in (styles.iter() if styles is not None else ())
            if local(node) == "rgbColor"
        ][: len(PALETTE)]
        self._palette[: len(own)] = own

    def of(self, node: Node | None) -> Colour | None:
        """What a ``color``, ``fgColor`` or ``bgColor`` says; None where nobody can tell."""
        if node is None:
            return None
        found = self._plain(node)
        try:
            tint = min(max(float(node.get("tint") or 0), -1.0), 1.0)
        except ValueError:
            return None
        if found is None or not tint:
            return found
        return with_light(found, 1 - abs(tint), max(tint, 0.0))

    def _plain(self, node: Node) -> Colour | None:
        if rgb := node.get("rgb"):
            return colour(rgb)
        if theme := node.get("theme"):
            name = _THEME[int(theme)] if theme.isdecimal() and int(theme) < len(_THEME) else ""
            told = self._theme.named(name)
            return _OFFICE.get(name) if told is UNKNOWN else told
        number = node.get("indexed") or ""
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
        if 0 <= at < len(self._palette):
            return self._palette[at] if self._palette[at] is not UNKNOWN else None
        return _SYSTEM.get(at)
