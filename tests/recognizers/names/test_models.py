"""The network: same names in any batch, offsets of the text, nothing for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from recognizers.names.cnn import CnnModel
from recognizers.names.encode import PAD, UNKNOWN, Encoder, pairs_of
from recognizers.names.known import KINDS, LENGTHS, KnownWords, marks_of, table_of
from recognizers.names.model import SURE, NameModel


@pytest.fixture(scope="module")
def model() -> NameModel:
    return CnnModel()


TEXTS = [
    "县长周文斌主持会议,副县长李卫东出席。",
    "今年以来,全县主动公开政府信息1200条。",
    "",
    "经理张建国与王秀英签订合同,由赵磊见证",
    "王",
]


def test_names_and_their_offsets(model: NameModel) -> None:
    found = [
        [text[span.start : span.end] for span in spans if span.score >= SURE]
        for text, spans in zip(TEXTS, model.find(TEXTS), strict=True)
    ]
    assert found[0] == ["周文斌", "李卫东"]
    assert found[1] == []
    assert found[2] == []
    assert found[3] == ["张建国", "王秀英", "赵磊"]


def test_a_text_does_not_depend_on_its_neighbours(model: NameModel) -> None:
    together = model.find(TEXTS)
    alone = [model.find([text])[0] for text in TEXTS]
    reverse = model.find(TEXTS[::-1])[::-1]
    for others in (alone, reverse):
        for left, right in zip(together, others, strict=True):
            assert [(s.start, s.end) for s in left] == [(s.start, s.end) for s in right]
            assert [s.score for s in left] == pytest.approx([s.score for s in right], abs=1e-3)


def test_many_texts_and_none(model: NameModel) -> None:
    assert model.find([]) == []
    many = model.find(["局长董健任组长"] * 3000)
    assert {tuple((s.start, s.end) for s in spans) for spans in many} == {((2, 4),)}


def test_encoding_knows_digits_letters_and_strangers() -> None:
    encoder = Encoder("0aA王建")
    ids, pairs, codes = encoder.encode(["王建7Zz", "龘"])
    assert codes.tolist() == [[ord(char) for char in "王建7Zz"], [ord("龘"), 0, 0, 0, 0]]
    assert ids.tolist() == [[5, 6, 2, 4, 3], [UNKNOWN, PAD, PAD, PAD, PAD]]
    assert np.array_equal(pairs, pairs_of(ids))
    assert len({int(pair) for pair in pairs[0]}) == 5


def test_known_words_are_marked_where_they_begin_and_end() -> None:
    known = KnownWords(table_of({"切尔西": "organisation", "主场": "common", "西主": "rare"}))
    codes = np.array([[ord(char) for char in "在切尔西主场"]], dtype=np.uint32)
    starting = known.starting(codes)
    kinds = {
        (at, LENGTHS[which]): KINDS[starting[0, at, which]]
        for at, which in zip(*np.nonzero(starting[0]), strict=True)
    }
    assert kinds == {(1, 3): "organisation", (3, 2): "rare", (4, 2): "common"}
    marks = marks_of(starting)[0] - np.arange(len(LENGTHS)) * len(KINDS) ** 2
    begins, ends = np.divmod(marks, len(KINDS))
    assert begins[1, 1] == ends[3, 1] == KINDS.index("organisation")
    assert begins[4, 0] == ends[5, 0] == KINDS.index("common")
    assert np.count_nonzero(begins) == np.count_nonzero(ends) == 3


def test_texts_shorter_than_any_word_have_no_marks() -> None:
    known = KnownWords(table_of({"主场": "common"}))
    assert not known.starting(np.array([[ord("王")]], dtype=np.uint32)).any()
