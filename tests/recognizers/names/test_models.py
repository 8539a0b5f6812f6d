"""The networks: same names in any batch, offsets of the text, nothing for nothing."""

from __future__ import annotations

import numpy as np
import pytest

from recognizers.names.encode import PAD, UNKNOWN, Encoder, pairs_of
from recognizers.names.lac import LacModel
from recognizers.names.model import SURE, NameModel


@pytest.fixture(scope="module")
def model() -> NameModel:
    return LacModel()


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
    encoder = Encoder("0a王建")
    ids, pairs = encoder.encode(["王建7Z", "龘"])
    assert ids.tolist() == [[4, 5, 2, 3], [UNKNOWN, PAD, PAD, PAD]]
    assert np.array_equal(pairs, pairs_of(ids))
    assert len({int(pair) for pair in pairs[0]}) == 4
