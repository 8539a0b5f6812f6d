"""Pictures: text by recognition with its boxes, properties without it, and never a silence."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest

from fixtures import pictures
from fixtures.formats import make
from screener.config import Limits
from screener.extract import ocr
from screener.extract.extractor import Extractor
from screener.extract.intake import from_bytes
from screener.extract.ocr_text import straighten
from screener.extract.reading import Reading
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import ImageBox

NUMBER = make("txt").values["middle"]
recognising = pytest.mark.skipif(
    not ocr.available(), reason="text recognition is not installed: pip install 'screener[ocr]'"
)
chinese = pytest.mark.skipif(pictures.chinese_font() is None, reason=pictures.NO_FONT)


def read(data: bytes, name: str = "照片.png", limits: Limits | None = None) -> Document:
    return Extractor(limits).read_bytes(data, name)


def read_here(data: bytes, name: str = "照片.png", limits: Limits | None = None) -> Document:
    """In this process, where a test can take the recognition away."""
    limits = limits or Limits()
    return Reading(limits).read(from_bytes(data, name, name, limits))


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)


@recognising
def test_a_number_in_a_picture_is_read_with_its_box_and_confidence() -> None:
    document = read(pictures.saved(pictures.written(["", NUMBER])))
    at = document.text.index(NUMBER)
    segment = document.segments[document.segments.index_at(at) or 0]
    assert segment.kind is SegmentKind.OCR
    place = document.locate(at, at + 18)
    assert isinstance(place, ImageBox)
    assert place.line == 1
    assert place.confidence is not None
    assert place.confidence > 0.9
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 20 < left < 60 < right < 500
    assert 70 < top < 100 < bottom < 140
    assert document.unread == ()
    assert document.facts.recognised == 1


@recognising
def test_pages_of_a_tiff_are_told_apart_and_turned_upright() -> None:
    first, second = pictures.written(["page one"]), pictures.written([NUMBER])
    data = pictures.saved(first, "TIFF", save_all=True, append_images=[second])
    document = read(data, "传真.tif")
    at = document.text.index(NUMBER)
    assert "第2页" in document.locate(at, at + 18).describe()
    turned = pictures.written([NUMBER]).transpose(3)  # by 180 degrees, which its EXIF undoes
    exif = turned.getexif()
    exif[0x0112] = 3
    document = read(pictures.saved(turned, "JPEG", quality=92, exif=exif), "照片.jpg")
    place = document.locate(at := document.text.index(NUMBER), at + 18)
    assert isinstance(place, ImageBox)
    assert place.box is not None
    assert place.box[1] < 100


@recognising
@pytest.mark.parametrize(
    ("mode", "ink", "paper", "kind"),
    [
        ("CMYK", (0, 0, 0, 255), (0, 0, 0, 0), "JPEG"),
        ("RGBA", (255, 255, 255, 255), (0, 0, 0, 0), "PNG"),
        ("I;16", 9000, 60000, "PNG"),
        ("L", 200, 235, "WEBP"),
    ],
)
def test_every_kind_of_pixel(mode: str, ink: Any, paper: Any, kind: str) -> None:
    picture = pictures.written([NUMBER], (600, 120), ink=ink, paper=paper, mode=mode)
    options = {"quality": 95} if kind != "PNG" else {}
    assert NUMBER in read(pictures.saved(picture, kind, **options)).text


@recognising
@chinese
def test_a_scanned_list_keeps_its_columns_and_a_mark_its_words() -> None:
    rows = [["姓名", "身份证号", "金额"], ["甲某某", NUMBER, "300"], ["乙某某", "无", "500"]]
    document = read(pictures.saved(pictures.table(rows, (40, 300, 800))))
    index = document.segments.index_at(document.text.index(NUMBER))
    assert index is not None
    assert document.header(index) == "身份证号"
    at = document.text.index(NUMBER)
    assert "第2行" in document.locate(at, at + 18).describe()
    marked = read(pictures.saved(pictures.written(["机 密 ★ 10 年", "某某通知"])))
    assert "机密★10年" in marked.text.replace(" ", "")


@recognising
def test_a_long_picture_is_read_in_pieces() -> None:
    lines = [f"line {n:03d} of the long page" for n in range(70)]
    lines[33] = lines[66] = NUMBER
    document = read(pictures.saved(pictures.written(lines, (700, 4200))))
    assert document.text.count(NUMBER) == 2
    assert sum(f"{n:03d}" in document.text for n in range(70)) == 68


@pytest.mark.usefixtures("without_ocr")
def test_without_recognition_the_picture_is_unread_and_its_properties_are_not() -> None:
    picture = pictures.written([NUMBER])
    exif = picture.getexif()
    exif[0x013B] = "拍摄人甲某".encode("gb18030")
    exif[0x9C9C] = "备注：内部".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "现场照片".encode("utf-16-le")
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (31.0, 14.0, 4.5), 3: "E", 4: (121.0, 28.0, 25.32)}  # degrees, minutes, seconds
    )
    document = read_here(pictures.saved(picture, "JPEG", exif=exif, comment="经办人乙某".encode()))
    (entry,) = document.unread
    assert entry.reason is UnreadReason.MISSING_TOOL
    assert "pip install 'screener[ocr]'" in entry.detail
    for told in ("拍摄人甲某", "备注：内部", "现场照片", "经办人乙某", "31.234583,121.473700"):
        assert told in document.text
    kinds = {s.kind for s in document.segments if "甲某" in document.text[s.start : s.end]}
    assert kinds == {SegmentKind.METADATA}


@pytest.mark.usefixtures("without_ocr")
def test_text_chunks_of_a_png_and_xmp_are_read() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "甲某")
    told.add_itxt("Comment", "身份证号" + NUMBER, zip=True)
    packet = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a b='{NUMBER}'>原名称乙某</a></x:xmpmeta>"
    told.add_itxt("XML:com.adobe.xmp", packet)
    document = read_here(pictures.saved(pictures.written(["text"]), pnginfo=told))
    assert document.text.count(NUMBER) == 2
    assert "甲某" in document.text
    assert "原名称乙某" in document.text


@pytest.mark.usefixtures("without_ocr")
def test_what_cannot_show_text_is_passed_over_inside_a_paper_and_said_so() -> None:
    from fixtures import hostile

    blank, dot = pictures.written([]), pictures.written([], (30, 6))
    media = {"word/media/a.png": pictures.saved(blank), "word/media/b.png": pictures.saved(dot)}
    document = read_here(hostile.with_members(make("docx").data, media), "a.docx")
    assert document.unread == ()
    assert document.facts.passed_over == 3  # and the blank preview that python-docx writes
    alone = read_here(pictures.saved(blank))
    assert [entry.reason for entry in alone.unread] == [UnreadReason.EMPTY]


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "JPEG2000"])
def test_torn_pictures_are_told(kind: str) -> None:
    data = pictures.saved(pictures.written([NUMBER, "a", "b"]), kind)
    for part in (0.1, 0.5, 0.9):
        reasons = {entry.reason for entry in read_here(data[: int(len(data) * part)]).unread}
        assert reasons & {UnreadReason.CORRUPT, UnreadReason.MISSING_TOOL, UnreadReason.UNSUPPORTED}


def test_too_many_pixels_are_not_decoded() -> None:
    data = bytearray(pictures.saved(pictures.written([NUMBER])))
    data[16:24] = struct.pack(">II", 200_000, 200_000)
    (entry,) = read(bytes(data)).unread
    assert entry.reason in (UnreadReason.TOO_LARGE, UnreadReason.CORRUPT)
    few = read_here(pictures.saved(pictures.written([NUMBER])), limits=Limits(pixels=1000))
    assert [entry.reason for entry in few.unread] == [UnreadReason.TOO_LARGE]
    assert "pixels" in few.unread[0].detail


@recognising
def test_the_time_for_recognition_is_bounded() -> None:
    data = pictures.saved(pictures.written([NUMBER]))
    (entry,) = read_here(data, limits=Limits(ocr_seconds=0.0)).unread
    assert entry.reason is UnreadReason.TIMEOUT
    assert "ocr_seconds" in entry.detail


def test_pictures_in_a_page_are_read_by_their_own_format() -> None:
    import base64

    packed = base64.b64encode(pictures.saved(pictures.written([]))).decode()
    drawing = f"data:image/svg+xml,%3Csvg%3E%3Ctext%3E{NUMBER}%3C/text%3E%3C/svg%3E"
    page = (
        f"<p>正文</p><img src='data:image/png;base64,{packed}'>"
        f'<i style="background:url({drawing})">'
    )
    document = read(page.encode(), "a.html")
    assert document.facts.passed_over == 1
    assert document.unread == ()
    at = document.text.index(NUMBER)
    assert document.locate(at, at + 18).to_json()["path"][0] == "a.html"


def test_letters_that_stand_for_digits_in_recognised_numbers() -> None:
    assert straighten("编号 I10105 l949123l OO2X。") == "编号 110105 19491231 002X。"
    assert straighten("电话l38OO138000") == "电话13800138000"
    for sound in ("91110108MA01OSZ234", "ISO90011234", "0123456789"):
        assert straighten(sound) == sound


def test_bytes_of_a_picture_survive_other_names() -> None:
    made = io.BytesIO()
    pictures.written([]).save(made, "PNG")
    document = read(made.getvalue(), "名单.xlsx")
    assert document.source.media_type == "image/png"
    assert document.facts.named_as
