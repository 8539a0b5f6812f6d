from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from fixtures.people import Person
from tests.cli.conftest import Screener


def test_a_finding_is_shown_masked_with_place_reason_and_advice(
    screener: Screener, leaking: Path, person: Person
) -> None:
    result = screener("scan", leaking)
    assert result.code == 1
    assert person.id_number not in result.out
    assert person.id_number[:2] + "*" * 16 in result.out
    for text in (
        "名单.txt",
        "不得发布",
        "禁止发布",
        "居民身份证",
        "第2行",
        "校验位正确",
        "共检查 1 个文件",
    ):
        assert text in result.out


def test_values_are_shown_when_asked_for(screener: Screener, leaking: Path, person: Person) -> None:
    assert person.id_number in screener("scan", leaking, "--show-values").out


def test_nothing_found_is_exit_code_0(screener: Screener, harmless: Path) -> None:
    result = screener("scan", harmless)
    assert result.code == 0
    assert "未发现问题" in result.out


def test_fail_on_moves_the_threshold(screener: Screener, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("联系电话：0558-2345017（县人社局办公室）\n", "utf-8")
    assert screener("scan", file).code == 0
    assert screener("scan", file, "--fail-on", "note").code == 1


def test_notes_are_counted_and_listed_on_demand(screener: Screener, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("联系电话：0558-2345017（县人社局办公室）\n", "utf-8")
    assert "1 条提示" in screener("scan", file).out
    assert "055*" in screener("scan", file, "--notes").out


def test_json_is_one_array_and_jsonl_one_object_a_line(
    screener: Screener, leaking: Path, harmless: Path
) -> None:
    array = json.loads(screener("scan", leaking, harmless, "--format", "json").out)
    lines = screener("scan", leaking, harmless, "--format", "jsonl").out.splitlines()
    assert [entry["path"] for entry in array] == [str(leaking), str(harmless)]
    assert [json.loads(line) for line in lines] == array
    assert array[0]["verdict"] == "block"
    assert "text" not in array[0]["findings"][0]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sarif", "html", "table"])
def test_every_form_goes_to_a_file_and_holds_no_value(
    screener: Screener, leaking: Path, tmp_path: Path, person: Person, form: str
) -> None:
    output = tmp_path / f"out.{form}"
    result = screener("scan", leaking, "--format", form, "--output", output)
    assert result.code == 1
    assert result.out == ""
    content = output.read_text("utf-8")
    assert person.id_number[:2] + "*" * 16 in content
    assert person.id_number not in content


def test_output_into_a_folder_is_refused_before_any_work(
    screener: Screener, leaking: Path, tmp_path: Path
) -> None:
    result = screener("scan", leaking, "--output", tmp_path)
    assert result.code == 2
    assert result.out == ""


def test_standard_input_is_screened(
    screener: Screener, leaking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(leaking.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    result = screener("scan", "-", "--format", "json")
    assert result.code == 1
    assert json.loads(result.out)[0]["path"] == "-"


def test_a_baseline_leaves_only_what_is_new(
    screener: Screener, leaking: Path, tmp_path: Path, person: Person
) -> None:
    earlier = tmp_path / "earlier.jsonl"
    screener("scan", leaking, "--format", "jsonl", "--output", earlier)
    assert screener("scan", leaking, "--baseline", earlier).code == 0
    with leaking.open("a", encoding="utf-8") as file:
        file.write(f"联系电话：{person.mobile}\n")
    result = screener("scan", leaking, "--baseline", earlier)
    assert result.code == 1
    assert person.mobile[:3] + "*" * 8 in result.out
    assert person.id_number[:2] + "*" * 16 not in result.out


def test_the_result_does_not_depend_on_jobs(
    screener: Screener, leaking: Path, harmless: Path
) -> None:
    one = screener("scan", leaking, harmless, "--format", "json", "--jobs", "1")
    two = screener("scan", leaking, harmless, "--format", "json", "--jobs", "2")
    assert one == two


def test_long_lists_are_cut_with_a_count_and_never_silently(
    screener: Screener, tmp_path: Path, person: Person
) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"身份证号：{person.id_number}。\n" * 80, "utf-8")
    short, full = screener("scan", file).out, screener("scan", file, "--all").out
    assert "还有 20 处未在此列出" in short
    assert full.count("校验位正确") == 80
