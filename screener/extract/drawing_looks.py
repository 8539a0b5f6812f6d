"""How shapes and letters of drawings look (DrawingML, ISO/IEC 29500-1, 20.1): fills and colours.

Shared by slides, sheets and text documents. A fill that is no single colour, or one that a theme or
table style makes, is ``UNKNOWN``: nobody can say that letters are lost on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from screener.extract.looks import (
    BLACK,
    TINY_POINTS,
    UNKNOWN,
    WHITE,
    Colour,
    alike,
    colour,
    with_light,
)
from screener.extract.package import Node, Package, attribute, local
from screener.extract.registry import Unreadable

_NAMES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_PLAIN: Mapping[str, Colour] = {"lt1": WHITE, "dk1": BLACK}
_PATTERNS = ("gradFill", "blipFill", "pattFill", "grpFill")
_FULL = 100_000
"""What 1 is in this markup's fractions."""
_LABEL = 16
"""Characters that the label of a place for a picture has at most."""
_PICTURE_LABEL = re.compile(
    "照片|相片|照$|图片|图$|印章|公章|盖章|签章|签名|签字|二维码|徽标|logo", re.IGNORECASE
)
_DIGITS = re.compile("[0-9]{3}")
_CLEAR = 5_000
"""Opacity up to which a colour is not seen."""
_OPAQUE = 97_000
"""Opacity from which on nothing is seen through a colour."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme by their names (lt1, accent2 …), and what slides call them."""

    colours: Mapping[str, Colour] = field(default_factory=lambda: _PLAIN)
    names: Mapping[str, str] = field(default_factory=lambda: _NAMES)

    def named(self, name: str) -> Colour:
        """A colour by its name in the theme or on a slide."""
        return self.colours.get(self.names.get(name, name), UNKNOWN)

    def called(self, mapping: Node) -> Palette:
        """The same colours under the names of a master (``clrMap``)."""
        names = {str(key): str(value) for key, value in mapping.attrib.items()}
        return Palette(self.colours, {**_NAMES, **names})


def palette_of(package: Package) -> Palette:
    """The palette of the package's first theme; black and white where it has none."""
    for name in package.names():
        if package.content_type(name).endswith("theme+xml"):
            try:
                root = package.xml(name)
            except Unreadable:
                continue  # named as unread where its numbers are looked for
            found = dict(_PLAIN)
            for scheme in root.iter():
                if local(scheme) == "clrScheme":
                    found |= {local(n): _theme_colour(n) for n in scheme if local(n)}
            return Palette(found)
    return Palette()


def _theme_colour(entry: Node) -> Colour:
    for node in entry:
        told = attribute(node, "lastClr") if local(node) == "sysClr" else attribute(node, "val")
        return colour(told or "") or UNKNOWN
    return UNKNOWN


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour, or UNKNOWN, and how much of its ground it hides, in thousandths of a percent."""

    colour: Colour
    opacity: int = _FULL

    @property
    def clear(self) -> bool:
        """Whether it lets all through."""
        return self.opacity <= _CLEAR


def ink(parent: Node | None, palette: Palette) -> Ink | None:
    """The colour in a ``solidFill`` or a like element; None where it holds none."""
    for node in parent if parent is not None else ():
        tag = local(node)
        if tag == "srgbClr":
            found = colour(attribute(node, "val") or "") or UNKNOWN
        elif tag == "schemeClr":
            found = palette.named(attribute(node, "val") or "")
        elif tag == "sysClr":
            found = colour(attribute(node, "lastClr") or "") or UNKNOWN
        elif tag == "prstClr":
            found = colour(attribute(node, "val") or "") or UNKNOWN
        elif tag in ("hslClr", "scrgbClr"):
            found = UNKNOWN
        else:
            continue
        return _changed(found, node)
    return None


def _changed(found: Colour, node: Node) -> Ink:
    """A colour made lighter, darker or clearer as its children say."""
    opacity = _FULL
    for change in node:
        tag, value = local(change), _number(attribute(change, "val"))
        if tag == "alpha":
            opacity = value
        elif tag in ("lumMod", "lumOff") and found is not UNKNOWN:
            part = value / _FULL
            found = with_light(found, part if tag == "lumMod" else 1, part * (tag == "lumOff"))
        elif tag:
            found = UNKNOWN
    return Ink(found, opacity)


def fill_of(shape: Node, palette: Palette) -> Colour | None:
    """What a shape (``sp``, ``wsp``, ``tc``) is filled with; None where its ground shows through.

    Shapes are filled as their properties say, else as their style does.
    """
    for frame in shape:
        if local(frame) in ("spPr", "tcPr", "grpSpPr"):
            for node in frame:
                tag = local(node)
                if tag == "noFill":
                    return None
                if tag == "solidFill":
                    return _ground(ink(node, palette))
                if tag in _PATTERNS:
                    return UNKNOWN
    for frame in shape:
        if local(frame) == "style":
            for node in frame:
                if local(node) == "fillRef":
                    return None if (attribute(node, "idx") or "0") == "0" else UNKNOWN
    return None


def _ground(found: Ink | None) -> Colour | None:
    if found is None or _CLEAR < found.opacity < _OPAQUE:
        return UNKNOWN
    return None if found.clear else found.colour


def cover_of(shape: Node, palette: Palette) -> Colour | None:
    """What a shape hides all below it with; None for one that lets something through."""
    for frame in shape:
        if local(frame) == "spPr":
            if any(local(node) in ("alpha", "pattFill") for node in frame.iter()):
                return None
            if any(local(node) == "custGeom" for node in frame):
                return None  # lines and free forms need not fill their box
    return fill_of(shape, palette)


def is_opaque_picture(data: bytes) -> bool:
    """Whether a picture hides what lies below: JPEG, and PNG without transparency."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return data[25:26] in (b"\0", b"\2", b"\3") and b"tRNS" not in data[:4096]
    return data.startswith((b"\xff\xd8\xff", b"BM"))


