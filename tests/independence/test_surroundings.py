"""The same papers, the same findings: whatever the locale, the order, the jobs, the hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fixtures.demo import SAMPLES
from fixtures.people import People

SURROUNDINGS: Mapping[str, Mapping[str, str]] = {
    "C": {"LANG": "C", "LC_ALL": "C"},
    "POSIX": {"LANG": "POSIX", "LC_ALL": "POSIX", "PYTHONHASHSEED": "1"},
    "GBK": {"LANG": "zh_CN.GBK", "LC_ALL": "zh_CN.GBK", "PYTHONHASHSEED": "12345"},
    "far west": {"TZ": "Pacific/Honolulu", "PYTHONHASHSEED": "77"},
    "far east": {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "no home": {"HOME": "/nonexistent", "PYTHONHASHSEED": "0"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of several formats, with Chinese names."""
    folder = tmp_path_factory.mktemp("papers")
    for sample in sorted(SAMPLES.iterdir())[:4]:
        (folder / sample.name).write_bytes(sample.read_bytes())
    people = People(3)
    lines = "".join(f"{p.name}，身份证{p.id_number}，电话{p.mobile}\n" for p in people.persons(30))
    (folder / "名单.txt").write_text(lines, "utf-8")
    (folder / "旧名单.txt").write_bytes(lines.encode("gb18030"))
    return folder


def scan(
    home: Path, *words: str | Path, surroundings: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The findings of each file by its name, as a process of its own prints them."""
    env = {**os.environ, "SCREENER_HOME": str(home), "SCREENER_LANG": "zh"}
    env.update(surroundings or {})
    process = subprocess.run(
        [sys.executable, "-m", "cli", "scan", *map(str, words), "--format", "json"],
        capture_output=True,
        env=env,
        check=False,
    )
    assert process.returncode in (0, 1), process.stderr.decode("utf-8", "replace")
    told = json.loads(process.stdout.decode("utf-8"))
    for entry in told:
        del entry["versions"]  # a digest of the code, which may be at work
    return {Path(entry["path"]).name: entry for entry in told}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def usual(home: Path, folder: Path) -> dict[str, Any]:
    return scan(home, folder)


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_locale_the_zone_and_the_hash_seed(
    name: str, home: Path, folder: Path, usual: dict[str, Any]
) -> None:
    assert scan(home, folder, surroundings=SURROUNDINGS[name]) == usual


def test_the_order_of_the_files(home: Path, folder: Path, usual: dict[str, Any]) -> None:
    assert scan(home, *sorted(folder.iterdir(), reverse=True)) == usual


def test_the_number_of_jobs(home: Path, folder: Path, usual: dict[str, Any]) -> None:
    assert scan(home, folder, "--jobs", "3") == usual


def test_a_file_alone_is_the_same_as_among_others(
    home: Path, folder: Path, usual: dict[str, Any]
) -> None:
    file = folder / "旧名单.txt"
    assert scan(home, file)[file.name] == usual[file.name]


def test_the_encoding_of_a_list_changes_no_value(usual: dict[str, Any]) -> None:
    def values(name: str) -> list[tuple[str, str]]:
        return [(f["entity"], f["fingerprint"]) for f in usual[name]["findings"]]

    assert values("名单.txt") == values("旧名单.txt")
