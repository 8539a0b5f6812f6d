"""``python -m tests.bench.tables [--seed S] [--only NAME] [--format F]``: tables, right or wrong.

Every paper of ``fixtures.tables`` is written in every format, read by the real readers and
screened. Printed for each format: values found at their level, missed, and false alarms.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from fixtures.tables import WRITERS, papers
from screener.bootstrap import Application
from screener.config import Config, default_home
from tests.tables import compare


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--format", default="")
    options = parser.parse_args(arguments or [])
    screener = Application(Config(home=default_home())).screener
    totals: dict[str, Counter[str]] = {name: Counter() for name in WRITERS}
    for paper in papers(options.seed):
        if options.only not in paper.name:
            continue
        for name in WRITERS:
            if options.format not in ("", name) or (paper.formats and name not in paper.formats):
                continue
            outcome = compare(screener, paper, name)
            totals[name].update(
                found=outcome.found, missed=len(outcome.missed), false=len(outcome.false)
            )
            for kind, notes in (("missed", outcome.missed), ("false", outcome.false)):
                for note in notes:
                    print(f"- {paper.name} {name} {kind}: {note}")
    print(f"{'format':14}{'found':>8}{'missed':>8}{'false':>8}")
    for name, counts in totals.items():
        print(f"{name:14}{counts['found']:8}{counts['missed']:8}{counts['false']:8}")


if __name__ == "__main__":
    main(sys.argv[1:])
