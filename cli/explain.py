"""``screener explain``: why something was found, piece of evidence by piece of evidence."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.extract import require_file
from cli.help import Command
from cli.options import PolicyOption
from cli.problems import UNREAD
from cli.session import application, settings
from cli.text import cells, pad, wrap
from screener.errors import NotFound
from screener.i18n import _
from screener.masking import safe_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = _(
    "Say for each finding of a file, or for one of them, what spoke for it, what the policy makes "
    "of it, on which basis, and what to do. Values stay masked."
)
EXAMPLES = """
    screener explain 公示名单.xlsx
    screener explain 公示名单.xlsx f-3a91c2
"""


@app.command("explain", cls=Command, help=HELP, epilog=EXAMPLES)
def explain(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A file."))],
    finding: Annotated[
        str | None,
        typer.Argument(metavar=_("FINDING"), help=_("A finding's id, or how it starts.")),
    ] = None,
    policy: PolicyOption = None,
) -> None:
    """Screen the file and print the evidence."""
    require_file(file)
    parts = application(settings(policy))
    result = next(iter(parts.screen_files([file])))
    findings = [f for f in result["findings"] if finding is None or f["id"].startswith(finding)]
    if finding is not None and not findings:
        raise NotFound(
            _("This file has no finding {id}.").format(id=safe_line(finding)),
            advice=_("“screener explain FILE” lists all findings with their ids."),
        )
    from cli.scan import rule_words

    words = rule_words(parts)
    for entry in findings:
        sys.stdout.write("\n".join(_page(entry, words, result)) + "\n\n")
    if not findings:
        sys.stdout.write(_("Nothing was found in this file.") + "\n")
    for entry in result["unread"]:
        sys.stdout.write("⚠ " + _("Not read: {what} ({reason})").format(**_unread(entry)) + "\n")
    if result["unread"]:
        raise typer.Exit(UNREAD)


def _unread(entry: Mapping[str, Any]) -> dict[str, str]:
    from screener.report.words import unread_word

    return {"what": safe_line(entry["what"]), "reason": unread_word(entry["reason"])}


def _page(finding: Mapping[str, Any], words: Any, result: Mapping[str, Any]) -> list[str]:
    from screener.report.words import level_word

    head = f"{level_word(finding['level'])}  {words.rule(finding['rule'])}  {finding['excerpt']}"
    rows = [
        (_("finding"), finding["id"]),
        (_("place"), finding["place"]),
        (_("offsets"), f"{finding['start']}–{finding['end']}"),
        (_("rule id"), f"{finding['rule']} ({finding['entity']})"),
        (_("confidence"), f"{finding['confidence']:.2f}"),
    ]
    rows += [(_("evidence"), f"{words.reason(code)}  [{code}]") for code in finding["reasons"]]
    rows += [(_("policy"), result["versions"]["policy"])]
    rows += [(_("basis"), text) for text in finding["basis"]]
    rows += [(_("advice"), finding["advice"])]
    return [safe_line(head), *columns(rows)]


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
