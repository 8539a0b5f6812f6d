"""Masked numbers: where they stand, and how many originals still fit what they show.

IDs are counted exactly: births from 1900-01-01 to today, sequences 001 to 999, the check digit.
Hidden digits of a region count every code of an existing province, an upper bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.regions import PROVINCES

MASK = "*×●○■□#✱✕✖"
"""Characters that stand for a hidden one; a run of two and more x or X too."""
ANY = "*"
_EXES = late(r"(?<=[0-9x*])x{2,}|(?<=[0-9X*])X{2,}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION, _BIRTH = 6, 14

Histogram = np.ndarray[Any, np.dtype[np.int64]]


class Masked(NamedTuple):
    """``text[start:end]`` of the view; ``shown`` has ``*`` for hidden characters, no separators."""

    start: int
    end: int
    shown: str


class Known(NamedTuple):
    """What the same record tells: birth as eight digits and ``*``, and sex (男, 女 or empty)."""

    birth: str = "********"
    sex: str = ""


NOTHING = Known()


def masked(artifacts: ChineseArtifacts, pattern: re.Pattern[str]) -> Iterator[Masked]:
    """Every match of a pattern over digits, masks and separators that hides something."""
    text = artifacts.view.text
    if not any(c in text for c in MASK) and "xx" not in text and "XX" not in text:
        return
    for count, match in enumerate(pattern.finditer(text)):
        if count % 256 == 0:
            artifacts.check_clock()
        plain = "".join(c for c in match.group() if c not in " -\n")
        plain = _EXES.sub(lambda found: ANY * len(found.group()), plain)
        shown = "".join(ANY if c in MASK else c for c in plain)
        if ANY in shown and any(map(str.isdigit, shown)):
            yield Masked(match.start(), match.end(), shown)


def count_ids(shown: str, today: date, known: Known = NOTHING) -> int:
    """How many ID numbers of 18 characters fit. Raises ValueError for another length."""
    if len(shown) != 18:
        raise ValueError("an ID number has 18 characters")
    sums = _convolve(_regions(shown[:_REGION]), _births(shown[_REGION:_BIRTH], today, known.birth))
    sums = _convolve(sums, _sequences(shown[_BIRTH:17], known.sex))
    if shown[17] == ANY:
        return int(sums.sum())
    return int(sums[_CHECKS.index(shown[17].upper())])


def count_cards(shown: str) -> int:
    """How many numbers that pass the Luhn test fit: each hidden digit but one is free."""
    return int(10 ** max(0, shown.count(ANY) - 1))


def count_mobiles(shown: str) -> int:
    """How many mobile numbers fit: the second digit is 3 to 9, the others are free."""
    free = shown[2:].count(ANY)
    return int((7 if shown[1] == ANY else 1) * 10**free)


def _convolve(left: Histogram, right: Histogram) -> Histogram:
    """Sums modulo 11 of one part each."""
    made = np.zeros(11, dtype=np.int64)
    for remainder in range(11):
        made += left[remainder] * np.roll(right, remainder)
    return made


def _fits(digits: str, shown: str) -> bool:
    return all(s in (ANY, d) for d, s in zip(digits, shown, strict=True))


def _regions(shown: str) -> Histogram:
    made = np.zeros(11, dtype=np.int64)
    for province in PROVINCES:
        if _fits(province, shown[:2]):
            made[(int(province[0]) * 7 + int(province[1]) * 9) % 11] += 1
    for place in range(2, _REGION):
        digits = range(10) if shown[place] == ANY else (int(shown[place]),)
        step = np.zeros(11, dtype=np.int64)
        for digit in digits:
            step[digit * _WEIGHTS[place] % 11] += 1
        made = _convolve(made, step)
    return made


@lru_cache(maxsize=2)
def _days(today: date) -> Histogram:
    """All days from 1900 on as rows of eight digits."""
    first = date(1900, 1, 1)
    count = (today - first).days + 1
    written = "".join((first + timedelta(n)).strftime("%Y%m%d") for n in range(count))
    return (np.frombuffer(written.encode(), dtype=np.uint8) - 48).astype(np.int64).reshape(-1, 8)


def _births(shown: str, today: date, known: str) -> Histogram:
    days = _days(today)
    fits = np.ones(len(days), dtype=np.bool_)
    for pattern in (shown, known):
        for place, character in enumerate(pattern):
            if character != ANY:
                fits &= days[:, place] == int(character)
    sums = days[fits] @ np.array(_WEIGHTS[_REGION:_BIRTH], dtype=np.int64)
    return np.bincount(sums % 11, minlength=11).astype(np.int64)


def _sequences(shown: str, sex: str) -> Histogram:
    made = np.zeros(11, dtype=np.int64)
    for number in range(1, 1000):
        digits = f"{number:03}"
        if (sex and (number % 2 == 1) != (sex == "男")) or not _fits(digits, shown):
            continue
        made[sum(int(d) * w for d, w in zip(digits, _WEIGHTS[_BIRTH:], strict=True)) % 11] += 1
    return made
