"""All characters of a text that can be read as digits, one after another, in arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from recognizers.disguise.edit import Edit
from recognizers.disguise.glyphs import GLYPH, HAN, LIKENESS, PLAIN, SIGN, tables
from recognizers.patterns import late

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Array = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Kinds = np.ndarray[Any, np.dtype[np.uint8]]

X_SIGNS = "Xx×ⅩⅹХхΧχ✕✖╳"
"""What stands for the X of an ID number."""
_LONGEST_GAP = 8
_LONGEST_USUAL = 5
_USUAL = " -.·\n"
"""Joints that the rules take without help."""
_BEFORE_X = " -\n"
_BREAK = 0x1E
_FEWEST = 5
_BEFORE = 14
_BLANK = "[ \\n]{0,4}"
_PAGE = late(
    rf"\n{_BLANK}(?:[-·•]{{1,2}} ?[0-9]{{1,4}} ?[-·•]{{1,2}}"
    rf"|第 ?[0-9]{{1,4}} ?页(?: ?[,/]? ?共 ?[0-9]{{1,4}} ?页)?){_BLANK}\n{_BLANK}(?=[0-9])"
)
"""The foot of a page in the middle of a number."""


@cache
def _usual() -> Flags:
    """Whether a code point is a joint that the rules take without help."""
    usual = np.zeros(0x110000, dtype=np.bool_)
    usual[[ord(char) for char in _USUAL]] = True
    return usual


def _feet(text: str) -> Iterator[tuple[int, int]]:
    """The feet of pages with a digit on both sides; a hyphen at the wrap belongs to them."""
    for found in _PAGE.finditer(text):
        start, end = found.span()
        if text[max(0, start - 1) : start] == "-":
            start -= 1
        if text[max(0, start - 1) : start].isdigit():
            yield start, end


class Chain:
    """The digits of one text and what stands between them.

    ``places``, ``kinds`` and ``values`` run parallel. ``gaps[i]`` counts what stands between the
    digits ``i`` and ``i + 1``; ``linked[i]`` tells whether that may be inside one number, and
    ``odd[i]`` whether it is something that the rules do not take by themselves. With ``bars`` a bar
    is a one, else a sign.
    """

    def __init__(
        self, text: str, codes: Codes, heading: Callable[[int], str], *, bars: bool = False
    ) -> None:
        self.text = text
        self._heading = heading
        table = tables()
        self._codes = codes
        self._all = table.kinds[codes]
        if not bars:
            self._all[codes == ord("|")] = SIGN
        self._pages = list(_feet(text))
        for start, end in self._pages:
            self._all[start:end] = SIGN
        self.places: Array = np.flatnonzero((self._all >= PLAIN) & (self._all <= LIKENESS))
        self.kinds: Kinds = self._all[self.places]
        self.values: Array = table.values[codes[self.places]].astype(np.int64)
        self.gaps: Array = np.diff(self.places) - 1

    @property
    def promising(self) -> bool:
        """Whether there are digits enough, and anything but plain ones."""
        if len(self.places) < _FEWEST:
            return False
        return bool((self.kinds != PLAIN).any() or self.odd.any())

    @cached_property
    def linked(self) -> Flags:
        """Nothing, a few signs, the foot of a page, or one character of any kind."""
        before, behind = self.places[:-1], self.places[1:]
        signs = np.concatenate(([0], np.cumsum(self._all == SIGN)))
        all_signs = signs[behind] - signs[before + 1] == self.gaps
        one = (self.gaps == 1) & (self._codes[before + 1] != _BREAK)
        linked: Flags = (all_signs & (self.gaps <= _LONGEST_GAP)) | one
        linked[self._page_gaps] = True
        return linked

    @cached_property
    def odd(self) -> Flags:
        """What is linked and is not usual between the digits of one number."""
        before, behind = self.places[:-1], self.places[1:]
        count = np.concatenate(([0], np.cumsum(_usual()[self._codes])))
        plain = count[behind] - count[before + 1] == self.gaps
        odd: Flags = self.linked & ~(plain & (self.gaps <= _LONGEST_USUAL))
        return odd

    @cached_property
    def _page_gaps(self) -> list[int]:
        at = np.searchsorted(self.places, [start for start, _ in self._pages]) - 1
        return [int(index) for index in at if 0 <= index < len(self.gaps)]

    @cached_property
    def begins(self) -> Array:
        """The digits that stand behind none."""
        return np.flatnonzero(np.concatenate(([True], self.gaps != 0)))

    @cached_property
    def reach(self) -> Array:
        """How many digits are linked throughout from each of ``begins`` on."""
        return self.reach_of(self.begins)

    def reach_of(self, first: Array) -> Array:
        """How many digits are linked throughout from each of these on."""
        ends = self._ends
        reach: Array = ends[ends.searchsorted(first)] - first + 1
        return reach

    @cached_property
    def _ends(self) -> Array:
        """The digits that are linked to none behind them."""
        return np.append(~self.linked, True).nonzero()[0]

    @cached_property
    def _strange(self) -> Array:
        return np.concatenate(([0], np.cumsum(self.kinds != PLAIN)))

    @cached_property
    def _oddities(self) -> Array:
        return np.concatenate(([0], np.cumsum(self.odd)))

    def may_hide(self, first: Array, size: int, *, x: bool = False) -> Flags:
        """Whether so many digits from here, or the character behind them, are disguised at all.

        With ``x`` an X, which is no digit, may follow: where the digits end they may hide one.
        """
        count = len(self.places)
        behind = np.minimum(first + size + 1, count)
        hidden: Flags = (self._strange[behind] > self._strange[first]) | (
            self._oddities[behind - 1] > self._oddities[first]
        )
        return hidden | np.append(~self.linked, True)[first + size - 1] if x else hidden

    def hides(self, first: int, last: int) -> bool:
        """Whether one of these digits is no plain one, or something odd stands between them."""
        strange = self._strange[last] > self._strange[first]
        return bool(strange or self._oddities[last - 1] > self._oddities[first])

    def odd_x(self, last: int, plain: str) -> bool:
        """Whether something odd stands before the X at the end of the plain number."""
        if not plain.endswith("X"):
            return False
        start = int(self.places[last - 1]) + 1
        joint = self.text[start : self.letter_x(last)]
        return len(joint) > 3 or any(c not in _BEFORE_X for c in joint)

    def count(self, kind: int) -> Array:
        """How many digits of a kind stand before each place, and in all."""
        return np.concatenate(([0], np.cumsum(self.kinds == kind)))

    def plain(self, first: int, last: int) -> str:
        """The digits ``first`` to ``last`` as plain ones."""
        return "".join(map(str, self.values[first:last].tolist()))

    def joints(self, first: int, last: int) -> list[str]:
        """What stands between these digits; the empty string where nothing does."""
        places = self.places[first:last].tolist()
        return [self.text[a + 1 : b] for a, b in pairwise(places)]

    def raw(self, first: int, last: int) -> str:
        """The digits as they are written, without what stands between."""
        return "".join(self.text[place] for place in self.places[first:last].tolist())

    def before(self, first: int) -> str:
        """The text right before a digit, behind the heading of its column."""
        place = int(self.places[first])
        return self._heading(place) + self.text[max(0, place - _BEFORE) : place]

    def behind(self, last: int) -> str:
        """The character right behind the digit before ``last``."""
        place = int(self.places[last - 1]) + 1
        return self.text[place : place + 1]

    def letter_x(self, last: int) -> int:
        """Where an X stands behind the digits, a joint between; -1 where none does."""
        place = int(self.places[last - 1]) + 1
        end = min(len(self.text), place + _LONGEST_GAP)
        for at in range(place, end):
            if self.text[at] in X_SIGNS:
                return (
                    -1
                    if self.text[at + 1 : at + 2].isascii()
                    and (self.text[at + 1 : at + 2].isalnum())
                    else at
                )
            if self._all[at] != SIGN and at > place:
                return -1
        return -1

    def edit(self, first: int, last: int, plain: str) -> Edit:
        """The edit that writes these digits (and an X behind them) plainly."""
        places = self.places[first:last].tolist()
        if len(plain) > len(places):
            places.append(self.letter_x(last))
        ends = tuple(place + 1 for place in places)
        return Edit(places[0], ends[-1], plain, tuple(places), ends)


__all__ = ["GLYPH", "HAN", "LIKENESS", "PLAIN", "Array", "Chain", "Codes", "Flags"]
