"""Where the letters of a paragraph stand, worked out where the file does not tell where lines end.

Letters are laid out by their size, Han ones as wide as high and all others half as wide, by indents
and spacing. A letter counts as hidden when its middle is. All measures are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from screener.extract.drawing_looks import says_picture

USUAL_SIZE = 10.5
HEIGHT_OF_LINE = 1.3
"""A line of Chinese letters without a grid, as a part of their size."""
_GLYPH_SHARE = 0.6
"""How much of a letter's height must be covered."""
_LEAST = 2
"""Letters that must be hidden: where a line is estimated, one alone says nothing."""
_HAN_AND_WIDE = 0x2E80
_SLACK = 1.0
_TOKEN_END = re.compile("[0-9A-Za-z]*$")
_TOKEN_START = re.compile("[0-9A-Za-z]*")


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a paragraph's lines run."""

    size: float = USUAL_SIZE
    line: float = USUAL_SIZE * HEIGHT_OF_LINE
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    align: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What lies in front of a paragraph: points from its top left corner, and what it is called."""

    left: float
    top: float
    right: float
    bottom: float
    state: str

    def seen_from(self, left: float, top: float) -> Front:
        """The same, told from another corner."""
        right, bottom = self.right - left, self.bottom - top
        return Front(self.left - left, self.top - top, right, bottom, self.state)


@dataclass(frozen=True, slots=True)
class Covered:
    """A paragraph under something: how its lines run, and what lies in front of them."""

    spacing: Spacing
    width: float
    fronts: tuple[Front, ...]

    def stretches(self, text: str) -> list[tuple[int, int, str]]:
        """The parts of its line that are not seen: from, to, under what."""
        found: list[tuple[int, int, str]] = []
        for at, (left, right, top) in enumerate(_letters(text, self.spacing, self.width)):
            state = self._state(left, right, top) if not text[at].isspace() else None
            last = found[-1] if found else None
            if state is None:
                continue
            if last and last[2] == state and not text[last[1] : at].strip():
                found[-1] = last[0], at + 1, state
            else:
                found.append((at, at + 1, state))
        return [
            (start, end, state)
            for start, end, state in found
            if end - start >= _LEAST and not (state == "picture" and says_picture(text))
        ]

    def _state(self, left: float, right: float, top: float) -> str | None:
        size = self.spacing.size
        middle = (left + right) / 2
        for front in self.fronts:
            height = min(front.bottom, top + size) - max(front.top, top)
            across = front.left - _SLACK <= middle <= front.right + _SLACK
            if across and height >= size * _GLYPH_SHARE:
                return front.state
        return None


def _letters(text: str, spacing: Spacing, width: float) -> Iterator[tuple[float, float, float]]:
    """Left, right and top of each letter, in points from the paragraph's top left corner."""
    lines = lines_of(text, spacing, width)
    top = spacing.before + (spacing.line - spacing.size) / 2
    for number, line in enumerate(lines):
        long = sum(_wide(letter, spacing.size) for letter in line)
        room = width - spacing.left - spacing.right
        left = spacing.left + (spacing.first if number == 0 else 0)
        if spacing.align in ("center", "right", "end"):
            left += max(room - long, 0) / (2 if spacing.align == "center" else 1)
        for letter in line:
            wide = _wide(letter, spacing.size)
            yield left, left + wide, top
            left += wide
        top += spacing.line


def _wide(letter: str, size: float) -> float:
    return size if ord(letter) >= _HAN_AND_WIDE else 0.0 if letter == "\n" else size / 2


def lines_of(text: str, spacing: Spacing, width: float) -> list[str]:
    """The lines into which a text is broken in a column of this width."""
    lines: list[str] = []
    start = 0
    room = width - spacing.left - spacing.right - spacing.first
    left = room
    for at, letter in enumerate(text):
        wide = _wide(letter, spacing.size)
        if letter == "\n" or (wide > left and at > start):
            end = at + (letter == "\n")
            lines.append(text[start:end])
            start = end
            left = room + spacing.first
        left -= 0 if letter == "\n" else wide
    return [*lines, text[start:]]


def with_token(before: str, middle: str, after: str) -> str:
    """A stretch with the letters and digits it touches: half of a number may be hidden."""
    head = _TOKEN_END.search(before) if middle[:1].isalnum() else None
    tail = _TOKEN_START.match(after) if middle[-1:].isalnum() else None
    return (head.group() if head else "") + middle + (tail.group() if tail else "")
