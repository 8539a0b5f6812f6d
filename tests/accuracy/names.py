"""Names in general text, on sets that are not part of the project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from recognizers.engine import Engine
from tests.accuracy.score import Hit

CORPUS = Path("../shared/corpus")
SETS = ("peoples_daily_dev", "cluener_dev")
Spans = set[tuple[int, int]]


def texts(name: str) -> list[tuple[str, Spans]]:
    """Each text of a set with the spans of its persons; empty when the set is not there."""
    path = CORPUS / f"{name}.jsonl"
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(r["text"], {(s, e) for s, e, label in r["spans"] if label == "PERSON"}) for r in rows]


def ours(samples: Sequence[str]) -> list[list[Hit]]:
    """What the rule finds, with everything around it."""
    engine = Engine(entities=["PERSON"])
    return [[Hit(m.start, m.end, m.entity) for m in engine.analyze(text)[0]] for text in samples]


def scores(found: Sequence[Sequence[Hit]], wanted: Sequence[Spans]) -> tuple[float, float, float]:
    """Precision, recall and F1 of exact spans."""
    right = false = missed = 0
    for hits, spans in zip(found, wanted, strict=True):
        got = {(hit.start, hit.end) for hit in hits if hit.entity == "PERSON"}
        right, false, missed = (
            right + len(got & spans),
            false + len(got - spans),
            missed + len(spans - got),
        )
    whole = max(1, 2 * right + false + missed)
    return right / max(1, right + false), right / max(1, right + missed), 2 * right / whole
