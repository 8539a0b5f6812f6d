"""Masked names that the document itself undoes, and those it does not."""

from __future__ import annotations

import pytest

from recognizers.engine import Engine
from recognizers.match import Match
from tests.recognizers.layouts import Row


def masked(engine: Engine, text: str, layout: Row | None = None) -> list[Match]:
    matches, failures = engine.analyze(text, layout)
    assert not failures
    return [match for match in matches if match.entity == "PERSON_MASKED"]


def test_whoever_lives_beside_is_somebody_else(engine: Engine) -> None:
    (found,) = masked(engine, "申请人武小鹏，宅基地东至武某某，西至路。")
    assert "named_beside" not in found.evidence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("申请人李*明（姓名：李小明）提出申请。", "named_beside"),
        ("申请人李某某，姓名：李小明，于3月5日提出申请。", "named_beside"),
        ("姓名：李*明\n处理结果：同意。\n\n申请人李小明于3月5日提出申请。", "named_elsewhere"),
        ("申请人李*明，又写作李小*，提出申请。", "adds_up"),
    ],
)
def test_a_mask_is_weak_when_the_document_names_the_person(
    engine: Engine, text: str, code: str
) -> None:
    found = masked(engine, text)
    assert found
    assert all(match.candidates == 1 and code in match.evidence for match in found)


@pytest.mark.parametrize(
    "text",
    [
        "原告李某某与被告王某某纠纷一案。",
        "姓名：李*明\n\n申请人张小军于3月5日提出申请。",
        "原告李某某诉称……\n\n审判长李建国",
        "原告李某某诉称……\n\n原告李建国诉称……",
        "李*明由局长李小明接待。",
    ],
)
def test_a_mask_is_safe_where_nobody_is_named(engine: Engine, text: str) -> None:
    found = masked(engine, text)
    assert found
    assert all(match.candidates is None for match in found)


def test_the_row_counts(engine: Engine) -> None:
    row = Row([("姓名", "李**"), ("户主", "李小明"), ("金额", "500")])
    (found,) = masked(engine, row.text, row)
    assert found.candidates == 1
    assert "fits:1" in found.evidence
