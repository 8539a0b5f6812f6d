"""Baselines: an earlier scan's JSON, so that the next one shows only what is new.

A finding counts as known only in the file it was known in (same path or same bytes): the same
person's number in another file is a new problem.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screener.errors import UsageProblem
from screener.i18n import _
from screener.report.wire import SCHEMA, ScreeningJson, verdict_of


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was known: finding ids by path and by SHA-256."""

    known: frozenset[tuple[str, str]]

    def only_new(self, screening: ScreeningJson) -> ScreeningJson:
        """The screening without known findings, its verdict made anew. Unread parts stay."""
        path, sha256 = _normal(screening["path"]), screening["sha256"]
        findings = [
            finding
            for finding in screening["findings"]
            if (path, finding["id"]) not in self.known
            and (not sha256 or (sha256, finding["id"]) not in self.known)
        ]
        return {
            **screening,
            "findings": findings,
            "verdict": verdict_of(findings, screening["unread"]).value,
        }


def load_baseline(file: Path) -> Baseline:
    """Read a JSON array, a single object or JSONL. Raises UsageProblem when it is none of them."""
    try:
        content = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, type(error).__name__) from error
    known: set[tuple[str, str]] = set()
    try:
        for entry in _entries(content):
            if entry["schema"] != SCHEMA:
                raise _unusable(file, _("schema {number}").format(number=SCHEMA))
            for finding in entry["findings"]:
                known.add((_normal(entry["path"]), str(finding["id"])))
                known.add((str(entry["sha256"]), str(finding["id"])))
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(file, type(error).__name__) from error
    return Baseline(frozenset(known))


def _entries(content: str) -> Iterator[Mapping[str, Any]]:
    stripped = content.lstrip()
    if not stripped:
        raise ValueError("empty")
    if stripped.startswith("["):
        yield from json.loads(stripped)
        return
    try:
        yield json.loads(stripped)
    except json.JSONDecodeError:
        yield from (json.loads(line) for line in content.split("\n") if line.strip())


def _normal(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")


def _unusable(file: Path, why: str) -> UsageProblem:
    return UsageProblem(
        _("{file} cannot be used as a baseline ({why})").format(file=file, why=why),
        advice=_("Name the output of an earlier scan with --format json or jsonl."),
    )
