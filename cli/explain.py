"""``screener explain``: why something was found, or why a stretch was not, piece by piece."""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.extract import require_file
from cli.help import Command
from cli.options import PolicyOption, RulesOption
from cli.problems import UNREAD
from cli.session import application, settings
from cli.text import cells, pad, wrap
from screener.errors import NotFound, UsageProblem
from screener.i18n import _
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.bootstrap import Application
    from screener.model.document import Document

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = _(
    "Say for each finding of a file, or for one of them, what spoke for it, what the policy makes "
    "of it, on which basis, and what to do. With --at: what the rules made of a stretch of the "
    "text, and why it was not found. Values stay masked."
)
EXAMPLES = """
    screener explain 公示名单.xlsx
    screener explain 公示名单.xlsx f-3a91c2
    screener explain 公示名单.xlsx --at 120:138
"""
MOST_IDS = 10
_RANGE = re.compile(r"([0-9]{1,12}):([0-9]{1,12})")


class Format(StrEnum):
    """How it is printed."""

    TEXT = "text"
    JSON = "json"


@app.command("explain", cls=Command, help=HELP, epilog=EXAMPLES)
def explain(
    *,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A file."))],
    finding: Annotated[
        str | None,
        typer.Argument(metavar=_("FINDING"), help=_("A finding's id, or how it starts.")),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="START:END",
            help=_("Why this stretch of the text (as “extract” prints it) was not found."),
        ),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", metavar="text|json", help=_("Output form."))
    ] = Format.TEXT,
    policy: PolicyOption = None,
    rules: RulesOption = None,
) -> None:
    """Screen the file and print the evidence."""
    if finding is not None and at is not None:
        raise UsageProblem(
            _("Either a finding or --at, not both."),
            advice=_("“screener explain FILE” lists all findings with their ids."),
        )
    require_file(file)
    parts = application(settings(policy, rules=rules or ()))
    document = parts.extractor.read_path(file)
    watched = None if at is None else _range(at, document)
    told = _told(parts, document, str(file), watched)
    if finding is not None:
        _only(told, finding)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        from cli.explain_page import pages

        sys.stdout.write("\n".join(pages(told, parts)) + "\n")
    if told["unread"]:
        raise typer.Exit(UNREAD)


def _range(text: str, document: Document) -> tuple[int, int] | None:
    """Start and end of the stretch; None where there is no text. Raises UsageProblem."""
    found = _RANGE.fullmatch(text)
    if found is None:
        raise UsageProblem(
            _("--at takes two numbers with a colon between, as 120:138."),
            advice=_("They count the characters of what “screener extract FILE” prints, from 0."),
        )
    if not document.text:
        return None  # what was not read is told instead
    start, end = int(found[1]), int(found[2])
    if not start < end <= len(document.text):
        raise UsageProblem(
            _("There is no stretch {start}:{end}: the text has {length} characters.").format(
                start=start, end=end, length=len(document.text)
            ),
            advice=_("They count the characters of what “screener extract FILE” prints, from 0."),
        )
    return start, end


def _told(
    parts: Application, document: Document, path: str, watched: tuple[int, int] | None
) -> dict[str, Any]:
    """Everything as JSON: the scan's own, what decides, and what happened at the stretch."""
    from screener.report.wire import screening_to_json

    account, seen = parts.account(document, watched)
    told: dict[str, Any] = dict(screening_to_json(account.screening, path=path))
    for entry in told["findings"]:
        case = account.conditions[entry["id"]]
        entry["conditions"] = {"when": list(case.when), "unless": list(case.unless)}
    if seen is None:
        return told
    touched = [e for e in told["findings"] if e["start"] < seen.end and seen.start < e["end"]]
    silent = [f for f in account.silent if f.start < seen.end and seen.start < f.end]
    told["findings"] = touched
    told["at"] = {
        "start": seen.start,
        "end": seen.end,
        "place": document.locate(seen.start, seen.end).describe(),
        "characters": _characters(document.text[seen.start : seen.end]),
        "label": seen.label,
        "silent": [
            {
                "rule": f.rule,
                "start": f.start,
                "end": f.end,
                "excerpt": f.excerpt,
                "reasons": list(f.evidence),
                "role": f.role.value if f.role else None,
                "conditions": {
                    "when": list(account.conditions[f.id].when),
                    "unless": list(account.conditions[f.id].unless),
                },
            }
            for f in silent
        ],
        "given_way": [
            {"rule": g.rule, "start": g.start, "end": g.end, "excerpt": g.excerpt, "to": g.to}
            for g in seen.given_way
        ],
        "looks": [
            {"rule": k.rule, "start": k.start, "end": k.end, "objections": list(k.objections)}
            for k in seen.looks
        ],
    }
    return told


def _characters(text: str) -> dict[str, int]:
    """How many digits, Han, letters and others: what may be said of a text without showing it."""
    counts = {"digits": 0, "han": 0, "letters": 0, "blanks": 0, "others": 0}
    for character in text:
        if character.isdigit():
            counts["digits"] += 1
        elif "\u2e80" <= character <= "\u9fff":
            counts["han"] += 1
        elif character.isalpha():
            counts["letters"] += 1
        elif character.isspace():
            counts["blanks"] += 1
        else:
            counts["others"] += 1
    return counts


def _only(told: dict[str, Any], finding: str) -> None:
    """Leave one finding. Raises NotFound with the ids there are."""
    wanted = [entry for entry in told["findings"] if entry["id"].startswith(finding)]
    if not wanted:
        ids = [entry["id"] for entry in told["findings"]]
        more = " …" if len(ids) > MOST_IDS else ""
        raise NotFound(
            _("This file has no finding {id}.").format(id=safe_line(finding)),
            advice=_("Its findings: {ids}").format(ids=" ".join(ids[:MOST_IDS]) + more)
            if ids
            else _("Nothing was found in this file."),
        )
    told["findings"] = wanted


def columns(rows: list[tuple[str, str]], indent: int = 2) -> list[str]:
    """Names and texts in two columns; a name that repeats is shown once."""
    left = max(cells(name) for name, _text in rows) + 2
    lines, before = [], ""
    for name, text in rows:
        shown = "" if name == before else name
        before = name
        for number, line in enumerate(wrap(safe_line(text), 96 - left - indent)):
            lines.append(" " * indent + pad(shown if number == 0 else "", left) + line)
    return lines
