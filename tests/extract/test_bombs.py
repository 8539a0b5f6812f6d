"""Files that ask for too much end in time, within memory, and are never clear without text."""

from __future__ import annotations

import resource
import time
from dataclasses import replace

import pytest

from fixtures.bombs import BOMBS
from fixtures.bombs_office import OFFICE_BOMBS
from fixtures.bombs_ole import OLE_BOMBS
from fixtures.formats import make
from fixtures.hostile import docx_with_entities, with_members
from screener.config import MEBIBYTE, Limits
from screener.extract import intake
from screener.extract.extractor import Extractor
from screener.extract.package import parse_xml
from screener.extract.reading import Reading
from screener.extract.registry import Unreadable
from screener.model.document import Document, UnreadReason

LIMITS = replace(
    Limits(), seconds=4.0, memory_bytes=1024 * MEBIBYTE, members=2000, unpacked_bytes=300 * MEBIBYTE
)
ALL = {**BOMBS, **OLE_BOMBS}
HARMLESS = {"comments.xml", "runs.docx", "sparse.xlsx", "line.txt", "wide.csv", "storages.xls"}
"""Large or odd, but all of it can be read; on a slow machine not in this time."""
LARGE = {UnreadReason.TOO_LARGE, UnreadReason.TIMEOUT}
EXPECTED = {
    **{name: {UnreadReason.CORRUPT} for name in OLE_BOMBS},
    "locked.docx": {UnreadReason.ENCRYPTED},
    "claims.doc": {UnreadReason.CORRUPT, UnreadReason.MISSING_TOOL},
    "flat.zip": LARGE,
    "nested.zip": LARGE,
    "itself.zip": {UnreadReason.TOO_DEEP},
    "overlapping.zip": {*LARGE, UnreadReason.UNSUPPORTED, UnreadReason.CORRUPT},
    "members.zip": {*LARGE, UnreadReason.EMPTY},
    "endless.gz": LARGE,
    "entities.xml": {UnreadReason.CORRUPT},
    "huge.png": {UnreadReason.TOO_LARGE},
}


@pytest.mark.parametrize("name", ALL)
def test_a_bomb_is_told_and_does_no_harm(name: str) -> None:
    data = ALL[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    document = Extractor(LIMITS).read_bytes(data, name)
    assert time.monotonic() - began < 60  # twice the limit and much for a machine that is busy
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < 400 * MEBIBYTE
    reasons = {entry.reason for entry in document.unread}
    if name in HARMLESS:
        assert reasons <= {UnreadReason.TIMEOUT}
    else:
        assert reasons
        assert reasons <= EXPECTED.get(name, set(UnreadReason))
    again = Extractor().read_bytes(make("html").data, "a.html")
    assert again.unread == ()


@pytest.mark.parametrize("name", OFFICE_BOMBS)
def test_much_over_much_is_read_to_the_end(name: str) -> None:
    document = Extractor(replace(LIMITS, seconds=40.0)).read_bytes(OFFICE_BOMBS[name](), name)
    assert document.unread == ()
    assert document.segments


def detail_of(document: Document) -> str:
    return " ".join(entry.detail for entry in document.unread)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("flat.zip", "unpacked_ratio"),
        ("endless.gz", "unpacked_ratio"),
        ("itself.zip", "depth"),
        ("huge.png", "pixels"),
    ],
)
def test_the_limit_that_was_met_is_named(name: str, key: str) -> None:
    assert f"[limits] {key}" in detail_of(Extractor().read_bytes(BOMBS[name](), name))


def test_limits_of_one_file_are_settings() -> None:
    several = with_members(make("zip").data, {f"{n}.txt": b"x" for n in range(9)})
    for limits, data, name, key in (
        (Limits(file_bytes=100), make("docx").data, "a.docx", "file_bytes"),
        (Limits(members=4), several, "a.zip", "members"),
        (Limits(unpacked_bytes=2000), make("docx").data, "a.docx", "unpacked_bytes"),
        (Limits(pages=1), make("pdf").data, "a.pdf", "pages"),
        (Limits(depth=0), make("zip").data, "a.zip", "depth"),
        (Limits(seconds=0.2), BOMBS["wide.html"](), "a.html", "seconds"),
    ):
        document = Extractor(limits).read_bytes(data, name)
        assert f"[limits] {key}" in detail_of(document), key


@pytest.mark.parametrize("name", ["a.xml", "a.svg", "a.xhtml", "a.html"])
def test_entities_that_hide_a_value_are_told(name: str) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "110105"><!ENTITY b "1949">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&a;&b;</text></svg>'
    )
    document = Extractor().read_bytes(text.encode(), name)
    assert {entry.reason for entry in document.unread} == {UnreadReason.CORRUPT}
    assert "实体" in detail_of(document)


def test_entities_in_packages_are_not_expanded() -> None:
    document = Extractor().read_bytes(docx_with_entities(), "a.docx")
    assert document.unread
    assert "haha" not in document.text
    assert "root:" not in document.text


def test_a_panic_of_a_library_in_rust_is_an_unread_part() -> None:
    lost = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    data = with_members(make("xlsb").data, {"xl/_rels/workbook.bin.rels": lost})
    document = Reading(Limits()).read(intake.from_bytes(data, "a.xlsb", "", Limits()))
    assert {entry.reason for entry in document.unread} == {UnreadReason.CORRUPT}
    assert "PanicException" in detail_of(document)


@pytest.mark.parametrize("depth", [300, 2000, 5000])
@pytest.mark.parametrize("tag", ["div", "b", "g"])
def test_what_lies_deep_in_a_page_is_read_or_told(tag: str, depth: int) -> None:
    """libxml2 leaves out what is 256 deep and all behind it, unless it is asked not to."""
    deep = f"<{tag}>" * depth + "深处的字" + f"</{tag}>" * depth
    page = f"<html><body><p>正文</p><svg>{deep}</svg><p>尾声</p></body></html>"
    document = Extractor().read_bytes(page.encode(), "a.html")
    if {entry.reason for entry in document.unread} == {UnreadReason.TOO_DEEP}:
        assert depth > 2000
    else:
        assert document.unread == ()
        assert "深处的字" in document.text
        assert "尾声" in document.text


def test_a_part_that_is_read_behind_errors_is_not_cut_in_silence() -> None:
    deep = "<g>" * 400 + "字" + "</g>" * 400
    with pytest.raises(Unreadable) as told:
        parse_xml(deep.encode(), "a.vml", recover=True)
    assert told.value.reason is UnreadReason.TOO_DEEP
    assert parse_xml(b"<g><b>x</g>", "a.vml", recover=True).tag == "g"
