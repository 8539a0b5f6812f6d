"""Workbooks as other programs write them, and what must not stay behind in any of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from screener.errors import SomethingLeft
from screener.extract.extractor import Extractor
from screener.model.document import Document
from screener.redact.redactor import DocumentRedactor
from tests.redact import planted
from tests.redact.planted import NAME, NUMBER, PHONE
from tests.redact.test_formats import all_spans, cell_texts, parts_of

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SPACES = (
    'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def workbook(rows: str, *, name: str = "表", encoding: str = "utf-8", strings: str = "") -> bytes:
    """A one-sheet workbook with a prefix on every tag."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    sheet = f"{head}<x:worksheet {_SPACES}><x:sheetData>{rows}</x:sheetData></x:worksheet>"
    book = f'<x:sheets><x:sheet name="{name}" sheetId="1" r:id="rId1"/></x:sheets>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": planted.rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"{head}<x:workbook {_SPACES}>{book}</x:workbook>".encode(encoding),
        "xl/_rels/workbook.xml.rels": planted.rels(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet.encode(encoding),
        "xl/sharedStrings.xml": f"{head}<x:sst {_SPACES}>{strings}</x:sst>".encode(encoding),
    }
    kinds = {
        "xl/workbook.xml": f"{_SHEET}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{_SHEET}.worksheet+xml",
        "xl/sharedStrings.xml": f"{_SHEET}.sharedStrings+xml",
    }
    return planted.package(parts, kinds)


def redacted(data: bytes) -> tuple[Document, dict[str, bytes]]:
    document = Extractor().read_bytes(data, "a.xlsx")
    spans = all_spans(document)
    assert spans
    copy = DocumentRedactor().redact(data, document, spans)
    return Extractor().read_bytes(copy, "a.xlsx"), parts_of(copy)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_prefixes_and_other_encodings(encoding: str) -> None:
    rows = (
        f'<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>{NUMBER}</x:t></x:is></x:c></x:row>'
        f'<x:row r="2"><x:c r="B2"><x:v>{PHONE}</x:v></x:c><x:c r="C2"/></x:row>'
    )
    again, parts = redacted(workbook(rows, encoding=encoding))
    assert cell_texts(again) == {("表", "A1"): "*" * 18, ("表", "B2"): "138****8000"}
    assert b"encoding=" in parts["xl/worksheets/sheet1.xml"][:60]


def test_a_string_that_another_cell_still_shows_stays() -> None:
    strings = f"<x:si><x:t>{NAME}</x:t></x:si>"
    rows = (
        '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c>'
        '<x:c r="B1" t="s"><x:v>0</x:v></x:c></x:row>'
    )
    data = workbook(rows, strings=strings)
    document = Extractor().read_bytes(data, "a.xlsx")
    first = all_spans(document)[0]
    copy = DocumentRedactor().redact(data, document, [first])
    cells = cell_texts(Extractor().read_bytes(copy, "a.xlsx"))
    assert cells == {("表", "A1"): "欧阳某", ("表", "B1"): NAME}


def test_a_sheet_named_after_a_number_gets_a_valid_name() -> None:
    rows = f'<x:row r="1"><x:c r="A1"><x:f>\'{NUMBER}\'!B1</x:f><x:v>1</x:v></x:c></x:row>'
    again, parts = redacted(workbook(rows, name=NUMBER))
    assert cell_texts(again) == {("×" * 18, "A1"): "1"}
    assert f"'{'×' * 18}'!B1" in parts["xl/worksheets/sheet1.xml"].decode()


def test_markup_in_a_cell_stays_text() -> None:
    rows = (
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>&lt;b&gt; &amp;amp; '
        f"{NUMBER}</x:t></x:is></x:c></x:row>"
    )
    again, _parts = redacted(workbook(rows))
    assert cell_texts(again) == {("表", "A1"): f"<b> &amp; {'*' * 18}"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_an_embedded_part_that_holds_the_value_stops_the_copy(encoding: str) -> None:
    rows = f'<x:row r="1"><x:c r="A1"><x:v>{PHONE}</x:v></x:c></x:row>'
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", f"<v>{PHONE}</v>".encode(encoding))
    held = io.BytesIO(workbook(rows))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/embeddings/object1.bin", inner.getvalue())
    document = Extractor().read_bytes(held.getvalue(), "a.xlsx")
    with pytest.raises(SomethingLeft) as caught:
        DocumentRedactor().redact(held.getvalue(), document, all_spans(document))
    assert "object1.bin" in caught.value.message
    assert PHONE not in caught.value.message + caught.value.advice
