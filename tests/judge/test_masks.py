"""A mask is weak by how many originals still fit it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ConfigProblem
from screener.model.document import Document
from screener.model.finding import Level
from tests.factories import document, finding
from tests.judge.test_judge import judge_of
from tests.judge.test_policy import load


@pytest.mark.parametrize(
    ("entity", "candidates", "level"),
    [
        ("CN_ID_CARD_MASKED", 10, Level.BLOCK),
        ("CN_ID_CARD_MASKED", 11, Level.REVIEW),
        ("CN_ID_CARD_MASKED", 999, Level.REVIEW),
        ("CN_ID_CARD_MASKED", 1000, Level.SILENT),
        ("CN_BANK_CARD_MASKED", 9999, Level.REVIEW),
        ("CN_BANK_CARD_MASKED", 10_000, Level.SILENT),
        ("CN_MOBILE_PHONE_MASKED", 10, Level.BLOCK),
        ("CN_MOBILE_PHONE_MASKED", 10_000, Level.SILENT),
        ("CN_MOBILE_PHONE_MASKED", None, Level.SILENT),
        ("PERSON_MASKED", 1, Level.REVIEW),
        ("PERSON_MASKED", None, Level.SILENT),
    ],
)
def test_the_number_decides(entity: str, candidates: int | None, level: Level) -> None:
    held: Document = document("1381234*678")
    found = replace(finding(entity), candidates=candidates)
    judgements, _ = judge_of("default").judge(held, [found], "")
    assert judgements[0].level is level


def test_a_condition_that_compares_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema: 1\nname: mine\nextends: default\ntitle: {zh: 甲, en: A}\n"
        'levels:\n  CN_ID_CARD_MASKED:\n    - {level: block, when: ["candidates<"]}\n',
        "utf-8",
    )
    with pytest.raises(ConfigProblem):
        load(str(path))
