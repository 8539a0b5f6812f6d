"""Characters as the network sees them: numbers of a closed table, hashed pairs, known words.

Used while training and while screening: both must number alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from recognizers.names.known import Codes

PAD, UNKNOWN = 0, 1
PAIRS = 1 << 16
"""Rows of the table of hashed pairs."""
_CODES = 0x10000

Ids = np.ndarray[Any, np.dtype[np.int32]]


def kind_of(char: str) -> str:
    """The character that stands for this one in the table: digits are alike, and so are letters."""
    if char.isascii():
        if char.isdigit():
            return "0"
        if char.isalpha():
            return "A" if char.isupper() else "a"
        return "\n" if char.isspace() and char != " " else char
    return char


class Encoder:
    """Numbers texts by a table of characters, in the order of their numbers from 2 on."""

    def __init__(self, chars: str) -> None:
        numbers = {char: number for number, char in enumerate(chars, start=UNKNOWN + 1)}
        self.size = len(chars) + UNKNOWN + 1
        self._table = np.full(_CODES, UNKNOWN, dtype=np.int32)
        for code in range(_CODES):
            number = numbers.get(kind_of(chr(code)) if code < 128 else chr(code))
            if number is not None:
                self._table[code] = number

    def encode(self, texts: Sequence[str]) -> tuple[Ids, Ids, Codes]:
        """Numbers, hashed pairs and code points of these texts, padded: three ``[text, char]``."""
        lengths = np.array([len(text) for text in texts])
        inside = np.arange(int(lengths.max())) < lengths[:, None]
        written = "".join(texts).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(written, dtype=np.uint32)
        codes = np.zeros(inside.shape, dtype=np.uint32)
        codes[inside] = points
        ids = np.full(inside.shape, PAD, dtype=np.int32)
        ids[inside] = self._table[np.minimum(points, _CODES - 1)]
        return ids, pairs_of(ids), codes

    def in_a_row(self, texts: Sequence[str]) -> tuple[Ids, Ids, Codes]:
        """The same for all these texts as one ``[char]``, with nothing behind each text's end."""
        written = "\0".join((*texts, "")).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(written, dtype=np.uint32)
        ids = self._table[np.minimum(codes, _CODES - 1)]
        ids[codes == 0] = PAD
        return ids, pairs_of(ids), codes


def pairs_of(ids: Ids) -> Ids:
    """Each character with the next one, hashed into the table of pairs."""
    following = np.zeros_like(ids)
    following[..., :-1] = ids[..., 1:]
    mixed = ids.astype(np.uint32) * np.uint32(2654435761) + following.astype(np.uint32) * np.uint32(
        2246822519
    )
    return (mixed >> np.uint32(16)).astype(np.int32)
