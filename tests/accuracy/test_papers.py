"""The accuracy papers themselves: the oracle must not be wrong."""

from __future__ import annotations

from itertools import islice

import pytest

from fixtures.accuracy import FRESH, SCRIPTS, papers
from fixtures.accuracy.files import File, locate, write
from fixtures.accuracy.gold import Gold, Paper, Stop, written
from fixtures.accuracy.shapes import count_ids
from fixtures.people import People, id_check_digit
from screener.config import Limits
from screener.extract.extractor import Extractor
from tests.accuracy.score import Case, Hit, Tally

SOME = 3 * len(SCRIPTS)


def test_there_are_many_kinds_each_by_its_own_name() -> None:
    assert len({script.kind for script in SCRIPTS}) == len(SCRIPTS) > 60


def test_the_same_seed_makes_the_same_papers() -> None:
    assert list(islice(papers(SOME, 5), 40)) == list(islice(papers(SOME, 5), 40))


@pytest.mark.parametrize("seed", [1, FRESH])
def test_leaking_and_clean_papers_are_about_as_many(seed: int) -> None:
    verdicts = [paper.verdict for paper in papers(SOME, seed)]
    assert 0.35 < verdicts.count("clear") / len(verdicts) < 0.65
    assert {"clear", "review", "block"} == set(verdicts)


def test_sentence_patterns_kept_for_reporting_never_show_while_tuning() -> None:
    kept = "经入户调查、民主评议，"
    tuning = [_text(p) for p in papers(SOME, 3) if p.kind == "低保公示"]
    fresh = [_text(p) for s in range(4) for p in papers(SOME, FRESH + s) if p.kind == "低保公示"]
    assert not any(kept in text for text in tuning)
    assert any(kept in text for text in fresh)


def test_every_value_is_found_again_in_what_the_readers_make_of_the_file() -> None:
    extractor = Extractor(Limits())
    formats = set()
    for number, paper in enumerate(papers(SOME, 7)):
        file: File = write(paper, number)
        formats.add(file.format)
        text = extractor.read_bytes(file.data, file.name, "").text
        places = locate(paper, text, file.format)
        assert len(places) == len([gold for gold in paper.golds if gold.text])
        for place in places:
            assert text[place.start : place.end].replace("\n", "") == place.gold.text
    assert formats == {"txt", "wrapped", "csv", "html", "docx", "xlsx"}


def test_what_fits_a_mask_is_counted_with_the_check_digit() -> None:
    number = "11010519491231002X"
    assert count_ids(number, range(14, 18), sex_shown=False) == 999
    assert count_ids(number, range(14, 18), sex_shown=True) == 499  # 002 is a woman's
    assert count_ids(number, range(17, 18), sex_shown=False) == 1
    assert count_ids(number, range(10, 14), sex_shown=False) == 34


def test_values_right_wrong_and_missed_are_told_apart() -> None:
    text = "王丽，电话13812345678，住石桥村3组。"
    golds = (
        Gold("王丽", "PERSON", Stop.REVIEW, "private"),
        Gold("13812345678", "CN_MOBILE_PHONE"),
        Gold("石桥村3组", "CN_ADDRESS"),
    )
    paper = Paper("", "", (("", *golds),), frozenset())
    expected = locate(paper, text, "txt")
    tally = Tally()
    hits = [
        Hit(0, 2, "PERSON", Stop.REVIEW, "official"),
        Hit(17, 22, "CN_ADDRESS", Stop.BLOCK),  # one character short: near enough for a home
        Hit(5, 16, "CN_BANK_CARD", Stop.BLOCK),
    ]
    tally.add(Case(paper, text, expected, "txt"), hits, "block")
    assert tally.found == {"PERSON": 1, "CN_ADDRESS": 1}
    assert tally.missed == {"CN_MOBILE_PHONE": 1}
    assert tally.false == {"CN_BANK_CARD": 1}
    assert tally.roles == {("private", "official"): 1}
    assert tally.verdicts == {("block", "block"): 1}


def test_check_digits_of_the_papers_are_valid() -> None:
    assert id_check_digit(People(1).id_number()[:17]) in "0123456789X"
    for paper in islice(papers(SOME, 11), 60):
        for gold in paper.golds:
            if gold.entity == "CN_ID_CARD" and gold.stop is Stop.BLOCK and len(gold.text) == 18:
                plain = gold.text.upper()
                if plain.isascii():
                    assert id_check_digit(plain[:17]) == plain[17]


def _text(paper: Paper) -> str:
    return "\n".join(written(line) for line in paper.lines())
