"""How a cell of a workbook is dressed, and when it shows nothing of what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from screener.extract.formats.cell_colors import PALETTE
from screener.extract.looks import ALL, BLACK, TINY_POINTS, WHITE, Colour, alike, blank_format

_NAMES: Mapping[str, Colour] = {
    name: PALETTE[at]
    for at, names in enumerate(
        (
            *(("black", "黑色"), ("white", "白色"), ("red", "红色"), ("green", "绿色")),
            *(("blue", "蓝色"), ("yellow", "黄色"), ("magenta", "洋红"), ("cyan", "蓝绿色")),
        )
    )
    for name in names
}
_COLOUR = re.compile(rf"\[(?:({'|'.join(_NAMES)})|(?:color|颜色) ?([0-9]{{1,2}}))\]", re.IGNORECASE)
"""What a number format says of the colour of letters (ISO/IEC 29500-1, 18.8.31)."""


def _named(name: str | None, number: str | None) -> Colour | None:
    """The colour of ``[White]`` or ``[Color2]``: the palette's from its second eight on."""
    if name:
        return _NAMES[name.lower()]
    at = int(number or 0) + 7
    return PALETTE[at] if 8 <= at < len(PALETTE) else None


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
        if self.code and (told := _COLOUR.search(self.code)):
            letters = _named(told[1], told[2])
        if ground is not None and letters is not None and alike(letters, ground):
            if alike(ground, BLACK):
                return Hiding("blacked_out")
            return Hiding("white" if alike(ground, WHITE) else "own_color")
        if ground is not None and letters is None and alike(ground, BLACK):
            return Hiding("blacked_out")  # letters are black where nothing else is said
        return Hiding("tiny") if self.size is not None and self.size <= TINY_POINTS else None
