"""Reads the tables of ``tests/rules``: what each rule must hit and must miss.

A case is a text with the values between ``‹`` and ``›``, or a mapping:

- ``text``, or ``row``: a list of ``[header or null, cell text]`` for cells of one table row;
- ``header``: the text is a table cell under this header;
- ``kind``: the kind of the stretch (``header``, ``footer`` …), ``body`` unless there are cells;
- ``evidence``: codes (as written, argument and all) that every hit must carry; ``not_evidence``:
  codes that none may carry, whatever the argument;
- ``role``: the role that every hit must have; ``why``: for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.recognizers.layouts import Row

TABLES = Path(__file__).parent.parent / "rules"
OPEN, CLOSE = "‹", "›"
_KEYS = {"text", "row", "header", "kind", "evidence", "not_evidence", "role", "why"}


@dataclass(frozen=True)
class Case:
    """One case, ready to run. ``spans`` are raw offsets into ``text``."""

    rule: str
    text: str
    spans: tuple[tuple[int, int], ...]
    layout: Row | None
    evidence: tuple[str, ...]
    not_evidence: tuple[str, ...]
    role: str | None
    hit: bool

    def __str__(self) -> str:
        return f"{self.rule}-{'hit' if self.hit else 'miss'}-{self.text[:24]!r}"


def marked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without marks, and the marked spans. Raises ValueError for unpaired marks."""
    plain, spans, start = [], [], None
    length = 0
    for character in text:
        if character == OPEN and start is None:
            start = length
        elif character == CLOSE and start is not None:
            spans.append((start, length))
            start = None
        elif character in (OPEN, CLOSE):
            raise ValueError("unpaired marks")
        else:
            plain.append(character)
            length += 1
    if start is not None:
        raise ValueError("unpaired marks")
    return "".join(plain), tuple(spans)


def _case(rule: str, given: Any, *, hit: bool) -> Case:
    case = {"text": given} if isinstance(given, str) else dict(given)
    if set(case) - _KEYS:
        raise ValueError(f"{rule}: unknown keys {sorted(set(case) - _KEYS)}")
    kind = case.get("kind", "table_cell")
    cells: list[tuple[str | None, str]] = [(case.get("header"), str(case.get("text")))]
    if "row" in case:
        cells = [(cell[0], str(cell[1])) for cell in case["row"]]
    layout = None
    if {"row", "header", "kind"} & set(case):
        written = Row(cells, kind).text
        layout = Row([(header, marked(cell)[0]) for header, cell in cells], kind)
    else:
        written = case["text"]
    text, spans = marked(written)
    if bool(spans) is not hit:
        raise ValueError(f"{rule}: a hit has marks and a miss has none: {written!r}")
    return Case(
        rule=rule,
        text=text,
        spans=spans,
        layout=layout,
        evidence=tuple(case.get("evidence", ())),
        not_evidence=tuple(case.get("not_evidence", ())),
        role=case.get("role"),
        hit=hit,
    )


def cases(path: Path) -> list[Case]:
    """All cases of one table."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(table) != {"hits", "misses"}:
        raise ValueError(f"{path.name}: a table has hits and misses")
    hits = [_case(path.stem, given, hit=True) for given in table["hits"]]
    return hits + [_case(path.stem, given, hit=False) for given in table["misses"]]


def all_cases() -> list[Case]:
    """Every case of every table."""
    return [case for path in sorted(TABLES.glob("*.yml")) for case in cases(path)]
