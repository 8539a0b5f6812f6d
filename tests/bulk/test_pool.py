"""The pool keeps the order and survives workers that are killed."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from screener.bulk.pool import _next_run, screen_files
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


def test_old_papers_that_follow_one_another_go_to_one_worker() -> None:
    names = ["a.txt", "1.doc", "2.WPS", "3.rtf", "b.docx", *(f"{n}.doc" for n in range(10))]
    waiting = deque(map(Path, names))
    runs: list[int] = []
    while sum(runs) < len(names):
        runs.append(len(_next_run(waiting, sum(runs))))
    assert runs == [1, 3, 1, 8, 2]
    assert [result["path"] for result in run(list(waiting), 2)] == names
