"""Places on an OFD page: numbers, boxes and how they are moved (GB/T 33190, 7.4 and 8.1)."""

from __future__ import annotations

import math

from screener.extract.matrix import Matrix

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to lie."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def bounds(m: Matrix, left: float, top: float, width: float, height: float) -> Box:
    """The box around a box that was moved and turned."""
    corners = [apply(m, x, y) for x in (left, left + width) for y in (top, top + height)]
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def scale_of(m: Matrix) -> float:
    """How much longer what runs down becomes."""
    return math.hypot(m[2], m[3]) or math.hypot(m[0], m[1])


def number(text: str | None, otherwise: float) -> float:
    """A finite number, or another where there is none."""
    try:
        value = float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and abs(value) < 1e7 else otherwise


def numbers(text: str | None) -> list[float]:
    """All numbers of a list."""
    return [number(part, 0.0) for part in (text or "").replace(",", " ").split()[:16]]


def box_of(text: str | None) -> Box:
    """Left, top, width, height; zeros where nothing is told."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else (0.0, 0.0, 0.0, 0.0)
