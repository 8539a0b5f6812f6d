"""``make accuracy``: ``python -m tests.accuracy [--count N] [--seed S] [--show K] [--page FILE]``.

A seed below 10000 is for tuning: with ``--show`` it lists what was wrong. The reporting seed is not
for looking at: its differences are counted, not shown.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fixtures.accuracy import FRESH, SCRIPTS
from screener import __version__
from tests.accuracy import names, page, peers
from tests.accuracy.ours import Ours
from tests.accuracy.score import Case, Hit, Tally

_PUBLIC = frozenset(
    ("CN_LANDLINE_PHONE", "CN_USCC", "LOCATION", "URL", "organization", "DATE_TIME")
)

_WARMING = 2
"""The seed of the papers that are screened before any is counted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, with ``--page``, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2024)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="list this many differences")
    parser.add_argument("--page", type=Path, help="run the other tools too and write this file")
    options = parser.parse_args(arguments)
    if options.show and options.seed >= FRESH:
        parser.error("differences are shown for tuning seeds only")
    ours = Ours()
    tally, cases, speed = _measure(ours, options.count, options.seed)
    found = [] if options.page is None else [_peer(tool, cases) for tool in peers.TOOLS]
    results = page.Results(
        date=date.today().isoformat(),
        seed=options.seed,
        papers=len(cases),
        kinds=len(SCRIPTS),
        characters=sum(len(case.text) for case in cases),
        versions=f"screener {__version__}",
        ours=tally,
        speed=speed,
        peers=found,
        names={} if options.page is None else _names(),
    )
    written = page.page(results)
    for difference in tally.differences[: options.show]:
        print(difference)
    if options.page is None:
        print(written)
    else:
        options.page.write_text(written, "utf-8")
    return 0


def _measure(ours: Ours, count: int, seed: int) -> tuple[Tally, list[Case], float]:
    """What was right and wrong, the papers, and the characters screened in a CPU-second.

    Each paper is screened right after it was read, as a scan does. Counted is the time that this
    process spends on finding and judging. Not counted: the reading, which processes of their own
    do, what these spend on telling where a finding stands (some 2 % more), and what is loaded and
    compiled once, when a text first asks for it: a paper of each kind is screened before.
    """
    for _, document in ours.cases(min(count, len(SCRIPTS)), _WARMING):
        ours.screen(document)
    tally, size, spent = Tally(), 0, 0.0
    cases: list[Case] = []
    for case, document in ours.cases(count, seed):
        began = time.process_time()
        hits, verdict = ours.screen(document)
        spent += time.process_time() - began
        tally.add(case, hits, verdict)
        cases.append(case)
        size += len(document.text)
    return tally, cases, size / spent


def _peer(tool: str, cases: Sequence[Case]) -> page.PeerFigures:
    done = peers.run(tool, [case.text for case in cases])
    tally, size = Tally(), sum(len(case.text) for case in cases)
    leaks_clear = clean_stopped = numbers = leaking = 0
    for case, hits in zip(cases, done.hits, strict=False):
        stopping = [hit for hit in hits if _stops(case, hit)]
        leaks = case.paper.verdict != "clear"
        leaking += leaks
        leaks_clear += leaks and not stopping
        clean_stopped += not leaks and bool(stopping)
        numbers += not leaks and any(hit.entity != "PERSON" for hit in stopping)
        tally.add(case, hits, "review" if stopping else "clear")
    clean = len(done.hits) - leaking
    speed = size / done.cpu_seconds if done.cpu_seconds else 0.0
    return page.PeerFigures(
        tool,
        done.version,
        tally,
        (leaks_clear, leaking),
        (clean_stopped, clean),
        (numbers, clean),
        speed,
        done.problem,
    )


def _stops(case: Case, hit: Hit) -> bool:
    if hit.entity == "EMAIL_ADDRESS":
        return not case.text[hit.start : hit.end].endswith("gov.cn")
    return hit.entity not in _PUBLIC


def _names() -> dict[str, dict[str, page.Figures]]:
    rows: dict[str, dict[str, page.Figures]] = {}
    for name in names.SETS:
        samples = names.texts(name)
        if not samples:
            continue
        texts, wanted = [text for text, _ in samples], [spans for _, spans in samples]
        rows[name] = {"this tool": names.scores(names.ours(texts), wanted)}
        for tool in peers.TOOLS:
            done = peers.run(tool, texts)
            if not done.problem:
                rows[name][tool] = names.scores(done.hits, wanted)
    return rows


if __name__ == "__main__":
    sys.exit(main())
