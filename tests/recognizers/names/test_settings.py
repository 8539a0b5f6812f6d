"""Whose name it is by the sentence around it."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import Knows, persons


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("二、由李建民牵头，3月底前完成。", "李建民", "official"),
        ("一、李建民汇报了防汛情况。", "李建民", "official"),
        ("李建民强调，要落实责任。", "李建民", "official"),
        ("李建民批示：请抓紧研究。", "李建民", "official"),
        ("云山县民政局人事股李建民，0551-62345678", "李建民", "official"),
        ("关于李建民等3名同志职务任免的通知", "李建民", "official"),
        ("李建民，参战退役人员，享受定期补助。", "李建民", "private"),
        ("1、李建民，驾驶证号略。", "李建民", "private"),
        ("经评审委员会评审，李建民、王丽等人取得副高级职称任职资格。", "李建民", "private"),
        ("公务员面试人员名单\n请到人社局参加面试。\n李建民、王丽、张伟", "王丽", "private"),
        ("李建民去了那里。", "李建民", "unknown"),
    ],
)
def test_the_sentence_tells_whose_name_it_is(text: str, name: str, role: str) -> None:
    found = dict(persons(text, Knows("李建民", "王丽", "张伟")))
    assert found[name].role == role
