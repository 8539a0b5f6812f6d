"""How many originals still fit a masked number, exactly.

Counted are ID numbers of every county code there has been, of births from 1900-01-01 to the day of
the count, of sequences 001 to 999, with the check digit (GB 11643-1999); cards by the Luhn check;
mobile numbers from 13 to 19. What the same record tells narrows it further.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from recognizers.regions import county_codes

ANY = "*"
"""A hidden character in what is shown."""
FIRST = date(1900, 1, 1)
CARD_SIZES = range(16, 20)
_OLD_SIZE, _ID_SIZE = 15, 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION, _BIRTH = 6, 14

Sums = tuple[int, ...]
"""How many choices there are for each remainder modulo 11 of their weighted digits."""
_NONE: Sums = (0,) * 11
Digits = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class Told(NamedTuple):
    """What a record tells about a person beside the number.

    ``birth``: eight characters, digits and ``*``. ``first`` and ``last``: the days between which
    the birth lies. ``sex``: 男, 女 or empty. ``regions``: digits the number may begin with, when
    any are known.
    """

    birth: str = ANY * 8
    first: date | None = None
    last: date | None = None
    sex: str = ""
    regions: tuple[str, ...] = ()


NOTHING = Told()


def count_ids(shown: str, today: date, told: Told = NOTHING) -> int:
    """How many ID numbers of 18 characters fit. Raises ValueError for another length."""
    if len(shown) != _ID_SIZE:
        raise ValueError("an ID number has 18 characters")
    births = _births(shown[_REGION:_BIRTH], told, today)
    sums = _convolved(_regions(shown[:_REGION], told.regions), births)
    sums = _convolved(sums, _sequences(shown[_BIRTH:17], told.sex))
    return sum(sums) if shown[17] == ANY else sums[_CHECKS.index(shown[17].upper())]


def count_old_ids(shown: str, told: Told = NOTHING) -> int:
    """How many of the old ID numbers of 15 digits fit: births of the 20th century, no check digit.

    Raises ValueError for another length.
    """
    if len(shown) != _OLD_SIZE:
        raise ValueError("an old ID number has 15 digits")
    births = _births("19" + shown[_REGION:12], told, date(1999, 12, 31))
    sequences = _sequences(shown[12:], told.sex)
    return sum(_regions(shown[:_REGION], told.regions)) * sum(births) * sum(sequences)


def count_cards(shown: str) -> int:
    """How many numbers that pass the Luhn test fit: each hidden digit but one is free."""
    hidden = shown.count(ANY)
    if not hidden:
        return int(_passes_luhn(shown))
    return int(10 ** (hidden - 1))


def count_mobiles(shown: str) -> int:
    """How many mobile numbers fit: 1, then 3 to 9, then nine digits."""
    if shown[0] not in (ANY, "1") or shown[1] in "012":
        return 0
    return int((7 if shown[1] == ANY else 1) * 10 ** shown[2:].count(ANY))


def _passes_luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _convolved(left: Sums, right: Sums) -> Sums:
    """The sums of one choice of each part."""
    made = [0] * 11
    for one, choices in enumerate(left):
        if choices:
            for other, more in enumerate(right):
                made[(one + other) % 11] += choices * more
    return tuple(made)


def _fits(digits: str, shown: str) -> bool:
    return all(s in (ANY, d) for d, s in zip(digits, shown, strict=True))


def _weighed(digits: str, first: int) -> int:
    return sum(int(d) * w for d, w in zip(digits, _WEIGHTS[first:], strict=False)) % 11


def _digits_of(written: Sequence[str]) -> Digits:
    """The digits of numbers of one length, a row each."""
    digits = np.frombuffer("".join(written).encode(), dtype=np.uint8).astype(np.int64) - ord("0")
    return digits.reshape(len(written), -1)


def _summed(digits: Digits, first: int) -> Sums:
    """How many of these rows there are of each remainder, their digits standing from ``first``."""
    weights = np.array(_WEIGHTS[first : first + digits.shape[1]], dtype=np.int64)
    return tuple(np.bincount(digits @ weights % 11, minlength=11).tolist())


@cache
def _county_digits() -> Digits:
    return _digits_of(list(county_codes()))


@lru_cache(maxsize=4096)
def _regions(shown: str, told: tuple[str, ...]) -> Sums:
    """A code that is written out counts as it stands; hidden digits are those of the table."""
    if ANY not in shown:
        fits = not told or any(shown.startswith(digits) for digits in told)
        made = [0] * 11
        made[_weighed(shown, 0)] = int(fits)
        return tuple(made)
    codes = _county_digits()
    fit = _matching(codes, shown)
    if told:
        fit &= np.logical_or.reduce([_matching(codes, d.ljust(_REGION, ANY)) for d in told])
    return _summed(codes[fit], 0)


def _matching(rows: Digits, shown: str) -> Flags:
    """Which rows show these digits, whatever those are that are hidden."""
    fit = np.ones(len(rows), dtype=np.bool_)
    for place, character in enumerate(shown):
        if character != ANY:
            fit &= rows[:, place] == int(character)
    return fit


def both(one: str, other: str) -> str | None:
    """What two masks of one value show together, or None where they contradict each other."""
    made = []
    for left, right in zip(one, other, strict=True):
        if ANY not in (left, right) and left.upper() != right.upper():
            return None
        made.append(right if left == ANY else left)
    return "".join(made)


def _births(shown: str, told: Told, today: date) -> Sums:
    pattern = both(shown, told.birth)
    if pattern is None:
        return _NONE
    return _days(pattern, max(FIRST, told.first or FIRST), min(today, told.last or today))


@lru_cache(maxsize=8192)
def _days(pattern: str, first: date, last: date) -> Sums:
    """All days from ``first`` to ``last`` that fit, by whole years where they are whole."""
    made = list(_NONE)
    years = range(first.year, last.year + 1)
    told = pattern[:4]
    for year in years if ANY in told else {int(told)} & set(years):
        written = f"{year:04}"
        if not _fits(written, told):
            continue
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        reach = begin.timetuple().tm_yday - 1, end.timetuple().tm_yday
        sums = _days_of_year(pattern[4:], calendar.isleap(year), reach)
        weight = _weighed(written, _REGION)
        for remainder, count in enumerate(sums):
            made[(remainder + weight) % 11] += count
    return tuple(made)


@lru_cache(maxsize=4096)
def _days_of_year(pattern: str, leap: bool, reach: tuple[int, int]) -> Sums:
    days = _calendar(leap)[slice(*reach)]
    return _summed(days[_matching(days, pattern)], _REGION + 4)


@cache
def _calendar(leap: bool) -> Digits:
    """The days of a year as four digits each."""
    first = date(2000 if leap else 2001, 1, 1)
    return _digits_of([(first + timedelta(n)).strftime("%m%d") for n in range(365 + leap)])


@cache
def _all_sequences() -> Digits:
    return _digits_of([f"{number:03}" for number in range(1, 1000)])


@lru_cache(maxsize=4096)
def _sequences(shown: str, sex: str) -> Sums:
    every = _all_sequences()
    fit = _matching(every, shown)
    if sex:
        fit &= every[:, -1] % 2 == int(sex == "男")
    return _summed(every[fit], _BIRTH)
