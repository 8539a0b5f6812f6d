"""Disguised values in text files and in the files that take them apart; look-alikes beside them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from fixtures.bypasses import Bypass, bypasses
from fixtures.bypasses.carriers import Carrier, carriers
from fixtures.people import People
from recognizers.base import DISGUISED
from recognizers.disguise.glyphs import GLYPH, HAN, PLAIN, tables
from screener.bootstrap import Application
from tests.bypasses.lookalikes import LOOK_ALIKES, rows
from tests.bypasses.measure import carried, caught
from tests.bypasses.reasons import CHINESE

GROUPS: dict[str, list[Bypass]] = defaultdict(list)
for bypass in bypasses():
    GROUPS[f"{bypass.entity} {bypass.frame} {bypass.family}"].append(bypass)


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_what_is_not_listed_as_open_is_caught(group: str, parts: Application) -> None:
    missed = [b.name for b, found in caught(GROUPS[group], parts) if not found and not b.open]
    assert missed == []


@pytest.mark.parametrize("carrier", list(carriers()), ids=lambda carrier: carrier.name)
def test_a_number_taken_apart_by_its_file_is_caught(carrier: Carrier, parts: Application) -> None:
    value = People(7).person().id_number
    assert carried(carrier, value, parts) or carrier.open


def test_the_samples_have_names_of_their_own() -> None:
    names = [bypass.name for bypass in bypasses()]
    assert len(names) == len(set(names))
    assert len(names) > 1_500


def test_nine_of_ten_are_caught_by_design() -> None:
    """What is listed as open stays a small part."""
    every = list(bypasses())
    assert sum(1 for bypass in every if bypass.open) < len(every) / 10


def test_an_excerpt_shows_two_digits_of_a_disguised_number(parts: Application) -> None:
    kinds = tables().kinds
    for bypass in GROUPS["CN_ID_CARD labelled glyphs"]:
        screening = parts.screener.screen_bytes(bypass.text.encode(), "a.txt")
        shown = [f.excerpt for f in screening.findings if f.entity == "CN_ID_CARD"]
        for excerpt in shown:
            assert sum(kinds[ord(c)] in (PLAIN, GLYPH, HAN) for c in excerpt) <= 2


@pytest.mark.parametrize("name", sorted(LOOK_ALIKES))
def test_figures_that_are_none_of_it_stay_silent(name: str, parts: Application) -> None:
    screening = parts.screener.screen_bytes(rows(name, 60).encode(), "a.txt")
    assert [f.entity for f in screening.findings if f.has(DISGUISED)] == []


def test_every_reason_is_told_in_chinese() -> None:
    given = {bypass.open for bypass in bypasses()} | {carrier.open for carrier in carriers()}
    assert given <= set(CHINESE)
