"""Each report format holds what it should, in a form its readers accept."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from screener.errors import UsageProblem
from screener.report.as_html import write as write_html
from screener.report.wire import screening_to_json
from screener.report.words import Words
from screener.report.writers import FORMATS, writer
from tests.report.samples import ID, PHONE, clear, screening

GOLDEN = Path(__file__).parent / "golden"
WORDS = Words(rule=lambda rule: f"规则 {rule}", reason=lambda code: f"理由 {code}")
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def wires(**options: Any) -> list[dict[str, Any]]:
    return [
        dict(screening_to_json(screening(), path="=cmd|' /C calc'!A0\n名单.txt", **options)),
        dict(screening_to_json(clear(), path="通知\udcff.txt", **options)),
    ]


def written(name: str, screenings: list[dict[str, Any]], *, show_notes: bool = True) -> str:
    stream = io.StringIO(newline="")
    if name == "html":
        write_html(screenings, stream, words=WORDS, show_notes=show_notes, at=AT)
    else:
        writer(name)(screenings, stream, words=WORDS, show_notes=show_notes)
    return stream.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_golden_files(name: str) -> None:
    golden = GOLDEN / f"report.{name}"
    text = written(name, wires())
    text.encode("utf-8")
    assert text == golden.read_bytes().decode("utf-8"), f"differs from {golden.name}"


@pytest.mark.parametrize("name", FORMATS)
def test_no_value_in_any_format(name: str) -> None:
    text = written(name, wires())
    for value in (ID, PHONE, "王小明"):
        assert value not in text


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_screened_is_still_well_formed(name: str) -> None:
    text = written(name, [])
    assert (text == "") is (name == "jsonl")


def test_json_forms_hold_the_same() -> None:
    array = json.loads(written("json", wires()))
    lines = [json.loads(line) for line in written("jsonl", wires()).splitlines()]
    assert array == lines == json.loads(json.dumps(wires()))
    assert json.loads(written("json", [])) == []


def test_csv_opens_in_a_spreadsheet_without_running_anything() -> None:
    text = written("csv", wires(show_values=True))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert {len(row) for row in rows} == {13}
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
            assert "\n" not in cell
    assert [row[4] for row in rows[2:6]] == ["'" + ID, PHONE, "王小明", "董健"]
    assert rows[-1][0].startswith("通知")
    assert rows[-1][1] == "未发现问题"


def test_csv_leaves_notes_out_only_when_told() -> None:
    shown = written("csv", wires()).count("\r\n")
    assert written("csv", wires(), show_notes=False).count("\r\n") == shown - 1


def test_sarif_is_structured_as_the_standard_says() -> None:
    log = json.loads(written("sarif", wires()))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["partialFingerprints"]["id/v1"]
        place = result["locations"][0]["physicalLocation"]
        assert run["artifacts"][place["artifactLocation"]["index"]]
        assert place["region"]["charLength"] > 0
        assert " " not in place["artifactLocation"]["uri"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1


class _Outside(HTMLParser):
    """Collects tags and every attribute that could fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetching: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetching += [name for name, _ in attrs if name in {"src", "href", "srcset", "action"}]


def test_html_stands_alone_and_escapes() -> None:
    page = written("html", wires())
    parser = _Outside()
    parser.feed(page)
    assert not parser.fetching
    assert not {"script", "link", "img", "iframe", "b "} & set(parser.tags)
    assert "url(" not in page
    assert "删除&lt;b&gt;" in page
    assert r"\n名单.txt" in page
    assert "已全部读取" in page
    assert "已加密" in page


def test_html_folds_notes_away() -> None:
    assert "<details open>" in written("html", wires(), show_notes=True)
    assert "<details>" in written("html", wires(), show_notes=False)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageProblem):
        writer("xml")
