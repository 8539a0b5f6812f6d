"""Screens many files over local worker processes and keeps the order of the list.

Workers hand back wire JSON, not documents: the text of a file stays with the worker that screens
it. (What it does not read itself is read by a confined process of its own.) A worker that dies
takes no other file with it: the files it held are tried again one at a time, and
the one that kills a worker twice is reported as unread.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice, takewhile
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from screener.extract.sandbox.wanted import OLD_SUFFIXES

Result = Mapping[str, Any]
Screen = Callable[[Path, Sequence[Path]], Result]
"""Screens a file; the others are the files that come next, for what is done in one go."""
Start = Callable[[], Screen]
_AHEAD = 4  # files a worker has waiting: enough to stay busy, few enough to hold in memory
_NEXT = 64
_TOGETHER = 8  # old papers that one worker gets at once
_worker: Screen | None = None


def screen_files(
    paths: Sequence[Path], jobs: int, start: Start, on_death: Callable[[Path], Result]
) -> Iterator[Result]:
    """One result for each path, in order.

    ``start()`` builds the screening function inside each worker, so it must be importable by name
    (a ``functools.partial`` of a function is). With one job nothing is spawned. ``on_death`` makes
    the result of a file that killed its worker.
    """
    if jobs <= 1 or len(paths) <= 1:
        screen = start()
        for number, path in enumerate(paths, 1):
            yield screen(path, paths[number : number + _NEXT])
        return
    waiting = deque(paths)
    while waiting:
        try:
            yield from _run_pool(waiting, min(jobs, len(waiting)), start)
        except BrokenProcessPool:
            # The first file without a result may be the culprit or a bystander: try it alone.
            yield _run_alone(waiting.popleft(), start, on_death)


def _run_pool(waiting: deque[Path], jobs: int, start: Start) -> Iterator[Result]:
    """Results in order; a path leaves ``waiting`` only when its result was handed out."""
    with _executor(jobs, start) as pool:
        running: deque[Future[list[Result]]] = deque()
        sent = 0
        try:
            while waiting:
                while len(running) < jobs * _AHEAD and sent < len(waiting):
                    run = _next_run(waiting, sent)
                    running.append(pool.submit(_screen_in_worker, run))
                    sent += len(run)
                results = running[0].result()
                running.popleft()
                for result in results:
                    waiting.popleft()
                    sent -= 1
                    yield result
        finally:
            for future in running:
                future.cancel()


def _next_run(waiting: deque[Path], sent: int) -> list[Path]:
    """The next file, or the next few old papers: one worker has them converted in one go."""
    ahead = list(islice(waiting, sent, sent + _TOGETHER))
    old = list(takewhile(lambda path: path.suffix.lower() in OLD_SUFFIXES, ahead))
    return old or ahead[:1]


def _run_alone(path: Path, start: Start, on_death: Callable[[Path], Result]) -> Result:
    with _executor(1, start) as pool:
        try:
            return pool.submit(_screen_in_worker, [path]).result()[0]
        except BrokenProcessPool:
            return on_death(path)


def _executor(jobs: int, start: Start) -> ProcessPoolExecutor:
    context = get_context("forkserver")
    context.set_forkserver_preload(["presidio_analyzer", "screener.bootstrap"])
    return ProcessPoolExecutor(jobs, context, initializer=_start_worker, initargs=(start,))


def _start_worker(start: Start) -> None:
    # One thread a worker: two workers with a pool of threads each only fight over the cores.
    os.environ["OMP_NUM_THREADS"] = "1"
    global _worker  # noqa: PLW0603  # a worker process holds exactly one screening function
    _worker = start()


def _screen_in_worker(paths: Sequence[Path]) -> list[Result]:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return [_worker(path, paths[number:]) for number, path in enumerate(paths, 1)]
