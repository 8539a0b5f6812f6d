"""Words that the network is told about: which stretches of a text a dictionary has, and as what.

Only fingerprints of the words are kept (28 bits of each, and 4 for its kind): one stretch in some
thousand is taken for a word by chance, which the network learns to bear.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

KINDS = ("", "common", "usual", "rare", "person", "perhaps", "place", "organisation", "title")
"""What a word is; ``perhaps`` a person's name, ``title`` of a work or a product."""
LENGTHS = (2, 3, 4, 5, 6)
"""Characters of the words."""
MARKS = len(LENGTHS)
"""Marks of a character: for each length what begins there together with what ends there."""
NUMBERS = MARKS * len(KINDS) ** 2
"""How many different marks there are."""
_PRINT = 0xFFFFFFF0  # the bits of a fingerprint; the last four are for the kind
_LAST = np.array(LENGTHS) - 1
_SEEDS = (np.array(LENGTHS, dtype=np.uint32) * np.uint32(0x9E3779B1))[:, None, None]
_FIRSTS = np.arange(MARKS, dtype=np.int32) * np.int32(len(KINDS) ** 2)
_FILTER_BITS = 22  # of a fingerprint; most stretches are no words, and end at the filter

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Marks = np.ndarray[Any, np.dtype[np.int32]]


def fingerprints(codes: Codes) -> Codes:
    """``[length, text, char]``, shifted over the kind's bits: of what begins at each character.

    ``codes`` are code points ``[text, char]``; behind a text stand zeros.
    """
    width = codes.shape[1]
    ahead = np.zeros((len(codes), width + LENGTHS[-1] - 1), dtype=np.uint32)
    ahead[:, :width] = codes
    mixed = np.empty((len(LENGTHS), len(codes), width), dtype=np.uint32)
    mixed[:] = _SEEDS
    for at in range(LENGTHS[-1]):
        longer = mixed[max(0, at + 1 - LENGTHS[0]) :]  # the stretches that are not at their end
        longer ^= ahead[:, at : at + width]
        longer *= np.uint32(0x85EBCA6B)
        longer ^= longer >> np.uint32(15)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(13)
    mixed &= np.uint32(_PRINT)
    return mixed


def table_of(words: dict[str, str]) -> Codes:
    """The sorted table for words and their kinds. Of two with one fingerprint the later is lost."""
    parts: list[Codes] = []
    for length in LENGTHS:
        listed = [word for word in words if len(word) == length]
        if listed:
            codes = np.array([[ord(char) for char in word] for word in listed], dtype=np.uint32)
            kinds = np.array([KINDS.index(words[word]) for word in listed], dtype=np.uint32)
            parts.append(fingerprints(codes)[LENGTHS.index(length), :, 0] | kinds)
    table = np.sort(np.concatenate(parts))
    first = np.append(True, (table[1:] & _PRINT) != (table[:-1] & _PRINT))
    kept: Codes = table[first]
    return kept


class KnownWords:
    """Looks words up in a table of ``table_of``."""

    def __init__(self, table: Codes) -> None:
        self._prints = table & np.uint32(_PRINT)
        self._kinds = (table & np.uint32(~_PRINT & 0xFFFFFFFF)).astype(np.int32)
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._filter[table >> np.uint32(32 - _FILTER_BITS)] = True

    @classmethod
    def read(cls, file: Path) -> KnownWords:
        """From the file that ``make train-names`` writes."""
        with np.load(file) as stored:
            return cls(stored["words"])

    def starting(self, codes: Codes) -> Marks:
        """The kind (0: none) of the word of each length that begins at each place.

        ``codes`` are ``[text, char]``, a zero wherever a text ends; the answer is
        ``[text, char, length]``.
        """
        width = codes.shape[1]
        kinds = np.zeros((*codes.shape, len(LENGTHS)), dtype=np.int32)
        prints = fingerprints(codes)
        which, rows, places = self._filter[prints >> np.uint32(32 - _FILTER_BITS)].nonzero()
        behind = places + _LAST[which] + 1
        ends = np.zeros((len(codes), width + 1), dtype=np.int32)
        np.cumsum(codes == 0, axis=1, out=ends[:, 1:])
        whole = ends[rows, np.minimum(behind, width)] == ends[rows, places]
        whole &= behind <= width
        which, rows, places = which[whole], rows[whole], places[whole]
        wanted = prints[which, rows, places]
        slot = np.minimum(self._prints.searchsorted(wanted), len(self._prints) - 1)
        kinds[rows, places, which] = self._kinds[slot] * (self._prints[slot] == wanted)
        return kinds


def marks_of(starting: Marks) -> Marks:
    """Numbers of the marks of each character ``[text, char, mark]`` from what begins where."""
    marks = starting * np.int32(len(KINDS))
    marks += _FIRSTS
    for at, length in enumerate(LENGTHS):
        ends = max(0, starting.shape[1] - length + 1)
        marks[:, length - 1 :, at] += starting[:, :ends, at]
    return marks
