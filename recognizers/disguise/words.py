"""Numbers spelled out (yao san ba, one three eight), in braille, or written backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np

from recognizers.checksums import id_valid, plausible_birth, uscc_valid
from recognizers.disguise.chain import Codes
from recognizers.disguise.edit import Edit
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_PINYIN = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = {
    **{word: str(n) for words in (_PINYIN, _ENGLISH) for n, word in enumerate(words)},
    **{"oh": "0", "dong": "0", "yao": "1", "liang": "2", "guai": "7", "gou": "9"},
}
_WORD = "(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_SPELLED = late(
    rf"(?<![A-Za-z]){_WORD}(?:[ \-_,.·']{{0,2}}{_WORD}){{10,18}}"
    r"(?:[ \-_,.·']{0,2}(?P<x>x|ex))?(?![A-Za-z])",
    re.IGNORECASE,
)
_ONE = late(_WORD, re.IGNORECASE)
_FEWEST = 11  # digits
_SHORTEST, _LONGEST = 2, 5  # letters of a word
_GLUED = late(f"{_WORD}{{3,}}x?", re.IGNORECASE)
_GAP = 2
_LONG = 17  # digits of an ID number in a row
_CELLS = {cell: "1234567890"[n] for n, cell in enumerate("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚")}
_BRAILLE = late(f"[{''.join(_CELLS)}]{{11,19}}")
_BACKWARDS = late(r"(?<![0-9A-Za-z])[0-9Xx][0-9]{17}(?![0-9A-Za-z])")
_PHONE_BACKWARDS = late(
    r"(?:手机(?:号码?)?|移动电话|[Mm]obile)[ ]?[:(为是]?[ ]?"
    r"(?P<number>(?!1[3-9])[1-9][0-9]{8}[3-9]1)(?![0-9])"
)
"""Behind a word for mobiles: as many digits, and only from the right they are one."""


def worded(text: str, codes: Codes) -> list[Edit]:
    """All of these in a view's text, by start; ``codes``: its code points."""
    found = [*spelled(text, codes), *in_braille(text), *reversed_numbers(text, codes)]
    return sorted(found)


def spelled(text: str, codes: Codes) -> Iterator[Edit]:
    """Eleven words for digits and more in a row: nothing else reads so."""
    done = 0
    for first, last in _worth(text, codes):
        for found in _SPELLED.finditer(text, max(done, first), last + _GAP + 2):
            done = found.end()
            yield _read(found)


def _worth(text: str, codes: Codes) -> Iterator[tuple[int, int]]:
    """Where so many short words follow each other, or words for digits are written as one.

    Prose has few such places: to try the pattern at every letter would cost ten times as much.
    """
    letter = np.zeros(len(codes) + 2, dtype=np.bool_)
    letter[1:-1] = ((codes | np.uint32(32)) - np.uint32(97)) < 26
    turns = (letter[1:] != letter[:-1]).nonzero()[0]
    starts, ends = turns[::2], turns[1::2]
    if not len(starts):
        return
    lengths = ends - starts
    places = [
        (int(starts[at]), int(ends[at]))
        for at in (lengths > _LONGEST).nonzero()[0].tolist()
        if _GLUED.fullmatch(text, int(starts[at]), int(ends[at]))
    ]
    if len(starts) < _FEWEST:
        yield from _merged(sorted(places))
        return
    short = (lengths >= _SHORTEST) & (lengths <= _LONGEST)
    linked = short[1:] & short[:-1] & (starts[1:] - ends[:-1] <= _GAP)
    reach = _FEWEST - 1
    behind = np.concatenate(([0], np.cumsum(linked)))
    whole = np.flatnonzero(behind[reach:] - behind[:-reach] == reach)
    places += [(int(starts[at]), int(ends[at + reach])) for at in whole.tolist()]
    yield from _merged(sorted(places))


def _merged(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places that a number may join are one, so that no stretch is tried twice."""
    merged: list[tuple[int, int]] = []
    for first, last in places:
        if merged and first <= merged[-1][1] + _GAP:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    yield from merged


def _read(found: re.Match[str]) -> Edit:
    parts = list(_ONE.finditer(found.string, found.start(), found.end()))
    plain = "".join(_WORDS[part.group().lower()] for part in parts)
    starts, ends = [part.start() for part in parts], [part.end() for part in parts]
    if found["x"]:
        plain, starts, ends = plain + "X", [*starts, found.start("x")], [*ends, found.end("x")]
    return Edit(*found.span(), plain, tuple(starts), tuple(ends))


def in_braille(text: str) -> Iterator[Edit]:
    """As many cells that all stand for digits: as letters they spell no word."""
    for found in _BRAILLE.finditer(text) if "⠁" in text or "⠃" in text else ():
        at = range(*found.span())
        plain = "".join(_CELLS[cell] for cell in found.group())
        yield Edit(*found.span(), plain, tuple(at), tuple(place + 1 for place in at))


def reversed_numbers(text: str, codes: Codes) -> Iterator[Edit]:
    """ID numbers from right to left, told by their check digit, and mobiles behind their word."""
    for found in _BACKWARDS.finditer(text) if _has_long_run(codes) else ():
        written = found.group().upper()
        forwards = (written.isdigit() and id_valid(written)) or uscc_valid(written)
        if not forwards and _is_id(written[::-1]):
            yield _turned(*found.span(), written[::-1])
    said = any(word in text for word in ("手机", "移动电话", "obile"))
    for found in _PHONE_BACKWARDS.finditer(text) if said else ():
        yield _turned(*found.span("number"), found["number"][::-1])


def _has_long_run(codes: Codes) -> bool:
    digits = np.flatnonzero((codes - np.uint32(48)) < 10)
    reach = _LONG - 1
    return bool((digits[reach:] - digits[:-reach] == reach).any()) if len(digits) > reach else False


def _is_id(number: str) -> bool:
    plausible = number[:2] in PROVINCES and number[:17].isdigit() and id_valid(number)
    return plausible and plausible_birth(number[6:14], date.today())


def _turned(start: int, end: int, plain: str) -> Edit:
    """Every character of it stands for the whole stretch: no part has a place of its own."""
    size = end - start
    return Edit(start, end, plain, (start,) * size, (end,) * size)
