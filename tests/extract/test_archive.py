"""Archives: names, locks, links, bombs and torn ends are each told; members are read as files."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import tarfile
import zipfile
from importlib import import_module

import pytest

from fixtures import hostile
from fixtures.formats import has_libarchive, make, rar, seven_zip
from screener.config import Limits
from screener.extract.extractor import Extractor
from screener.extract.intake import from_bytes
from screener.extract.reading import Reading
from screener.model.document import Document, SegmentKind, UnreadReason

unpacking = pytest.mark.skipif(
    not has_libarchive(), reason="7z and rar need libarchive: apt-get install libarchive13"
)


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def read(data: bytes, name: str = "附件.zip", limits: Limits | None = None) -> Document:
    return Extractor(limits).read_bytes(data, name)


def reasons(document: Document) -> set[UnreadReason]:
    return {entry.reason for entry in document.unread}


def test_a_workbook_in_a_zip_keeps_sheet_cell_and_header() -> None:
    sample = make("xlsx")
    document = read(zipped({"名单.xlsx": sample.data}))
    value = next(v for p, v in sample.values.items() if p == "cell")
    at = document.text.index(value)
    place = document.locate(at, at + 18)
    assert place.to_json()["path"] == ["附件.zip", "名单.xlsx"]
    assert place.to_json()["inner"]["kind"] == "cell"
    assert place.describe().startswith("附件.zip → 名单.xlsx → 工作表")
    index = document.segments.index_at(at)
    assert index is not None
    assert document.header(index) == "身份证号"
    assert document.unread == ()


def test_paths_through_nested_archives() -> None:
    inner = zipped({"a.txt": "身份证号".encode()})
    document = read(zipped({"内.zip": inner}))
    at = document.text.index("身份证号")
    assert document.locate(at, at + 1).to_json()["path"] == ["附件.zip", "内.zip", "a.txt"]


def test_numbers_in_names_are_screened_but_not_shown_in_places() -> None:
    number = make("txt").values["middle"]
    document = read(
        zipped({f"{number}.txt": b"x", f"{number}.bin": b"\x89PNG\r\n\x1a\n" + b"\0" * 40})
    )
    at = document.text.index(number)
    index = document.segments.index_at(at)
    assert index is not None
    assert document.segments.kind(index) is SegmentKind.FILE_NAME
    assert number not in document.locate(at, at + 1).describe()
    assert all(number not in entry.what for entry in document.unread)
    assert reasons(document) == {UnreadReason.CORRUPT}


def test_locked_members_are_named_and_the_others_read() -> None:
    data = zipped({"a.txt": "正文".encode()})
    (entry,) = read(hostile.locked_member(data)).unread
    assert entry.reason is UnreadReason.ENCRYPTED
    assert entry.what == "a.txt"


def test_bombs_stop_at_the_limits() -> None:
    bomb = zipped({"a.txt": b"0" * (64 * 1024 * 1024)})
    assert reasons(read(bomb)) == {UnreadReason.TOO_LARGE}
    nested = zipped({f"{n}.zip": bomb for n in range(3)})
    assert UnreadReason.TOO_LARGE in reasons(read(nested))
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        packed = pack(b"\0" * (64 * 1024 * 1024))
        assert reasons(read(packed, "a.gz")) == {UnreadReason.TOO_LARGE}
    many = zipped({f"{n}.txt": b"x" for n in range(30)})
    assert reasons(read(many, limits=Limits(members=20))) == {UnreadReason.TOO_LARGE}
    deep = b"x"
    for _level in range(12):
        deep = zipped({"a.zip": deep})
    assert UnreadReason.TOO_DEEP in reasons(read(deep))


def test_links_and_devices_in_a_tar_are_never_followed() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    document = read(made.getvalue(), "a.tar")
    assert "root:" not in document.text
    assert [e.reason.value for e in document.unread] == ["external", "external", "unsupported"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_single_files_of_every_packer(pack: object) -> None:
    assert callable(pack)
    document = read(pack("身份证号\n甲".encode()), "通知.txt.gz")
    assert document.unread == ()
    assert "→ 通知.txt → 第1行" in document.locate(0, 1).describe()
    cut = read(pack(b"".join(b"%d," % (n * 7919) for n in range(5000)))[:-9], "a.txt.gz")
    assert reasons(cut) == {UnreadReason.CORRUPT}


def test_a_torn_zip_gives_what_its_members_still_tell() -> None:
    data = zipped({"a.txt": "第一份正文".encode(), "b.txt": "第二份正文".encode()})
    document = read(data[: data.index(b"PK\x01\x02")])
    assert "第一份正文" in document.text
    assert "第二份正文" in document.text
    assert UnreadReason.CORRUPT in reasons(document)


def test_members_hidden_from_the_directory_are_told() -> None:
    first, second = zipped({"a.txt": b"hidden"}), zipped({"b.txt": "正文".encode()})
    hidden = first[: first.index(b"PK\x01\x02")]
    document = read(hidden + second)
    assert reasons(document) == {UnreadReason.CORRUPT}
    behind = read(second + b"more")
    assert reasons(behind) == {UnreadReason.CORRUPT}


def test_bytes_behind_the_end_of_a_tar_are_told() -> None:
    data = make("tar").data
    assert reasons(read(data + b"secret" * 100, "a.tar")) == {UnreadReason.CORRUPT}
    assert reasons(read(data[:-1024], "a.tar")) == {UnreadReason.CORRUPT}


@unpacking
def test_locks_volumes_and_cut_ends_of_7z_and_rar() -> None:
    members = {"a.txt": "正文一".encode(), "b.txt": "正文二".encode()}
    sound = seven_zip.packed(members)
    for data in (seven_zip.packed(members, coder=seven_zip.AES), rar.old(members, locked=True)):
        document = read(data)
        assert [entry.what for entry in document.unread] == ["a.txt", "b.txt"]
        assert reasons(document) == {UnreadReason.ENCRYPTED}
    assert reasons(read(rar.packed(members, lock=True))) == {UnreadReason.ENCRYPTED}
    for part in (sound[:-30], rar.packed(members, flags=1)):
        assert any("分卷" in entry.detail for entry in read(part).unread)
    for more in (sound + b"more", rar.packed(members) + b"more"):
        document = read(more)
        assert "正文二" in document.text
        assert reasons(document) == {UnreadReason.CORRUPT}


@unpacking
def test_a_comment_that_only_its_author_unpacks_is_told() -> None:
    document = read(rar.old({"通知.txt": "正文".encode()}, packed_comment=b"packed"))
    assert [(entry.what, entry.reason) for entry in document.unread] == [
        ("压缩包注释", UnreadReason.UNSUPPORTED)
    ]


@unpacking
def test_names_in_old_rar_archives_are_chinese() -> None:
    document = read(rar.old({"通知.txt": "正文".encode()}))
    assert document.unread == ()
    assert "通知.txt" in document.text


@unpacking
def test_bombs_in_7z_stop_at_the_limits() -> None:
    bomb = seven_zip.packed({"a.txt": b"0" * (64 * 1024 * 1024)})
    assert reasons(read(bomb)) == {UnreadReason.TOO_LARGE}
    many = seven_zip.packed({f"{n}.txt": b"x" for n in range(30)})
    assert reasons(read(many, limits=Limits(members=20))) == {UnreadReason.TOO_LARGE}


def test_without_libarchive_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    arrival = from_bytes(seven_zip.packed({"a.txt": b"x"}), "a.7z", "a.7z", Limits())
    (entry,) = Reading(Limits()).read(arrival).unread
    assert entry.reason is UnreadReason.MISSING_TOOL
    assert "apt-get install libarchive13" in entry.detail


def test_zstd_is_unpacked_as_the_others() -> None:
    zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    assert read(zstd.compress("正文".encode()), "通知.txt.zst").text.startswith("正文")
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        info = tarfile.TarInfo("甲.txt")
        info.size = 6
        archive.addfile(info, io.BytesIO("正文".encode()))
    document = read(zstd.compress(made.getvalue()), "a.tar.zst")
    assert document.unread == ()
    assert "→ 甲.txt →" in document.locate(0, 1).describe()
    torn = zstd.compress(bytes(range(256)) * 40)
    assert reasons(read(torn[:-5], "a.zst")) == {UnreadReason.CORRUPT}
    assert reasons(read(zstd.compress(b"0" * (64 * 1024 * 1024)))) == {UnreadReason.TOO_LARGE}
