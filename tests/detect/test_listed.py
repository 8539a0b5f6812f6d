"""Children and people in need by the title of a list, or by the word beside the name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.detect.layout import DocumentLayout
from screener.detect.listed import mark_listed
from screener.model.facts import Facts
from tests.detect.test_binding import match_of
from tests.factories import document, table_document


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("石桥村2024年第3季度低保户公示榜", "低保"),
        ("某县2024年残疾人证核发公示", "残疾"),
        ("某县残疾人联合会关于新增残疾人两项补贴人员的公示", "残疾"),
        ("某镇特困人员供养金发放表", "特困"),
        ("某县残疾人联合会理事会拟任人选公示", ""),
        ("某县残疾人就业服务中心招聘公示", ""),
        ("某县低保工作先进个人名单", ""),
        ("某县临时救助对象公示", ""),
        ("某县城乡低保标准公告", ""),
    ],
)
def test_titles_of_lists_of_people_in_need(title: str, word: str) -> None:
    held = replace(table_document([["姓名", "金额"], ["甲乙丙", "80"]]), facts=Facts(title=title))
    name = match_of(held, "甲乙丙", "PERSON", "column_header:姓名", role="private")
    found = mark_listed(DocumentLayout(held), [name])[0].evidence
    assert (f"in_need:{word}" in found) is bool(word)


def test_guardians_and_officials_in_such_a_list_are_none() -> None:
    held = table_document([["姓名", "监护人", "经办人"], ["甲某", "丁戊己", "庚辛壬"]])
    held = replace(held, facts=Facts(title="某县残疾人证核发公示"))
    guardian = match_of(held, "丁戊己", "PERSON", "column_header:监护人", role="private")
    clerk = match_of(held, "庚辛壬", "PERSON", "column_header:经办人", role="official")
    assert mark_listed(DocumentLayout(held), [guardian, clerk]) == [guardian, clerk]


def test_a_line_of_a_list_counts_as_a_row() -> None:
    held = document("某村低保对象公示\n石桥村：甲乙丙（2人）\n经办人：丁戊己")
    name = match_of(held, "甲乙丙", "PERSON", "model", role="private")
    other = match_of(held, "丁戊己", "PERSON", "role_word:经办人", role="official")
    found = mark_listed(DocumentLayout(held), [name, other])
    assert found[0].evidence == ("model", "in_need:低保")
    assert found[1] == other


@pytest.mark.parametrize(
    ("word", "code"),
    [("脱贫户", "in_need:脱贫户"), ("留守儿童", "list_of_minors:留守儿童"), ("村民", "")],
)
def test_the_word_beside_a_name_tells(word: str, code: str) -> None:
    held = document(f"走访{word}甲乙丙家。")
    name = match_of(held, "甲乙丙", "PERSON", f"role_word:{word}", role="private")
    found = mark_listed(DocumentLayout(held), [name])[0].evidence
    assert found[1:] == ((code,) if code else ())


def test_a_child_is_no_official_for_standing_below_a_teacher() -> None:
    held = document("某小学一年级分班名单\n班主任：丁戊己\n甲乙丙、庚辛壬")
    teacher = match_of(held, "丁戊己", "PERSON", "role_word:班主任", role="official")
    child = match_of(held, "甲乙丙", "PERSON", "list", "model", role="official")
    found = mark_listed(DocumentLayout(held), [teacher, child])
    assert found[0] == teacher
    assert found[1].role == "private"
    assert "list_of_minors:小学" in found[1].evidence
