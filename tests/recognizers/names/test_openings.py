"""Names near the beginning of the lines of a list, without any network."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import names, persons


@pytest.mark.parametrize(
    "text",
    [
        "某县人才公寓分配结果\n1. 云山县水利局　李建民　两室一厅\n2. 云山县水利局　王丽　两室一厅",
        "走访慰问生活困难党员、老党员名单\n石桥村支部　李建民　78岁　慰问金500元\n"
        "双桥村支部　王丽　79岁　慰问金500元",
        "低保对象公示名单\n石桥村 李建民 110105××××××××1234\n双桥村 王丽 *************",
    ],
)
def test_names_stand_behind_the_units_of_a_list(text: str) -> None:
    found = {name: person.role for name, person in persons(text)}
    assert found == {"李建民": "private", "王丽": "private"}


@pytest.mark.parametrize(
    "text",
    [
        "某县人才公寓分配结果\n云山县水利局　李建民　两室一厅",
        "各村种植情况\n石桥村 黄瓜 20亩\n双桥村 高粱 30亩\n东桥村 马铃薯 30亩",
        "工程进度\n石桥村 道路硬化 已完成\n双桥村 安装路灯 未完成\n东桥村 金属护栏 已完成",
    ],
)
def test_one_line_or_other_things_behind_units_are_no_list_of_names(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("behind", ["准考证号202401234", "身份证号略", "准驾车型C1"])
def test_a_name_that_is_a_word_is_one_between_number_and_papers(behind: str) -> None:
    found = dict(persons(f"体检考察名单\n1.王丽，{behind}\n2.马莲，{behind}"))
    assert found["马莲"].role == found["王丽"].role == "private"
