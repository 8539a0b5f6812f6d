"""Tables of every shape and format, read by the real readers: all found, nothing else stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.tables import WRITERS, Paper, papers
from screener.bootstrap import Application
from screener.config import Config
from screener.ports import Screener
from tests.tables import compare

KNOWN_OPEN = {
    # a page without rules gives no table of an empty form, and its labels are taken for a list
    ("pdf_bare", "blank_form"),
}
MADE = [
    (paper, name)
    for paper in papers(seed=3)
    for name in WRITERS
    if not paper.formats or name in paper.formats
]


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    home: Path = tmp_path_factory.mktemp("home")
    return Application(Config(home=home)).screener


@pytest.mark.parametrize(
    ("paper", "name"), MADE, ids=[f"{paper.name}-{name}" for paper, name in MADE]
)
def test_all_of_a_table_is_found_and_nothing_else(
    screener: Screener, paper: Paper, name: str
) -> None:
    outcome = compare(screener, paper, name)
    if (name, paper.name) in KNOWN_OPEN:
        assert outcome.found or not paper.wanted()
        return
    assert not outcome.missed
    assert not outcome.false
