"""Classified numbers are found where papers carry them, and silent where they are cited."""

from __future__ import annotations

import pytest

from fixtures.mark_numbers import ENTITY, papers_with_numbers, papers_without_numbers
from tests.recognizers.marks.documents import marks_of

RULES = ("classified_number",)


@pytest.mark.parametrize("seed", [20240305, 7])
def test_numbers_are_found_whole(seed: int) -> None:
    papers = list(papers_with_numbers(seed))
    missed = [
        (paper.name, paper.marks, found)
        for paper in papers
        if (found := marks_of(paper, RULES)) != [(ENTITY, value) for value in paper.marks]
    ]
    assert len(papers) == 200
    assert missed == []


@pytest.mark.parametrize("seed", [20240305, 7])
def test_cited_numbers_and_look_alikes_are_silent(seed: int) -> None:
    papers = list(papers_without_numbers(seed))
    assert [(p.name, p.pieces, f) for p in papers if (f := marks_of(p, RULES))] == []
