"""What archives and packages hold beside their members, and what desktops put into them."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile

import pytest

from fixtures.formats import make
from fixtures.formats import zip as archives
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.model.document import Document, UnreadReason

NUMBER = People(51).id_number()
SAID = f"经办人张某三，号码{NUMBER}"


def read(data: bytes, name: str) -> Document:
    return Extractor().read_bytes(data, name)


def with_stray(data: bytes, stray: bytes) -> bytes:
    """Bytes between the last member of an archive and its directory, which then lies later."""
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    moved = data[end : end + 16] + struct.pack("<I", start + len(stray)) + data[end + 20 :]
    return data[:start] + stray + data[start:end] + moved


def test_bytes_between_members_are_read() -> None:
    document = read(with_stray(archives.single("a.txt", "正文"), SAID.encode()), "a.zip")
    at = document.text.index(SAID)
    assert document.locate(at, at + 3).describe() == "a.zip → 成员之间的数据1 → 第1行"
    assert document.unread == ()


@pytest.mark.parametrize("name", ["docx", "xlsx", "pptx", "ofd"])
def test_bytes_between_the_parts_of_a_paper_are_told(name: str) -> None:
    stray = with_stray(make(name).data, SAID.encode())
    document = read(stray, f"a.{name}")
    assert SAID in document.text
    assert [entry.what for entry in document.unread] == ["压缩包的一部分"]


@pytest.mark.parametrize("name", ["docx", "xlsx", "pptx", "ofd"])
def test_a_remark_on_a_paper_is_read(name: str) -> None:
    made = io.BytesIO(make(name).data)
    with zipfile.ZipFile(made, "a") as package:
        package.comment = SAID.encode()
    document = read(made.getvalue(), f"a.{name}")
    at = document.segments.index_at(document.text.index(SAID))
    assert at is not None
    assert not document.segments.visible(at)
    assert document.unread == ()


def test_a_part_that_stands_twice_is_told() -> None:
    made = io.BytesIO(make("docx").data)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/header1.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("word/header1.xml", f"<a>{NUMBER}</a>")
    document = read(made.getvalue(), "a.docx")
    assert NUMBER in document.text
    assert UnreadReason.CORRUPT in [entry.reason for entry in document.unread]


def test_words_in_a_field_of_a_member_are_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.extra = struct.pack("<HH", 0x9999, len(SAID.encode())) + SAID.encode()
        archive.writestr(info, "正文")
    assert SAID in read(made.getvalue(), "a.zip").text


def test_the_comment_of_a_packed_file_is_read() -> None:
    packed = bytearray(gzip.compress("正文".encode()))
    packed[3] |= 16
    data = bytes(packed[:10]) + SAID.encode() + b"\0" + bytes(packed[10:])
    assert SAID in read(data, "a.gz").text


def test_owners_and_comments_in_a_tar_are_read() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size, info.uname = 6, "张某三"
        info.pax_headers = {"comment": SAID}
        archive.addfile(info, io.BytesIO("正文".encode()))
    text = read(made.getvalue(), "a.tar").text
    assert SAID in text
    assert "张某三" in text.replace(SAID, "")


def test_what_desktops_put_beside_files_is_no_gap() -> None:
    listed = b"\0\0\0\1Bud1" + bytes(40)
    name = "张某三的申请.docx"
    listed += struct.pack(">I", len(name)) + name.encode("utf-16-be") + bytes(4)
    double = b"\0\x05\x16\x07\0\2\0\0" + b"Mac OS X        " + struct.pack(">H", 1)
    fork = double + struct.pack(">III", 2, 38, 900)
    double += struct.pack(">III", 9, 38, 32) + bytes(32)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("名单.txt", "正文")
        archive.writestr(".DS_Store", listed)
        archive.writestr("__MACOSX/._名单.txt", double)
        archive.writestr("公示.lnk", b"\x4c\0\0\0\1\x14\2\0" + bytes(99))
    document = read(made.getvalue(), "a.zip")
    assert document.unread == ()
    assert "张某三的申请.docx" in document.text
    assert read(fork + b"x" * 900, "._a").unread
