"""What can be read as a digit, by code point: circled, Roman and Chinese ones, letters like them.

Decimal digits of any script are 0-9 in a view already; these are not, since most of them have other
work to do (①②③ number a list, 一 is a word, O a letter).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, NamedTuple

import numpy as np

STOP, PLAIN, GLYPH, HAN, LIKENESS, SIGN = range(6)
"""Kinds of characters: what ends a number, 0-9, a digit in a ring or the like, a Chinese digit, a
letter that looks like one, and anything that is no letter, digit or Han."""

_NUMERALS = (
    *((0xB2, 0xBA), (0x2070, 0x208A), (0x2160, 0x2180), (0x2460, 0x249C), (0x24EA, 0x2500)),
    *((0x2776, 0x2794), (0x3220, 0x322A), (0x3280, 0x328A), (0x1F100, 0x1F10D)),
)
_HAN = "零0一1二2三3四4五5六6七7八8九9〇0○0◯0壹1贰2叁3参3肆4伍5陆6柒7捌8玖9幺1两2弌1弍2弎3"
_HAN += "〡1〢2〣3〤4〥5〦6〧7〨8〩9"
"""Chinese digits as a view writes them, each with its value (參 is 参 there)."""
_LIKE = "O0o0I1l1Z2z2S5s5B8b6q9g9З3з3б6|1"
_SIGNS = (
    *((0x09, 0x0B), (0x20, 0x30), (0x3A, 0x41), (0x5B, 0x61), (0x7B, 0x7C), (0x7D, 0x7F)),
    *((0xA1, 0xAA), (0xAB, 0xB2), (0xB4, 0xB9), (0xBB, 0xC0), (0xD7, 0xD8), (0xF7, 0xF8)),
    *((0x2010, 0x2028), (0x2030, 0x205F), (0x20A0, 0x20C1), (0x2190, 0x2460)),
    *((0x2500, 0x2776), (0x2794, 0x2800), (0x2900, 0x2C00), (0x2E00, 0x2E5E)),
    *((0x3001, 0x3005), (0x3008, 0x3021), (0x3030, 0x3031), (0xE000, 0xF900)),
    *((0xFE10, 0xFE70), (0xFFE0, 0xFFEF), (0xFFFC, 0xFFFE), (0x1F000, 0x1F100)),
    (0x1F300, 0x1FB00),
)


class Tables(NamedTuple):
    """By code point: the kind, and the value of what can be read as a digit."""

    kinds: np.ndarray[Any, np.dtype[np.uint8]]
    values: np.ndarray[Any, np.dtype[np.uint8]]


@cache
def tables() -> Tables:
    """Made when first asked for."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    values = np.zeros(0x110000, dtype=np.uint8)
    for first, last in _SIGNS:
        kinds[first:last] = SIGN
    kinds[0x30:0x3A] = PLAIN
    values[0x30:0x3A] = range(10)
    for first, last in _NUMERALS:
        for code in range(first, last):
            value = unicodedata.numeric(chr(code), -1)
            if 0 <= value <= 9 and value == int(value):
                kinds[code], values[code] = GLYPH, int(value)
    for pairs, kind in ((_HAN, HAN), (_LIKE, LIKENESS)):
        for character, digit in zip(pairs[::2], pairs[1::2], strict=True):
            kinds[ord(character)], values[ord(character)] = kind, int(digit)
    return Tables(kinds, values)
