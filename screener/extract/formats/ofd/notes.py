"""What lies over an OFD page: notes, stamps and highlights, and pictures that let through."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from screener.extract.formats.ofd.geometry import IDENTITY, box_of
from screener.extract.formats.ofd.objects import Drawn, Painter, Patch, Resources, Style
from screener.extract.formats.ofd.package import OfdPackage, children
from screener.extract.matrix import combined
from screener.extract.package import Node
from screener.extract.registry import Unreadable

_DARK = 128.0
"""Level of red, green and blue below which a highlighter hides what it is drawn over."""
_CLEAR = 128
"""Alpha (of 255) below which a part of a picture lets through what lies below."""


def drawn_note(note: Node, resources: Resources, style: Style) -> Drawn:
    """What a note draws on its page."""
    painter = Painter(resources)
    for appearance in children(note, "Appearance"):
        left, top, _width, _height = box_of(appearance.get("Boundary"))
        matrix = combined(IDENTITY, (1.0, 0.0, 0.0, 1.0, left, top))
        painter.paint(appearance, matrix, style)
    return painter.drawn


def cover(page: Drawn, note: Node, resources: Resources) -> None:
    """Lay the boxes and lines of a note over its page; seals and light highlights hide nothing."""
    if (note.get("Visible") or "true").lower() == "false" or note.get("Type") == "Watermark":
        return
    for patch in drawn_note(note, resources, Style()).patches:
        light = patch.color is None or max(patch.color) >= _DARK
        if not patch.picture and not (note.get("Type") == "Highlight" and light):
            page.patches.append(replace(patch, order=page.objects + 1))


def drop_clear_pictures(page: Drawn, package: OfdPackage, folders: Sequence[str]) -> None:
    """Take pictures out that hide nothing: seals and marks on a clear ground."""
    known: dict[str, bool] = {}
    kept: list[Patch] = []
    for patch in page.patches:
        if patch.picture and page.runs:
            if patch.path not in known:
                found = package.find(patch.path, *folders) if patch.path else None
                known[patch.path] = found is not None and _is_clear(package, found)
            if known[patch.path]:
                continue
        kept.append(patch)
    page.patches = kept


def _is_clear(package: OfdPackage, name: str) -> bool:
    """Whether a picture has parts that let through; in doubt it has none."""
    from PIL import Image

    asked = name in package.read_names
    try:
        with Image.open(io.BytesIO(package.read(name))) as picture:
            if "A" not in picture.getbands() and "transparency" not in picture.info:
                return False
            counts = picture.convert("RGBA").getchannel("A").histogram()
            return any(counts[:_CLEAR])
    except (Unreadable, OSError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        if not asked:
            package.read_names.discard(name)
