"""Bytes that stand as text in parts of a package: queries with their tables, data of fields."""

from __future__ import annotations

import io
import zipfile

from fixtures import blobs
from fixtures.formats import make
from fixtures.hostile import with_members
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.model.document import Document

FIRST, SECOND = (person.id_number for person in People(71).persons(2))
QUERY = "customXml/item9.xml"


def place(document: Document, value: str) -> tuple[str, bool]:
    at = document.text.index(value)
    index = document.segments.index_at(at)
    assert index is not None
    return document.locate(at, at + len(value)).describe(), document.segments.visible(index)


def test_a_query_and_the_table_typed_into_it_are_read() -> None:
    part = blobs.query(FIRST, f'[["张某三","{SECOND}"]]')
    document = Extractor().read_bytes(with_members(make("xlsx").data, {QUERY: part}), "a.xlsx")
    assert document.unread == ()
    assert place(document, FIRST) == ("文件属性“数据查询”", False)
    assert place(document, SECOND) == ("文件属性“数据查询”", False)
    assert "张某三" in document.text


def test_a_torn_query_is_told() -> None:
    part = blobs.query(FIRST, "[]").decode("utf-16")
    torn = part.replace(part[200:260], "").encode("utf-16")
    document = Extractor().read_bytes(with_members(make("xlsx").data, {QUERY: torn}), "a.xlsx")
    assert [entry.what for entry in document.unread] == ["数据查询"]


def test_data_of_a_field_is_read() -> None:
    data = make("docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml")
    more = f"<w:r>{blobs.field_data(f'张某三 {FIRST}')}</w:r>".encode()
    body = body.replace(b"<w:r>", more + b"<w:r>", 1)
    document = Extractor().read_bytes(with_members(data, {"word/document.xml": body}), "a.docx")
    assert f"张某三 {FIRST}" in document.text
    assert place(document, FIRST)[1] is False
