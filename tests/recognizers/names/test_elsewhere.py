"""Transliterated names of cities, clubs and firms are no persons', whatever the network thinks."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import Knows, names


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("会议昨天在首都巴拉德斯闭幕", "巴拉德斯"),
        ("马里斯在客场与对手打起对攻", "马里斯"),
        ("卡斯蒂亚提高赔付率时要小心", "卡斯蒂亚"),
        ("邀请索维娅国际艺术村的艺术家", "索维娅"),
        ("列车在埃舍德小镇出轨", "埃舍德"),
        ("威胁到科连特斯、雷西斯等大、中城市", "雷西斯"),
        ("克里斯博物馆展出多年", "克里斯"),
        ("捷克球队奥斯特拉来访", "奥斯特拉"),
    ],
)
def test_the_words_beside_say_what_it_is(text: str, seen: str) -> None:
    assert names(text, Knows(seen)) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("马里斯头球首开记录", "马里斯"),
        ("奥斯特拉说，他很高兴", "奥斯特拉"),
        ("与邓文林等中国艺术家同行", "邓文林"),
    ],
)
def test_elsewhere_they_are_persons(text: str, seen: str) -> None:
    assert names(text, Knows(seen)) == [seen]
