"""Text in PDFs that a person does not see, beyond the planted places."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from fixtures.formats import pdf, pdf_hidden, pdf_update
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.extract.formats.pdf.lines import stretches, words_with_both
from screener.model.document import Document, SegmentKind
from screener.model.place import PageBox

PHONE = "13800138000"


def draw(paint: Callable[[Any], None]) -> Document:
    """The document of one page that ``paint`` draws on a canvas."""
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.setFont("Helvetica", 12)
    paint(page)
    page.save()
    return Extractor().read_bytes(made.getvalue(), "a.pdf")


def unseen(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every segment that a person does not see."""
    return [
        (segment.kind.value, document.text[segment.start : segment.end])
        for segment in document.segments
        if segment.kind in (SegmentKind.HIDDEN, SegmentKind.COVERED) and not segment.visible
    ]


def body(document: Document) -> list[str]:
    return [
        document.text[segment.start : segment.end]
        for segment in document.segments
        if segment.kind is SegmentKind.BODY
    ]


def test_text_recognised_in_a_scan_is_not_hidden() -> None:
    document = Extractor().read_bytes(pdf_hidden.scan(invisible=True), "a.pdf")
    kinds = {s.kind for s in document.segments if PHONE in document.text[s.start : s.end]}
    assert kinds == {SegmentKind.OCR}
    assert unseen(document) == []


def test_text_under_a_page_wide_picture_is_covered() -> None:
    document = Extractor().read_bytes(pdf_hidden.scan(invisible=False), "a.pdf")
    assert unseen(document) == [("covered", f"phone {PHONE}")]
    assert document.facts.passed_over == 1  # the picture is blank


def test_text_beside_the_page_is_hidden_and_a_blank_picture_passed_over() -> None:
    def paint(page: Any) -> None:
        page.drawImage(pdf_hidden.picture((9, 9, 9)), 90, 300, 300, 300)
        page.drawString(900, 700, PHONE)

    document = draw(paint)
    assert unseen(document) == [("hidden", PHONE)]
    assert document.facts.passed_over == 1


def test_hidden_letters_inside_a_number_do_not_break_it() -> None:
    def paint(page: Any) -> None:
        text = page.beginText(90, 700)
        text.textOut("138001")
        text.setFont("Helvetica", 0.4)
        text.textOut("x7")
        text.setFont("Helvetica", 12)
        text.textOut("38000")
        page.drawText(text)

    document = draw(paint)
    assert body(document) == [PHONE]
    assert ("hidden", "x7") in unseen(document)


def test_a_box_over_a_part_leaves_a_gap_and_the_whole_is_read() -> None:
    def paint(page: Any) -> None:
        page.drawString(90, 700, PHONE)
        start = 90 + page.stringWidth(PHONE[:3])
        page.rect(start, 695, page.stringWidth(PHONE[3:7]), 18, stroke=0, fill=1)

    document = draw(paint)
    assert body(document) == ["138 8000"]
    assert unseen(document) == [("covered", "0013"), ("covered", PHONE)]
    at = document.text.rindex("8000", 0, document.text.index("0013"))
    place = document.locate(at, at + 4)
    assert isinstance(place, PageBox)
    assert place.box is not None
    assert place.box[0] > 90 + 7 * 6


@pytest.mark.parametrize(
    ("color", "alpha", "hidden"),
    [
        ((1, 1, 1), 1, True),
        ((0.98, 0.98, 0.98), 1, True),
        ((0.6, 0.6, 0.6), 1, False),
        ((0, 0, 0), 0.02, True),
        ((0, 0, 0), 0.4, False),
        ((1, 1, 0), 1, False),
    ],
)
def test_faint_text(color: tuple[float, float, float], alpha: float, hidden: bool) -> None:
    def paint(page: Any) -> None:
        page.setFillColorRGB(*color)
        page.setFillAlpha(alpha)
        page.drawString(90, 700, PHONE)

    document = draw(paint)
    assert bool(unseen(document)) is hidden
    assert PHONE in document.text


