from __future__ import annotations

from pathlib import Path

import pytest

from cli.grid import fit
from cli.text import cells
from fixtures.people import Person
from screener.extract.registry import formats
from tests.cli.conftest import Screener


def test_every_rule_is_listed_with_its_levels(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recognizers.catalogue import load

    monkeypatch.setenv("COLUMNS", "200")
    result = screener("rules")
    assert result.code == 0
    for rule in load().rules.values():
        assert rule.id in result.out
        assert rule.title["zh"] in result.out
    assert "禁止发布" in result.out


@pytest.mark.parametrize("name", ["cn_id_card", "CN_ID_CARD"])
def test_one_rule_is_shown_by_id_or_entity(screener: Screener, name: str) -> None:
    result = screener("rules", name)
    assert result.code == 0
    for text in ("居民身份证", "会查出", "不会查出", "依据", "个人信息保护法", "处理建议"):
        assert text in result.out


def test_an_unknown_rule_is_wrong_usage(screener: Screener) -> None:
    assert screener("rules", "no_such_rule").code == 2


def test_every_format_is_listed(screener: Screener) -> None:
    result = screener("formats")
    assert result.code == 0
    for entry in formats():
        assert f"\n{entry.name} " in result.out
    assert "需人工处理" in next(line for line in result.out.splitlines() if line.startswith("pdf"))


def test_explain_gives_all_evidence_and_no_value(
    screener: Screener, leaking: Path, person: Person
) -> None:
    result = screener("explain", leaking)
    assert result.code == 0
    assert "checksum_ok" in result.out
    assert "第2行" in result.out
    assert "个人信息保护法" in result.out
    assert person.id_number not in result.out


def test_explain_takes_the_start_of_an_id(screener: Screener, leaking: Path) -> None:
    page = screener("explain", leaking).out
    line = next(line for line in page.splitlines() if line.strip().startswith("编号"))
    assert screener("explain", leaking, line.split()[1][:6]).out == page
    assert screener("explain", leaking, "no-such-id").code == 2


def test_tables_fit_the_terminal() -> None:
    rows = [["2026-00001", "柳河镇2026年危房改造补助发放公示", "柳河镇人民政府"] * 2]
    widths = fit(rows, 80)
    assert sum(widths) + 2 * (len(widths) - 1) <= 80
    assert widths[0] == cells("2026-00001")
