"""Reads mutants and holds the outcome against what must never happen."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from screener.config import Limits
from screener.extract.extractor import Extractor
from screener.model.document import Document, SegmentKind
from tests.fuzz.mutants import Mutant, mutants
from tests.fuzz.oracles import seen_by_others

LIMITS = replace(Limits(), seconds=20.0, ocr_seconds=60.0)
UNSEEN = replace(LIMITS, ocr_seconds=0.0)
"""Without time for text recognition: what needs it is unread, and costs milliseconds."""
SLACK = 15.0
"""Seconds past the limit in which a process that stands still must be gone, the machine busy."""
THREADS = 2
SEEN_EACH = 25
"""One mutant in so many has its pictures recognised, which may take a minute for a broken page."""


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one format.

    ``broken`` are mutants of which something that must never happen is true, and what;
    ``partly`` those of which another reader finds a value that ours does not, beside values that
    ours finds: they are stopped all the same.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[Mutant, str]] = field(default_factory=list)
    partly: list[tuple[Mutant, str]] = field(default_factory=list)
    slowest: float = 0.0
    done: int = 0


def fuzz(
    name: str,
    count: int,
    *,
    seed: int = 1,
    seconds: float = float("inf"),
    progress: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Read ``count`` mutants of a format, or as many as the time allows."""
    tally = Tally()
    over = time.monotonic() + seconds
    extractors = {limits: Extractor(limits) for limits in (LIMITS, UNSEEN)}
    with ThreadPoolExecutor(THREADS) as threads:
        for mutant, (document, spent) in _read_ahead(
            threads, extractors, mutants(name, count, seed)
        ):
            judge(name, mutant, document, spent, tally)
            progress(tally)
            if time.monotonic() > over:
                break
    return tally


def _read_ahead(
    threads: ThreadPoolExecutor, extractors: Mapping[Limits, Extractor], files: Iterator[Mutant]
) -> Iterator[tuple[Mutant, tuple[Document, float]]]:
    running: deque[tuple[Mutant, Future[tuple[Document, float]]]] = deque()
    for mutant in files:
        running.append((mutant, threads.submit(_read, extractors[_limits(mutant)], mutant)))
        if len(running) > 2 * THREADS:
            first, future = running.popleft()
            yield first, future.result()
    for first, future in running:
        yield first, future.result()


def _limits(mutant: Mutant) -> Limits:
    return UNSEEN if mutant.number % SEEN_EACH else LIMITS


def _read(extractor: Extractor, mutant: Mutant) -> tuple[Document, float]:
    began = time.monotonic()
    return extractor.read_bytes(mutant.data, mutant.name), time.monotonic() - began


def judge(name: str, mutant: Mutant, document: Document, spent: float, tally: Tally) -> None:
    """Hold one outcome against what must never happen."""
    tally.done += 1
    tally.slowest = max(tally.slowest, spent)
    if spent > 2 * _limits(mutant).seconds + _limits(mutant).ocr_seconds + SLACK:
        tally.broken.append((mutant, f"took {spent:.0f} s"))
    flat = re.sub("[\n\r\t ]", "", document.text)
    found = {value for value in mutant.values if value in flat}
    if document.unread:
        tally.outcomes["unread"] += 1
        tally.outcomes.update({f"unread: {entry.reason.value}" for entry in document.unread})
        return
    tally.outcomes["found" if found else "clear"] += 1
    body = any(s.kind is not SegmentKind.FILE_NAME for s in document.segments)
    if not body:
        tally.broken.append((mutant, "clear without any text"))
    missed = [value for value in mutant.values if value not in found]
    others = seen_by_others(name, mutant.data, missed)
    if others:
        reader = next(iter(others.values()))
        told = f"{reader} finds {len(others)} values that are not read"
        (tally.partly if found else tally.broken).append((mutant, told))
