"""Edits in a decoded text change the bytes there and none beside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import SomethingLeft
from screener.redact.source_text import SourceText

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "utf-32-le")
LETTERS = "中文字號a1，\r\n\t甲乙"


@given(
    st.sampled_from(ENCODINGS),
    st.text(LETTERS, min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=6),
)
def test_bytes_outside_the_edits_stay(encoding: str, text: str, cuts: list[int]) -> None:
    points = sorted({min(cut, len(text)) for cut in cuts})
    edits = [(a, b, "***") for a, b in zip(points[::2], points[1::2], strict=False)]
    copy = SourceText(text.encode(encoding), text, encoding).splice(edits)
    expected, last = "", 0
    for start, end, new in edits:
        expected += text[last:start] + new
        last = end
    assert copy == (expected + text[last:]).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_byte_order_mark_stays(encoding: str) -> None:
    data = "甲乙丙\r\n".encode(encoding)
    copy = SourceText(data, "甲乙丙\r\n", encoding).splice([(1, 2, "某")])
    assert copy == "甲某丙\r\n".encode(encoding)


def test_lines_in_two_encodings_and_broken_bytes_stay() -> None:
    rows = [
        "甲一\r".encode("gb18030"),
        "乙二丙".encode(),
        b"\xff\xfe\xff",
        "丁三".encode("gb18030"),
    ]
    text = "甲一\r\n乙二丙\n\ufffd\ufffd\ufffd\n丁三"
    copy = SourceText(b"\n".join(rows), text, "").splice([(1, 2, "*"), (5, 6, "某"), (13, 14, "#")])
    assert copy == b"\n".join(
        ["甲*\r".encode("gb18030"), "乙某丙".encode(), rows[2], "丁#".encode("gb18030")]
    )


def test_an_edit_beside_a_broken_byte_keeps_it() -> None:
    row = "甲".encode() + b"\xff" + "乙丙".encode()
    copy = SourceText(row, "甲\ufffd乙丙", "").splice([(2, 3, "某")])
    assert copy == "甲".encode() + b"\xff" + "某丙".encode()


def test_a_replacement_the_encoding_lacks_becomes_stars() -> None:
    copy = SourceText("證號".encode("big5"), "證號", "big5").splice([(0, 1, "【已删除】")])
    assert copy == "***號".encode("big5")


def test_what_cannot_be_matched_is_told() -> None:
    with pytest.raises(SomethingLeft):
        SourceText(b"abc\n", "xyz\n", "").splice([(0, 1, "*")])
