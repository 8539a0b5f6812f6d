"""Random Word paragraphs, random pages: one stretch goes, all else stays; torn input is told."""

from __future__ import annotations

import random
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.errors import SomethingLeft
from screener.extract.extractor import Extractor
from screener.model.document import SEGMENT_BREAK, Document, SegmentKind
from screener.redact.redactor import DocumentRedactor
from tests.redact import planted
from tests.redact.test_formats import PATTERN, all_spans

LOOKS = ("", "<w:b/>", '<w:color w:val="FF0000"/>')
"""None that sets a run apart: a value is also taken out where another look stands inside it."""
RUNS = (
    "{run}",
    "<w:ins w:id='1'>{run}</w:ins>",
    "<w:hyperlink>{run}</w:hyperlink>",
    "{run}<w:r><w:tab/></w:r>",
)
texts = st.text("甲乙丙1234 &<", min_size=1, max_size=6)
runs = st.tuples(texts, st.sampled_from(LOOKS), st.sampled_from(RUNS))
paragraphs = st.lists(st.lists(runs, min_size=1, max_size=4), min_size=1, max_size=5)


def word(content: list[list[tuple[str, str, str]]]) -> bytes:
    body = ""
    for number, paragraph in enumerate(content):
        inner = "".join(
            shape.format(
                run=f"<w:r><w:rPr>{look}</w:rPr>"
                f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            )
            for text, look, shape in paragraph
        )
        cell = f"<w:p>{inner}</w:p>"
        body += f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>" if number % 3 == 2 else cell
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "_rels/.rels": planted.rels(("officeDocument", "word/document.xml")),
        "word/document.xml": planted.story("document", f"<w:body>{body}</w:body>"),
    }
    return planted.package(parts, {"word/document.xml": kind})


def stretches(document: Document) -> list[tuple[int, int]]:
    """Every segment but the file's name, without white space at its ends."""
    found = []
    for segment in document.segments:
        text = document.text[segment.start : segment.end]
        if segment.kind is not SegmentKind.FILE_NAME and text.strip():
            start = segment.start + len(text) - len(text.lstrip())
            found.append((start, start + len(text.strip())))
    return found


def squeezed(text: str) -> list[str]:
    return ["".join(part.split()) for part in text.split(SEGMENT_BREAK)[:-1]]


@settings(max_examples=60, deadline=None)
@given(paragraphs, st.data())
def test_one_stretch_of_a_word_document(
    content: list[list[tuple[str, str, str]]], data: st.DataObject
) -> None:
    original = word(content)
    document = Extractor().read_bytes(original, "a.docx")
    choices = stretches(document)
    if not choices:
        return
    first, last = data.draw(st.sampled_from(choices))
    inked = [i for i in range(first, last) if not document.text[i].isspace()]
    start = data.draw(st.sampled_from(inked))
    end = data.draw(st.sampled_from([i for i in inked if i >= start])) + 1
    copy = DocumentRedactor().redact(original, document, [(start, end, "#")])
    again = Extractor().read_bytes(copy, "a.docx")
    expected = document.text[:start] + "#" + document.text[end:]
    # a tab or line break inside the stretch may stay
    assert squeezed(again.text) == squeezed(expected)


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_page_never_breaks_the_writer(seed: int) -> None:
    chance = random.Random(seed)
    source = list(planted.page().replace("CHARSET", "utf-8"))
    for _round in range(chance.choice((1, 3, 8, 20))):
        at = chance.randrange(len(source))
        if chance.random() < 0.6:
            source.insert(at, chance.choice("<>\"'&/!-; =\n"))
        else:
            del source[at]
    data = "".join(source).encode()
    document = Extractor().read_bytes(data, "a.html")
    spans = all_spans(document)
    try:
        copy = DocumentRedactor().redact(data, document, spans)
    except SomethingLeft:
        return
    left = PATTERN.findall(Extractor().read_bytes(copy, "a.html").text)
    assert len(left) <= len(spans) // 4


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_damaged_package_never_breaks_the_writer(name: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray({"a.docx": planted.docx, "a.xlsx": planted.xlsx}[name]())
    for _round in range(chance.choice((1, 3, 8))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    document = Extractor().read_bytes(bytes(data), name)
    if not DocumentRedactor().can_redact(document.source.media_type):
        return
    try:
        DocumentRedactor().redact(bytes(data), document, all_spans(document))
    except SomethingLeft:
        return
