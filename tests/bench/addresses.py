"""Recall and borders of addresses: ``python -m tests.bench.addresses [--corpus DIR] [--show K]``.

Counted are addresses with a number (a house, a building, a room, a village's group) of the labelled
sets that lie beside the project: found exactly, or with both ends within two characters. A set that
labels the name of a shop behind the last number as part of the address is also counted with the
last number as its end. Findings in news, which hold no private addresses, are false alarms.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recognizers.engine import Engine
from recognizers.match import Match

DEFAULT = Path("../shared/corpus")
ENTITY = "CN_ADDRESS"
NUMBERED = {"roadno", "houseno", "cellno", "floorno", "roomno", "subroadno"}
PUBLIC = "office_address"
NEWS = ("peoples_daily_dev", "peoples_daily_test", "cluener_train", "cluener_dev", "weibo_ner_v2")
NEAR = 2
_CHINESE = re.compile("[一-鿿].*[0-9]|[0-9].*[一-鿿]")


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _wanted(record: dict[str, Any]) -> list[tuple[int, tuple[int, ...]]]:
    """Begin and the allowed ends of each address with a number."""
    wanted: list[tuple[int, tuple[int, ...]]] = []
    fine = [span for span in record["spans"] if span[2].startswith("ADDR.")]
    for start, end, label in record["spans"]:
        if label != "ADDRESS":
            continue
        inside = [s for s in fine if start <= s[0] and s[1] <= end]
        numbers = [s[1] for s in inside if s[2].removeprefix("ADDR.") in NUMBERED]
        if numbers:
            wanted.append((start, (end, max(numbers))))
        elif not inside and _CHINESE.search(record["text"][start:end]):
            wanted.append((start, (end,)))
    return wanted


def _near(match: Match, start: int, ends: tuple[int, ...], slack: int) -> bool:
    return abs(match.start - start) <= slack and any(abs(match.end - e) <= slack for e in ends)


def labelled(engine: Engine, path: Path, show: int) -> None:
    """Print recall with borders of one labelled set, and findings that touch no label."""
    exact = near = whole = touched = silent = total = extra = 0
    misses = []
    for record in _records(path):
        wanted = _wanted(record)
        if not wanted and not path.stem.startswith("argus"):
            continue
        found = [m for m in engine.analyze(record["text"])[0] if m.entity == ENTITY]
        for start, ends in wanted:
            total += 1
            exact += any(_near(m, start, ends, 0) for m in found)
            whole += any(_near(m, start, ends[:1], NEAR) for m in found)
            touched += any(m.start < ends[0] and start < m.end for m in found)
            close = [m for m in found if _near(m, start, ends, NEAR)]
            if close:
                near += 1
                silent += all(PUBLIC in m.evidence for m in close)
            else:
                shown = [record["text"][m.start : m.end] for m in found]
                misses.append(f"{record['text'][:90]!r} {start}-{ends} found {shown}")
        spans = [s for s in record["spans"] if s[2] == "ADDRESS"]
        for match in found:
            if PUBLIC in match.evidence:
                continue
            if not any(match.start < end and start < match.end for start, end, _ in spans):
                extra += 1
                misses.append(f"EXTRA {record['text'][match.start : match.end]!r}")
    if total:
        print(
            f"{path.stem:26} addresses {total:5}  exact {exact / total:.3f}  within two"
            f" {near / total:.3f}  to the label's own end {whole / total:.3f}"
            f"  touched {touched / total:.3f}  an office's {silent}  outside {extra}"
        )
    for miss in misses[:show]:
        print("   ", miss)


def quiet(engine: Engine, path: Path, show: int) -> None:
    """Print what is found in texts without private addresses."""
    texts = loud = 0
    lines = []
    for record in _records(path):
        texts += 1
        for match in engine.analyze(record["text"])[0]:
            if match.entity == ENTITY and PUBLIC not in match.evidence:
                loud += 1
                text, start, end = record["text"], match.start, match.end
                before, after = text[max(0, start - 12) : start], text[end : end + 8]
                lines.append(f"{before}‹{text[start:end]}›{after}")
    print(f"{path.stem:26} texts {texts:6}  addresses reported {loud}")
    for line in lines[:show]:
        print("   ", line)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 3 when the sets are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--show", type=int, default=0, help="list this many misses of each set")
    options = parser.parse_args(arguments)
    if not options.corpus.is_dir():
        print(f"no labelled sets in {options.corpus}: nothing was measured")
        return 3
    engine = Engine(entities=[ENTITY])
    sets = sorted(options.corpus.glob("*.jsonl"))
    for path in sets:
        if path.stem in NEWS:
            quiet(engine, path, options.show)
        else:
            labelled(engine, path, options.show)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
