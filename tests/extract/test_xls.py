"""Old workbooks beyond the planted places: locks, torn streams, pictures and objects inside."""

from __future__ import annotations

import io

from fixtures import hostile
from fixtures.formats import make, xls
from screener.extract.compound_file import Tree, compound
from screener.extract.extractor import Extractor
from screener.model.document import Document, UnreadReason

ROWS = [["姓名", "身份证号"], ["甲某", "无"]]


def read(tree: Tree) -> Document:
    return Extractor().read_bytes(compound(tree), "名单.xls")


def locked(password: str) -> bytes:
    """A workbook of today's kind, locked as Excel does it."""
    import msoffcrypto

    made = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(make("xlsx").data)).encrypt(password, made)
    return made.getvalue()


def test_the_password_that_locks_nothing_opens_a_workbook() -> None:
    document = Extractor().read_bytes(locked("VelvetSweatshop"), "名单.xlsx")
    assert document.unread == ()
    assert all(value in document.text for value in make("xlsx").values.values())
    assert document.facts.named_as == ""
    (entry,) = Extractor().read_bytes(locked("another"), "名单.xlsx").unread
    assert entry.reason is UnreadReason.ENCRYPTED


def test_a_locked_old_workbook_is_encrypted() -> None:
    stream = xls.single(ROWS)
    start = xls.record(0x809, bytes(16))
    pass_ = xls.record(0x2F, b"\1\0\1\0\1\0" + bytes(48))
    (entry,) = read({"Workbook": stream[: len(start)] + pass_ + stream[len(start) :]}).unread
    assert entry.reason is UnreadReason.ENCRYPTED


def test_pictures_objects_and_macros_inside() -> None:
    stream = xls.single(ROWS)
    picture = xls.record(0xEB, b"head" + hostile.png())
    native = b"\0" * 4 + b"\2\0a.txt\0C:\\a.txt\0" + b"\0\0\3\0" + b"\2\0\0\0x\0"
    text = "正文".encode()
    native += len(text).to_bytes(4, "little") + text
    tree: Tree = {
        "Workbook": stream[:-4] + picture + stream[-4:],
        "MBD1": {"Package": make("docx").data},
        "MBD2": {"\x01Ole10Native": native},
        "MBD3": {"WordDocument": b"x"},
        "_VBA_PROJECT_CUR": {"VBA": {"dir": b"x"}},
    }
    document = read(tree)
    assert [entry.what for entry in document.unread] == ["宏", "MBD3.doc"]
    assert document.facts.passed_over >= 1  # a white picture
    assert all(value in document.text for value in make("docx").values.values())
    at = document.text.rindex("正文")
    assert "→ a.txt →" in document.locate(at, at + 1).describe()


def test_records_alone_are_a_workbook_of_the_oldest_kind() -> None:
    document = Extractor().read_bytes(xls.single(ROWS), "名单.xls")
    assert document.unread
    assert document.text == "名单.xls"
