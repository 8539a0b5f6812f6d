"""What heads a cell, what is one record, and values that cells split."""

from __future__ import annotations

from fixtures.people import People
from screener.detect.layout import DocumentLayout
from screener.extract.builder import DocumentBuilder
from screener.model.document import Document, SegmentKind
from screener.model.headers import find_header
from screener.model.place import Paragraph
from tests.factories import SOURCE


def table_of(rows: list[list[str]]) -> Document:
    """A table whose header is found as the readers find it."""
    builder = DocumentBuilder()
    table = builder.start_table()
    found = find_header(rows)
    builder.set_headers(table, found.headers, first_row=found.first_row)
    if found.form:
        builder.set_form(table)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            place = Paragraph(number + 1)
            kind = SegmentKind.TABLE_CELL
            builder.add(text, kind, place, table=table, row=number, column=column)
    return builder.build(SOURCE)


def heads_of(rows: list[list[str]]) -> dict[str, str | None]:
    held = table_of(rows)
    layout = DocumentLayout(held)
    return {
        held.text[start:end]: layout.header(index)
        for index, (start, end) in enumerate(zip(layout.starts, layout.ends, strict=True))
    }


def test_a_second_header_further_down_counts_for_what_follows() -> None:
    heads = heads_of(
        [
            ["序号", "姓名", "金额"],
            ["1", "甲某", "30"],
            ["序号", "姓名", "账号"],
            ["2", "乙某", "99"],
        ]
    )
    assert heads["30"] == "金额"
    assert heads["99"] == "账号"


def test_labels_beside_and_above_in_a_form() -> None:
    heads = heads_of(
        [
            ["申请人", "甲某", "身份证号", "11"],
            ["联系电话", "22", "账号", "33"],
            ["姓名", "关系", "年龄", "职业"],
            ["乙某", "父亲", "70", "务农"],
            ["丙某", "母亲", "69", "务工"],
        ]
    )
    assert heads["11"] == "身份证号"
    assert heads["33"] == "账号"
    assert heads["乙某"] == "姓名"
    assert heads["69"] == "年龄"
    assert heads["身份证号"] is None


def test_people_side_by_side_have_their_labels_in_the_first_column() -> None:
    heads = heads_of([["姓名", "甲某", "乙某"], ["账号", "11", "22"], ["电话", "33", "44"]])
    assert heads["22"] == "账号"
    assert heads["乙某"] == "姓名"
    assert heads["电话"] is None


def test_a_header_over_two_columns_heads_both_where_it_says_so() -> None:
    heads = heads_of(
        [["姓名", "开户行及账号", ""], ["甲某", "某行", "123"], ["乙某", "他行", "456"]]
    )
    assert heads["456"] == "开户行及账号"


def test_a_remark_below_a_list_has_no_header() -> None:
    remark = "评审专家名单：甲某某、乙某某、丙某某"
    heads = heads_of([["序号", "姓名", "金额"], ["1", "丁某", "30"], [remark, "", ""]])
    assert heads[remark] is None
    assert heads["丁某"] == "姓名"


def records_of(rows: list[list[str]]) -> list[tuple[int, int] | None]:
    layout = DocumentLayout(table_of(rows))
    return [layout.record(index) for index in range(len(layout.starts))]


def test_records_are_rows_columns_or_the_form() -> None:
    listed = records_of([["姓名", "账号"], ["甲某", "1"], ["乙某", "2"]])
    assert listed[2] == listed[3] != listed[4] == listed[5]
    beside = records_of([["姓名", "甲某", "乙某"], ["账号", "1", "2"], ["电话", "3", "4"]])
    assert beside[1] == beside[4] == beside[7] != beside[2] == beside[5]
    form = records_of([["姓名", "甲某", "性别", "男"], ["账号", "1", "电话", "2"]])
    assert len(set(form)) == 1


def test_a_number_with_a_digit_in_each_cell_is_one_stretch() -> None:
    number = People(5).id_number()
    held = table_of([["姓名", "甲某"], ["身份证号", *number]])
    layout = DocumentLayout(held)
    index = layout.index_at(held.text.index("身份证号") + len("身份证号") + 2)
    assert index is not None
    joined = held.text[layout.starts[index] : layout.ends[index]]
    assert joined.replace("\x1e\n", "") == number
    assert len(layout.joints) == 17


def test_counts_in_neighbouring_cells_stay_apart() -> None:
    rows = [["村名", *(f"{n}月" for n in range(1, 13))]]
    rows += [[f"第{n}村", *"123456789012"] for n in range(3)]
    assert DocumentLayout(table_of(rows)).joints == []


def test_a_document_without_tables_is_passed_on_as_it_is() -> None:
    builder = DocumentBuilder()
    builder.add("一段文字。", SegmentKind.BODY, Paragraph(1))
    layout = DocumentLayout(builder.build(SOURCE))
    assert list(layout.starts) == [0]
    assert layout.cell(0) is None
    assert layout.header(0) is None
    assert layout.record(0) is None
