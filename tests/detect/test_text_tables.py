"""Tables typed as lines: which lines are rows, and which only look like them."""

from __future__ import annotations

import pytest

from screener.detect.text_tables import find_tables


def rows_of(text: str) -> list[list[list[str]]]:
    """The cells of each table in a text, row by row, empty where a column has none."""
    tables = []
    for found in find_tables(text, [(0, 0, len(text))]):
        height = max(cell.row for cell in found.cells) + 1
        width = max(cell.column for cell in found.cells) + 1
        grid = [[""] * width for _ in range(height)]
        for cell in found.cells:
            grid[cell.row][cell.column] = text[cell.start : cell.end]
        tables.append(grid)
    return tables


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t账号\n甲某\t1234567\n乙某\t7654321",
        "姓名    账号\n甲某    1234567\n乙某    7654321",
        "│姓名│账号   │\n├──┼────┤\n│甲某│1234567│\n├──┼────┤\n│乙某│7654321│",
        "| 姓名 | 账号 |\n|---|---|\n| 甲某 | 1234567 |\n| 乙某 | 7654321 |",
        "姓名 账号\n甲某 1234567\n乙某 7654321",
        "姓名    账号\n\n甲某    1234567\n\n乙某    7654321\n\n共二人",
        "| 姓名 | 账号 |\n\n|---|---|\n\n| 甲某 | 1234567 |\n\n| 乙某 | 7654321 |",
        "前言。\n姓名　　账号\n甲某　　1234567\n乙某　　7654321\n结尾。",
    ],
)
def test_columns_behind_tabs_bars_and_blanks(text: str) -> None:
    assert rows_of(text) == [[["姓名", "账号"], ["甲某", "1234567"], ["乙某", "7654321"]]]


def test_an_empty_line_parts_tables_without_such_lines_inside() -> None:
    text = "姓名\t账号\n甲某\t1234567\n\n姓名\t电话\n乙某\t7654321\n"
    assert rows_of(text) == [
        [["姓名", "账号"], ["甲某", "1234567"]],
        [["姓名", "电话"], ["乙某", "7654321"]],
    ]


def test_a_missing_field_leaves_its_column_empty() -> None:
    text = "姓名    病种    账号\n甲某            1234567\n乙某    某病    7654321\n"
    assert rows_of(text) == [
        [["姓名", "病种", "账号"], ["甲某", "", "1234567"], ["乙某", "某病", "7654321"]]
    ]


def test_words_set_apart_are_one_field() -> None:
    text = "姓　　名    账　　号\n甲　　某    1234567\n乙某某      7654321"
    assert rows_of(text)[0][0] == ["姓　　名", "账　　号"]
    assert rows_of(text)[0][1][0] == "甲　　某"


def test_a_table_goes_on_over_stretches() -> None:
    lines = ["姓名  账号", "甲某  1234567", "乙某  7654321"]
    text = "\x1e\n".join(lines)
    stretches, start = [], 0
    for number, line in enumerate(lines):
        stretches.append((number, start, start + len(line)))
        start += len(line) + 2
    (found,) = find_tables(text, stretches)
    assert [cell.row for cell in found.cells] == [0, 0, 1, 1, 2, 2]
    assert found.table.headers == {0: "姓名", 1: "账号"}


@pytest.mark.parametrize(
    "text",
    [
        "姓    名：甲某\n电    话：1234567\n账    号：7654321",
        "一、总体要求  坚持统筹发展。\n二、工作目标  到二〇二五年完成。",
        "局长  甲某\n\n二〇二四年五月",
        "卡号 6228  4800  1234\n卡号 6228  4801  1234\n卡号 6228  4802  1234",
        "Some words of prose here\nand some other words here\nand the last words here",
        "",
    ],
)
def test_lines_that_are_no_table(text: str) -> None:
    assert rows_of(text) == []


def test_long_lines_and_many_lines_are_passed_over_quickly() -> None:
    assert rows_of("字 " * 100_000) == []
    assert rows_of("没有栏目的一行文字\n" * 50_000) == []
