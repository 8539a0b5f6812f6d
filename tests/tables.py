"""Screens a paper of ``fixtures.tables`` in one format and compares with what it wants found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fixtures.tables import WRITERS, Paper
from screener.model.finding import Level
from screener.ports import Screener


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many values were found at their level; what was missed, and what nobody wanted."""

    found: int
    missed: list[str]
    false: list[str]


def compare(screener: Screener, paper: Paper, written_as: str) -> Outcome:
    """Values count by entity, level and text; where they stand is others' business."""
    suffix, write = WRITERS[written_as]
    screening = screener.screen_bytes(write(paper), f"x.{suffix}")
    text = screening.document.text
    given: Counter[tuple[str, str, str]] = Counter()
    why = {}
    for finding, judgement in zip(screening.findings, screening.judgements, strict=True):
        key = (finding.entity, _squeezed(text[finding.start : finding.end]), judgement.level.code)
        given[key] += 1
        why[key] = finding.evidence
    wanted = Counter((w.entity, _squeezed(w.text), w.level) for w in paper.wanted())
    missed = wanted - given
    false = given - wanted
    notes = [key for key in false if Level.of(key[2]) >= Level.REVIEW]
    return Outcome(
        found=(wanted & given).total(),
        missed=[" ".join(key) for key in missed],
        false=[f"{' '.join(key)} {why[key]}" for key in notes],
    )


def _squeezed(text: str) -> str:
    return "".join(text.replace("\x1e", "").replace(",", "").split())
