"""1,000 mixed office files on two cores: files a second, and no growth of memory over the run.

Memory is what all processes of this run hold (resident, shared pages counted in each), read at the
start (workers warm), in the middle and at the end.
"""

from __future__ import annotations

import os
import tempfile
import time
from functools import partial
from pathlib import Path

from fixtures.formats import make
from screener.bootstrap import make_screen, worker_died
from screener.bulk.pool import screen_files
from screener.config import Config

FILES = 1000
WARM_UP = 100  # files screened before the clock starts
JOBS = 2
NAMES = ("docx", "xlsx", "pdf", "html", "pptx", "ofd", "eml", "zip", "csv", "txt")
GROWTH = 1.10  # at the end, beside the middle


def main() -> None:
    """Print files a second and memory."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _files(Path(folder))
        start = partial(make_screen, Config(home=Path(folder) / "home"), "zh", show_values=False)
        held: dict[str, dict[int, int]] = {}
        began = 0.0
        for number, result in enumerate(screen_files(paths, JOBS, start, worker_died), 1):
            if result["unread"]:
                raise SystemExit(f"not read: {result['path']}: {result['unread'][0]['reason']}")
            if number == WARM_UP:
                began = time.perf_counter()
            if number in (WARM_UP, WARM_UP + FILES // 2, WARM_UP + FILES - JOBS):
                held[f"after {number - WARM_UP:4} files"] = _resident()
        spent = time.perf_counter() - began
    print(f"{FILES} files of {len(NAMES)} formats, --jobs {JOBS}   {FILES / spent:6.1f} files/s")
    for when, processes in held.items():
        each = "  ".join(f"{size:4}" for size in sorted(processes.values(), reverse=True))
        print(f"{when}   {sum(processes.values()):5} MiB in {len(processes)} processes   {each}")
    _start, middle, end = (sum(processes.values()) for processes in held.values())
    verdict = "ok" if end <= GROWTH * middle else "OVER"
    print(f"end beside middle      {end / middle:5.2f}   bound {GROWTH:.2f}   {verdict}")


def _files(folder: Path) -> list[Path]:
    samples = [make(name, seed) for seed in range(1, 6) for name in NAMES]
    paths = []
    for number in range(WARM_UP + FILES):
        sample = samples[number % len(samples)]
        path = folder / f"{number:04}-{sample.name}"
        path.write_bytes(sample.data)
        paths.append(path)
    return paths


def _resident() -> dict[int, int]:
    """MiB that this process and all below it hold, by process number."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text("ascii", "replace").rsplit(")", 1)[1].split()
            except OSError:
                continue  # it ended meanwhile
            parents[int(entry.name)] = int(stat[1])
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    page = os.sysconf("SC_PAGE_SIZE")
    held = {}
    for number in ours:
        try:
            pages = int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1])
        except OSError:
            continue
        held[number] = pages * page // (1024 * 1024)
    return held


if __name__ == "__main__":
    main()
