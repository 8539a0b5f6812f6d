"""PDF and web pages beyond the planted places."""

from __future__ import annotations

import io
import random

import pytest

from fixtures.formats import html as html_builder
from fixtures.formats import make, pdf
from fixtures.people import People
from screener.config import Limits
from screener.extract.extractor import Extractor
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import PageBox


def read(data: bytes, name: str, limits: Limits | None = None) -> Document:
    return Extractor(limits).read_bytes(data, name)


def test_a_blank_page_is_no_unread_part() -> None:
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.drawString(90, 700, "13800138000")
    page.showPage()
    page.showPage()
    page.save()
    assert read(made.getvalue(), "a.pdf").unread == ()


def test_the_box_of_a_value_lies_around_it() -> None:
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.setFont(pdf.FONT, 12)
    page.drawString(100, 700, "号码13800138000。")
    page.save()
    document = read(made.getvalue(), "a.pdf")
    at = document.text.index("13800138000")
    place = document.locate(at, at + 11)
    assert isinstance(place, PageBox)
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 122 < left < 126
    assert right - left > 50
    assert 842 - 700 - 16 < top < bottom < 842 - 700 + 6


def test_pages_over_the_limit_are_named() -> None:
    document = read(make("pdf").data, "a.pdf", Limits(pages=1))
    assert [entry.reason for entry in document.unread] == [UnreadReason.TOO_LARGE]


def test_a_column_of_numbers_does_not_run_together() -> None:
    people = People(4)
    numbers = [people.mobile() for _ in range(6)]
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.setFont(pdf.FONT, 12)
    page.drawString(90, 760, "本页为一行较长的说明文字，用来给出版心的宽度，其后逐行列出号码。")
    for line, number in enumerate(numbers):
        page.drawString(90, 730 - 20 * line, number)
    page.save()
    document = read(made.getvalue(), "a.pdf")
    held = [
        sum(number in document.text[segment.start : segment.end] for number in numbers)
        for segment in document.segments
    ]
    assert sum(held) == len(numbers)
    assert max(held) == 1


def test_a_pdf_in_front_of_which_something_stands() -> None:
    data = b"HTTP/1.1 200 OK\r\n\r\n" + make("pdf").data
    assert make("pdf").values["paragraph"] in read(data, "a.pdf").text


def test_a_page_in_gb18030_by_its_meta_tag() -> None:
    sample = make("html")
    data = html_builder.build(sample.values, "gb18030").replace(b"gb18030", b"gbk", 1)
    document = read(data, "a.html")
    assert document.unread == ()
    assert document.facts.title == f"公示 {sample.values['title']}"
    assert document.facts.index_number == "00301-2024-001"
    assert document.facts.publisher == "某市民政局"
    assert document.facts.doc_number == "某民发〔2024〕3号"
    assert document.facts.dates == ("2024-05-06",)


def test_hidden_inside_a_number_does_not_break_the_number() -> None:
    page = "<p>电话138<span style='display:none'>x9</span>00138000。</p>"
    document = read(page.encode(), "a.html")
    assert "电话13800138000。" in document.text
    hidden = [document.text[s.start : s.end] for s in document.segments if not s.visible]
    assert hidden == ["138x900138000"]


def test_text_turned_round_by_the_page_is_marked_as_turned() -> None:
    number = make("txt").values["middle"]
    for opened, closed in (
        ('<bdo dir="rtl">', "</bdo>"),
        ('<b style="direction: rtl; unicode-bidi: bidi-override">', "</b>"),
    ):
        page = f"<p>号码{opened}{number[::-1]}{closed}。</p>"
        document = Extractor().read_bytes(page.encode(), "a.html")
        assert f"号码\u202e{number[::-1]}\u202c。" in document.text


def test_a_page_deeper_than_the_parser_goes_is_read_from_its_source() -> None:
    page = b"<html>" + b"<div>" * 5000 + "深处的名单13800138000".encode() + b"</div>" * 5000
    assert "深处的名单13800138000" in read(page, "a.html").text


