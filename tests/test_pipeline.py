"""The main job as a whole: offline, failing closed, masking what is stored."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fixtures.demo import SAMPLES
from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config
from screener.model.document import Document, Unread, UnreadReason
from screener.model.finding import Finding, Level, Verdict
from screener.pipeline import Pipeline


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application(Config(home=tmp_path_factory.mktemp("home")))


class BrokenDetector:
    """Every rule fails."""

    def detect(self, document: Document) -> tuple[Sequence[Finding], Sequence[Unread]]:
        return [], [Unread("u-rule-x", "rule", UnreadReason.RULE_FAILED, "RuleTimeout")]


def with_broken_rules(application: Application) -> Pipeline:
    whole = application.screener
    judge = whole._judge
    return Pipeline(application.extractor, BrokenDetector(), judge, judge, whole._versions)


def test_screening_opens_no_socket(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    verdicts = {path.name: application.screener.screen_path(path) for path in SAMPLES.iterdir()}
    assert len(verdicts) == 6
    assert not any(screening.document.unread for screening in verdicts.values())
    assert sum(screening.verdict is Verdict.BLOCK for screening in verdicts.values()) == 5


def test_a_rule_that_fails_is_never_a_clear_paper(application: Application) -> None:
    screening = with_broken_rules(application).screen_bytes("清楚的文字".encode(), "a.txt")
    assert screening.verdict is Verdict.REVIEW
    assert [part.reason for part in screening.document.unread] == [UnreadReason.RULE_FAILED]


def test_what_is_stored_is_masked_and_nothing_is_kept_when_a_rule_fails(
    application: Application,
) -> None:
    person = People(5).person()
    title = f"关于{person.name}（电话{person.mobile}，身份证号{person.id_number}）低保申请的答复"
    stored = application.screener.mask_text(title)
    assert "低保申请的答复" in stored
    for value in (person.name, person.mobile, person.id_number):
        assert value not in stored
    assert set(with_broken_rules(application).mask_text(title)) == {"*"}
    assert application.screener.mask_text("") == ""


def test_findings_and_judgements_run_parallel(application: Application) -> None:
    for path in SAMPLES.iterdir():
        screening = application.screener.screen_path(path)
        ids = [finding.id for finding in screening.findings]
        assert ids == [judgement.finding_id for judgement in screening.judgements]
        assert len(set(ids)) == len(ids)
        assert all(judgement.level is not Level.SILENT for judgement in screening.judgements)
        again = application.screener.screen_path(Path(path))
        assert [finding.id for finding in again.findings] == ids
