"""The view: what it folds, and that it always maps back to the exact raw text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.layout import PlainLayout
from recognizers.view import BREAK, View, fold
from tests.recognizers.layouts import Row

GONE = "\u200b\u200d\ufeff\u00ad\u2060\u202e\ufe0f\x00"
RAW = st.text(
    st.one_of(
        st.sampled_from("0189Xx-－ 　\u2009\t\r\n１２Ａ（證國号×Ⅹ★·•" + GONE),
        st.characters(max_codepoint=sys.maxunicode, exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "view"),
    [
        ("１３８－１２３４　５６７８", "138-1234 5678"),
        ("身份證號碼", "身份证号码"),
        ("機密級", "机密级"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("a\tb", "a\tb"),
        ("1\u20142\u20133\u22124", "1-2-3-4"),
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("13\u200b8\u00ad12\u20603\ufe0f4", "1381234"),
        ("×Ⅹ★☆", "×Ⅹ★☆"),
        ("⼈⺠⽤⼾", "人民用户"),
        ("٠١٢𝟏𝟑", "01213"),
        ("皖A•12345・", "皖A·12345·"),
        ("，：（）；", ",:();"),
        ("。、《》", "。、《》"),
    ],
)
def test_folds(raw: str, view: str) -> None:
    assert View(raw).text == view
    assert fold(raw) == view


@given(RAW)
def test_every_character_maps_back_to_its_own(raw: str) -> None:
    view = View(raw, PlainLayout(raw))
    kept = [view.raw_span(i, i + 1) for i in range(len(view))]
    assert all(end == start + 1 for start, end in kept)
    assert [start for start, _ in kept] == sorted({start for start, _ in kept})
    for index, (start, _) in enumerate(kept):
        folded = fold(raw[start])
        assert folded == view.text[index]
        assert view.position(start) == index


@given(RAW, st.data())
def test_a_span_covers_what_was_deleted_inside_and_no_more(raw: str, data: st.DataObject) -> None:
    view = View(raw)
    start = data.draw(st.integers(0, len(view)))
    end = data.draw(st.integers(start, len(view)))
    first, last = view.raw_span(start, end)
    assert View(raw[first:last]).text.rstrip("\n") == view.text[start:end].rstrip("\n")
    if end > start:
        assert fold(raw[first]) != ""
        assert fold(raw[last - 1]) != ""


@given(RAW)
def test_offsets_are_the_same_where_nothing_was_deleted(raw: str) -> None:
    view = View(raw)
    if len(view) == len(raw):
        assert view.raw_span(0, len(raw)) == (0, len(raw))


@given(st.lists(st.text("1２\n證 \u200b", min_size=1, max_size=8), min_size=1, max_size=6))
def test_whatever_lies_between_stretches_is_a_break(texts: list[str]) -> None:
    layout = Row([(None, text) for text in texts])
    view = View(layout.text, layout)
    assert view.text.split(BREAK * 2) == [fold(text) for text in texts]


def test_stretches_that_touch_are_kept_apart() -> None:
    class Touching(PlainLayout):
        def __init__(self) -> None:
            self.starts = (0, 6)
            self.ends = (6, 11)
            self.grid = ((-1, -1),) * 3
            self.joints = ()

    raw = "13812345678"
    view = View(raw, Touching())
    assert view.text == "138123" + BREAK + "45678"
    assert view.raw_span(7, 12) == (6, 11)
    assert view.raw_span(0, 6) == (0, 6)


def test_a_span_outside_is_refused() -> None:
    with pytest.raises(IndexError):
        View("abc").raw_span(1, 4)


def test_large_texts_are_folded_in_chunks_without_a_seam() -> None:
    raw = "１２\u200b證\r\n" * 300_000
    assert View(raw).text == "12证\n" * 300_000
