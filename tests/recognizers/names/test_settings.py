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


def test_a_lawyer_is_named_by_profession() -> None:
    text = "委托诉讼代理人：李建民，安徽某律师事务所律师。"
    assert dict(persons(text, Knows("李建民")))["李建民"].role == "official"


def test_a_list_of_candidates_by_units_is_one_of_private_persons() -> None:
    text = "公务员面试资格复审人员公告\n请到县人社局参加资格复审。\n县直机关：李建民、王丽、张伟"
    found = dict(persons(text, Knows("李建民", "王丽", "张伟")))
    assert {person.role for person in found.values()} == {"private"}
