"""Numbers where no reader looks, and files that other programs open in another way."""

from __future__ import annotations

import pytest

from fixtures.formats import make
from fixtures.hostile import with_members
from fixtures.people import People
from screener.extract.extractor import Extractor
from screener.model.document import Document, SegmentKind, UnreadReason

NUMBER = People(77).person().id_number
FONTS = (
    b'<w:fonts xmlns:w="x"><w:font w:name="a"><w:panose1 w:val="02020603050405020304"/></w:font>'
)


def segment_of(document: Document, value: str) -> tuple[SegmentKind, bool, str]:
    index = document.segments.index_at(document.text.index(value))
    assert index is not None
    segment = document.segments[index]
    return segment.kind, segment.visible, segment.place.locate(0, 1).describe()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("docx", "word/theme/theme1.xml"),
        ("docx", "word/stylesWithEffects.xml"),
        ("docx", "word/_rels/nothing.xml.rels"),
        ("xlsx", "xl/styles.xml"),
        ("pptx", "ppt/theme/theme1.xml"),
        ("ofd", "Doc_0/Nothing.xml"),
    ],
)
@pytest.mark.parametrize("form", ["{}", "\ufeff{}", "&#x{:x};"])
def test_a_number_in_a_part_that_shows_none_is_found(name: str, part: str, form: str) -> None:
    value = NUMBER
    if "#" in form:
        value = "".join(form.format(ord(letter)) for letter in NUMBER)
    xml = f"<a><b>{value}</b></a>"
    content = xml.encode("utf-16") if form.startswith("\ufeff") else xml.encode()
    document = Extractor().read_bytes(with_members(make(name).data, {part: content}), f"a.{name}")
    if document.unread and NUMBER not in document.text:
        assert form != "{}"
        return
    kind, visible, _place = segment_of(document, NUMBER)
    assert not visible
    assert kind in (SegmentKind.HIDDEN, SegmentKind.METADATA)


def test_a_number_in_pieces_in_a_slide_that_nothing_leads_to_is_found() -> None:
    runs = "".join(f"<a:r><a:t>{part}</a:t></a:r>" for part in (NUMBER[:6], NUMBER[6:]))
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    xml = f"<x {space}><a:p>{runs}</a:p><a:p><a:r><a:t>end</a:t></a:r></a:p></x>"
    lost = with_members(make("pptx").data, {"ppt/lost/part.xml": xml.encode()})
    document = Extractor().read_bytes(lost, "a.pptx")
    assert segment_of(document, NUMBER)[:2] == (SegmentKind.HIDDEN, False)


def test_what_fonts_are_described_with_is_no_number() -> None:
    data = with_members(make("docx").data, {"word/fontTable.xml": FONTS + b"</w:fonts>"})
    assert "02020603050405020304" not in Extractor().read_bytes(data, "a.docx").text


def test_two_files_in_one_are_told() -> None:
    one, other = make("pdf", seed=1).data, make("pdf", seed=2).data
    assert Extractor().read_bytes(one, "a.pdf").unread == ()
    for data in (one + other, one + b"\r\n" + one):
        reasons = {entry.reason for entry in Extractor().read_bytes(data, "a.pdf").unread}
        assert reasons == {UnreadReason.CORRUPT}


def test_a_torn_index_is_told() -> None:
    data = make("pdf").data
    at = data.rindex(b"startxref") + 10
    torn = data[:at] + b"7" + data[at + 1 :]
    assert Extractor().read_bytes(torn, "a.pdf").unread
    moved = b"%junk before\n" + data
    assert all("索引" not in entry.what for entry in Extractor().read_bytes(moved, "a.pdf").unread)
