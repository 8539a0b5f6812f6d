"""Marks and mentions: recall, false stops and cost, on made-up papers and on texts kept beside.

``SCREENER_TEXTS`` names a folder with ``*.jsonl`` (an object with ``text`` a line) and ``*.txt``
that hold no marks; without it only the built papers are measured.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fixtures.marks import papers_with_marks, papers_with_mentions
from fixtures.prose import prose
from tests.recognizers.marks.documents import marks, marks_of

SEEDS = (101, 102, 103)
EACH = 700


def main() -> None:
    """Print the figures."""
    _built()
    _kept()
    _cost()


def _built() -> None:
    papers, found, shown = Counter[str](), Counter[str](), 0
    for seed in SEEDS:
        for paper in papers_with_marks(seed, EACH):
            papers[paper.entity] += 1
            got = marks_of(paper)
            if got == [(paper.entity, value) for value in paper.marks]:
                found[paper.entity] += 1
            elif shown < 10:
                shown += 1
                print(f"missed: {paper.entity} {paper.name}: {paper.marks} {got}")
    for entity, number in papers.items():
        print(f"{entity}: {found[entity]} of {number} exact ({found[entity] / number:.4f})")
    mentions = stops = 0
    for seed in SEEDS:
        for paper in papers_with_mentions(seed, EACH):
            mentions += 1
            got = marks_of(paper)
            if got:
                stops += 1
                print(f"false: {paper.entity} {paper.name}: {got}")
    print(f"mentions: {stops} false stops in {mentions}")


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")


def _kept() -> None:
    folder = os.environ.get("SCREENER_TEXTS")
    if not folder:
        print("other texts: none (SCREENER_TEXTS is not set)")
        return
    number = hits = 0
    for text in _texts(Path(folder)):
        number += 1
        for match in marks(text):
            hits += 1
            print(f"found: {match.entity} {match.evidence}")
    print(f"other texts: {hits} found in {number}")


def _cost() -> None:
    text = prose(1_000_000)
    began = time.process_time()
    marks(text)
    spent = time.process_time() - began
    print(f"official prose: {len(text) / spent / 1e6:.1f} million characters a CPU-second")


if __name__ == "__main__":
    main()
