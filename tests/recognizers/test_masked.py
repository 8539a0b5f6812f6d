"""How many originals fit a mask: the same as counting them one by one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product

import pytest

from recognizers.checksums import id_check_character, luhn_valid
from recognizers.masked import NOTHING, Known, count_cards, count_ids, count_mobiles
from recognizers.regions import PROVINCES

TODAY = date(2026, 6, 30)
FIRST = date(1900, 1, 1)
DAYS = [(FIRST + timedelta(n)).strftime("%Y%m%d") for n in range((TODAY - FIRST).days + 1)]


def fits(number: str, shown: str) -> bool:
    return all(s in ("*", n) for n, s in zip(number, shown, strict=True))


def one_by_one(shown: str, known: Known = NOTHING) -> int:
    """Every ID number of this region, tried against the mask."""
    sequences = [f"{n:03}" for n in range(1, 1000) if fits(f"{n:03}", shown[14:17])]
    if known.sex:
        sequences = [s for s in sequences if (int(s) % 2 == 1) == (known.sex == "男")]
    count = 0
    for day in DAYS:
        if day[:4] == shown[6:10] and fits(day, shown[6:14]) and fits(day, known.birth):
            for sequence in sequences:
                number = f"{shown[:6]}{day}{sequence}"
                count += shown[17] in ("*", id_check_character(number))
    return count


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("1101051949****002X", 34),
        ("11010519491231****", 999),
        ("11010519491231002*", 1),
        ("11010519491231002X", 1),
        ("11010519491231001X", 0),
    ],
)
def test_the_counts_of_the_domain_reference(shown: str, count: int) -> None:
    assert count_ids(shown, TODAY) == count == one_by_one(shown)


def test_what_the_record_tells_is_counted() -> None:
    shown = "110105********002X"
    assert count_ids(shown, TODAY, Known("19491231")) == 1
    assert count_ids(shown, TODAY, Known("1949****")) == 34
    assert count_ids("11010519491231****", TODAY, Known(sex="男")) == 500
    assert count_ids("11010519491231****", TODAY, Known(sex="女")) == 499
    assert 3000 < count_ids(shown, date(1999, 12, 31)) < 3600


def test_five_hundred_masks_are_counted_as_one_by_one() -> None:
    chance = random.Random(7)
    for _ in range(500):
        day = chance.choice(DAYS)
        number = f"340102{day}{chance.randint(1, 999):03}"
        number += id_check_character(number)
        hidden = chance.choice([range(10, 14), range(12, 15), range(14, 18), range(13, 18, 2)])
        shown = "".join("*" if n in hidden else c for n, c in enumerate(number))
        known = Known(
            day[:6] + "**" if chance.random() < 0.5 else "*" * 8, chance.choice(["", "男"])
        )
        assert count_ids(shown, TODAY, known) == one_by_one(shown, known)


def test_a_hidden_region_counts_existing_provinces() -> None:
    for check in "0123456789X":
        shown = f"**010219491231002{check}"
        numbers = (f"{province}010219491231002" for province in sorted(PROVINCES))
        wanted = sum(id_check_character(number) == check for number in numbers)
        assert count_ids(shown, TODAY) == wanted


def test_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="18"):
        count_ids("1101****", TODAY)


def test_cards_and_mobiles() -> None:
    shown = "62220200000***00"
    tried = ("62220200000" + "".join(digits) + "00" for digits in product("0123456789", repeat=3))
    assert count_cards(shown) == sum(map(luhn_valid, tried)) == 100
    assert count_cards("6222020000000000") == 1
    assert count_mobiles("138****1234") == 10_000
    assert count_mobiles("1*812345678") == 7
