"""Header rows: below titles, over two rows, without known words, and forms that have none."""

from __future__ import annotations

import pytest

from screener.model.headers import find_header, is_label


def test_a_plain_header() -> None:
    found = find_header([["姓名", "身份证号"], ["甲某", "3401"], ["乙某", "3402"]])
    assert found.headers == {0: "姓名", 1: "身份证号"}
    assert found.first_row == 1


def test_below_a_title_and_a_line_of_remarks() -> None:
    rows = [
        ["2024年补贴发放表", "", ""],
        ["单位：元", "", ""],
        ["序号", "姓 名", "金额"],
        ["1", "甲", "3"],
    ]
    found = find_header(rows)
    assert found.headers == {0: "序号", 1: "姓名", 2: "金额"}
    assert found.first_row == 3
    assert found.title == "2024年补贴发放表"


def test_two_rows_with_merged_cells() -> None:
    rows = [
        ["序号", "户主", "", "联系电话"],
        ["", "姓名", "身份证号", ""],
        ["1", "甲某", "340102199001011234", "13800138000"],
    ]
    found = find_header(rows)
    assert found.headers == {0: "序号", 1: "户主 姓名", 2: "户主 身份证号", 3: "联系电话"}
    assert found.first_row == 2


def test_words_that_are_not_known_count_by_contrast() -> None:
    found = find_header([["甲组", "乙组"], ["12", "34"], ["56", "78"]])
    assert found.headers == {0: "甲组", 1: "乙组"}


def test_a_form_has_no_header_row() -> None:
    rows = [
        ["姓名", "甲某", "性别", "男"],
        ["身份证号", "3401", "电话", "138"],
        ["住址", "某村", "", ""],
    ]
    found = find_header(rows)
    assert found.form
    assert found.headers == {}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["", ""], ["", ""]],
        [["甲某", "13800138000"], ["乙某", "13900139000"]],
        [["一段很长的话，不是表头，只是放在表格里面的说明文字。"]],
    ],
)
def test_no_header_where_there_is_none(rows: list[list[str]]) -> None:
    found = find_header(rows)
    assert found.headers == {}
    assert found.first_row == 0


def test_rows_the_file_marks_are_believed() -> None:
    found = find_header([["甲", "乙"], ["丙", "丁"]], marked=[0])
    assert found.headers == {0: "甲", 1: "乙"}


@pytest.mark.parametrize(
    "word", ["姓 名", "身份证\n号码", "联系电话", "Name", "ID card", "金额（元）"]
)
def test_labels(word: str) -> None:
    assert is_label(word)


@pytest.mark.parametrize("word", ["", "13800138000", "甲某", "a@b.cn", "经审核符合条件。"])
def test_values_are_no_labels(word: str) -> None:
    assert not is_label(word)


def test_values_that_end_as_bodies_and_waters_do_make_no_form() -> None:
    rows = [
        ["河流名称", "起止点", "河长姓名", "河长职务", "联系单位", "监督电话"],
        ["石桥村河", "石桥村—杨柳村", "甲某", "县委常委", "某县残疾人联合会", "0554—8781435"],
        ["新民村河", "新民村—杨柳村", "乙某", "县委常委", "某县残疾人联合会", "0554—8781436"],
    ]
    found = find_header(rows)
    assert not found.form
    assert found.headers[5] == "监督电话"
    assert not is_label("某县残疾人联合会")


@pytest.mark.parametrize(
    ("text", "label"),
    [("第4团队", False), ("第十二网格", False), ("团队", True), ("全科医生", True)],
)
def test_one_of_many_is_a_value(text: str, label: bool) -> None:
    assert is_label(text) is label
