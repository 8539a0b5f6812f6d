"""1,000 files of 2,000 characters with one worker and with two, workers warm."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path

from fixtures.prose import prose
from screener.bootstrap import make_screen, worker_died
from screener.bulk.pool import screen_files
from screener.config import Config

FILES = 1000
WARM_UP = 64  # files screened before the clock starts
BOUND = 1.7


def main() -> None:
    """Print seconds and ratio."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(WARM_UP + FILES):
            path = Path(folder) / f"{number:04}.txt"
            path.write_text(prose(2000, seed=number), "utf-8")
            paths.append(path)
        config = Config(home=Path(folder) / "home")
        seconds = {jobs: _seconds(paths, jobs, config) for jobs in (1, 2)}
        ratio = seconds[1] / seconds[2]
        for jobs, spent in seconds.items():
            print(f"--jobs {jobs}   {spent:6.1f} s   {FILES / spent:6.0f} files/s")
        print(f"ratio      {ratio:6.2f}     bound {BOUND}   {'ok' if ratio >= BOUND else 'OVER'}")


def _seconds(paths: list[Path], jobs: int, config: Config) -> float:
    start = partial(make_screen, config, "zh", show_values=False)
    results = screen_files(paths, jobs, start, worker_died)
    started = 0.0
    for number, result in enumerate(results):
        if result["unread"]:
            raise SystemExit(f"not read: {result['path']}")
        if number == WARM_UP - 1:
            started = time.perf_counter()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
