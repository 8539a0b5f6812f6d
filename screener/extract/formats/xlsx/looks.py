"""Cell styles under which a cell shows nothing of its value, and where a sheet uses them.

Number formats without a place for the value (``;;;`` or ``;;;"已核"``), letters in the colour of
their ground, letters too small to see (ISO/IEC 29500-1, 18.8). A sheet's XML is scanned only for
the styles that hide, so a workbook without them costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from screener.extract.drawing_looks import Palette
from screener.extract.formats.cell_colors import Colours
from screener.extract.formats.cell_looks import Dress, Hiding
from screener.extract.formats.cells import split_reference
from screener.extract.looks import ALL, NUMBERS, TEXTS, WHITE, Colour
from screener.extract.package import Node, local

_FEW_STYLES = 50
"""Styles that a pattern may name one by one and stay quick."""
_CELL_REFERENCE = re.compile(rb"[ \t\r\n]r=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
TEXT_TYPE = re.compile(rb"[ \t\r\n]t=[\"'](?:s|str|inlineStr)[\"']")


@dataclass(slots=True)
class HidingStyles:
    """A workbook's cell styles by their index: those that hide, and all; and conditional ones."""

    styles: dict[int, Hiding] = field(default_factory=dict)
    dresses: list[Dress] = field(default_factory=list)
    conditional: list[Dress] = field(default_factory=list)

    @classmethod
    def of(cls, root: Node | None, theme: Palette | None = None) -> HidingStyles:
        """Read ``styles.xml``; none for a workbook without it."""
        if root is None:
            return cls()
        colours = Colours(root, theme)
        formats = {
            node.get("numFmtId") or "": node.get("formatCode") or ""
            for node in root.iter()
            if local(node) == "numFmt"
        }
        fonts, fills, cells = (_children(root, n) for n in ("fonts", "fills", "cellXfs"))
        dresses = []
        for style in cells:
            font = _pick(fonts, style.get("fontId"))
            fill = _pick(fills, style.get("fillId"))
            code = formats.get(style.get("numFmtId") or "", "")
            letters = colours.of(_child(font, "color"))
            dresses.append(
                Dress(code, letters, _ground(fill, colours), fill is not None, _size(font))
            )
        found = {at: hiding for at, dress in enumerate(dresses) if (hiding := dress.hides())}
        return cls(
            found, dresses, [_conditional(node, colours) for node in _children(root, "dxfs")]
        )

    def cells(self, sheet: bytes, prefix: bytes) -> dict[tuple[int, int], str]:
        """Cells of a sheet (row, column from 0) that show nothing, and why."""
        if not self.styles:
            return {}
        numbers = b"|".join(str(number).encode() for number in sorted(self.styles))
        if len(self.styles) > _FEW_STYLES:
            numbers = rb"[0-9]{1,6}"
        styled = re.compile(
            rb"<" + prefix + rb"c(?=[ \t\r\n])[^>]*?[ \t\r\n]s=[\"'](" + numbers + rb")[\"'][^>]*>"
        )
        found = {}
        for match in styled.finditer(sheet):
            written = _CELL_REFERENCE.search(match.group())
            place = split_reference(written.group(1).decode()) if written else None
            hiding = self.styles.get(int(match.group(1)))
            text = TEXT_TYPE.search(match.group()) is not None
            if place and hiding and hiding.what in (ALL, TEXTS if text else NUMBERS):
                found[place] = hiding.state
        return found


def _conditional(style: Node, colours: Colours) -> Dress:
    """A differential style: what it changes of a cell. Solid grounds stand in ``bgColor`` here."""
    parts = {local(node): node for node in style}
    ground, filled = None, False
    for pattern in parts.get("fill", ()):
        filled = True
        if local(pattern) == "patternFill" and pattern.get("patternType") in (None, "solid"):
            ground = colours.of(_child(pattern, "bgColor"))
    code = parts["numFmt"].get("formatCode") if "numFmt" in parts else None
    font = parts.get("font")
    return Dress(code, colours.of(_child(font, "color")), ground, filled, _size(font))


def _size(font: Node | None) -> float | None:
    told = next((n.get("val") for n in font if local(n) == "sz"), None) if font is not None else ""
    try:
        return float(told) if told else None
    except ValueError:
        return None


def _ground(fill: Node | None, colours: Colours) -> Colour | None:
    """The colour behind a cell; None where it is a pattern or colour that is not known here."""
    for pattern in fill if fill is not None else ():
        if local(pattern) != "patternFill":
            return None
        if (pattern.get("patternType") or "none") == "none":
            return WHITE
        if pattern.get("patternType") == "solid":
            return colours.of(_child(pattern, "fgColor"))
        return None
    return WHITE


def _child(parent: Node | None, name: str) -> Node | None:
    return next((n for n in parent if local(n) == name), None) if parent is not None else None


def _children(root: Node, name: str) -> list[Node]:
    parent = next((node for node in root if local(node) == name), None)
    return [node for node in parent if local(node)] if parent is not None else []


def _pick(nodes: list[Node], number: str | None) -> Node | None:
    at = int(number) if number and number.isascii() and number.isdigit() else 0
    return nodes[at] if at < len(nodes) else None
