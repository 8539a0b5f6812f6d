"""Recall and precision of homes: ``python -m tests.bench.homes [--seed S] [--show K] [--only G]``.

The passages and tables of ``fixtures.addresses`` are screened as files. A home counts when it is
reported above a note with both ends within two characters; whatever else is reported above a note
as an address is a false alarm.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from fixtures.addresses import Passage, framed, offices, passages, tables
from screener.bootstrap import Application
from screener.config import Config, default_home
from screener.model.finding import Level
from screener.ports import Screener

NEAR = 2


def compare(screener: Screener, passage: Passage) -> tuple[int, int, list[str]]:
    """How many homes were found exactly and nearly, and what was missed or falsely reported."""
    screening = screener.screen_bytes(passage.text.encode(), f"x.{passage.suffix}")
    text = screening.document.text
    found = []
    for finding, judgement in zip(screening.findings, screening.judgements, strict=True):
        if finding.entity == "CN_ADDRESS" and judgement.level > Level.NOTE:
            found.append((finding.start, finding.end))
    exact = len(set(found) & set(passage.spans))
    notes, near = [], 0
    for start, end in passage.spans:
        match = next(
            (
                f
                for f in found
                if abs(f[0] - start) + abs(f[1] - end) <= 2 * NEAR
                and max(abs(f[0] - start), abs(f[1] - end)) <= NEAR
            ),
            None,
        )
        if match is None:
            notes.append("missed " + _shown(text, start, end))
        else:
            near += 1
            found.remove(match)
    notes += ["false  " + _shown(text, start, end) for start, end in found]
    return exact, near, notes


def _shown(text: str, start: int, end: int) -> str:
    shown = text[max(0, start - 20) : start] + "‹" + text[start:end] + "›" + text[end : end + 12]
    return shown.replace("\n", "⏎")


def _all(seed: int) -> Iterator[Passage]:
    return chain(framed(seed), passages(), offices(), tables())


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="list this many of what is wrong")
    parser.add_argument("--only", default="", help="a part of the group's name")
    options = parser.parse_args(arguments)
    screener = Application(Config(home=default_home())).screener
    counts: dict[str, Counter[str]] = {}
    shown = 0
    for passage in _all(options.seed):
        if options.only not in passage.group:
            continue
        exact, near, notes = compare(screener, passage)
        false = sum(note.startswith("false") for note in notes)
        row = counts.setdefault(passage.group, Counter())
        row.update(homes=len(passage.spans), exact=exact, near=near, false=false)
        for note in notes:
            shown += 1
            if shown <= options.show:
                print(note)
    print(f"{'homes':>7}{'exact':>7}{'within 2':>10}{'false':>7}  recall  precision")
    for group, row in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        recall = f"{row['near'] / row['homes']:.3f}" if row["homes"] else "-"
        told = row["near"] + row["false"]
        precision = f"{row['near'] / told:.3f}" if told else "-"
        print(
            f"{row['homes']:7}{row['exact']:7}{row['near']:10}{row['false']:7}"
            f"  {recall:>6}  {precision:>9}  {group}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
