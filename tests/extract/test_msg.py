"""Outlook mails beyond the planted places: packed bodies, old encodings, torn streams, depth."""

from __future__ import annotations

import pytest

from fixtures.formats import msg
from screener.config import Limits
from screener.extract.compound_file import Tree, compound
from screener.extract.extractor import Extractor
from screener.extract.formats.rtf_text import rtf_text, unpack_rtf
from screener.model.document import Document, UnreadReason


def read(tree: Tree, limits: Limits | None = None) -> Document:
    return Extractor(limits).read_bytes(compound(tree), "邮件.msg")


def test_packed_rich_text_repeats_what_stands_in_its_dictionary() -> None:
    # the example of [MS-OXRTFCP] 3.1: "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
        "2068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed, 100) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    # and that of 3.2, which runs into what it writes
    repeated = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpack_rtf(repeated, 100) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    with pytest.raises(ValueError, match="packed"):
        unpack_rtf(packed, 10)


def test_words_of_rich_text() -> None:
    text = (
        b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 x;}}{\\*\\generator y;}"
        b"\\'d6\\'d0\\'ce\\'c4\\par {\\v \\u38544?\\u-26671?}\\tab 1\\'7d{\\pict 00ff}}"
    )
    assert rtf_text(text).split("\n") == ["中文", "隐韑\t1}"]
    page = b"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p title=x>}a{\\*\\htmltag72 </p>}}"
    assert rtf_text(page) == "a"


def test_old_mails_are_in_old_encodings() -> None:
    tree = {
        "__properties_version1.0": bytes(32),
        **msg.texts({0x0037: "通知", 0x1000: "正文里的字"}, encoding="gb18030"),
    }
    document = read(tree)
    assert document.text.startswith("通知")
    assert "正文里的字" in document.text
    assert document.facts.title == "通知"


def test_bodies_that_say_the_same_are_told_once() -> None:
    tree = msg.mail({0x1000: "号码一二三\r\n"}, binary={0x1009: msg.rtf("号码一二三")})
    assert read(tree).text.count("号码一二三") == 1


def test_objects_and_broken_bodies_are_told() -> None:
    alien: Tree = {**msg.texts({0x3001: "图表"}), "__substg1.0_3701000D": {"CONTENTS": b"\0\1\2"}}
    document = read(msg.mail({0x1000: "a"}, binary={0x1009: b"broken" * 9}, attachments=[alien]))
    told = {(entry.what, entry.reason) for entry in document.unread}
    assert told == {
        ("图表 → CONTENTS", UnreadReason.UNSUPPORTED),
        ("带格式的正文", UnreadReason.CORRUPT),
    }


def test_mails_in_mails_end_at_the_limit() -> None:
    tree = msg.mail({0x1000: "innermost"})
    for _level in range(6):
        part: Tree = {**msg.texts({0x3001: "转发"}), "__substg1.0_3701000D": tree}
        tree = msg.mail({0x1000: "a"}, attachments=[part])
    document = read(tree, Limits(depth=3))
    assert {entry.reason for entry in document.unread} == {UnreadReason.TOO_DEEP}
    assert "innermost" in read(tree).text
