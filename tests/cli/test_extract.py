from __future__ import annotations

import json
import os
from pathlib import Path

from cli.main import main
from fixtures.demo import SAMPLES, SUBSIDY
from tests.cli.conftest import Screener


def test_the_text_is_printed_exactly(tmp_path: Path, screener: Screener) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("第一行\r\n第二行\n\n".encode())
    result = screener("extract", file)
    assert result.code == 0
    assert result.out.startswith("第一行\r\n第二行\n\n")
    json.loads(screener("extract", file, "--segments").out)


def test_offsets_of_findings_count_in_the_printed_text(screener: Screener, leaking: Path) -> None:
    text = screener("extract", leaking).out
    report = json.loads(screener("scan", leaking, "--format", "json", "--show-values").out)
    assert report[0]["findings"]
    for finding in report[0]["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["text"]


def test_marked_shows_what_a_person_would_not_see(screener: Screener) -> None:
    result = screener("extract", SAMPLES / SUBSIDY, "--marked")
    assert "⟦隐藏：身份证号⟧" in result.out
    plain = screener("extract", SAMPLES / SUBSIDY).out
    assert "⟦" not in plain


def test_segments_cover_what_findings_point_at(screener: Screener) -> None:
    segments = json.loads(screener("extract", SAMPLES / SUBSIDY, "--segments").out)
    hidden = [s for s in segments if not s["visible"] and s["place"].endswith("C4")]
    assert len(hidden) == 1
    assert hidden[0]["header"] == "身份证号"


def test_an_unread_file_is_told_with_exit_code_3(screener: Screener, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(os.urandom(1000))
    result = screener("extract", file)
    assert result.code == 3
    assert "没有读到" in result.err


def test_a_missing_file_and_a_folder_are_wrong_usage(screener: Screener, tmp_path: Path) -> None:
    assert screener("extract", tmp_path / "没有.txt").code == 2
    assert screener("extract", tmp_path).code == 2


def test_lone_surrogates_do_not_break_the_output(screener: Screener, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    file.write_text("通知", "utf-8")
    assert main(["extract", str(file)]) == 0
