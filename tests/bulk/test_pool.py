"""The pool keeps the order and survives workers that are killed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from screener.bulk.pool import screen_files
from tests.bulk.workers import name_maker


def dead(path: Path) -> Mapping[str, Any]:
    return {"path": path.name, "dead": True}


def run(paths: list[Path], jobs: int) -> list[Mapping[str, Any]]:
    return list(screen_files(paths, jobs, name_maker, dead))


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_is_kept(jobs: int) -> None:
    paths = [Path(f"{number}.txt") for number in range(40)]
    assert [result["path"] for result in run(paths, jobs)] == [path.name for path in paths]


def test_a_killed_worker_takes_no_other_file_with_it() -> None:
    names = [f"{number}.txt" for number in range(9)] + ["kill.txt", "a.txt", "killer.txt", "b.txt"]
    results = run([Path(name) for name in names], jobs=2)
    assert [result["path"] for result in results] == names
    assert [result["path"] for result in results if "dead" in result] == ["kill.txt", "killer.txt"]
