"""Names in Latin letters: only where something beside them says so."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import Knows, names, persons
from tests.recognizers.steps import steps


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("影片制片人Steven透露", ["Steven"]),
        ("你好，Berg先生。", ["Berg"]),
        ("由外教 John Smith 授课", ["John Smith"]),
        ("Mary-Ann O Brien 女士到访", ["Mary-Ann O Brien"]),
        ("姓名：Maria Garcia Lopez", ["Maria Garcia Lopez"]),
        ("联系人：Peter Hansen，电话", ["Peter Hansen"]),
        ("姓名：SMITH JOHN\n国籍：英国", ["SMITH JOHN"]),
        ("序号\t姓名\t国籍\n1\tJohn Smith\t英国\n2\tMaria\t法国", ["John Smith", "Maria"]),
    ],
)
def test_words_beside_a_name_find_it(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_foreigners_own_name_stands_in_brackets_behind_the_translated_one() -> None:
    text = "医务主管博瓦德（Henrik Bogvad）确认"
    found = persons(text, Knows("博瓦德"))
    assert [name for name, _ in found] == ["博瓦德", "Henrik Bogvad"]
    assert "own_letters" in found[1][1].evidence
    assert names("张立文（Tony）说", Knows("张立文")) == ["张立文"]


def test_the_network_may_find_one_when_it_is_sure() -> None:
    assert names("张文与Svensson接受采访", Knows("Svensson", score=0.96)) == ["Svensson"]
    assert names("张文与Svensson接受采访", Knows("Svensson", score=0.7)) == []
    assert names("张文与CEO接受采访", Knows("CEO")) == []


def test_other_mentions_of_one_are_found_but_no_parts_of_words() -> None:
    assert names("歌手Mark到场，说Mark和Market很好") == ["Mark", "Mark"]


@pytest.mark.parametrize(
    "text",
    [
        "使用Photoshop软件，Windows系统",
        "姓名：Name",
        "联系人：Email",
        "专家介绍GDP增长",
        "公司CEO表示",
        "记者在WTO采访",
        "访问https://Www.Example先生",
        "联系人：Microsoft",
    ],
)
def test_letters_alone_name_nobody(text: str) -> None:
    assert names(text) == []


def test_long_runs_of_letters_take_linear_time() -> None:
    def cost(count: int) -> int:
        return steps(lambda: names("选手" + "Aa " * count + "B" + "b" * count))

    cost(1000)  # what is loaded once
    assert cost(4000) < 5 * cost(1000)
