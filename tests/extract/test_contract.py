"""One contract over all formats: each planted value is found in its place; nothing is silent."""

from __future__ import annotations

import random
import re

import pytest

from fixtures.formats import NAMES, Place, Sample, make
from screener.extract.extractor import Extractor
from screener.model.document import Document, Segment, SegmentKind, UnreadReason

SAMPLES = {name: make(name, seed=11) for name in NAMES}
PLANTED = [(name, place) for name in NAMES for place in SAMPLES[name].places]


def read(sample: Sample, data: bytes | None = None) -> Document:
    return Extractor().read_bytes(sample.data if data is None else data, sample.name)


READ = {name: read(sample) for name, sample in SAMPLES.items()}


def holding(document: Document, value: str) -> list[tuple[int, Segment, re.Match[str]]]:
    """Where the value stands, possibly wrapped: segment number, segment, match."""
    wrapped = re.compile("\n?".join(value))
    return [
        (index, segment, match)
        for index, segment in enumerate(document.segments)
        if (match := wrapped.search(document.text, segment.start, segment.end))
    ]


@pytest.mark.parametrize(("name", "place"), PLANTED, ids=lambda x: getattr(x, "name", x))
def test_planted_value_is_found_in_its_place(name: str, place: Place) -> None:
    document = READ[name]
    found = holding(document, SAMPLES[name].values[place.name])
    kinds = {(segment.kind.value, segment.visible) for _index, segment, _match in found}
    assert kinds == {(place.kind, place.visible)}
    index, _segment, match = found[0]
    described = document.locate(*match.span()).describe()
    assert place.where in described
    if place.header is not None:
        assert document.header(index) == place.header


@pytest.mark.parametrize("name", NAMES)
def test_all_of_a_sound_file_is_read(name: str) -> None:
    document = READ[name]
    assert document.unread == ()
    assert document.source.media_type
    assert document.facts.named_as == ""
    last = document.segments[len(document.segments) - 1]
    assert last.kind is SegmentKind.FILE_NAME
    assert document.text[last.start : last.end] == SAMPLES[name].name


@pytest.mark.parametrize("name", NAMES)
def test_segments_are_ordered_and_inside_the_text(name: str) -> None:
    document = READ[name]
    end = 0
    for segment in document.segments:
        assert end <= segment.start < segment.end <= len(document.text)
        end = segment.end
        assert segment.place.locate(0, 1).to_json()["kind"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_file_is_never_silent(name: str, part: float) -> None:
    data = SAMPLES[name].data
    document = read(SAMPLES[name], data[: int(len(data) * part)])
    if name in ("txt", "csv", "html", "eml", "mbox"):  # a cut text is a shorter text
        assert document.text
    else:
        assert document.unread


@pytest.mark.parametrize("name", NAMES)
def test_random_bytes_under_the_name_are_unread(name: str) -> None:
    document = read(SAMPLES[name], random.Random(5).randbytes(4000))
    assert [entry.reason for entry in document.unread] == [UnreadReason.UNSUPPORTED]
    assert document.unread[0].what


@pytest.mark.parametrize("name", NAMES)
def test_mutated_bytes_never_raise_and_never_vanish(name: str) -> None:
    chance = random.Random(7)
    sound = SAMPLES[name].data
    for _round in range(25):
        data = bytearray(sound)
        for _flip in range(chance.choice((1, 5, 40))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        document = read(SAMPLES[name], bytes(data))
        body = [s for s in document.segments if s.kind is not SegmentKind.FILE_NAME]
        assert body or document.unread


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_is_empty_not_clear(name: str) -> None:
    document = read(SAMPLES[name], b"")
    assert [entry.reason for entry in document.unread] == [UnreadReason.EMPTY]


@pytest.mark.parametrize("name", NAMES)
def test_the_type_comes_from_the_bytes(name: str) -> None:
    sample = SAMPLES[name]
    disguised = Extractor().read_bytes(sample.data, "photo.jpg")
    if name in ("csv", "html"):
        assert disguised.source.media_type.startswith("text/")
    else:
        assert disguised.source.media_type == READ[name].source.media_type
    assert disguised.facts.named_as == "image/jpeg"
    assert all(holding(disguised, value) for value in sample.values.values())