def test_marks_of_tables_and_underlines_hide_nothing() -> None:
    def paint(page: Any) -> None:
        page.drawString(90, 700, PHONE)
        page.rect(90, 698, 80, 0.8, stroke=0, fill=1)
        page.rect(88, 690, 200, 30, stroke=1, fill=0)
        page.rect(90, 703, 80, 1, stroke=0, fill=1)

    assert unseen(draw(paint)) == []


def test_many_thin_lines_hide_as_a_box_does() -> None:
    def paint(page: Any) -> None:
        for height in (700, 600):
            page.drawString(90, height, PHONE if height == 700 else "office 12345")
        for step in range(20):
            page.rect(85, 695 + step, 200, 1.2, stroke=0, fill=1)
        for height in (598, 612):
            page.rect(85, height, 200, 0.6, stroke=0, fill=1)

    document = draw(paint)
    assert unseen(document) == [("covered", PHONE)]
    assert "office 12345" in body(document)


def test_a_scribble_hides_what_it_covers() -> None:
    def paint(page: Any) -> None:
        page.drawString(90, 700, PHONE)
        page.setLineWidth(2)
        scribble = page.beginPath()
        scribble.moveTo(85, 695)
        for step in range(22):
            scribble.lineTo(285 if step % 2 else 85, 695 + step)
        page.drawPath(scribble)

    assert unseen(draw(paint)) == [("covered", PHONE)]


@pytest.mark.parametrize(("level", "hidden"), [(0, True), (1, False)])
def test_a_mask_takes_text_away(level: int, hidden: bool) -> None:
    group = "/Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /CS /DeviceGray >>"
    mask = pdf_update.stream(group, f"{level} g 0 0 595 842 re f")
    look = "/G << /SMask << /S /Luminosity /G 12 0 R >> >>"
    content = pdf_update.stream("", f"q /G gs\n{pdf_update.line(PHONE)}Q\n")
    resources = f"<< {pdf_update.FONT[2:-2]} /ExtGState << {look} >> >>"
    document = _page(resources, {11: content, 12: mask})
    assert bool(unseen(document)) is hidden
    assert PHONE in document.text


def _page(resources: str, objects: dict[int, bytes], more: str = "") -> Document:
    """A document of one page that draws the stream with the number 11."""
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.rect(9, 9, 9, 9)
    page.save()
    data = made.getvalue()
    number = re.findall(rb"/Kids \[ ([0-9]+) 0 R \]", data)[-1]
    tree = re.findall(rb"/Pages ([0-9]+) 0 R", data)[-1]
    entries = f"/Parent {tree.decode()} 0 R /MediaBox [0 0 595 842] /Contents 11 0 R {more}"
    sheet = f"<< /Type /Page {entries} /Resources {resources} >>".encode()
    return Extractor().read_bytes(pdf_update.append(data, {int(number): sheet, **objects}), "a.pdf")


def test_boxes_of_glass_hide_when_there_are_enough_of_them() -> None:
    def paint(page: Any) -> None:
        page.drawString(90, 700, PHONE)
        page.drawString(90, 600, "office 12345")
        page.setFillAlpha(0.5)
        for _layer in range(8):
            page.rect(85, 690, 200, 30, stroke=0, fill=1)
        page.rect(85, 590, 200, 30, stroke=0, fill=1)

    document = draw(paint)
    assert unseen(document) == [("covered", PHONE)]
    assert "office 12345" in body(document)


def test_pages_of_odd_sizes_are_drawn_all_the_same() -> None:
    def paint(page: Any) -> None:
        page.setPageSize((14000, 14000))
        page.setFontSize(200)
        page.drawString(100, 5000, PHONE)
        page.rect(90, 4900, 5000, 400, stroke=0, fill=1)

    assert unseen(draw(paint)) == [("covered", PHONE)]


def test_text_drawn_over_a_box_is_seen() -> None:
    def paint(page: Any) -> None:
        for shade in (0.0, 0.5):
            page.setFillGray(shade)
            page.rect(80, 690, 200, 30, stroke=0, fill=1)
        page.setFillGray(1)
        page.drawString(90, 700, PHONE)

    document = draw(paint)
    assert unseen(document) == []
    assert body(document) == [PHONE]


