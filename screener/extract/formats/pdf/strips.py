"""Thin things drawn through text: many rules or strokes side by side hide it as a box does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from screener.extract.formats.pdf.frame import Box

ENOUGH = 3
"""Rules and strokes through one text from which they may hide it together."""
_STEP = 8.0
"""Points between two shelves."""
_MOST_SHELVES = 40
"""A thing that lies over more shelves than this is kept apart."""


@dataclass(slots=True)
class Strips:
    """Thin things of a page by where they lie, so that each text meets only those near it."""

    count: int = 0
    _shelves: dict[int, list[tuple[int, Box, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _apart: list[tuple[int, Box, int]] = field(default_factory=list)

    def add(self, order: int, box: Box, times: int = 1) -> None:
        """Keep something that crosses ``times`` through its box, drawn as number ``order``."""
        self.count += times
        shelves = _shelves(box)
        if len(shelves) > _MOST_SHELVES:
            self._apart.append((order, box, times))
            return
        for shelf in shelves:
            self._shelves[shelf].append((order, box, times))

    def may_hide(self, order: int, box: Box) -> bool:
        """Whether enough of them were drawn later through the middle of a text's box."""
        if self.count < ENOUGH:
            return False
        edge = (box[3] - box[1]) / 5  # rules around a cell and underlines hide nothing
        inner = (box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge)
        through = 0
        met: set[int] = set()
        for strips in (*(self._shelves.get(at, ()) for at in _shelves(inner)), self._apart):
            for number, strip, times in strips:
                if number > order and number not in met and _cross(strip, inner):
                    met.add(number)
                    through += times
                    if through >= ENOUGH:
                        return True
        return False


def _shelves(box: Box) -> range:
    return range(int(box[1] // _STEP), int(box[3] // _STEP) + 1)


def _cross(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