def picture_hides(package: Package, pictures: Mapping[str, str], shape: Node) -> bool:
    """Whether the picture of a shape hides what lies below; ``pictures`` are parts by link."""
    blip = next((node for node in shape.iter() if local(node) == "blip"), None)
    part = pictures.get(attribute(blip, "embed") or "", "") if blip is not None else ""
    try:
        return package.has(part) and is_opaque_picture(package.read(part))
    except Unreadable:
        return False


def says_picture(text: str) -> bool:
    """Whether words only say which picture belongs here (照片, 盖章处): it may well lie on them."""
    bare = text.strip()
    return len(bare) <= _LABEL and bool(_PICTURE_LABEL.search(bare)) and not _DIGITS.search(bare)


def cover_state(fill: Colour) -> str:
    """How it is called that a text lies under a shape of this colour."""
    if fill is not UNKNOWN and alike(fill, BLACK):
        return "black_box"
    return "white_box" if fill is not UNKNOWN and alike(fill, WHITE) else "box"


def seen_and_unseen(
    paragraph: Node, ground: Colour, palette: Palette
) -> tuple[str, dict[str, str]]:
    """A paragraph's runs joined, and apart from them what is not seen, by the reason."""
    shown: list[str] = []
    unseen: dict[str, str] = {}
    usual = _usual_look(paragraph)
    for node in paragraph.iter():
        tag = local(node)
        if tag == "br":
            shown.append("\n")
        elif tag == "t" and node.text:
            own = next((b for b in node.getparent() if local(b) == "rPr"), None)
            state = _lost(own, ground, palette)
            if state is None and not _has_fill(own):
                state = _lost(usual, ground, palette)
            if state is None:
                shown.append(node.text)
            else:
                unseen[state] = unseen.get(state, "") + node.text
    return "".join(shown), unseen


def _usual_look(paragraph: Node) -> Node | None:
    """How letters of a text look of which nothing else is said, if the shape says so."""
    body = paragraph.getparent()
    for styles in body if body is not None else ():
        if local(styles) == "lstStyle":
            return next((n for n in styles.iter() if local(n) == "defRPr"), None)
    return None


def _has_fill(properties: Node | None) -> bool:
    return properties is not None and any(
        local(node) in ("solidFill", "noFill", "gradFill", "blipFill", "pattFill")
        for node in properties
    )


def _lost(properties: Node | None, ground: Colour, palette: Palette) -> str | None:
    """Why letters with these run properties are not seen on a ground: a state, or None."""
    if properties is None:
        return None
    size = attribute(properties, "sz")
    if size and _number(size, 1800) <= TINY_POINTS * 100:
        return "tiny"
    for node in properties:
        if local(node) == "noFill":
            return None if _is_outlined(properties) else "transparent"
        letters = ink(node, palette) if local(node) == "solidFill" else _shaded(node, palette)
        if letters is not None:
            return "transparent" if letters.clear else _state_of(letters.colour, ground)
    return None


def _shaded(fill: Node, palette: Palette) -> Ink | None:
    """The colour of a shading all steps of which are the same."""
    if local(fill) != "gradFill":
        return None
    steps = {ink(step, palette) for step in fill.iter("{*}gs")}
    return steps.pop() if len(steps) == 1 else None


def _is_outlined(properties: Node) -> bool:
    outline = next((node for node in properties if local(node) == "ln"), None)
    return outline is not None and any(local(node) == "solidFill" for node in outline)


def _state_of(letters: Colour, ground: Colour) -> str | None:
    if letters is UNKNOWN or not alike(letters, ground):
        return None
    if alike(ground, BLACK):
        return "blacked_out"
    return "white" if alike(ground, WHITE) else "own_color"


def _number(text: str | None, otherwise: int = 0) -> int:
    try:
        return int((text or "").rstrip("%") or otherwise)
    except ValueError:
        return otherwise
