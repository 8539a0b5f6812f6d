"""Where the network looks: around what a name can begin with, inside one sentence."""

from __future__ import annotations

import pytest

from recognizers.layout import PlainLayout
from recognizers.names.flow import Flow
from recognizers.view import View


def windows(text: str) -> list[str]:
    flow = Flow(View(text, PlainLayout(text)))
    return [flow.text[start:end] for start, end in flow.windows()]


@pytest.mark.parametrize(
    "text",
    [
        "由局长董立诚任组长",
        "选手Moon获胜",
        "博瓦德(henrik bogvad)确认",
    ],
)
def test_a_possible_beginning_is_looked_at(text: str) -> None:
    assert windows(text) == [text]


@pytest.mark.parametrize("text", ["", "王", "a", "Ab", "CEO和GDP", "的了在是", "x@bcd.com"])
def test_what_begins_no_name_is_passed_over(text: str) -> None:
    assert windows(text) == []


def test_a_window_ends_with_its_sentence() -> None:
    assert windows("的了的了。由董立诚负责!的了的了") == ["由董立诚负责"]


def test_only_the_surroundings_of_a_long_text() -> None:
    text = "的" * 60 + "董立诚" + "的" * 60
    (window,) = windows(text)
    assert "董立诚" in window
    assert len(window) < 45
