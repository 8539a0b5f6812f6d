"""``python -m tests.fuzz [FORMAT...]``: thousands of broken files of each format.

Nothing may crash or hang the tool, and no broken file may pass as clear while another program's
reader still finds a planted value in it. Files of which that is not true are kept.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from functools import partial
from pathlib import Path

from fixtures.formats import NAMES
from tests.fuzz.run import Tally, fuzz


def main(arguments: list[str] | None = None) -> int:
    """Run and print; 1 when something happened that must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(NAMES))
    parser.add_argument("--mutants", type=int, default=5000, help="of each format (5000)")
    parser.add_argument("--seconds", type=float, default=900, help="most for a format (900)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where files go")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.formats) - set(NAMES)):
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    logging.disable()  # what other readers say about broken files
    warnings.simplefilter("ignore")
    broken = 0
    for name in options.formats or NAMES:
        began = time.monotonic()
        tally = fuzz(
            name,
            options.mutants,
            seed=options.seed,
            seconds=options.seconds,
            progress=partial(_progress, name, options.mutants),
        )
        _report(name, tally, time.monotonic() - began)
        _keep(options.keep / name, tally)
        broken += len(tally.broken)
    print("nothing happened that must not" if not broken else f"{broken} broken")
    return 1 if broken else 0


def _progress(name: str, count: int, tally: Tally) -> None:
    if tally.done % 100 == 0 and sys.stderr.isatty():
        print(f"\r{name:8} {tally.done:6} of {count}", end="", file=sys.stderr, flush=True)


def _report(name: str, tally: Tally, seconds: float) -> None:
    main_ones = ("unread", "found", "clear")
    outcomes = "  ".join(f"{word} {tally.outcomes[word]}" for word in main_ones)
    reasons = ", ".join(
        f"{word.partition(': ')[2]} {count}"
        for word, count in tally.outcomes.most_common()
        if ": " in word
    )
    print(
        f"\r{name:8} {tally.done:5} mutants in {seconds:5.0f} s  slowest {tally.slowest:5.1f} s  "
        f"{outcomes}  ({reasons})  partly {len(tally.partly)}  broken {len(tally.broken)}",
        flush=True,
    )
    for mutant, what in (*tally.broken, *tally.partly)[:10]:
        print(f"    {mutant.number} {mutant.how}: {what}")


def _keep(folder: Path, tally: Tally) -> None:
    for mutant, _what in (*tally.broken, *tally.partly):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{mutant.number}-{mutant.how}-{mutant.name}").write_bytes(mutant.data)


if __name__ == "__main__":
    sys.exit(main())
