"""Scanned PDF pages and pictures on pages: recognised with places; boxes hide nothing."""

from __future__ import annotations

import io

import pytest

from fixtures import pictures
from fixtures.formats import make
from fixtures.formats.pdf import canvas
from screener.config import Limits
from screener.extract import ocr
from screener.extract.extractor import Extractor
from screener.extract.intake import from_bytes
from screener.extract.reading import Reading
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import PageBox

NUMBER = make("txt").values["middle"]
PAGE = (1240, 1754)
recognising = pytest.mark.skipif(
    not ocr.available(), reason="text recognition is not installed: pip install 'screener[ocr]'"
)


def read(data: bytes) -> Document:
    return Extractor().read_bytes(data, "扫描件.pdf")


def page_of(*lines: str) -> object:
    return pictures.written(lines, PAGE, height=40)


@recognising
def test_a_scan_is_read_page_by_page_with_boxes() -> None:
    document = read(pictures.scanned([page_of("one"), page_of("", "", f"id {NUMBER}")]))
    at = document.text.index(NUMBER)
    place = document.locate(at, at + 18)
    assert isinstance(place, PageBox)
    assert place.page == 2
    assert place.box is not None
    assert 50 < place.box[1] < 110  # points from the top
    assert place.confidence is not None
    assert "第2页" in place.describe()
    assert "图片" in place.describe()
    kinds = {s.kind for s in document.segments if NUMBER in document.text[s.start : s.end]}
    assert kinds == {SegmentKind.OCR}
    assert document.unread == ()


@recognising
def test_a_black_box_over_a_scan_hides_nothing() -> None:
    picture = page_of("", "", f"id {NUMBER}", "", "the rest is seen")
    document = read(pictures.scanned([picture], boxes=[(0, 725, 400, 60)]))
    shown = {
        document.text[s.start : s.end]: (s.kind, s.visible)
        for s in document.segments
        if s.kind is not SegmentKind.FILE_NAME
    }
    (covered,) = [state for text, state in shown.items() if NUMBER in text]
    assert covered == (SegmentKind.COVERED, False)
    (seen,) = [state for text, state in shown.items() if "seen" in text]
    assert seen == (SegmentKind.OCR, True)
    at = document.text.index(NUMBER)
    assert "被遮盖" in document.locate(at, at + 18).describe()


@recognising
def test_pictures_beside_text_are_read_once_each() -> None:
    from reportlab.lib.utils import ImageReader

    made = io.BytesIO()
    page = canvas(made)
    logo = ImageReader(pictures.written([NUMBER], (460, 90)))
    for number in range(3):
        page.drawString(90, 700, f"text of page {number}")
        page.drawImage(logo, 90, 400, 300, 60)
        page.showPage()
    page.save()
    document = read(made.getvalue())
    assert document.text.count(NUMBER) == 3
    assert document.facts.recognised == 3
    assert document.unread == ()


@recognising
def test_letters_drawn_as_outlines_are_read() -> None:
    import numpy as np

    made = io.BytesIO()
    page = canvas(made)
    ink = np.asarray(pictures.written(["13800138000"], (560, 90), height=48).convert("L")) < 128
    for row in range(ink.shape[0]):
        runs = np.flatnonzero(np.diff(np.concatenate(([0], ink[row], [0]))))
        for left, right in zip(runs[::2], runs[1::2], strict=True):
            page.rect(60 + left / 2, 600 - row / 2, (right - left) / 2, 0.5, fill=1, stroke=0)
    page.save()
    assert "13800138000" in read(made.getvalue()).text


def test_without_recognition_every_scanned_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    data = pictures.scanned([page_of("one"), page_of(NUMBER), page_of()])
    document = Reading(Limits()).read(from_bytes(data, "a.pdf", "a.pdf", Limits()))
    assert [entry.what for entry in document.unread] == ["第1页", "第2页"]
    assert {entry.reason for entry in document.unread} == {UnreadReason.MISSING_TOOL}
    assert all("OCR" in entry.detail for entry in document.unread)
    assert document.facts.passed_over == 1  # a white page


def layered(picture: object, *lines: tuple[float, float, str]) -> bytes:
    """A page that is one picture with invisible text over it (points, from below)."""
    from reportlab.lib.utils import ImageReader

    made = io.BytesIO()
    page = canvas(made)
    page.drawImage(ImageReader(picture), 0, 0, 595, 842)
    for left, bottom, words in lines:
        text = page.beginText(left, bottom)
        text.setFont("Helvetica", 19)
        text.setTextRenderMode(3)
        text.textOut(words)
        page.drawText(text)
    page.save()
    return made.getvalue()


def kinds(document: Document, words: str) -> set[tuple[SegmentKind, bool]]:
    return {
        (segment.kind, segment.visible)
        for segment in document.segments
        if words in document.text[segment.start : segment.end]
    }


WORDS = ("the first line of the paper", "and the second one of it", f"with a number {NUMBER}")


def _over(*words: str) -> list[tuple[float, float, str]]:
    """Lines of a layer over those of ``page_of``."""
    return [(19.0, 842 - 33 - 38.4 * at, line) for at, line in enumerate(words)]


@recognising
def test_a_layer_that_agrees_with_its_picture_is_no_hidden_text() -> None:
    document = read(layered(page_of(*WORDS), *_over(*WORDS)))
    assert kinds(document, NUMBER) == {(SegmentKind.OCR, True)}
    assert document.text.count(NUMBER) == 1


@recognising
def test_a_layer_that_says_something_else_is_hidden_and_the_picture_read() -> None:
    others = (
        "nothing of what is written here",
        "can be seen by anybody who",
        "reads it 13800138000",
    )
    document = read(layered(page_of(*WORDS), *_over(*others)))
    assert kinds(document, NUMBER) == {(SegmentKind.OCR, True)}
    assert kinds(document, "13800138000") == {(SegmentKind.HIDDEN, False)}


@recognising
def test_what_a_layer_leaves_out_is_read_in_the_picture() -> None:
    document = read(layered(page_of(*WORDS), *_over(WORDS[0], WORDS[1])))
    assert kinds(document, NUMBER) == {(SegmentKind.OCR, True)}


def test_a_layer_where_the_picture_is_empty_is_hidden() -> None:
    lines = (*_over(*WORDS), (90.0, 200.0, "phone 13800138000"))
    document = read(layered(page_of(*WORDS), *lines))
    assert kinds(document, "13800138000") == {(SegmentKind.HIDDEN, False)}
    assert kinds(document, NUMBER) == {(SegmentKind.OCR, True)}


def test_without_recognition_a_layer_with_much_left_out_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    data = layered(page_of(*WORDS, *WORDS), *_over(WORDS[0]))
    document = Reading(Limits()).read(from_bytes(data, "a.pdf", "a.pdf", Limits()))
    assert [entry.reason for entry in document.unread] == [UnreadReason.MISSING_TOOL]
    whole = layered(page_of(*WORDS), *_over(*WORDS))
    assert Reading(Limits()).read(from_bytes(whole, "a.pdf", "a.pdf", Limits())).unread == ()
