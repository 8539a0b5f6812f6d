"""The door: every kind of file that cannot be read is named, none raises."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fixtures import hostile
from fixtures.formats import make
from screener.config import Limits
from screener.extract import sniff
from screener.extract.extractor import Extractor
from screener.extract.registry import formats
from screener.model.document import UnreadReason


def reason(path: Path, limits: Limits | None = None) -> UnreadReason:
    (entry,) = Extractor(limits).read_path(path).unread
    return entry.reason


def test_what_is_no_ordinary_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert reason(tmp_path / "pipe") is UnreadReason.UNSUPPORTED
    assert reason(tmp_path) is UnreadReason.UNSUPPORTED
    assert reason(Path("/dev/null")) is UnreadReason.UNSUPPORTED
    assert reason(loop) is UnreadReason.NO_ACCESS
    assert reason(tmp_path / "gone.txt") is UnreadReason.NO_ACCESS
    assert reason(tmp_path / ("x" * 300)) is UnreadReason.NO_ACCESS


def test_a_refused_open_is_no_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")

    def refuse(*_arguments: object, **_named: object) -> int:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(file) is UnreadReason.NO_ACCESS


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("正文")
    link = tmp_path / "b.txt"
    link.symlink_to(tmp_path / "a.txt")
    assert Extractor().read_path(link).text.startswith("正文")


def test_the_limit_is_looked_at_before_reading(tmp_path: Path) -> None:
    sparse = tmp_path / "large.txt"
    with sparse.open("wb") as file:
        file.truncate(10**10)
    assert reason(sparse) is UnreadReason.TOO_LARGE
    (entry,) = Extractor(Limits(file_bytes=10)).read_bytes(b"x" * 11, "a.txt").unread
    assert entry.reason is UnreadReason.TOO_LARGE
    assert Extractor(Limits(file_bytes=10)).read_bytes(b"x" * 10, "a.txt").unread == ()


def test_names_with_line_feeds_and_undecodable_bytes(tmp_path: Path) -> None:
    (tmp_path / "一\n二.txt").write_text("正文")
    document = Extractor().read_path(tmp_path / "一\n二.txt")
    assert document.source.name == "一\n二.txt"
    assert document.unread == ()
    raw = os.fsencode(tmp_path) + b"/" + "名单.txt".encode("gb18030")
    Path(os.fsdecode(raw)).write_text("正文")
    document = Extractor().read_path(Path(os.fsdecode(raw)))
    assert document.source.name == "名单.txt"
    document.source.origin.encode("utf-8")
    assert Extractor().read_bytes(b"x", "a\udcff\ud800.txt").source.name.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"7z\xbc\xaf\x27\x1c..", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
        (b"{\\rtf1 ok}", "application/rtf"),
        (b"junk\n%PDF-1.4\n", "application/pdf"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "application/msword",
        ),
        (b"From: a@b.cn\nDate: x\nSubject: y\n\nhi", "message/rfc822"),
        (b"BM is the start of a sentence", "text/plain"),
        (b"<?xml version='1.0'?><root>b</root>", "application/xml"),
        (b"  <!-- x --><HTML><body>a", "text/html"),
        ("姓名,电话\n甲,1\n乙,2\n".encode(), "text/csv"),
        ("第一，我们。\n第二，他们。\n".encode(), "text/plain"),
    ],
)
def test_types_by_their_bytes(data: bytes, media_type: str) -> None:
    assert sniff.media_type_of(data) == media_type


def test_a_wrong_name_is_a_fact_and_no_unread_part() -> None:
    document = Extractor().read_bytes(make("docx").data, "名单.pdf")
    assert document.facts.named_as == "application/pdf"
    assert document.unread == ()
    assert Extractor().read_bytes(make("docx").data, "名单.docm").facts.named_as == ""
    assert Extractor().read_bytes("正文".encode(), "a.csv").facts.named_as == ""


def test_locked_files() -> None:
    (entry,) = Extractor().read_bytes(hostile.locked_office(), "a.docx").unread
    assert entry.reason is UnreadReason.ENCRYPTED
    (entry,) = Extractor().read_bytes(hostile.locked_member(make("xlsx").data), "a.xlsx").unread
    assert entry.reason is UnreadReason.ENCRYPTED
    (entry,) = Extractor().read_bytes(hostile.locked_pdf("secret"), "a.pdf").unread
    assert entry.reason is UnreadReason.ENCRYPTED
    opened = Extractor().read_bytes(hostile.locked_pdf("13800138000", ""), "a.pdf")
    assert "13800138000" in opened.text
    assert opened.unread == ()


def test_every_format_says_what_is_read() -> None:
    for entry in formats():
        assert entry.reads
        assert entry.make_reader()
        assert entry.suffixes
        assert entry.media_types
