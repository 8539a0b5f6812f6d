"""Macros: their packing by the examples of the specification, their source in every paper."""

from __future__ import annotations

import pytest

from fixtures import macros
from fixtures.formats import make, xls
from fixtures.hostile import with_members
from fixtures.people import People
from screener.extract.compound_file import Tree, compound
from screener.extract.extractor import Extractor
from screener.extract.macros import unpack
from screener.model.document import Document, UnreadReason

NUMBER = People(31).id_number()
SOURCE = f'Sub 填表()\n  \' 经办人住址：合肥市蜀山区某路3号\n  Range("B2") = "{NUMBER}"\nEnd Sub\n'
PARTS = {"docx": "word/vbaProject.bin", "xlsx": "xl/vbaProject.bin", "pptx": "ppt/vbaProject.bin"}


def place(document: Document, value: str) -> tuple[str, bool]:
    at = document.text.index(value)
    index = document.segments.index_at(at)
    assert index is not None
    return document.locate(at, at + len(value)).describe(), document.segments.visible(index)


def test_the_examples_of_the_specification() -> None:
    normal = (
        "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f70"
        "0671027004107273747576107778797a003c"
    )
    text = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert unpack(bytes.fromhex(normal), 1000) == text
    beyond = normal.replace("826600706", "826600f06", 1)
    with pytest.raises(ValueError, match="chunk"):
        unpack(bytes.fromhex(beyond), 1000)
    assert unpack(bytes.fromhex("0103b002614500"), 1000) == b"a" * 73
    with pytest.raises(ValueError, match="too long"):
        unpack(bytes.fromhex("0103b002614500"), 72)


@pytest.mark.parametrize("length", [0, 1, 100, 3000, 4096, 5000])
def test_what_is_packed_is_unpacked(length: int) -> None:
    data = (b"Attribute aaaaaaaaaaaaaaaaaaaaaaaa 12345 \xc4\xe3" * 200)[:length]
    assert unpack(macros.pack(data), 10_000).rstrip(b"\0") == data


@pytest.mark.parametrize("name", PARTS)
def test_the_source_of_a_macro_is_read(name: str) -> None:
    project = macros.macros({"Module1": SOURCE, "ThisDocument": ""}, about="名单由张某三录入")
    data = with_members(make(name).data, {PARTS[name]: project})
    document = Extractor().read_bytes(data, f"a.{name}")
    assert document.unread == ()
    assert place(document, NUMBER) == ("宏“Module1”第4行", False)
    assert place(document, "合肥市蜀山区")[0] == "宏“Module1”第3行"
    assert not place(document, "张某三")[1]
    assert "ThisDocument" not in document.text


def test_macros_of_old_workbooks_are_read() -> None:
    tree: Tree = {
        "Workbook": xls.single([["姓名"], ["甲某"]]),
        "_VBA_PROJECT_CUR": macros.project({"Module1": SOURCE}),
    }
    document = Extractor().read_bytes(compound(tree), "a.xls")
    assert document.unread == ()
    assert place(document, NUMBER)[0] == "宏“Module1”第4行"


def test_torn_macros_are_told() -> None:
    whole = macros.project({"Module1": SOURCE})
    folder = whole["VBA"]
    assert isinstance(folder, dict)
    torn: list[Tree] = [
        {"VBA": {**folder, "dir": b"\1\2"}},
        {"VBA": {**folder, "Module1": b"no source"}},
        {"VBA": {key: value for key, value in folder.items() if key != "Module1"}},
        {"VBA": {"Module1": folder["Module1"]}},
    ]
    for tree in torn:
        data = with_members(make("docx").data, {"word/vbaProject.bin": compound(tree)})
        reasons = [entry.reason for entry in Extractor().read_bytes(data, "a.docx").unread]
        assert reasons == [UnreadReason.CORRUPT]
    data = with_members(make("docx").data, {"word/vbaProject.bin": b"no compound file"})
    assert Extractor().read_bytes(data, "a.docx").unread
