"""How a cell of a workbook is dressed, and when it shows nothing of what it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from screener.extract.looks import (
    ALL,
    BLACK,
    TINY_POINTS,
    WHITE,
    Colour,
    alike,
    blank_format,
)


@dataclass(frozen=True, slots=True)
class Hiding:
    """Why a style hides, and whether it does so for numbers, texts or all."""

    state: str
    what: str = ALL


@dataclass(frozen=True, slots=True)
class Dress:
    """What a cell style or a conditional one sets; None where it says nothing.

    ``code`` is the number format, ``size`` the height of letters in points, ``filled`` whether
    the style says anything of the ground, which is None where its colour is not known.
    """

    code: str | None = None
    letters: Colour | None = None
    ground: Colour | None = None
    filled: bool = False
    size: float | None = None

    def over(self, base: Dress) -> Dress:
        """This one where it says something, else the base."""
        return Dress(
            base.code if self.code is None else self.code,
            base.letters if self.letters is None else self.letters,
            self.ground if self.filled else base.ground,
            self.filled or base.filled,
            base.size if self.size is None else self.size,
        )

    def hides(self) -> Hiding | None:
        """Why a cell dressed so shows nothing."""
        what = blank_format(self.code or "")
        if what:
            return Hiding("number_format", what)
        ground = self.ground if self.filled else WHITE
        letters = self.letters
        if self.code and re.search(r"\[white\]|\[白色\]", self.code, re.IGNORECASE):
            letters = WHITE
        if ground is not None and letters is not None and alike(letters, ground):
            if alike(ground, BLACK):
                return Hiding("blacked_out")
            return Hiding("white" if alike(ground, WHITE) else "own_color")
        if ground is not None and letters is None and alike(ground, BLACK):
            return Hiding("blacked_out")  # letters are black where nothing else is said
        return Hiding("tiny") if self.size is not None and self.size <= TINY_POINTS else None
