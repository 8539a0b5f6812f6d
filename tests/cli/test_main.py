from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main as entry
from cli.index import entries
from screener.i18n import language
from tests.cli.conftest import Screener

COMMAND = [sys.executable, "-m", "cli.main"]


def cpu_seconds(*words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*COMMAND, *words], check=True, capture_output=True, cwd=Path(__file__).parents[2]
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_the_overview_comes_at_once() -> None:
    assert min(cpu_seconds("--help") for _ in range(3)) < 0.35


def test_the_overview_lists_every_command_in_its_group(screener: Screener) -> None:
    result = screener("--help")
    assert result.code == 0
    for entry_ in entries():
        assert f"  {entry_.name}" in result.out
        assert entry_.summary in result.out
        assert entry_.group in result.out


@pytest.mark.parametrize("name", [entry_.name for entry_ in entries()])
def test_every_command_explains_itself(screener: Screener, name: str) -> None:
    result = screener(name, "--help")
    assert result.code == 0
    assert result.out.startswith(f"用法：screener {name}")


def test_every_summary_is_chinese_by_default_and_english_on_demand(screener: Screener) -> None:
    assert "检查文件、文件夹或标准输入" in screener("--help").out
    with language("en"):
        assert "Screen files" in screener("--help", "--lang", "en").out


def test_help_of_commands_is_english_on_demand() -> None:
    done = subprocess.run(
        [*COMMAND, "scan", "--help", "--lang", "en"],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.startswith("Usage: screener scan [OPTIONS] PATH")
    assert not any("一" <= char <= "鿿" for char in done.stdout.partition("Examples")[0])


def test_a_mistyped_command_names_the_nearest(screener: Screener) -> None:
    result = screener("scann")
    assert result.code == 2
    assert "scan" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("scan",),
        ("scan", "x", "--no-such-option"),
        ("scan", "x", "--format", "pdf"),
        ("scan", "x", "--jobs", "viel"),
        ("scan", "x", "--output"),
        ("queue", "one", "too-many"),
        ("--lang", "fr", "formats"),
        ("show",),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_exit_code_2(
    screener: Screener, words: tuple[str, ...]
) -> None:
    result = screener(*words)
    assert result.code == 2
    assert result.err.startswith("错误：")
    assert "处理办法：" in result.err
    assert "Traceback" not in result.err


def test_no_arguments_show_the_overview(screener: Screener) -> None:
    result = screener()
    assert result.code == 2
    assert "用法：screener" in result.out


def test_a_fault_of_ours_shows_its_type_and_place_and_no_value(
    screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> int:
        raise ValueError("340102199001011234")

    monkeypatch.setattr(entry, "_invoke", broken)
    result = screener("formats")
    assert result.code == 4
    assert "ValueError" in result.err
    assert "340102199001011234" not in result.out + result.err
    assert "Traceback" not in result.err


def test_an_interrupt_ends_with_130(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "_invoke", stopped)
    assert screener("formats").code == 130


def test_a_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "scan", "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert error == b""


def test_a_broken_configuration_is_told_with_its_place(
    screener: Screener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text("[limits]\nfile_byte = 1\n")
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path))
    result = screener("formats")
    assert result.code == 2
    assert "file_byte" in result.err
