"""Bare surnames: who is meant in prose, and who is left alone in the papers of offices."""

from __future__ import annotations

import pytest

from recognizers.names.bare import EVIDENCE
from tests.recognizers.names.test_finder import Knows, names, persons


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("六十年代初，吴先生到了北京", "unknown"),
        ("吴老师看了后，微笑着点头", "unknown"),
        ("吴主席为大家送来了图书", "official"),
        ("吴老说，画画时要静下心来", "unknown"),
    ],
)
def test_prose_means_somebody(text: str, role: str) -> None:
    ((name, person),) = persons(text, Knows("吴"))
    assert (name, person.role) == ("吴", role)
    assert EVIDENCE in person.evidence


@pytest.mark.parametrize(
    "text",
    [
        "吴女士来电反映小区噪音",
        "市民吴先生说水管坏了",
        "联系人：吴女士",
        "另一位摊主吴先生告诉记者，生意不错",
        "吴先生，您好",
        "签收后，吴先生收到〔2024〕3号决定",
        "吴某说",
        "吴书记一行走访慰问困难群众",
        "吴主任带队检查",
        "全党同志首先是领导干部",
        "吴家的院子",
        "《吴氏》一书",
    ],
)
def test_whoever_is_hidden_behind_a_surname_stays_so(text: str) -> None:
    assert names(text, Knows("吴")) == []


def test_the_form_of_address_is_never_part_of_the_name() -> None:
    assert names("当时，吴大娘正在做饭", Knows("吴大娘")) == ["吴"]


def test_a_doubtful_surname_counts_where_the_text_gives_the_full_name() -> None:
    doubtful = Knows("吴", score=0.4)
    assert names("那年，吴先生到了北京", doubtful) == []
    full = "吴立文退休多年。后来，吴先生到了北京"
    assert names(full, Knows("吴立文", "吴", score=0.4)) == []
    assert names("老同学" + full.replace("吴立文", "吴立文同志"), doubtful) == ["吴立文", "吴"]


def test_a_surname_inside_a_name_is_no_second_finding() -> None:
    assert names("吴立文老师", Knows("吴立文")) == ["吴立文"]
