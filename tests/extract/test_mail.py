"""Mails: names and headers in every encoding, locked and cut mails, both bodies."""

from __future__ import annotations

from fixtures.formats import eml, make
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.extract.formats.mail import header_text
from screener.model.document import Document, UnreadReason


def read(data: bytes, name: str = "a.eml") -> Document:
    return Extractor().read_bytes(data, name)


def test_headers_in_every_encoding() -> None:
    assert header_text("=?utf-8?B?5ZCN5Y2V?=") == "名单"
    assert header_text("=?gb2312?B?w/u1pQ==?= 1") == "名单 1"
    # a character cut in two between words of one encoding
    assert header_text("=?utf-8?B?5ZCN5Q==?=\r\n =?utf-8?B?jZU=?=") == "名单"
    assert header_text("=?utf-8?Q?=E5=90=8D=E5=8D=95_1?=") == "名单 1"
    raw = "关于报送名单的函".encode("gb18030").decode("ascii", "surrogateescape")
    assert header_text(raw) == "关于报送名单的函"
    assert header_text("=?nonsense?B?!!!?=")


def test_both_bodies_are_read_with_their_own_charset() -> None:
    values = make("eml").values
    document = read(eml.build(values))
    assert document.unread == ()
    assert values["plain body"] in document.text
    assert values["page body"] in document.text
    assert "您好" in document.text


def test_a_mail_cut_in_its_parts_is_told() -> None:
    data = make("eml").data
    document = read(data[: len(data) * 2 // 3])
    assert UnreadReason.CORRUPT in {entry.reason for entry in document.unread}


def test_a_locked_mail_is_told() -> None:
    head = b"From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: "
    for kind in (
        b"application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        b'multipart/encrypted; boundary="x"',
    ):
        document = read(head + kind + b"\r\n\r\n--x\r\n\r\nabcd\r\n--x--\r\n")
        assert UnreadReason.ENCRYPTED in {entry.reason for entry in document.unread}


def test_a_saved_page_is_read() -> None:
    page = (
        "From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
        'boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        "<p>公示名单</p>\r\n--x--\r\n"
    )
    document = read(page.encode(), "a.mht")
    assert "公示名单" in document.text
    assert document.unread == ()


def test_frames_nested_without_end_are_told() -> None:
    deep = b"MIME-Version: 1.0\r\n"
    for n in range(3000):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    assert read(deep + b"\r\nx").unread


def test_headers_of_a_part_are_read() -> None:
    sound = make("eml").data
    number = People(91).person().id_number
    for line in (f"X-Note: {number}", f"Content-Dispositkon: attachment; filename={number}.txt"):
        at = sound.index(b"Content-Disposition: attachment")
        data = sound[:at] + line.encode() + b"\r\n" + sound[at:]
        document = Extractor().read_bytes(data, "a.eml")
        assert number in document.text
    assert "attachment; filename" not in Extractor().read_bytes(sound, "a.eml").text
