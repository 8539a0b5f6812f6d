"""Every rule against its table, and the compulsory kinds of case."""

from __future__ import annotations

import pytest

from recognizers import catalogue
from recognizers.artifacts import ChineseArtifacts
from recognizers.engine import Engine
from recognizers.evidence import EVIDENCE
from recognizers.view import fold
from tests.recognizers.tables import TABLES, Case, all_cases, cases

CASES = all_cases()
RULES = sorted(catalogue.load().rules)


def test_every_rule_has_its_table() -> None:
    assert catalogue.check(TABLES) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    info = catalogue.load().rules[case.rule]
    rule = info.recognizer_class()(info)
    artifacts = ChineseArtifacts(case.text, case.layout)
    found = rule.analyze(case.text, [info.entity], artifacts)
    assert sorted({(r.start, r.end) for r in found}) == sorted(case.spans)
    for result in found:
        evidence = result.recognition_metadata["evidence"]
        names = {code.partition(":")[0] for code in evidence}
        assert set(case.evidence) <= set(evidence)
        assert not set(case.not_evidence) & names
        if case.role is not None:
            assert result.recognition_metadata["role"] == case.role


@pytest.mark.parametrize("case", [c for c in CASES if c.hit], ids=str)
def test_hits_survive_the_other_rules(case: Case, engine: Engine) -> None:
    entity = catalogue.load().rules[case.rule].entity
    matches, failures = engine.analyze(case.text, case.layout)
    assert not failures
    assert {(m.start, m.end) for m in matches if m.entity == entity} == set(case.spans)


@pytest.mark.parametrize("rule", RULES)
def test_table_holds_the_compulsory_kinds(rule: str) -> None:
    rows = cases(TABLES / f"{rule}.yml")
    hits = [case for case in rows if case.hit]
    assert any(map(_traditional, hits)), "Traditional"
    assert any(not case.hit for case in rows), "a look-alike"
    if catalogue.load().rules[rule].pack == "privacy":  # a mark stands alone, in no table
        assert any(map(_glued, hits)), "glued to Han"
        assert any(case.layout is not None for case in hits), "in a table cell"
    if rule.startswith("cn_") and rule != "cn_person":
        assert any(map(_full_width, hits)), "full width"
        assert any("\n" in case.text[s:e] for case in hits for s, e in case.spans), "line wrap"


def test_every_code_is_explained() -> None:
    for name, explanation in EVIDENCE.items():
        assert explanation.zh, name
        assert explanation.en, name


def _glued(case: Case) -> bool:
    return any(
        "一" <= case.text[start - 1 : start] <= "鿿" or "一" <= case.text[end : end + 1] <= "鿿"
        for start, end in case.spans
    )


def _traditional(case: Case) -> bool:
    return any("一" <= c <= "鿿" and fold(c) != c for c in case.text)


def _full_width(case: Case) -> bool:
    return any("！" <= c <= "～" for start, end in case.spans for c in case.text[start:end])
