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
_FILTER_BITS = 22  # of a fingerprint; most stretches are no words, and end at the filter

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Marks = np.ndarray[Any, np.dtype[np.int32]]


def fingerprints(codes: Codes, length: int) -> Codes:
    """Of each stretch of ``length`` code points of ``[text, char]``, shifted over the kind's bits.

    One stretch begins at each place but the last ``length - 1``; the texts must be that long.
    """
    stretches = codes.shape[-1] - length + 1
    mixed = np.full((*codes.shape[:-1], stretches), length * 0x9E3779B1 & 0xFFFFFFFF, np.uint32)
    for at in range(length):
        mixed ^= codes[..., at : at + stretches]
        mixed *= np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(15)
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
            parts.append(fingerprints(codes, length)[:, 0] | kinds)
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

        ``codes`` are ``[text, char]``, zero behind a text's end; the answer is
        ``[text, char, length]``.
        """
        width = codes.shape[1]
        kinds = np.zeros((*codes.shape, len(LENGTHS)), dtype=np.int32)
        prints = np.zeros((len(LENGTHS), *codes.shape), dtype=np.uint32)
        for at, length in enumerate(LENGTHS):
            if length <= width:
                prints[at, :, : width - length + 1] = fingerprints(codes, length)
        which, rows, places = np.nonzero(self._filter[prints >> np.uint32(32 - _FILTER_BITS)])
        last = places + _LAST[which]
        whole = codes[rows, np.minimum(last, width - 1)] != 0
        whole &= last < width
        which, rows, places = which[whole], rows[whole], places[whole]
        wanted = prints[which, rows, places]
        slot = np.minimum(np.searchsorted(self._prints, wanted), len(self._prints) - 1)
        kinds[rows, places, which] = np.where(self._prints[slot] == wanted, self._kinds[slot], 0)
        return kinds


def marks_of(starting: Marks) -> Marks:
    """Numbers of the marks of each character ``[text, char, mark]`` from what begins where."""
    marks = starting * np.int32(len(KINDS))
    for at, length in enumerate(LENGTHS):
        ends = max(0, starting.shape[1] - length + 1)
        marks[:, length - 1 :, at] += starting[:, :ends, at]
    return marks + np.arange(MARKS, dtype=np.int32) * np.int32(len(KINDS) ** 2)
