"""Marks are found and mentions are silent, on papers that the builders make from many patterns."""

from __future__ import annotations

from collections import Counter

import pytest

from fixtures.mark_mentions import MENTIONS
from fixtures.marks import papers_with_marks, papers_with_mentions
from tests.recognizers.marks.documents import marks, marks_of

EACH = 210


@pytest.mark.parametrize("seed", [20240305, 7])
def test_marks_are_found_with_their_terms(seed: int) -> None:
    missed, papers = Counter[str](), Counter[str]()
    for paper in papers_with_marks(seed, EACH):
        papers[paper.entity] += 1
        if marks_of(paper) != [(paper.entity, value) for value in paper.marks]:
            missed[paper.entity] += 1
    for entity, number in papers.items():
        assert number >= 200
        assert missed[entity] <= number * 0.01, (entity, missed[entity])


@pytest.mark.parametrize("seed", [20240305, 7])
def test_mentions_never_stop_a_paper(seed: int) -> None:
    papers = list(papers_with_mentions(seed, EACH))
    stopped = [(paper.name, found) for paper in papers for found in marks_of(paper)]
    assert len(papers) >= 600
    assert stopped == []


def test_the_mentions_are_not_one_sentence_over_and_over() -> None:
    for sentences in MENTIONS.values():
        assert len(set(sentences)) == len(sentences) >= 45


@pytest.mark.parametrize(
    "text",
    [
        "机密★20年",
        "秘　密★６个月",
        "機密☆長期",
        "密级：绝密",
        "（秘密）",
        "内部资料 注意保存",
        "（此件不公开）",
    ],
)
def test_a_mark_in_front_of_a_long_paper_costs_no_recall(text: str) -> None:
    body = "各单位要认真做好内部管理和保密工作，严防泄露国家秘密。\n" * 400
    found = marks(f"{text}\n某某县人民政府文件\n{body}")
    assert len(found) == 1


def test_marks_behind_a_long_paper_are_found() -> None:
    body = "各单位要认真做好政府信息公开工作，规范依申请公开。\n" * 400
    found = marks(f"{body}\n2024年3月5日\n（此件依申请公开）\n抄送：县委办公室。")
    assert [match.evidence[0] for match in found] == ["disclosure_on_request"]
