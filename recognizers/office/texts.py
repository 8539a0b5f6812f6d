"""One text as the words of packs are looked for in it: blanks that tear Han apart are gone.

``Joined`` is made once a text and shared by all packs. A line end inside a word, ``OA 系统`` for
``OA系统`` and words spread over their line (``长　风``) are found; letters count in either case.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from recognizers.patterns import late
from recognizers.view import Codes, Offsets, fold

if TYPE_CHECKING:  # reading packs must not pay for presidio
    from recognizers.artifacts import ChineseArtifacts

_CHUNK = 1 << 19
_HAN_ONE = late("[㐀-鿿]")
Mask = np.ndarray[Any, np.dtype[np.bool_]]


def folded(word: str) -> str:
    """A word the way ``Joined`` writes it."""
    codes = np.frombuffer(fold(word).strip().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _text(_join(codes)[0])


def plain_codes(text: str) -> Codes:
    """The codes of a text that ``folded`` wrote."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _han(codes: Codes) -> Mask:
    return ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes >= 0x20000)


def _join(codes: Codes) -> tuple[Codes, Offsets | None]:
    """The codes without blanks beside Han, letters small, and where each comes from."""
    lower = codes + np.where((codes - np.uint32(65)) < 26, np.uint32(32), np.uint32(0))
    blank = (codes == 32) | (codes == 10)
    if not blank.any():
        return lower, None
    filled = np.flatnonzero(~blank)
    if not len(filled):
        return lower[:0], filled
    keep = np.ones(len(codes), dtype=np.bool_)
    keep[: filled[0]] = keep[filled[-1] + 1 :] = False
    gaps = np.flatnonzero(np.diff(filled) > 1)
    before, after = filled[gaps], filled[gaps + 1]
    line_ends = np.concatenate(([0], np.cumsum(codes == 10)))
    apart = line_ends[after] - line_ends[before + 1] > 1  # a blank line ends a paragraph
    han = _han(codes)
    dropped = (han[before] | han[after]) & ~apart
    # The first blank of a run stands for it, unless the whole run goes.
    inside = blank.copy()
    inside[before + 1] = False
    keep &= ~inside
    keep[before[dropped] + 1] = False
    lower[before + 1] = np.where(apart, np.uint32(10), np.uint32(32))
    offsets = np.flatnonzero(keep)
    return lower[offsets], offsets


class Words:
    """Literals of two characters and more, found in one pass however many there are."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: dict[int, dict[int, set[str]]] = {}
        for word in words:
            key = ord(word[0]) << 21 | ord(word[1])
            self._by_pair.setdefault(key, {}).setdefault(len(word), set()).add(word)
        self._keys = np.array(sorted(self._by_pair), dtype=np.int64)
        self._first = np.zeros(0x110000, dtype=np.bool_)
        self._second = np.zeros(0x110000, dtype=np.bool_)
        self._first[self._keys >> 21] = True
        self._second[self._keys & 0x1FFFFF] = True

    def places(self, codes: Codes, text: str) -> dict[str, list[int]]:
        """Where each word begins, in order; only words that occur."""
        found: dict[str, list[int]] = {}
        if not len(self._keys):
            return found
        for offset in range(0, max(0, len(codes) - 1), _CHUNK):
            chunk = codes[offset : offset + _CHUNK + 1]
            at = np.flatnonzero(self._first[chunk[:-1]] & self._second[chunk[1:]])
            pairs = chunk[at].astype(np.int64) << 21 | chunk[at + 1]
            for key, place in zip(pairs.tolist(), (at + offset).tolist(), strict=True):
                for length, words in self._by_pair.get(key, {}).items():
                    word = text[place : place + length]
                    if word in words:
                        found.setdefault(word, []).append(place)
        return found


@lru_cache(maxsize=256)
def _finder(words: tuple[str, ...]) -> Words:
    return Words(words)


class Joined:
    """The joined text of one view, with the way back, and the places of words in it."""

    def __init__(self, artifacts: ChineseArtifacts) -> None:
        self._view = artifacts.view
        self.codes, self._offsets = _join(artifacts.view.codes)
        self._places: dict[tuple[str, ...], dict[str, list[int]]] = {}

    @cached_property
    def text(self) -> str:
        """The joined text."""
        return _text(self.codes)

    def places(self, words: tuple[str, ...]) -> dict[str, list[int]]:
        """Where each of these words begins (joined coordinates)."""
        if words not in self._places:
            self._places[words] = _finder(words).places(self.codes, self.text)
        return self._places[words]

    def to_view(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the view that these joined coordinates stand for."""
        if self._offsets is None:
            return start, end
        return int(self._offsets[start]), int(self._offsets[end - 1]) + 1

    def from_view(self, start: int, end: int) -> tuple[int, int]:
        """The joined coordinates of a stretch of the view."""
        if self._offsets is None:
            return start, end
        first, last = np.searchsorted(self._offsets, (start, end))
        return int(first), int(last)

    def torn(self, start: int, end: int) -> bool:
        """Whether blanks part these joined characters in a way that a word is not parted.

        One line end is fine, so are blanks between all the characters, beside a letter or a digit,
        and anywhere in a word of four characters and more: 校长 风险 does not hold 长风.
        """
        if self._offsets is None or end - start >= 4:
            return False
        parted = np.flatnonzero(np.diff(self._offsets[start:end]) > 1)
        first, last = self.to_view(start, end)
        if not len(parted) or (len(parted) == 1 and "\n" in self._view.text[first:last]):
            return False
        if len(parted) == end - start - 1:  # spread; of two characters only when they stand alone
            around = self._view.text[max(0, first - 1) : first] + self._view.text[last : last + 1]
            return end - start == 2 and any(_HAN_ONE.match(c) is not None for c in around)
        inside = self.codes[start:end]
        return any(bool(_han(inside[at : at + 2]).all()) for at in parted.tolist())


_joined: WeakKeyDictionary[ChineseArtifacts, Joined] = WeakKeyDictionary()


def joined(artifacts: ChineseArtifacts) -> Joined:
    """The joined text of these artifacts, made once."""
    made = _joined.get(artifacts)
    if made is None:
        made = _joined[artifacts] = Joined(artifacts)
    return made


def covered(places: list[int], length: int, start: int, end: int) -> bool:
    """Whether one of the words of this length that begin at ``places`` holds ``[start, end)``."""
    first = bisect_left(places, end - length)
    return first < bisect_right(places, start)
