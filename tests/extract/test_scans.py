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
