"""A report page for people: one file, no scripts, nothing fetched, fit to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from screener.i18n import _, current_language
from screener.masking import safe_line
from screener.model.finding import Level
from screener.report.words import Words, kind_word, level_word, unread_word, verdict_word

TEMPLATES = Path(__file__).parent / "templates"

_UNSEEN = ("comment", "deleted", "hidden", "covered", "metadata")
"""Kinds of text whose name says why nobody sees it."""


def write(
    screenings: Iterable[Mapping[str, Any]],
    stream: TextIO,
    *,
    words: Words = Words(),  # noqa: B008  # frozen
    show_notes: bool = False,
    at: datetime | None = None,
) -> None:
    """Write the page in the current language. Notes are folded away unless ``show_notes``.

    ``at``: the time shown, by default now.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _
    environment.filters["line"] = safe_line
    files = [_file(screening, words) for screening in screenings]
    made = (at or datetime.now().astimezone()).strftime("%Y-%m-%d %H:%M")
    page = environment.get_template("report.html").generate(
        language="en" if current_language() == "en" else "zh-CN",
        files=files,
        made=made,
        totals=_totals(files),
        show_notes=show_notes,
    )
    for piece in page:
        stream.write(piece.encode("utf-8", "backslashreplace").decode("utf-8"))


def _file(screening: Mapping[str, Any], words: Words) -> dict[str, Any]:
    findings = [_finding(finding, words) for finding in screening["findings"]]
    findings.sort(key=lambda finding: -finding["rank"])  # worst first, else as they stand
    return {
        **screening,
        "verdict_word": verdict_word(screening["verdict"]),
        "problems": [f for f in findings if f["level"] != "note"],
        "notes": [f for f in findings if f["level"] == "note"],
        "unread": [{**u, "why": unread_word(u["reason"])} for u in screening["unread"]],
        "remarks": [words.reason(code) for code in screening["remarks"]],
    }


def _finding(finding: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        **finding,
        "rank": int(Level.of(finding["level"])),
        "level_word": level_word(finding["level"]),
        "title": words.rule(finding["rule"]),
        "shown": finding.get("text", finding["excerpt"]),
        "kind_word": kind_word(finding["kind"]) if finding["kind"] in _UNSEEN else "",
        "reasons": [words.reason(code) for code in finding["reasons"]],
    }


def _totals(files: list[dict[str, Any]]) -> dict[str, int]:
    verdicts = Counter(file["verdict"] for file in files)
    return {
        "files": len(files),
        "block": verdicts["block"],
        "review": verdicts["review"],
        "clear": verdicts["clear"],
        "unread": sum(len(file["unread"]) for file in files),
    }
