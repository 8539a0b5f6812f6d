"""Children told by their birth on the day of the paper, or by the list of a school."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fixtures.people import People
from recognizers.match import Match
from screener.detect.binding import bind
from screener.detect.layout import DocumentLayout
from screener.detect.minors import paper_date
from screener.model.document import Document
from screener.model.facts import Facts
from tests.factories import document, table_document


def match_of(held: Document, value: str, entity: str, *evidence: str) -> Match:
    start = held.text.index(value)
    return Match("a_rule", entity, start, start + len(value), 0.9, evidence=evidence)


def bound_name(held: Document, *matches: Match) -> Match:
    ordered = sorted(matches, key=lambda match: match.start)
    bound, _ = bind(DocumentLayout(held), ordered)
    return next(match for match in bound if match.entity == "PERSON")


@pytest.mark.parametrize(
    ("born", "paper", "child"),
    [
        (date(2006, 5, 6), "2024年5月5日", True),
        (date(2006, 5, 6), "2024年5月6日", False),
        (date(2006, 5, 6), "2020-01-01", True),
        (date(1990, 5, 6), "2024-01-01", False),
        (date(1990, 5, 6), "2005-01-01", True),
        (date(2021, 1, 1), "", True),
        (date(1970, 1, 1), "", False),
    ],
)
def test_an_id_number_tells_the_age_on_the_day_of_the_paper(
    born: date, paper: str, child: bool
) -> None:
    number = People(2).id_number(born)
    held = table_document([["姓名", "证号"], ["甲乙丙", number]])
    held = replace(held, facts=Facts(dates=(paper,) if paper else ()))
    name = bound_name(
        held, match_of(held, "甲乙丙", "PERSON"), match_of(held, number, "CN_ID_CARD")
    )
    assert ("minor_by_birth" in name.evidence) is child


def test_days_of_birth_date_no_paper() -> None:
    """A list of old people without a date of its own: the newest birth in it is not its day."""
    numbers = [People(seed).id_number(date(1920 + seed, 3, 4)) for seed in (2, 13)]
    held = table_document([["姓名", "证号"], ["甲乙丙", numbers[0]], ["丁戊己", numbers[1]]])
    held = replace(held, facts=Facts(dates=("1933年3月4日",)))
    matches = [match_of(held, number, "CN_ID_CARD") for number in numbers]
    name = bound_name(held, match_of(held, "甲乙丙", "PERSON"), *matches)
    assert "minor_by_birth" not in name.evidence


def test_another_row_is_another_person() -> None:
    number = People(2).id_number(date(2019, 1, 1))
    held = table_document([["姓名", "证号"], ["甲乙丙", "无"], ["丁戊己", number]])
    name = bound_name(
        held, match_of(held, "甲乙丙", "PERSON"), match_of(held, number, "CN_ID_CARD")
    )
    assert name.evidence == ()


@pytest.mark.parametrize(
    ("title", "listed"),
    [
        ("某县机关幼儿园2024年秋季新生录取名单", "幼儿园"),
        ("某镇中心小学一年级分班名单", "小学"),
        ("某区2024年义务教育阶段入学摇号结果名册", "义务教育"),
        ("某县孤儿基本生活费发放表", "孤儿"),
        ("某县公办幼儿园招聘教师拟录用名单", ""),
        ("某县小学骨干教师名单", ""),
        ("某县临时救助对象公示", ""),
        ("关于进一步做好小学生午餐工作的通知", ""),
    ],
)
def test_lists_of_children_are_told_by_their_titles(title: str, listed: str) -> None:
    held = table_document([["姓名", "性别"], ["甲乙丙", "男"]])
    held = replace(held, facts=Facts(title=title))
    name = bound_name(held, match_of(held, "甲乙丙", "PERSON", "column_header:姓名"))
    assert (f"list_of_minors:{listed}" in name.evidence) is bool(listed)


def test_grown_ups_in_such_a_list_are_none() -> None:
    held = table_document([["姓名", "班主任"], ["甲某", "丁戊己"]])
    held = replace(held, facts=Facts(title="某镇中心小学一年级分班名单"))
    name = bound_name(held, match_of(held, "丁戊己", "PERSON", "column_header:班主任"))
    assert not any(code.startswith("list_of_minors") for code in name.evidence)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("某局\n二〇二四年五月十六日", date(2024, 5, 16)),
        ("某局\n二○一九年十二月三十一日", date(2019, 12, 31)),
        ("某局", None),
    ],
)
def test_a_date_in_chinese_digits(text: str, day: date | None) -> None:
    assert paper_date(document(text)) == day
