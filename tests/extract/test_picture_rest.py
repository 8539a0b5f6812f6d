"""What hides in picture files: beside the pixels, below transparency, in small pictures inside."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from fixtures import pictures
from fixtures.formats import make
from screener.extract import ocr
from screener.extract.extractor import Extractor
from screener.extract.picture_rest import numbers_beside, thumbnail
from screener.model.document import Document, SegmentKind

NUMBER = make("txt").values["middle"]
recognising = pytest.mark.skipif(
    not ocr.available(), reason="text recognition is not installed: pip install 'screener[ocr]'"
)


def read(data: bytes, name: str) -> Document:
    return Extractor().read_bytes(data, name)


def segment(marker: int, payload: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def chunk(name: bytes, payload: bytes) -> bytes:
    """A chunk of a PNG."""
    check = struct.pack(">I", zlib.crc32(name + payload))
    return struct.pack(">I", len(payload)) + name + payload + check


def in_jpeg(payload: bytes, marker: int = 0xE9) -> bytes:
    data = pictures.saved(pictures.written([]), "JPEG")
    return data[:2] + segment(marker, payload) + data[2:]


def in_png(payload: bytes) -> bytes:
    data = pictures.saved(pictures.written([]))
    end = data.rindex(b"IEND") - 4
    return data[:end] + chunk(b"prVt", payload) + data[end:]


def behind(kind: str) -> Callable[[bytes], bytes]:
    return lambda payload: pictures.saved(pictures.written([]), kind) + payload


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le"])
@pytest.mark.parametrize(
    "planted",
    [in_jpeg, in_png, behind("JPEG"), behind("PNG"), behind("BMP"), behind("WEBP")],
    ids=["jpeg", "png", "behind jpeg", "behind png", "behind bmp", "behind webp"],
)
def test_numbers_in_parts_nobody_knows(planted: Callable[[bytes], bytes], encoding: str) -> None:
    data = planted(b"note " + NUMBER.encode(encoding) + b" end")
    document = read(data, "a.png")
    held = [s for s in document.segments if NUMBER in document.text[s.start : s.end]]
    assert [(s.kind, s.visible) for s in held] == [(SegmentKind.METADATA, False)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
def test_pixels_are_no_numbers(kind: str) -> None:
    data = pictures.saved(pictures.written([NUMBER, "13800138000"]), kind)
    assert list(numbers_beside(data)) == []
    for cut in range(0, len(data), max(len(data) // 40, 1)):
        assert list(numbers_beside(data[:cut])) == []


@recognising
def test_ink_that_is_wholly_transparent_is_hidden_text() -> None:
    picture = pictures.written(["", NUMBER]).convert("RGBA")
    picture.putalpha(0)
    document = read(pictures.saved(picture), "a.png")
    held = [s for s in document.segments if NUMBER in document.text[s.start : s.end]]
    assert [(s.kind, s.visible) for s in held] == [(SegmentKind.HIDDEN, False)]


def test_a_clear_ground_is_no_hidden_ink() -> None:
    from PIL import Image, ImageDraw

    from screener.extract import picture

    seal = Image.new("RGBA", (300, 300), (255, 255, 255, 0))
    ImageDraw.Draw(seal).ellipse((20, 20, 280, 280), outline=(220, 0, 0, 255), width=9)
    assert picture.clear_ink(seal) is None
    assert picture.clear_ink(seal.convert("RGB")) is None


def with_thumbnail(picture: Any, small: Any) -> bytes:
    """A JPEG whose EXIF holds a small picture (TIFF 6.0, second directory)."""
    packed = pictures.saved(small, "JPEG")
    entries = struct.pack("<HHII", 0x201, 4, 1, 44) + struct.pack("<HHII", 0x202, 4, 1, len(packed))
    tiff = b"II*\0" + struct.pack("<IHIH", 8, 0, 14, 2) + entries + struct.pack("<I", 0) + packed
    data = pictures.saved(picture, "JPEG")
    return data[:2] + segment(0xE1, b"Exif\0\0" + tiff) + data[2:]


@recognising
def test_a_small_picture_of_what_was_there_before_is_read() -> None:
    before = pictures.written(["", NUMBER], (420, 110))
    changed = before.copy()
    changed.paste((0, 0, 0), (0, 40, 420, 110))
    document = read(with_thumbnail(changed, before), "a.jpg")
    at = document.text.index(NUMBER)
    assert "缩略图" in document.locate(at, at + 18).describe()
    assert NUMBER not in read(with_thumbnail(changed, changed.resize((210, 55))), "a.jpg").text


def test_a_torn_small_picture_is_told() -> None:
    blank = pictures.written([], (420, 110))
    data = with_thumbnail(blank, blank)
    small = thumbnail(data)
    assert small
    torn = data.replace(small, small[:20] + bytes(len(small) - 22) + small[-2:])
    assert read(torn, "a.jpg").unread
    assert io.BytesIO(thumbnail(torn)).getvalue() != small
