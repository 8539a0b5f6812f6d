"""One contract over all formats with a writer: what is planted anywhere can be taken out there."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from fixtures.formats import NAMES, Place, make
from screener.errors import SomethingLeft
from screener.extract.extractor import Extractor
from screener.masking import replacement
from screener.model.document import SEGMENT_BREAK, Document
from screener.model.place import Member
from screener.redact.redactor import DocumentRedactor

SAMPLES = {name: make(name, seed=23) for name in NAMES}
READ = {name: Extractor().read_bytes(s.data, s.name) for name, s in SAMPLES.items()}
WRITABLE = [n for n in NAMES if DocumentRedactor().can_redact(READ[n].source.media_type)]


def embedded(name: str, value: str) -> bool:
    """Whether a value stands in a file that lies inside the sample."""
    document = READ[name]
    return isinstance(document.locate(*spans_of(document, value)[0][:2]), Member)


def spans_of(document: Document, value: str) -> list[tuple[int, int, str]]:
    pattern = re.compile("[ \n\u3000-]?".join(value))
    new = replacement("CN_ID_CARD", value)
    return [(*match.span(), new) for match in pattern.finditer(document.text)]


PLANTED = [
    (name, place)
    for name in WRITABLE
    for place in SAMPLES[name].places
    if not embedded(name, SAMPLES[name].values[place.name])
]
EMBEDDED = [
    (name, place)
    for name in WRITABLE
    for place in SAMPLES[name].places
    if embedded(name, SAMPLES[name].values[place.name])
]


def content(data: bytes) -> bytes:
    """The bytes, unpacked where they are a package."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\0".join(archive.read(name) for name in archive.namelist())


def test_which_formats_have_a_writer() -> None:
    assert set(WRITABLE) == {"txt", "csv", "html", "docx", "xlsx"}


def test_a_format_without_writer_says_what_to_do() -> None:
    sample, document = SAMPLES["pdf"], READ["pdf"]
    with pytest.raises(SomethingLeft) as caught:
        DocumentRedactor().redact(sample.data, document, [(0, 1, "*")])
    assert "PDF" in caught.value.message
    assert "submit" in caught.value.advice


@pytest.mark.parametrize("name", WRITABLE)
def test_all_planted_values_are_gone(name: str) -> None:
    sample, document = SAMPLES[name], READ[name]
    values = {place.name: sample.values[place.name] for at, place in PLANTED if at == name}
    spans = sorted(s for value in values.values() for s in spans_of(document, value))
    assert len(spans) >= len(values) > 0
    copy = DocumentRedactor().redact(sample.data, document, spans)
    again = Extractor().read_bytes(copy, sample.name)
    assert not again.unread
    for place, value in values.items():
        assert not spans_of(again, value), place
        assert value.encode() not in content(copy), place


@pytest.mark.parametrize(("name", "place"), EMBEDDED, ids=lambda x: getattr(x, "name", x))
def test_a_value_in_an_embedded_file_is_refused_with_its_place(name: str, place: Place) -> None:
    sample, document = SAMPLES[name], READ[name]
    with pytest.raises(SomethingLeft) as caught:
        DocumentRedactor().redact(
            sample.data, document, spans_of(document, sample.values[place.name])
        )
    assert place.where in caught.value.message


@pytest.mark.parametrize(("name", "place"), PLANTED, ids=lambda x: getattr(x, "name", x))
def test_one_planted_value_is_gone_and_the_rest_is_there(name: str, place: Place) -> None:
    sample, document = SAMPLES[name], READ[name]
    value = sample.values[place.name]
    spans = spans_of(document, value)
    copy = DocumentRedactor().redact(sample.data, document, spans)
    again = Extractor().read_bytes(copy, sample.name)
    assert not spans_of(again, value)
    assert value.encode() not in content(copy)
    for other, kept in sample.values.items():
        if kept != value:
            assert len(spans_of(again, kept)) == len(spans_of(document, kept)), other
    touched = {document.segments.index_at(start) for start, _end, _new in spans}
    found = set(again.text.split(SEGMENT_BREAK))
    for index, segment in enumerate(document.segments):
        text = document.text[segment.start : segment.end]
        if index in touched or name in ("txt", "csv") or place.name == "sheet name":
            continue
        if isinstance(segment.place.locate(0, 1), Member):
            continue  # an embedded file is kept as it is, a preview picture is left out
        if value[:8] not in text:  # half of a number of which the other half is deleted
            assert text in found, text


@pytest.mark.parametrize("name", WRITABLE)
def test_nothing_to_do_changes_nothing(name: str) -> None:
    assert DocumentRedactor().redact(SAMPLES[name].data, READ[name], []) == SAMPLES[name].data


@pytest.mark.parametrize("name", WRITABLE)
def test_the_name_of_the_file_is_out_of_reach(name: str) -> None:
    document = READ[name]
    end = len(document.text)
    with pytest.raises(SomethingLeft):
        DocumentRedactor().redact(SAMPLES[name].data, document, [(end - 3, end, "*")])


def test_overlapping_spans_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        DocumentRedactor().redact(b"", READ["txt"], [(0, 3, "*"), (2, 4, "*")])
