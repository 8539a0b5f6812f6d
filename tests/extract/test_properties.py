"""Whatever the bytes: a Document, and never a silence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.formats import NAMES, make
from screener.extract.builder import DocumentBuilder
from screener.extract.extractor import Extractor
from screener.model.document import SEGMENT_BREAK, SegmentKind, Source
from screener.model.place import WholeFile

STARTS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<html>",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
)
SOUND = [make(name).data for name in NAMES]


def check(data: bytes, name: str) -> None:
    document = Extractor().read_bytes(data, name)
    outside = (SegmentKind.FILE_NAME, SegmentKind.METADATA)
    body = any(segment.kind not in outside for segment in document.segments)
    assert body or document.unread
    for segment in document.segments:
        assert segment.place.locate(0, 1).describe()


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=600), st.sampled_from((*NAMES, "")))
def test_random_bytes_never_raise(start: bytes, data: bytes, name: str) -> None:
    check(start + data, f"a.{name}")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_spliced_files_never_raise(data: st.DataObject) -> None:
    first, second = data.draw(st.sampled_from(SOUND)), data.draw(st.sampled_from(SOUND))
    cut = data.draw(st.integers(0, len(first)))
    other = data.draw(st.integers(0, len(second)))
    check(first[:cut] + second[other:], "a.bin")


@given(st.lists(st.text(min_size=1, max_size=8), max_size=8))
def test_segments_cut_the_text_at_breaks(pieces: list[str]) -> None:
    builder = DocumentBuilder()
    for piece in pieces:
        builder.add(piece, SegmentKind.BODY, WholeFile())
    document = builder.build(Source("", 0, "", "", ""))
    assert document.text == SEGMENT_BREAK.join(pieces)
    assert [document.text[s.start : s.end] for s in document.segments] == pieces
