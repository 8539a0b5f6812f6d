"""Recall and precision on labelled texts: ``python -m tests.bench.corpora [--corpus DIR]``.

The sets are not part of the project (their licences differ): they lie beside it, and without them
this says so. Every miss and every false hit is listed, with its digits and letters masked.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recognizers.engine import Engine
from recognizers.match import Match

DEFAULT = Path("../shared/corpus")
LABELS = {
    "ID": {"CN_ID_CARD"},
    "PHONE": {"CN_MOBILE_PHONE", "CN_LANDLINE_PHONE"},
    "BANK_CARD": {"CN_BANK_CARD"},
    "EMAIL": {"EMAIL_ADDRESS"},
    "PLATE": {"CN_LICENSE_PLATE"},
    "LICENSE_PLATE": {"CN_LICENSE_PLATE"},
    "PASSPORT": {"CN_PASSPORT"},
    "USCC": {"CN_USCC"},
    "CREDIT_CODE": {"CN_USCC"},
    "PERSON": {"PERSON"},
}
"""The sets' labels and what we call them."""

NEGATIVES = {
    "id_number": {"CN_ID_CARD"},
    "phone": {"CN_MOBILE_PHONE", "CN_LANDLINE_PHONE"},
    "bank_card": {"CN_BANK_CARD"},
    "credit_code": {"CN_USCC"},
    "license_plate": {"CN_LICENSE_PLATE"},
    "passport": {"CN_PASSPORT"},
    "person": {"PERSON"},
}
"""``#NEGATIVE:type`` in a source: nothing of this may be found."""

_MISLABELLED = (
    ("EMAIL", re.compile("^[^@]*$"), "labelled as a mailbox, but it is none (labels are shifted)"),
    (
        "PHONE",
        re.compile("@|[A-Za-z]{2}"),
        "labelled as a phone, but it is none (labels are shifted)",
    ),
    ("PHONE", re.compile(r"^[0-9]{3}-[0-9]{2}-[0-9]{4}$"), "a social security number of the USA"),
    (
        "PHONE",
        re.compile(
            r"^(?:[+](?!86)|[(][2-9][0-9]{2}[)] |0[789]0-|0[3-9]-)"
            r"|^[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4}$"
            r"|^[2-9][0-9]{9}$|^[A-Z][0-9]+ [0-9][A-Z]{2}$"
        ),
        "a number of another country",
    ),
)
"""Labels of the sets that are wrong or name what is not ours: label, value, reason."""

SETS = ("argus_fixtures_zh", "argus_pii_bench_zh_1000", "helan_eval12")


@dataclass
class Tally:
    """Counts of one label in one set. A hit is found when both ends agree."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    lines: list[str] = field(default_factory=list)
    set_aside: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        total = self.found + self.missed
        return self.found / total if total else 1.0

    @property
    def precision(self) -> float:
        total = self.found + self.wrong
        return self.found / total if total else 1.0


def masked(text: str) -> str:
    """The shape of a text: digits as 0, Latin letters as a, a name's Han kept off."""
    return re.sub(r"[A-Za-z]", "a", re.sub(r"[0-9]", "0", text)).replace("\n", "⏎")


def _label_words(value: str) -> int:
    """How long the words before a passport's number are, which one set labels with it."""
    return 3 if value.startswith("护照号") else 0


def wrong_label(label: str, value: str) -> str | None:
    """Why a label of the set does not count, or None."""
    for name, shape, reason in _MISLABELLED:
        if name == label and shape.search(value):
            return reason
    return None


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The texts of one set."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def measure(engine: Engine, path: Path) -> tuple[dict[str, Tally], list[str], Counter[str]]:
    """Tallies by label, what was found in negatives, and how many negatives there were."""
    tallies: dict[str, Tally] = {}
    broken: list[str] = []
    negatives: Counter[str] = Counter()
    labelled = {label for record in records(path) for *_, label in record["spans"]}
    single = "fixtures" in path.stem  # there only the type under test is labelled
    for record in records(path):
        matches, failures = engine.analyze(record["text"])
        for failure in failures:
            broken.append(f"{record['id']}: {failure}")
        kind = (
            record["source"].rpartition("#NEGATIVE:")[2] if "#NEGATIVE" in record["source"] else ""
        )
        if kind in NEGATIVES:
            negatives[kind] += 1
            for match in matches:
                if match.entity in NEGATIVES[kind]:
                    broken.append(f"{record['id']} {kind}: {_show(record['text'], match)}")
        _count(record, matches, tallies, labelled, single)
    return tallies, broken, negatives


def _count(
    record: dict[str, Any],
    matches: list[Match],
    tallies: dict[str, Tally],
    labelled: set[str],
    single: bool,
) -> None:
    text = record["text"]
    wanted = {
        (start + _label_words(text[start:end]), end, label)
        for start, end, label in record["spans"]
        if label in LABELS
    }
    for label in {label for *_, label in wanted} | (labelled & set(LABELS)):
        tally = tallies.setdefault(label, Tally())
        mine = set()
        hits = {(m.start, m.end) for m in matches if m.entity in LABELS[label]}
        for start, end, name in wanted:
            reason = wrong_label(name, text[start:end]) if name == label else None
            if reason:
                tally.set_aside[reason] += 1
                hits -= {(a, b) for a, b in hits if start <= a and b <= end}
            elif name == label:
                mine.add((start, end))
        tally.found += len(mine & hits)
        for start, end in sorted(mine - hits):
            tally.missed += 1
            around = (
                text[max(0, start - 14) : start] + "‹" + text[start:end] + "›" + text[end : end + 8]
            )
            tally.lines.append(f"missed {record['id']}: {masked(around)}")
        if single and not mine:
            continue
        for start, end in sorted(hits - mine):
            tally.wrong += 1
            around = (
                text[max(0, start - 14) : start] + "‹" + text[start:end] + "›" + text[end : end + 8]
            )
            tally.lines.append(f"wrong  {record['id']}: {masked(around)}")


def _show(text: str, match: Match) -> str:
    return f"{match.entity} ‹{masked(text[match.start : match.end])}› {', '.join(match.evidence)}"


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 3 when the sets are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--names", action="store_true", help="list the misses of PERSON too")
    options = parser.parse_args(arguments)
    paths = [options.corpus / f"{name}.jsonl" for name in SETS]
    present = [path for path in paths if path.is_file()]
    if not present:
        print(f"no labelled sets in {options.corpus}: nothing was measured")
        return 3
    engine = Engine()
    for path in present:
        tallies, broken, negatives = measure(engine, path)
        print(f"\n{path.stem}")
        for label, tally in sorted(tallies.items()):
            counts = f"found {tally.found:5} missed {tally.missed:4} wrong {tally.wrong:4}"
            print(
                f"  {label:14} recall {tally.recall:.3f} precision {tally.precision:.3f}  {counts}"
            )
            if label != "PERSON" or options.names:
                print("".join(f"      {line}\n" for line in tally.lines), end="")
            for reason, count in tally.set_aside.items():
                print(f"      set aside {count}: {reason}")
        if negatives:
            print(f"  negatives {sum(negatives.values())}, found in them: {len(broken)}")
        print("".join(f"      {line}\n" for line in broken), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
