"""Frames around mails: Outlook's own, many in one file, signed and locked ones."""

from __future__ import annotations

from email.message import EmailMessage

from fixtures.formats import make, p7m
from screener.extract.extractor import Extractor
from screener.model.document import Document, UnreadReason

MAIL = b"From: a@example.test\r\nMIME-Version: 1.0\r\n\r\nbody of the mail\r\n"


def read(data: bytes, name: str) -> Document:
    return Extractor().read_bytes(data, name)


def test_outlooks_frame_in_a_mail_is_opened() -> None:
    sample = make("tnef")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.test", "通知"
    mail.set_content("见附件")
    mail.add_attachment(
        sample.data, maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    document = read(mail.as_bytes(), "a.eml")
    assert document.unread == ()
    assert all(value in document.text for value in sample.values.values())
    at = document.text.index(sample.values["attachment"])
    assert document.locate(at, at + 18).describe().startswith("a.eml → winmail.dat → 名单.xlsx → ")


def test_one_mail_with_a_line_before_it_is_a_mail() -> None:
    one = b"From a@example.test Mon Mar  2 08:00:00 2026\n" + MAIL
    assert read(one, "a.eml").source.media_type == "message/rfc822"


def test_a_signed_message_in_pieces_is_put_together() -> None:
    whole = p7m.in_pieces([MAIL[:20], MAIL[20:]])
    document = read(whole, "smime.p7m")
    assert document.unread == ()
    assert "body of the mail" in document.text
    for cut in (len(whole) // 2, 40):
        assert read(whole[:cut], "smime.p7m").unread


def test_a_locked_message_is_encrypted() -> None:
    (entry,) = read(p7m.locked(), "smime.p7m").unread
    assert entry.reason is UnreadReason.ENCRYPTED


def test_a_signature_beside_a_mail_is_no_gap() -> None:
    mail = EmailMessage()
    mail["From"] = "a@example.test"
    mail.set_content("正文")
    signature = p7m.signed(b"", "a")
    mail.add_attachment(
        signature, maintype="application", subtype="pkcs7-signature", filename="s.p7s"
    )
    assert read(mail.as_bytes(), "a.eml").unread == ()


def test_a_deep_signature_ends() -> None:
    deep = b"\x30\x80" * 3 + bytes.fromhex("06092a864886f70d010702")
    deep += bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80" * 5000
    assert read(b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + deep, "a.p7m").unread


def test_what_stands_before_the_first_mail_is_read() -> None:
    line = b"From a@example.test Mon Mar  2 08:00:00 2026\n"
    torn = line[:20] + b"\r" + line[20:] + b"Subject: a\n\nfirst words\n\n"
    document = read(torn + line + MAIL + b"\n\n" + line + MAIL, "a.mbox")
    assert "first words" in document.text
    assert document.text.count("body of the mail") == 2
