"""The table of places in ``docs/formats.md``: what is read, beside what the usual libraries give.

``python -m tests.extract.places`` writes it, ``--check`` tells whether it is up to date. The same
samples as in the contract test; a library "gives" a value when it stands in anything that its
documented interface hands out.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fixtures.formats import ALWAYS, Sample, make
from screener.extract.extractor import Extractor
from screener.i18n import language

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
BEGIN, END = "<!-- places: begin -->\n", "<!-- places: end -->\n"


def _python_docx(data: bytes) -> Iterator[str]:
    """Paragraphs, tables in tables, headers, footers, comments and core properties."""
    import docx

    document = docx.Document(io.BytesIO(data))
    yield from (paragraph.text for paragraph in document.paragraphs)
    tables = list(document.tables)
    while tables:
        for row in tables.pop().rows:
            for cell in row.cells:
                yield cell.text
                tables += cell.tables
    for section in document.sections:
        yield from (p.text for part in (section.header, section.footer) for p in part.paragraphs)
    for comment in document.comments:
        yield comment.text
        yield comment.author or ""
    core = document.core_properties
    yield from (core.title, core.author, core.keywords, core.comments, core.last_modified_by)


def _openpyxl(data: bytes) -> Iterator[str]:
    """Cells of all sheets, comments, links, validations, headers, names and properties."""
    import openpyxl

    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                yield str(cell.value)
                yield cell.comment.text if cell.comment else ""
                yield str(cell.hyperlink.target) if cell.hyperlink else ""
        yield from (
            str(rule.formula1) + str(rule.prompt) for rule in sheet.data_validations.dataValidation
        )
        for item in (sheet.oddHeader, sheet.oddFooter):
            yield from (str(part.text) for part in (item.left, item.center, item.right))
    yield from (str(name.attr_text) for name in book.defined_names.values())
    core = book.properties
    yield from (str(core.title), str(core.creator), str(core.keywords), str(core.description))
    yield from (str(entry.value) for entry in book.custom_doc_props.props)


def _pdfplumber(data: bytes) -> Iterator[str]:
    """Text and tables of the pages, annotations, links and the Info dictionary."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        yield from (str(value) for value in document.metadata.values())
        for page in document.pages:
            yield page.extract_text()
            yield "".join(str(character["text"]) for character in page.chars)
            for table in page.extract_tables():
                yield from (cell or "" for row in table for cell in row)
            for note in (*page.annots, *page.hyperlinks):
                yield f"{note.get('contents')} {note.get('uri')} {note.get('title')}"


PEERS: dict[str, tuple[str, Callable[[bytes], Iterator[str]]]] = {
    "docx": ("python-docx", _python_docx),
    "xlsx": ("openpyxl", _openpyxl),
    "pdf": ("pdfplumber", _pdfplumber),
}


def _joined(texts: Iterator[str]) -> str:
    return "\n".join(text.replace("\n", "") for text in texts)


def _rows(sample: Sample, name: str) -> Iterator[str]:
    document = Extractor().read_bytes(sample.data, sample.name)
    segments = list(document.segments)
    given = _joined(PEERS[name][1](sample.data)) if name in PEERS else ""
    for place in sample.places:
        value = sample.values[place.name]
        found = {
            (segment.kind.value, segment.visible)
            for segment in segments
            if value in document.text[segment.start : segment.end].replace("\n", "")
        }
        ours = "yes" if found == {(place.kind, place.visible)} else "no"
        seen = "seen" if place.visible else "not seen"
        peer = ("yes" if value in given else "no") if name in PEERS else "–"
        yield f"| {place.name} | {place.kind} | {seen} | {ours} | {peer} |"


def table() -> str:
    """The whole section, one table a format."""
    lines = []
    for name in ALWAYS:
        rows = list(_rows(make(name, seed=11), name))
        peer = PEERS[name][0] if name in PEERS else "–"
        ours = sum(row.split("|")[4].strip() == "yes" for row in rows)
        theirs = sum(row.split("|")[5].strip() == "yes" for row in rows)
        beside = f", {peer} {theirs}" if name in PEERS else ""
        lines += [f"### {name}: {ours} of {len(rows)}{beside}", ""]
        lines += [f"| place | kind | a person | read, kind and visibility right | {peer} |"]
        lines += ["|---|---|---|---|---|", *rows, ""]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write the section, or with ``--check`` compare it. 1 when it is out of date."""
    with language("en"):
        made = table()
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _old, _, after = rest.partition(END)
    new = f"{before}{BEGIN}\n{made}\n{END}{after}"
    if "--check" in arguments:
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
