"""One pass over a view that tells the rules where to look; nothing there, nothing to pay.

Measured on official prose, millions of characters a CPU-second on one core: an array lookup by
code point 250-860, ``str.find`` 750 a term, ``re`` with ten alternatives 170 and falling with every
term, ``re`` digits 38, google-re2 ``Set`` 40 (with a copy to UTF-8). So digits are found by array
comparison, and terms by one lookup of their first two characters, however many terms there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from recognizers.lexicon.provinces import PLATE_PROVINCES
from recognizers.patterns import late
from recognizers.view import Codes, Offsets, View

_CHUNK = 1 << 19
_GAPS = 1 << 14  # gaps between digits at a time
_ZERO = np.zeros(1, dtype=np.int64)
_JOINTS = " -\n().·/"
"""What may stand between the digits of one number; full-width forms are half-width in a view."""
_LONGEST_JOINT = 6
_FEWEST_DIGITS = 7

_PLATE = late(rf"[{PLATE_PROVINCES}](?=[ ·\-._(*★]?[A-Za-z])")
_CODE = late(f"[0-9A-Za-z]{{{_FEWEST_DIGITS + 1},}}")

Mask = np.ndarray[Any, np.dtype[np.bool_]]

_terms: set[str] = set()
_pairs: dict[int, list[str]] = {}


class Cluster(NamedTuple):
    """Runs of digits with no more than separators between them: ``text[start:end]``.

    The runs are ``Scan.run_bounds[first:last]``.
    """

    start: int
    end: int
    digits: int
    first: int
    last: int


def register(terms: Iterable[str]) -> None:
    """Make these terms known to every later scan. Terms have two characters and more.

    They are written as in a view (Simplified, half width). Raises ValueError for shorter ones.
    """
    for term in terms:
        if len(term) < 2:
            raise ValueError(f"a term needs two characters: {term}")
        if term not in _terms:
            key = _key(ord(term[0]), ord(term[1]))
            _terms.add(term)
            _pairs.setdefault(key, []).append(term)


def _key(first: int, second: int) -> int:
    return first << 21 | second


@cache
def _mask(characters: str) -> Mask:
    mask = np.zeros(0x110000, dtype=np.bool_)
    mask[[ord(c) for c in characters]] = True
    return mask


@lru_cache(maxsize=1)
def _pair_tables(count: int) -> tuple[Offsets, Mask, Mask]:
    """Keys of the ``count`` registered pairs, sorted, and which characters stand first, second."""
    keys = np.array(sorted(_pairs), dtype=np.int64)
    first, second = np.zeros(0x110000, dtype=np.bool_), np.zeros(0x110000, dtype=np.bool_)
    first[keys >> 21] = True
    second[keys & 0x1FFFFF] = True
    return keys, first, second


class Scan:
    """What the pre-filter saw in one view. Every part is worked out when it is first asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._codes = view.codes
        self._found: dict[str, list[int]] = {}
        self._known_terms = -1
        self._linked: dict[tuple[frozenset[str], int], list[bool]] = {}

    @cached_property
    def runs(self) -> tuple[Offsets, Offsets]:
        """Starts and ends of the maximal runs of ASCII digits."""
        starts: list[Offsets] = []
        ends: list[Offsets] = []
        inside = False
        for offset in range(0, len(self._codes), _CHUNK):
            chunk = self._codes[offset : offset + _CHUNK]
            digit = (chunk - np.uint32(48)) < 10
            if bool(digit[0]) != inside:
                (ends if inside else starts).append(np.array([offset], dtype=np.int64))
            turns = np.flatnonzero(digit[1:] != digit[:-1]) + (offset + 1)
            first_is_start = not digit[0]
            starts.append(turns[0 if first_is_start else 1 :: 2])
            ends.append(turns[1 if first_is_start else 0 :: 2])
            inside = bool(digit[-1])
        if inside:
            ends.append(np.array([len(self._codes)], dtype=np.int64))
        if not starts and not ends:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        return np.concatenate(starts), np.concatenate(ends)

    @cached_property
    def clusters(self) -> Sequence[Cluster]:
        """Digit runs joined over separators, with seven digits and more in all, in order."""
        starts, ends = self.runs
        if not len(starts):
            return ()
        apart = (~self._joined(_JOINTS, _LONGEST_JOINT)).nonzero()[0] + 1
        first = np.concatenate((_ZERO, apart))
        last = np.concatenate((apart, [len(starts)]))
        counts = np.add.reduceat(ends - starts, first)
        enough = counts >= _FEWEST_DIGITS
        first, last = first[enough], last[enough]
        rows = zip(
            starts[first].tolist(),
            ends[last - 1].tolist(),
            counts[enough].tolist(),
            first.tolist(),
            last.tolist(),
            strict=True,
        )
        return [Cluster(*row) for row in rows]

    @cached_property
    def run_bounds(self) -> Sequence[tuple[int, int]]:
        """``runs`` as plain pairs, for the rules' own loops."""
        starts, ends = self.runs
        return list(zip(starts.tolist(), ends.tolist(), strict=True))

    def linked(self, joints: frozenset[str], longest: int) -> Sequence[bool]:
        """For each digit run but the last: is all up to the next, ``longest`` at most, a joint?"""
        key = joints, longest
        if key not in self._linked:
            self._linked[key] = self._joined("".join(sorted(joints)), longest).tolist()
        return self._linked[key]

    def _joined(self, joints: str, longest: int) -> Mask:
        """For each digit run but the last: is all up to the next, ``longest`` at most, a joint?"""
        starts, ends = self.runs
        joined: Mask = starts[1:] - ends[:-1] <= longest
        near = joined.nonzero()[0]
        joint, steps = _mask(joints), np.arange(longest)
        for first in range(0, len(near), _GAPS):
            some = near[first : first + _GAPS]
            at = ends[some][:, None] + steps
            within = at < starts[some + 1][:, None]
            strange = ~joint[self._codes[np.minimum(at, len(self._codes) - 1)]]
            joined[some[(within & strange).any(axis=1)]] = False
        return joined

    @cached_property
    def ats(self) -> Sequence[int]:
        """Where ``@`` stands."""
        return self.places("@")

    @cached_property
    def plates(self) -> Sequence[int]:
        """Where a province's short name stands before a Latin letter, one separator allowed."""
        last = len(self._view) - 2  # a letter at the very end begins no plate
        return [at for m in _PLATE.finditer(self._view.text) if (at := m.start()) < last]

    @cached_property
    def codes(self) -> Sequence[tuple[int, int]]:
        """Runs of ASCII letters and digits with a letter in them and seven digits and more."""
        return [
            found.span()
            for found in _CODE.finditer(self._view.text)
            if _FEWEST_DIGITS <= sum(map(str.isdigit, found.group())) < len(found.group())
        ]

    def places(self, literal: str) -> list[int]:
        """Every place of a literal, overlaps included (one pass of ``str.find``)."""
        text, found = self._view.text, []
        position = text.find(literal)
        while position >= 0:
            found.append(position)
            position = text.find(literal, position + 1)
        return found

    @property
    def found(self) -> Mapping[str, Sequence[int]]:
        """The registered terms that occur, each with every place where it begins, in order.

        The rules know hundreds of terms, a text has few of them: whoever asks for many asks here.
        """
        if self._known_terms != len(_terms):  # a rule that came later brought new terms
            self._found, self._known_terms = self._find_terms(), len(_terms)
        return self._found

    def terms(self, term: str) -> Sequence[int]:
        """Every place where a registered term begins, in order. Raises KeyError if unknown."""
        places = self.found.get(term)
        if places is None and term not in _terms:
            raise KeyError(term)
        return places or ()

    def any_term(self, terms: Iterable[str]) -> bool:
        """Whether one of these registered terms occurs."""
        return not self.found.keys().isdisjoint(terms)

    def occurring(self, terms: Iterable[str]) -> Sequence[tuple[str, int]]:
        """Those of these registered terms that occur, in their order, with each of their places."""
        found = self.found
        if found.keys().isdisjoint(terms):
            return ()
        return [(term, place) for term in terms for place in found.get(term, ())]

    def terms_within(self, term: str, start: int, end: int) -> Sequence[int]:
        """The places of a registered term that begin in ``[start, end)``."""
        places = self.terms(term)
        return places[bisect_left(places, start) : bisect_left(places, end)]

    def _find_terms(self) -> dict[str, list[int]]:
        text = self._view.text
        found: dict[str, list[int]] = {}
        for pair, places in self._find_pairs().items():
            for term in _pairs[pair]:
                if len(term) == 2:
                    found[term] = places
                elif whole := [place for place in places if text.startswith(term, place)]:
                    found[term] = whole
        return found

    def _find_pairs(self) -> dict[int, list[int]]:
        """The first two characters of all registered terms, looked up in one pass."""
        keys, first, second = _pair_tables(len(_pairs))
        if not len(keys) or len(self._codes) < 2:
            return {}
        found: dict[int, list[int]] = {}
        for offset in range(0, len(self._codes) - 1, _CHUNK):
            chunk: Codes = self._codes[offset : offset + _CHUNK + 1]
            at = (first[chunk[:-1]] & second[chunk[1:]]).nonzero()[0]
            pairs = chunk[at].astype(np.int64) << 21 | chunk[at + 1]
            hit = keys[np.minimum(keys.searchsorted(pairs), len(keys) - 1)] == pairs
            for key, place in zip(pairs[hit].tolist(), (at[hit] + offset).tolist(), strict=True):
                found.setdefault(key, []).append(place)
        return found