def test_what_parsers_drop_is_read_from_the_source() -> None:
    page = '<p>正文</p><i title="甲" title="乙丙13800138000">x</i title="340102199001011234">'
    document = read(page.encode(), "a.html")
    hidden = [document.text[s.start : s.end] for s in document.segments if not s.visible]
    assert any("乙丙13800138000" in text for text in hidden)
    assert any("340102199001011234" in text for text in hidden)


def test_a_page_that_is_cut_and_spliced_loses_no_value() -> None:
    sample = make("html")
    chance = random.Random(3)
    for _round in range(40):
        data = bytearray(sample.data)
        at, other = chance.randrange(len(data)), chance.randrange(len(data))
        data[at:at] = data[other : other + chance.choice((1, 50, 2000))]
        document = read(bytes(data), "a.html")
        left = [v for v in sample.values.values() if v.encode() in data]
        assert all(value in document.text for value in left)


def test_pictures_inside_a_page_are_named() -> None:
    page = '<p>正文</p><img src="data:image/png;base64,AAAA">'
    (entry,) = read(page.encode(), "a.html").unread
    assert entry.reason is UnreadReason.UNSUPPORTED
    assert entry.what == "图片1.png"


def test_spans_of_rows_and_columns_keep_the_header() -> None:
    page = (
        "<table><tr><th rowspan=2>姓名</th><th colspan=2>证件</th></tr><tr><th>类型</th>"
        "<th>号码</th></tr><tr><td rowspan=2>甲</td><td>身份证</td><td>1</td></tr>"
        "<tr><td>护照</td><td>2</td></tr></table>"
    )
    document = read(page.encode(), "a.html")
    headers = {
        document.text[s.start : s.end]: document.header(n)
        for n, s in enumerate(document.segments)
        if s.kind is SegmentKind.TABLE_CELL
    }
    assert headers["甲"] == "姓名"
    assert headers["护照"] == "证件 类型"
    assert headers["2"] == "证件 号码"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_that_are_turned(turn: int) -> None:
    people = People(6)
    number, phone = people.id_number(), people.mobile()
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.setPageRotation(turn)
    height = 842  # reportlab turns the sheet as well: it is shown upright each time
    shift = {0: (0, 0), 90: (0, -842), 180: (-595, -842), 270: (-595, 0)}[turn]
    page.rotate(turn)  # the text stands upright on the page as it is shown
    page.translate(*shift)
    page.setFont(pdf.FONT, 12)
    page.drawString(60, height - 100, "现将有关情况公示如下，公示期五个工作日，请来电" + number[:7])
    page.drawString(60, height - 118, number[7:] + "，逾期不再受理。")
    for line in range(3):
        page.line(60, height - 200 - line * 30, 300, height - 200 - line * 30)
    for edge in (60, 180, 300):
        page.line(edge, height - 200, edge, height - 260)
    for at, text in enumerate(("姓名", "电话", "甲某", phone)):
        page.drawString(64 + at % 2 * 120, height - 220 - at // 2 * 30, text)
    page.save()
    document = read(made.getvalue(), "a.pdf")
    at = document.text.index(number[:7] + "\n" + number[7:])
    place = document.locate(at, at + 7)
    assert isinstance(place, PageBox)
    assert place.box is not None
    assert place.box[0] > 300
    assert 85 < place.box[1] < 100
    at = document.text.index(phone)
    index = document.segments.index_at(at)
    assert index is not None
    assert document.header(index) == "电话"


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("nothing to see", "(nothing to see)"),
        ("看不到的话", f"<FEFF{'看不到的话'.encode('utf-16-be').hex()}>"),
    ],
)
def test_glyphs_under_a_replacement_text_are_read_too(told: str, written: str) -> None:
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.setFont("Helvetica", 12)
    page.drawString(90, 700, "office 0551-12345")
    page._code.append(f"/Span <</ActualText {written}>> BDC")
    page.drawString(90, 650, "phone 13800138000")
    page._code.append("EMC")
    page.save()
    document = read(made.getvalue(), "a.pdf")
    seen = {document.text[s.start : s.end]: (s.kind, s.visible) for s in document.segments}
    assert seen[told] == (SegmentKind.HIDDEN, False)
    assert seen["phone 13800138000"] == (SegmentKind.BODY, True)
    assert document.text.count("0551-12345") == 1
