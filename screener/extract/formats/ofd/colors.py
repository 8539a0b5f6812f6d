"""Colours of an OFD paper (GB/T 33190, 8.3.2)."""

from __future__ import annotations

import re

from screener.extract.formats.ofd.geometry import number
from screener.extract.package import Node

Color = tuple[float, float, float]
"""Red, green and blue, 0 to 255 each."""
WHITE: Color = (255.0, 255.0, 255.0)
FAINT = 8.0
"""Alpha (of 255) up to which letters are not made out."""


def color_of(node: Node | None) -> Color | None:
    """A colour as red, green, blue; black where none is given, None for patterns and shadings."""
    if node is None:
        return (0.0, 0.0, 0.0)
    value = node.get("Value")
    if value is None:
        if len(node):
            steps = {color_of(step) for step in node.iter("{*}Color")}
            return steps.pop() if len(steps) == 1 else None  # a shading from white to white
        return None if node.get("Index") else (0.0, 0.0, 0.0)
    parts = value.split()
    levels = [float(int(p[1:], 16)) if _is_hex(p) else number(p, 0.0) for p in parts]
    if len(levels) == 1:
        return (levels[0],) * 3
    if len(levels) == 4:  # cyan, magenta, yellow, black
        black = 1 - levels[3] / 255
        return tuple(255 * (1 - ink / 255) * black for ink in levels[:3])  # type: ignore[return-value]
    return (levels[0], levels[1], levels[2]) if len(levels) >= 3 else None


def _is_hex(text: str) -> bool:
    return bool(re.fullmatch("#[0-9A-Fa-f]{1,4}", text))


def alpha_of(node: Node | None) -> float:
    """How opaque a colour is, 0 to 255."""
    return 255.0 if node is None else number(node.get("Alpha"), 255.0)