def test_the_word_of_a_redaction_tool_on_its_box_is_no_text_that_is_left() -> None:
    def paint(page: Any) -> None:
        page.rect(80, 690, 200, 30, stroke=0, fill=1)
        page.drawString(90, 700, "REDACTED")

    assert unseen(draw(paint)) == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_on_turned_pages(turn: int) -> None:
    number = People(3).id_number()

    def paint(page: Any) -> None:
        page.setPageRotation(turn)
        page.drawString(150, 300, PHONE)
        page.drawString(150, 200, number)
        page.rect(145, 195, 250, 20, stroke=0, fill=1)

    document = draw(paint)
    assert unseen(document) == [("covered", number)]
    assert PHONE in "\n".join(body(document))


def test_a_cropped_page_hides_what_lies_outside() -> None:
    def paint(page: Any) -> None:
        page.setCropBox((50, 400, 400, 800))
        page.drawString(90, 700, PHONE)
        page.drawString(90, 300, "outside 12345")

    document = draw(paint)
    assert body(document) == [PHONE]
    assert unseen(document) == [("hidden", "outside 12345")]


def test_stretches_and_words() -> None:
    assert stretches(b"\0\0\1\1\2\0", hidden=True) == [(2, 4), (4, 5)]
    assert stretches(b"\0\0\1\1\2\0", hidden=False) == [(0, 2), (5, 6)]
    assert words_with_both("电话138某", b"\0\0\0\1\1\0") == [(2, 5, 1)]
    assert words_with_both("电话138某", b"\0\0\1\1\1\0") == []


def test_objects_that_no_index_lists_are_read() -> None:
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.drawString(90, 700, "text that is seen")
    page.save()
    data = made.getvalue()
    at = data.rindex(b"xref\n", 0, data.rindex(b"trailer"))
    stray = b"77 0 obj\n" + pdf_update.stream("", pdf_update.line(PHONE)) + b"\nendobj\n"
    moved = f"startxref\n{at + len(stray)}\n".encode()
    data = re.sub(rb"startxref\s+[0-9]+\s+", moved, data[:at] + stray + data[at:])
    document = Extractor().read_bytes(data, "a.pdf")
    assert unseen(document) == [("hidden", PHONE)]
    assert document.unread == ()


def test_numbers_in_remarks_of_the_file_are_read() -> None:
    made = io.BytesIO()
    page = pdf.canvas(made)
    page.drawString(90, 700, "text that is seen")
    page.save()
    data = made.getvalue().replace(b"startxref", b"% phone " + PHONE.encode() + b"\nstartxref")
    assert unseen(Extractor().read_bytes(data, "a.pdf")) == [("hidden", PHONE)]


def test_pages_whose_fonts_tell_no_characters_are_never_silent() -> None:
    content = pdf_update.stream("", "BT /F 12 Tf 72 700 Td <001400140013001400130018> Tj ET")
    inner = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+X /DW 1000 /CIDSystemInfo "
    inner += "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+X /Encoding /Identity-H "
    font += "/DescendantFonts [12 0 R] >>"
    objects = {11: content, 12: inner.encode()}
    document = _page(f"<< /Font << /F {font} >> >>", objects)
    looked_at = any(segment.kind is SegmentKind.OCR for segment in document.segments)
    assert looked_at or document.unread


@pytest.mark.parametrize(
    ("way", "read"),
    [
        (
            "[" + " ".join(f"({figure}) 556" for figure in "440106199511197965") + "] TJ",
            False,
        ),
        (" ".join(f"({figure}) Tj 0 0 Td" for figure in "440106199511197965"), False),
        ("-6.672 Tc (440106199511197965) Tj", False),
        ("-1 Tc (440106199511197965) Tj", True),
        ("(440106199511197965) Tj", True),
        ("90 Tz (4401 0619) Tj", True),
    ],
)
def test_figures_piled_on_one_another_are_not_taken_for_read(way: str, read: bool) -> None:
    """pdfium gives of two figures that are alike and stand on each other only one."""

    def paint(page: Any) -> None:
        page.setFont("Helvetica", 12)
        page._code.append(f"BT /F1 12 Tf 90 700 Td (ID ) Tj {way} ET")

    assert (not draw(paint).unread) is read
