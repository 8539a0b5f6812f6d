"""Counts the originals of a masked number by trying every one: slow, plain, and nobody's helper.

Nothing of the code under test is used here, so that the two can contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import product
from operator import mul
from pathlib import Path

WEIGHTS = [2 ** (17 - place) % 11 for place in range(17)]
TABLE = Path(__file__).parents[2] / "recognizers" / "lexicon" / "region_codes.txt"


def check_character(digits: str) -> str:
    """Of 17 digits, by GB 11643: the sum with the check digit, X for ten, leaves 1 modulo 11."""
    total = sum(map(mul, map(int, digits), WEIGHTS))
    return "0123456789X"[(1 - total) % 11]


def fits(number: str, shown: str) -> bool:
    """Whether the number shows this where nothing is hidden."""
    return re.fullmatch(shown.replace("*", "."), number) is not None


@cache
def codes() -> list[str]:
    """Every county, and every prefecture that never had one."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found += [line[:2] + entry[:4] for entry in line[3:].split()]
    counties = [code for code in found if code[4:] != "00"]
    bare = [c for c in found if c[2:] != "0000" and c[4:] == "00"]
    return counties + [c for c in bare if not any(code[:4] == c[:4] for code in counties)]


@cache
def days(last: date) -> list[tuple[date, str]]:
    """From 1900-01-01 on, each with its eight digits."""
    first = date(1900, 1, 1)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [(day, f"{day:%Y%m%d}") for day in every]


def ids(
    shown: str,
    last: date,
    birth: str = "********",
    age: int | None = None,
    sex: str = "",
    regions: Callable[[str], bool] = lambda code: True,
) -> int:
    """How many ID numbers of 18 characters show this and belong to such a person."""
    count = 0
    places = [shown[:6]] if "*" not in shown[:6] else codes()
    wanted = [p for p in places if fits(p, shown[:6]) and regions(p)]
    showing = re.compile(shown[6:14].replace("*", ".")).fullmatch
    told = re.compile(birth.replace("*", ".")).fullmatch
    born = [(day, digits) for day, digits in days(last) if showing(digits) and told(digits)]
    births = [digits for day, digits in born if age is None or age_on(day, last) == age]
    numbers = [f"{n:03}" for n in range(1, 1000) if fits(f"{n:03}", shown[14:17])]
    if sex:
        numbers = [n for n in numbers if int(n) % 2 == (1 if sex == "男" else 0)]
    for place, day, number in product(wanted, births, numbers):
        if shown[17] == "*":
            count += 1
        else:
            count += check_character(place + day + number) == shown[17]
    return count


def age_on(birth: date, day: date) -> int:
    """Full years of life."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def cards(shown: str) -> int:
    """How many numbers that pass the Luhn check show this."""
    hidden = [place for place, sign in enumerate(shown) if sign == "*"]
    count = 0
    for digits in product("0123456789", repeat=len(hidden)):
        number = list(shown)
        for place, digit in zip(hidden, digits, strict=True):
            number[place] = digit
        total = 0
        for place, digit in enumerate(reversed(number)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        count += total % 10 == 0
    return count


def mobiles(shown: str) -> int:
    """How many mobile numbers show this."""
    hidden = [place for place, sign in enumerate(shown) if sign == "*"]
    count = 0
    for digits in product("0123456789", repeat=len(hidden)):
        number = list(shown)
        for place, digit in zip(hidden, digits, strict=True):
            number[place] = digit
        count += number[0] == "1" and number[1] in "3456789"
    return count
