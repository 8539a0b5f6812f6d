"""Word and Excel beyond the planted places: numbers, dates, forms, pictures, bombs, entities."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest

from fixtures import hostile
from fixtures.formats import make
from fixtures.people import People
from screener.config import Limits
from screener.extract.extractor import Extractor
from screener.extract.formats.cells import as_shown, column_name, split_reference
from screener.model.document import Document, SegmentKind, UnreadReason


def read(data: bytes, name: str, limits: Limits | None = None) -> Document:
    return Extractor(limits).read_bytes(data, name)


def texts(document: Document, kind: SegmentKind) -> list[str]:
    return [document.text[s.start : s.end] for s in document.segments if s.kind is kind]


def workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.40102199001011e17, "340102199001011000"),
        (3.401021990010113e17, "340102199001011000"),
        (13800138000.0, "13800138000"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (-3.0, "-3"),
        (True, "TRUE"),
        (date(1990, 1, 1), "1990-01-01"),
        (datetime(1990, 1, 1), "1990-01-01"),
        (datetime(1990, 1, 1, 8, 30), "1990-01-01 08:30:00"),
    ],
)
def test_values_as_a_person_sees_them(value: object, shown: str) -> None:
    assert as_shown(value) == shown


def test_an_id_stored_as_a_number_keeps_the_digits_the_file_has() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>340102199001011234</v></c><c r="B1"><v>3.40102199001011E+17</v>'
        b"</c></row></sheetData></worksheet>"
    )
    data = hostile.with_members(make("xlsx").data, {"xl/worksheets/sheet1.xml": sheet})
    cells = texts(read(data, "a.xlsx"), SegmentKind.TABLE_CELL)
    assert cells[:2] == ["340102199001011234", "340102199001011000"]


def test_references() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702, 16383)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]
    assert split_reference("XFD1048576") == (1_048_575, 16_383)
    assert split_reference("$C$7") == (6, 2)
    assert split_reference("C0") is None
    assert split_reference("7C") is None


def test_cells_far_apart_do_not_fill_the_memory() -> None:
    value = People(3).id_number()
    document = read(hostile.xlsx_far_apart(value), "a.xlsx")
    at = document.text.index(value)
    assert document.locate(at, at + 18).describe() == "工作表“发放表” XFD1048576"


def test_the_title_row_and_the_header_below_it() -> None:
    rows = [["某县2024年补贴发放表"], ["姓名", "身份证号"], ["甲某", "340102199001011234"]]
    document = read(workbook(rows), "a.xlsx")
    assert document.facts.title == "某县2024年补贴发放表"
    headers = [document.header(n) for n in range(len(document.segments) - 1)]
    assert headers[1:5] == [None, None, "姓名", "身份证号"]


def test_a_form_gives_each_value_its_label() -> None:
    rows = [
        ["姓名", "甲某", "性别", "男"],
        ["身份证号", "3401", "电话", "138"],
        ["住址", "某村", "", ""],
    ]
    document = read(workbook(rows), "a.xlsx")
    by_text = {
        document.text[s.start : s.end]: document.header(n) for n, s in enumerate(document.segments)
    }
    assert by_text["甲某"] == "姓名"
    assert by_text["3401"] == "身份证号"
    assert by_text["姓名"] is None


def test_torn_macros_are_named_pictures_and_embedded_files_read() -> None:
    document = read(hostile.docx_with_picture(), "a.docx")
    assert [entry.what for entry in document.unread] == ["宏 vbaProject.bin"]
    assert {entry.reason for entry in document.unread} == {UnreadReason.CORRUPT}
    # a white picture, a blank preview, and both pictures of the workbook inside
    assert document.facts.passed_over == 4
    value = make("xlsx").values["cell"]
    place = document.locate(at := document.text.rindex(value), at + 18)
    assert place.to_json()["path"] == ["a.docx", "list.xlsx"]


def test_spacers_are_passed_over() -> None:
    data = hostile.with_members(make("docx").data, {"word/media/dot.png": hostile.png(1, 1)})
    assert read(data, "a.docx").unread == ()


def test_entities_are_never_expanded() -> None:
    document = read(hostile.docx_with_entities(), "a.docx")
    assert any(entry.reason is UnreadReason.CORRUPT for entry in document.unread)
    assert "haha" not in document.text
    assert "root:" not in document.text


def test_bombs_are_too_large() -> None:
    (entry,) = read(hostile.docx_bomb(), "a.docx").unread
    assert entry.reason is UnreadReason.TOO_LARGE
    few = Limits(members=3)
    (entry,) = read(make("docx").data, "a.docx", few).unread
    assert entry.reason is UnreadReason.TOO_LARGE
    small = Limits(unpacked_bytes=1000)
    (entry,) = read(make("xlsx").data, "a.xlsx", small).unread
    assert entry.reason is UnreadReason.TOO_LARGE


def test_a_broken_part_is_named_and_the_rest_is_read() -> None:
    sample = make("docx")
    data = hostile.with_members(sample.data, {"word/footnotes.xml": b"<w:footnotes"})
    document = read(data, "a.docx")
    assert sample.values["paragraph"] in document.text
    assert [entry.what for entry in document.unread] == ["部件 word/footnotes.xml"]


def test_a_document_without_a_word_is_empty() -> None:
    from docx import Document as Word

    made = io.BytesIO()
    Word().save(made)
    (entry,) = read(made.getvalue(), "a.docx").unread
    assert entry.reason is UnreadReason.EMPTY


def test_a_text_box_that_stands_there_twice_is_read_once() -> None:
    from docx import Document as Word
    from docx.oxml import parse_xml

    box = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    word = Word()
    word.element.body.insert(
        0,
        parse_xml(
            f"<w:p {spaces}><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
            f"<wps:x>9</wps:x>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>{box}"
            "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    made = io.BytesIO()
    word.save(made)
    assert read(made.getvalue(), "a.docx").text.count("框内文字") == 1


def test_a_photo_on_the_place_for_it_covers_nothing() -> None:
    from openpyxl import Workbook
    from openpyxl.drawing.image import Image

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "甲某", "照片"])
    sheet.append(["住址", "某村", "340102199001011234"])
    for cell in ("C1", "C2"):
        photo = Image(io.BytesIO(hostile.png(60, 18)))
        sheet.add_image(photo, cell)
    made = io.BytesIO()
    book.save(made)
    document = read(made.getvalue(), "a.xlsx")
    kinds = {
        document.text[segment.start : segment.end]: (segment.kind, segment.visible)
        for segment in document.segments
    }
    assert kinds["照片"] == (SegmentKind.TABLE_CELL, True)
    assert kinds["340102199001011234"] == (SegmentKind.COVERED, False)


def with_part(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with something replaced in one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            after.writestr(item, content.replace(old, new) if item.filename == part else content)
    return made.getvalue()


def paper(*lines: str) -> bytes:
    from docx import Document as Paper

    made = io.BytesIO()
    document = Paper()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def test_the_name_of_a_font_is_no_text_but_a_number_in_its_place_is() -> None:
    number = People(3).person().id_number
    plain = b"<w:t>\xe6\xad\xa3\xe6\x96\x87</w:t>"
    fonts = '<w:rPr><w:rFonts w:eastAsia="{}"/></w:rPr>'
    for name, words in (("方正小标宋简体", 0), (f"宋体{number}", 1)):
        data = with_part(
            paper("正文"), "word/document.xml", plain, fonts.format(name).encode() + plain
        )
        document = read(data, "通知.docx")
        assert sum(name in text for text in texts(document, SegmentKind.HIDDEN)) == words


def test_what_the_usual_style_hides_is_hidden() -> None:
    number = People(4).person().id_number
    usual = b'w:default="1" w:styleId="Normal">'
    white = usual + b'<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    document = read(with_part(paper(number), "word/styles.xml", usual, white), "通知.docx")
    assert number in texts(document, SegmentKind.HIDDEN)


def test_one_cell_that_is_not_understood_does_not_lose_the_others() -> None:
    number = People(5).person().id_number
    data = workbook([["姓名", "身份证号"], ["甲某", number], ["乙某", "第三行"]])
    part = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(part)
    broken = re.sub(rb'(<c r="B3"[^>]* t=")[a-zA-Z]+', rb"\1e", sheet)
    broken = re.sub(rb'(<c r="B3"[^>]*>).*?</c>', rb"\1<v>#NOTHING</v></c>", broken)
    document = read(with_part(data, part, sheet, broken), "名单.xlsx")
    assert number in texts(document, SegmentKind.TABLE_CELL)
    assert document.unread == ()


def test_a_row_with_a_number_that_no_sheet_has_is_read() -> None:
    number = People(6).person().id_number
    part = "xl/worksheets/sheet1.xml"
    data = with_part(
        workbook([["姓名"], [number]]), part, b'<row r="2"', b'<row r="' + b"9" * 20 + b'"'
    )
    assert number in texts(read(data, "名单.xlsx"), SegmentKind.TABLE_CELL)
