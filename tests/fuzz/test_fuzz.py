"""A short run of the fuzzer; ``make fuzz`` runs thousands."""

from __future__ import annotations

import pytest

from fixtures.formats import NAMES, make
from screener.extract.extractor import Extractor
from tests.fuzz.mutants import mutants
from tests.fuzz.oracles import READERS, seen_by_others
from tests.fuzz.run import Tally, fuzz, judge

COUNT = 25


@pytest.mark.parametrize("name", NAMES)
def test_no_broken_file_crashes_hangs_or_passes(name: str) -> None:
    tally = fuzz(name, COUNT)
    assert tally.done == COUNT
    assert [f"{mutant.number} {mutant.how}: {what}" for mutant, what in tally.broken] == []


def test_the_same_seed_gives_the_same_mutants() -> None:
    first = [mutant.data for mutant in mutants("html", 20)]
    assert first == [mutant.data for mutant in mutants("html", 20)]
    assert first != [mutant.data for mutant in mutants("html", 20, seed=2)]
    assert len(set(first)) > 15


@pytest.mark.parametrize("name", sorted(READERS))
def test_other_readers_find_values_in_sound_files(name: str) -> None:
    sample = make(name, seed=31)
    assert seen_by_others(name, sample.data, sample.values.values())


def test_a_reader_that_loses_text_is_caught() -> None:
    sound = next(mutants("html", 1))
    empty = Extractor().read_bytes("没有什么".encode(), "a.txt")
    tally = Tally()
    judge("html", sound, empty, 0.1, tally)
    assert [what for _mutant, what in tally.broken]
