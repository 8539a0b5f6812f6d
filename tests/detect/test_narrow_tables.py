"""Tables of words with single blanks between: what heads which column, and what is no table."""

from __future__ import annotations

import pytest

from screener.detect.stacked_heads import heads
from screener.detect.text_tables import find_tables

ROWS = "1 甲某 身份证 110105194912310028 10465360277225011 600\n" * 3


def headers_of(text: str) -> list[dict[int, str]]:
    """The headers of the tables of a text."""
    return [dict(found.table.headers) for found in find_tables(text, [(0, 0, len(text))])]


@pytest.mark.parametrize(
    ("head", "width", "wanted"),
    [
        ("姓名 账号", 2, "姓名 账号"),
        # three lines, groups over their parts
        (
            "序号 保障对象基本情况 发放情况|姓名 证件 一卡通账号 金额|类型 号码",
            6,
            "序号 姓名 证件类型 证件号码 一卡通账号 金额",
        ),
        (
            "序号 姓名 补贴情况|面积 标准 金额",
            5,
            "序号 姓名 补贴情况面积 补贴情况标准 补贴情况金额",
        ),
        # a title above
        ("某县发放花名册|姓名 身份证号 账号", 3, "姓名 身份证号 账号"),
        # words that a narrow column wrapped
        (
            "序　号 姓 名 身份证|号码|账　　号|（农商行）|金额（元）",
            5,
            "序号 姓名 身份证号码 账号（农商行） 金额（元）",
        ),
        # one word over two columns
        ("姓名 开户行及账号 金额", 4, "姓名 开户行及账号 开户行及账号 金额"),
        # nothing fits
        ("姓名 账号", 5, None),
        ("姓名 开户行及账号 姓名及电话", 4, None),
        ("春天 来了 花开", 3, None),
    ],
)
def test_heads_of_columns(head: str, width: int, wanted: str | None) -> None:
    found = heads([line.split(" ") for line in head.split("|")], width)
    assert found == (tuple(wanted.split(" ")) if wanted else None)


def test_a_head_of_three_lines_counts_for_the_rows_below() -> None:
    head = "序号 保障对象基本情况 发放情况\n姓名 证件 一卡通账号 金额\n类型 号码\n"
    (found,) = headers_of("某县发放花名册\n" + head + ROWS)
    assert found[1] == "姓名"
    assert found[4] == "一卡通账号"


def test_people_side_by_side() -> None:
    text = (
        "姓名 甲某 乙某 丙某\n身份证号 110105194912310028 11010519491231001X 110105194912310036\n"
    )
    text += "账号 10265073867275721 10279993989194767 10986664353567378\n"
    (found,) = find_tables(text, [(0, 0, len(text))])
    assert not found.table.headers
    assert [cell.column for cell in found.cells] == [0, 1, 2, 3] * 3


def test_a_form_of_labels_and_values() -> None:
    text = "姓名 甲某 性别 男\n身份证号 110105194912310028 联系电话 13861995822\n"
    (found,) = find_tables(text, [(0, 0, len(text))])
    assert found.table.form


def test_words_under_nothing_but_labels() -> None:
    rows = "甲某 盗窃罪 一年\n乙某 诈骗罪 二年\n丙某 盗窃罪 一年\n"
    assert headers_of("矫正对象姓名 罪名 矫正期限\n" + rows) == [
        {0: "矫正对象姓名", 1: "罪名", 2: "矫正期限"}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "姓名 性别 出生年月\n身份证号 联系电话 民族\n开户行 账号 备注\n",
        "各单位 要加强 领导\n各部门 要落实 责任\n各乡镇 要抓好 落实\n",
        "联系人 说明 情况\n我们在会上 讨论了很久很久的那件大事情 最后散了\n" * 3,
    ],
)
def test_no_tables(text: str) -> None:
    assert headers_of(text) == []
