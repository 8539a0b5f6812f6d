"""Encodings: detected from the bytes, right for short and long, simplified and traditional."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.people import People
from screener.extract.charset import decode
from screener.extract.extractor import Extractor
from screener.extract.registry import Unreadable
from screener.model.document import UnreadReason

SIMPLIFIED = "关于发放2024年度困难群众补贴的公示\r\n户主：甲某，电话13800138000。\r\n"
TRADITIONAL = "關於發放補貼的公示：市長出席會議，聯絡電話１２３。\n"


@pytest.mark.parametrize("times", [1, 200])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-16-le"),
        ("plain words 13800138000\n", "ascii"),
        ("pâté naïve café, señor " * 3, "cp1252"),
    ],
)
def test_each_encoding_is_told(text: str, encoding: str, times: int) -> None:
    data = (text * times).encode(encoding)
    decoded = decode(data)
    assert decoded.text == text * times
    assert decoded.broken == ()
    assert not decoded.doubtful
    assert decoded.text.encode(decoded.encoding) == data


@pytest.mark.parametrize("text", ["张三", "身份证", "市長陳冰冰", "電話"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_or_a_single_ascii_character(encoding: str) -> None:
    text = "关于发放困难群众补贴的公示，经审核下列人员符合条件，现予公示。"
    assert decode(text.encode(encoding)).text == text


def test_a_declared_encoding_counts_only_if_it_fits() -> None:
    data = "名单".encode("gb18030")
    assert decode(data, "gb2312").text == "名单"
    assert decode(data, "utf-8").text == "名单"
    assert decode("名单".encode(), "gbk").text == "名单"
    assert decode(data, "no such thing").text == "名单"


def test_rare_characters_of_gb18030_under_the_label_gbk() -> None:
    text = "䶮姓" + SIMPLIFIED + "\U00020000"
    assert decode(text.encode("gb18030"), "gbk").text == text


def test_lines_of_two_encodings_are_both_read() -> None:
    data = SIMPLIFIED.encode() * 3 + SIMPLIFIED.encode("gb18030")
    decoded = decode(data)
    assert decoded.text == SIMPLIFIED * 4
    assert decoded.encoding == "", "no one codec gives these bytes again"


def test_broken_bytes_are_named_and_the_rest_is_read() -> None:
    data = SIMPLIFIED.encode() + b"\xff\xff\xfe 13900139000\n" + SIMPLIFIED.encode()
    document = Extractor().read_bytes(data, "a.txt")
    assert "13900139000" in document.text
    assert document.text.count("困难群众") == 2
    (entry,) = document.unread
    assert entry.reason is UnreadReason.UNDECODABLE
    assert "3" in entry.what


def test_many_broken_lines_are_counted() -> None:
    data = (SIMPLIFIED.encode() * 5 + b"\xff\xff\n") * 20
    document = Extractor().read_bytes(data, "a.txt")
    assert len(document.unread) == 6
    assert "15" in document.unread[-1].what


def test_binary_is_no_text() -> None:
    for data in (b"\0\x01\x02\x03\xff\xfe\x80" * 50, bytes(range(256)) * 8, b"\x01\x02\x03\x04"):
        (entry,) = Extractor().read_bytes(data, "a.txt").unread
        assert entry.reason is UnreadReason.UNSUPPORTED


def test_a_stray_nul_does_not_hide_a_text() -> None:
    document = Extractor().read_bytes(b"1380013\x008000 phone of the office\n", "a.txt")
    assert "\x00" in document.text
    assert document.unread == ()


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(decode(data).text, str)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Zs")), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_number_of_single_bytes_is_never_read_as_utf_16() -> None:
    number = People(7).id_number()
    torn = b"\xa4 " + number.encode() + b"1\x00"  # what is left of a signed message's head
    with suppress(Unreadable):
        assert number in decode(torn).text
