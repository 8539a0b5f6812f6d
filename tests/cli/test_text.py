from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cli.text import NOT_FIRST, cells, pad, wrap

words = st.sampled_from([*"公示名单，。a1 -（）“”\n　Ｗ", "screener", "（2026-00001）"])
texts = st.lists(words, max_size=60).map("".join)


@given(texts, st.integers(6, 40))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(texts, st.integers(6, 40))
def test_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_no_line_starts_with_closing_punctuation() -> None:
    lines = wrap("确需区分同名人员时，只保留前两位和末三位。", 18)
    assert len(lines) > 1
    assert not any(line[0] in NOT_FIRST for line in lines)


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_full_width_characters_take_two_columns() -> None:
    assert cells("身份证ab") == 8
    assert pad("公示", 6) == "公示  "
