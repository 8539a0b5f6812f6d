"""Policies are checked to the last key: a misspelling must never lower a level."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognizers import catalogue
from recognizers.evidence import EVIDENCE
from screener.errors import ConfigProblem
from screener.judge.policy import SHIPPED, Policy, load_policy
from screener.model.finding import Level


def load(name: str) -> Policy:
    rules = catalogue.load().rules.values()
    return load_policy(
        name,
        entities={rule.entity for rule in rules},
        codes=set(EVIDENCE),
        basis={key for rule in rules for key in rule.basis},
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_policies_load_and_cover_every_entity(name: str) -> None:
    policy = load(name)
    entities = {rule.entity for rule in catalogue.load().rules.values()}
    assert entities <= set(policy.levels)
    for cases in policy.levels.values():
        last = cases[-1]
        assert not last.when, "the last case must hold for every finding"
        assert not last.unless


def test_versions_differ_with_the_content(tmp_path: Path) -> None:
    assert load("default").version != load("strict").version
    mine = tmp_path / "mine.yaml"
    head = "schema: 1\nname: mine\nextends: default\ntitle: {zh: 本局, en: ours}\n"
    mine.write_text(head, "utf-8")
    first = load(str(mine)).version
    mine.write_text(head + "levels:\n  CN_ID_CARD:\n    - {level: review}\n", "utf-8")
    assert load(str(mine)).version != first
    assert load(str(mine)).levels["CN_ID_CARD"][0].level is Level.REVIEW


@pytest.mark.parametrize(
    ("line", "position", "word"),
    [
        ("levels:\n  CN_ID_CRAD:\n    - {level: note}\n", ":6:3", "CN_ID_CRAD"),
        ("levels:\n  CN_ID_CARD:\n    - {level: notice}\n", ":7:15", "notice"),
        ("levels:\n  CN_ID_CARD:\n    - {level: note, wehn: [hidden]}\n", ":7:21", "wehn"),
        ("levels:\n  CN_ID_CARD:\n    - {level: note, when: [chcksum]}\n", ":7:28", "chcksum"),
        ("levels:\n  CN_ID_CARD:\n    - {level: note, when: ['role:boss']}\n", ":7:28", "boss"),
        ("levels:\n  CN_ID_CARD:\n    - {level: note, reason: because}\n", ":7:29", "because"),
        ("levels: [1, 2\n", ":", "YAML"),
        ("levels: 5\n", ":5:9", ""),
        ("kind_levels:\n  没有的文种:\n    PERSON: [{level: note}]\n", ":6:3", "没有的文种"),
        ("surprise: 1\n", ":5:1", "surprise"),
    ],
)
def test_broken_policy_is_refused_with_its_place(
    tmp_path: Path, line: str, position: str, word: str
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "schema: 1\nname: mine\nextends: default\ntitle: {zh: 本局, en: ours}\n" + line, "utf-8"
    )
    with pytest.raises(ConfigProblem) as caught:
        load(str(mine))
    assert f"mine.yaml{position}" in caught.value.message
    assert word in caught.value.message
    assert caught.value.advice


def test_missing_file_and_circle(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem):
        load(str(tmp_path / "nowhere.yaml"))
    mine = tmp_path / "mine.yaml"
    mine.write_text(f"schema: 1\nname: m\nextends: {mine}\ntitle: {{zh: a, en: a}}\n", "utf-8")
    with pytest.raises(ConfigProblem):
        load(str(mine))
