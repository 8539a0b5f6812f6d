"""Boxes on a PDF page: how the page is shown, and sums with boxes and matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screener.extract.matrix import Matrix, combined

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points; y grows upwards, as in the file."""
"""a b c d e f, as in the file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: its cropped corner, its size before turning, and its turn clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        """The frame of an open pdfium page."""
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right - left, top - bottom, page.get_rotation() % 360)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is shown; y still grows upwards."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the file is shown."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def middle(box: Box) -> tuple[float, float]:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def within(box: Box, outer: Box) -> bool:
    """Whether a box lies in another, but for a point."""
    return (
        box[0] >= outer[0] - 1
        and box[1] >= outer[1] - 1
        and box[2] <= outer[2] + 1
        and box[3] <= outer[3] + 1
    )


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a sliver."""
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    )


def size(box: Box) -> float:
    """The area of a box in square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def around(boxes: list[Box]) -> Box:
    """The box around boxes; an empty one where there are none."""
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def common(one: Box, other: Box) -> Box:
    """What two boxes share, without area where that is nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3]))


def product(inner: Matrix, outer: Matrix | None) -> Matrix:
    """The matrix that applies ``inner`` first."""
    return inner if outer is None else combined(inner, outer)


def scale(matrix: Matrix) -> tuple[float, float]:
    """How much longer a matrix makes what runs across and what runs up."""
    a, b, c, d, _e, _f = matrix
    return (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a box that a matrix has moved and turned."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
