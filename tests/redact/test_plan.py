"""Spans from findings: ordered, apart, the outermost deciding what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import SomethingLeft
from screener.model.document import SegmentKind
from screener.model.finding import Finding
from screener.redact.plan import plan
from tests.factories import finding

ID = "11010519491231002X"


def at(entity: str, start: int, end: int, name: str = "") -> Finding:
    return replace(finding(entity, start=start, end=end), id=name or f"{entity}-{start}-{end}")


def test_only_chosen_findings_are_planned() -> None:
    text = f"王小明，{ID}"
    findings = [at("PERSON", 0, 3, "a"), at("CN_ID_CARD", 4, 22, "b")]
    assert plan(text, findings, {"b"}) == [(4, 22, "*" * 18)]
    assert plan(text, findings, {"a", "b"}) == [(0, 3, "王某"), (4, 22, "*" * 18)]
    assert plan(text, findings, ()) == []


def test_the_outermost_of_nested_findings_wins() -> None:
    text = f"证{ID}11"
    findings = [at("CN_ID_CARD", 1, 19, "in"), at("CN_DISABILITY_CARD", 1, 21, "out")]
    assert plan(text, findings, {"in", "out"}) == [(1, 21, "***")]
    assert plan(text, findings, {"in"}) == [(1, 19, "*" * 18)]


def test_findings_that_only_overlap_go_together() -> None:
    findings = [at("CN_MOBILE_PHONE", 0, 11, "a"), at("QQ_NUMBER", 8, 16, "b")]
    assert plan("1380013800012345", findings, {"a", "b"}) == [(0, 16, "***")]


def test_a_number_split_over_cells_is_taken_out_of_each() -> None:
    text = "\x1e\n".join(("证号", ID[:6], ID[6:14], ID[14:]))
    found = at("CN_ID_CARD", 4, len(text), "a")
    spans = plan(text, [found], {"a"})
    assert [text[start:end] for start, end, _ in spans] == [ID[:6], ID[6:14], ID[14:]]
    assert [shown for _, _, shown in spans] == ["*" * 18, "", ""]


def test_a_replacement_keeps_nothing_of_an_inner_finding() -> None:
    text = "安徽省合肥市蜀山区井岗镇王小明路12号"
    findings = [at("CN_ADDRESS", 0, len(text), "a"), at("PERSON", 9, 12, "b")]
    assert "井岗镇" not in plan(text, findings, {"a", "b"})[0][2]


@pytest.mark.parametrize("entity", ["SECRET_MARK", "CLASSIFIED_NUMBER"])
def test_a_secrecy_mark_is_never_taken_out(entity: str) -> None:
    findings = [at(entity, 0, 6, "a"), at("CN_ID_CARD", 6, 24, "b")]
    assert plan("机密★10年" + ID, findings, {"b"}) == [(6, 24, "*" * 18)]
    with pytest.raises(SomethingLeft) as caught:
        plan("机密★10年" + ID, findings, {"a", "b"})
    assert caught.value.exit_code == 1


def test_the_name_of_the_file_is_not_planned() -> None:
    named = replace(at("CN_ID_CARD", 0, 18, "a"), kind=SegmentKind.FILE_NAME)
    assert plan(ID, [named], {"a"}) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12))
def test_spans_never_overlap_and_cover_every_finding(ranges: list[tuple[int, int]]) -> None:
    text = "甲" * 80
    findings = [at("QQ_NUMBER", a, a + n, str(i)) for i, (a, n) in enumerate(ranges)]
    spans = plan(text, findings, {f.id for f in findings})
    ends = [0] + [end for _start, end, _new in spans]
    assert all(start >= before for (start, _e, _n), before in zip(spans, ends, strict=False))
    for f in findings:
        assert any(start <= f.start and f.end <= end for start, end, _new in spans)
