"""What goes wrong with files: a clear message, the right exit code, and the rest is screened."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.demo import CLEAN, SAMPLES
from tests.cli.conftest import Screener

ROOT = Path(__file__).parents[2]


def empty(folder: Path) -> Path:
    file = folder / "空.txt"
    file.write_bytes(b"")
    return file


def truncated(folder: Path) -> Path:
    file = folder / "残缺.docx"
    file.write_bytes((SAMPLES / CLEAN).read_bytes()[:20000])
    return file


def noise(folder: Path) -> Path:
    file = folder / "随机.pdf"
    file.write_bytes(random.Random(3).randbytes(5000))
    return file


@pytest.mark.parametrize("make", [empty, truncated, noise])
def test_an_unreadable_file_is_told_and_the_rest_is_screened(
    screener: Screener, tmp_path: Path, harmless: Path, make: object
) -> None:
    assert callable(make)
    bad = make(tmp_path)
    result = screener("scan", tmp_path)
    assert result.code == 3
    assert "没有读到" in result.out
    assert bad.name in result.out
    assert harmless.name in result.out
    assert "没有读到的不等于没有问题" in result.out
    assert "Traceback" not in result.out + result.err


def test_unread_wins_over_findings(screener: Screener, tmp_path: Path, leaking: Path) -> None:
    empty(tmp_path)
    assert leaking.exists()
    assert screener("scan", tmp_path).code == 3


def test_a_folder_without_files_screens_nothing(screener: Screener, tmp_path: Path) -> None:
    (tmp_path / "空文件夹").mkdir()
    result = screener("scan", tmp_path / "空文件夹")
    assert result.code == 3
    assert "没有检查任何内容" in result.err


def test_a_missing_path_is_told_and_the_rest_is_screened(
    screener: Screener, tmp_path: Path, leaking: Path
) -> None:
    result = screener("scan", tmp_path / "没有.txt", leaking)
    assert result.code == 2
    assert "没有.txt" in result.err
    assert "居民身份证" in result.out


def test_a_file_over_the_limit_is_not_read(
    screener: Screener, tmp_path: Path, harmless: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text("[limits]\nfile_bytes = 10\n")
    monkeypatch.setenv("SCREENER_HOME", str(home))
    result = screener("scan", harmless)
    assert result.code == 3
    assert "过大" in result.out


def test_a_name_with_a_line_feed_cannot_forge_a_line(screener: Screener, tmp_path: Path) -> None:
    file = tmp_path / "a\n共检查 9 个文件\u202e.txt"
    file.write_text("通知", "utf-8")
    result = screener("scan", tmp_path)
    assert result.code == 0
    assert "\\n" in result.out
    assert "\u202e" not in result.out
    assert not any(line.startswith("共检查 9") for line in result.out.splitlines())


def test_a_name_that_is_no_text_is_shown_as_bytes(screener: Screener, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("通知", "utf-8")
    result = screener("scan", tmp_path)
    assert result.code == 0
    assert "\\xff" in result.out
    assert screener("scan", tmp_path, "--format", "json").code == 0


WITHOUT_OVERRIDE = """
import ctypes, sys
header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # capabilities(7), version 3, this process
sets = (ctypes.c_uint32 * 6)()
libc = ctypes.CDLL(None)
assert libc.capget(header, sets) == 0
sets[0] &= ~0b110  # effective set without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
assert libc.capset(header, sets) == 0
from cli.main import main
sys.exit(main(["scan", sys.argv[1]]))
"""
"""Root reads everything; without these two capabilities the mode of a file counts for it too."""


def test_a_file_without_permission_is_told_and_the_rest_is_screened(tmp_path: Path) -> None:
    locked, closed = tmp_path / "无权限.txt", tmp_path / "closed"
    locked.write_text("x")
    closed.mkdir()
    (closed / "x.txt").write_text("x")
    (tmp_path / "通知.txt").write_text("通知", "utf-8")
    locked.chmod(0)
    closed.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_OVERRIDE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    closed.chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert done.stdout.count("无读取权限") == 2
    assert "通知.txt" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_broken_policy_is_told_with_file_and_line(
    screener: Screener, tmp_path: Path, harmless: Path
) -> None:
    policy = tmp_path / "我的.yaml"
    policy.write_text("schema: 1\nname: mine\nlevls: {}\n", "utf-8")
    result = screener("scan", harmless, "--policy", policy)
    assert result.code == 2
    assert "我的.yaml:3" in result.err
    assert result.out == ""


def test_a_missing_baseline_is_wrong_usage(
    screener: Screener, tmp_path: Path, harmless: Path
) -> None:
    assert screener("scan", harmless, "--baseline", tmp_path / "没有.json").code == 2
