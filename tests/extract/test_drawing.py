"""Drawings of Windows: words, pictures, what is told of those that hold neither."""

from __future__ import annotations

import struct

from fixtures.formats import emf, make
from fixtures.hostile import with_members
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.extract.metafile import read_metafile
from screener.model.document import Document, UnreadReason

NUMBER = People(41).id_number()


def read(data: bytes, name: str = "图.emf") -> Document:
    return Extractor().read_bytes(data, name)


def wmf(*records: tuple[int, bytes]) -> bytes:
    body = b"".join(
        struct.pack("<IH", 3 + (len(data) + 1) // 2, kind) + data + bytes(len(data) % 2)
        for kind, data in (*records, (0, b""))
    )
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2, 0, 0, 0)
    return b"\xd7\xcd\xc6\x9a" + bytes(18) + head + body


def test_words_that_follow_each_other_are_one_text() -> None:
    body = emf.text("340102", 0, 0) + emf.text("1990", 60, 0) + emf.text("甲某", 300, 0)
    body += emf.text("乙某", 0, 50)
    assert read_metafile(emf.emf(body)).lines == ["3401021990\t甲某", "乙某"]


def test_old_drawings_in_old_encodings() -> None:
    name = "张某三".encode("gb18030")
    plain = struct.pack("<H", len(name)) + name + struct.pack("<hh", 5, 5)
    number = struct.pack("<hhHH", 90, 5, len(NUMBER), 0) + NUMBER.encode()
    document = read(wmf((0x0521, plain), (0x0A32, number)), "图.wmf")
    assert document.unread == ()
    assert [document.text[s.start : s.end] for s in document.segments][:2] == ["张某三", NUMBER]


def test_a_bitmap_in_a_drawing_is_a_picture() -> None:
    header = struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 24, 0, 48, 0, 0, 0, 0)
    body = bytes(40) + struct.pack("<IIII", 80, 40, 120, 48) + bytes(16) + header + b"\xff" * 48
    document = read(emf.emf(emf.record(81, body)))
    assert [entry.reason for entry in document.unread] == [UnreadReason.EMPTY]
    assert document.facts.passed_over == 1
    assert "图片1.bmp" in document.text


def test_what_is_not_drawn_as_words_is_told() -> None:
    glyphs = read(emf.emf(emf.text("abc", 0, 0, options=0x10)))
    outlines = read(emf.emf(emf.record(2, bytes(40)) * 30))
    torn = read(emf.emf(emf.text("甲某乙某", 0, 0))[:-20])
    reasons = [[entry.reason for entry in found.unread] for found in (glyphs, outlines, torn)]
    assert reasons[:2] == [[UnreadReason.UNSUPPORTED]] * 2
    assert reasons[2] == [UnreadReason.CORRUPT]
    assert "甲某乙某" in torn.text


def test_a_preview_in_a_paper_is_read() -> None:
    preview = emf.emf(emf.text(f"身份证号{NUMBER}", 0, 0))
    document = read(with_members(make("docx").data, {"word/media/image9.emf": preview}), "a.docx")
    assert document.unread == ()
    at = document.text.index(NUMBER)
    assert document.locate(at, at + 18).describe() == "a.docx → image9.emf → 图形 · 第1段"
