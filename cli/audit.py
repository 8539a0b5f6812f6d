"""``screener audit run``: screen pages that are already online, and their attachments."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.help import Command, Group
from cli.options import AsOption
from cli.problems import DONE, FOUND, UNREAD, USAGE, complain
from cli.scan import Threshold, rule_words
from cli.session import application, settings
from screener.i18n import _
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.audit.run import AuditReport

app = typer.Typer(rich_markup_mode=None)
audit = typer.Typer(rich_markup_mode=None, cls=Group, no_args_is_help=True)
AUDIT_HELP = _("Re-scan of what is already published.")
app.add_typer(audit, name="audit", help=AUDIT_HELP, cls=Group)


class Format(StrEnum):
    """What a re-scan prints."""

    TABLE = "table"
    JSON = "json"


RUN_HELP = _(
    "Fetch pages and the attachments they link to on the same host, screen them and keep the "
    "result. robots.txt is obeyed; addresses inside a network are refused unless --allow-host "
    "names them. Exit code: 0 clear, 1 findings, 2 not a web address, 3 something was not read."
)
RUN_EXAMPLES = """
    screener audit run https://www.example.gov.cn/gk/2024/art_1.html
    screener audit run http://10.1.2.3:8080/gk/1.html --allow-host 10.1.2.3:8080
    screener audit run https://www.example.gov.cn/gk/ --format json
"""


@audit.command("run", cls=Command, help=RUN_HELP, epilog=RUN_EXAMPLES)
def run(
    addresses: Annotated[
        list[str], typer.Argument(metavar=_("ADDRESS…"), help=_("Web addresses of pages."))
    ],
    *,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar=_("HOST:PORT"),
            help=_("An address inside the network that may be fetched; may be repeated."),
        ),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", metavar="table|json", help=_("Output form."))
    ] = Format.TABLE,
    fail_on: Annotated[
        Threshold,
        typer.Option(
            "--fail-on", metavar="note|review|block", help=_("From which level exit code 1 is due.")
        ),
    ] = Threshold.REVIEW,
    notes: Annotated[bool, typer.Option("--notes", help=_("List the notes as well."))] = False,
    named: AsOption = None,
) -> None:
    """Fetch, screen, print, keep."""
    from screener.audit.address import parse_endpoint
    from screener.audit.fetch import Fetcher, FetchLimits
    from screener.audit.run import AuditRun, store_run
    from screener.review.words import checked_name

    allowed = [parse_endpoint(text) for text in allow_host or ()]
    actor = checked_name(named or "screener", _("The actor"))
    parts = application(settings())
    with parts.repository.read():
        pass  # books that cannot be used are told before minutes of fetching, not after
    limits = FetchLimits(body_bytes=parts.config.limits.file_bytes)
    printer = _Printer(parts, notes=notes) if form is Format.TABLE else None
    with Fetcher(limits, allowed=allowed) as fetcher:
        report = AuditRun(fetcher, parts.extractor, parts.screener).run(
            addresses, on_page=printer.page if printer else lambda _page: None
        )
    store_run(parts.repository, report, actor)
    if printer:
        printer.summary(report)
    else:
        sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n")
    raise typer.Exit(exit_code(report, fail_on))


def exit_code(report: AuditReport, fail_on: Threshold) -> int:
    """2 for what is no web address, 3 for what was not read, 1 for findings, else 0."""
    if report.invalid:
        complain(
            _("{count} of the addresses are not web addresses.").format(count=report.invalid),
            _("Addresses start with http:// or https://. The others were screened."),
        )
        return USAGE
    summary = report.summary
    if summary["unread"]:
        return UNREAD
    levels = ("note", "review", "block")
    due = levels[levels.index(fail_on.value) :]
    return FOUND if any(summary["findings"][level] for level in due) else DONE


class _Printer:
    """The table: a heading for each page with its header fields, then its files as in a scan."""

    def __init__(self, parts: Any, *, notes: bool) -> None:
        from cli.table import Table, Tally, console

        self._console = console(sys.stdout)
        self._table = Table(self._console, rule_words(parts), notes=notes)
        self._tally = Tally()

    def page(self, page: Mapping[str, Any]) -> None:
        """One page."""
        from rich.text import Text

        from cli.table import VERDICT_STYLES
        from screener.report.words import level_word, verdict_word

        line = Text(f"■ {safe_line(page['url'])}  ", style="bold")
        line.append(f" {verdict_word(page['verdict'])} ", style=VERDICT_STYLES[page["verdict"]])
        found = [f"{level_word(level)} {count}" for level, count in page["findings"].items()]
        if page["unread_count"]:
            found.append(_("not read {count}").format(count=page["unread_count"]))
        line.append("  " + _(", ").join(found), style="dim")
        self._console.print(line, soft_wrap=True)
        if page["title"]:
            self._console.print(Text(f"  {safe_line(page['title'])}"), soft_wrap=True)
        if page["header"]:
            words = [
                f"{header_word(key)} {safe_line(value)}" for key, value in page["header"].items()
            ]
            self._console.print(Text("  " + " · ".join(words), style="dim"), soft_wrap=True)
        for file in page["files"]:
            self._file(file)

    def _file(self, file: Mapping[str, Any]) -> None:
        from rich.text import Text

        from screener.report.words import unread_word

        where = " ".join(part for part in (file["text"], file["url"]) if part)
        if file["role"] == "page":
            where = _("the page")
        if file["screening"]:
            self._tally.add(file["screening"])
            self._table.print({**file["screening"], "path": where})
            return
        for entry in file["unread"]:
            self._tally.unread += 1
            told = _("Not read: {what} ({reason})").format(
                what=safe_line(where) or entry["what"], reason=unread_word(entry["reason"])
            )
            line = f"  ⚠ {told}" + (_(": ") + entry["detail"] if entry["detail"] else "")
            self._console.print(Text(line, style="bold yellow"), soft_wrap=True)

    def summary(self, report: AuditReport) -> None:
        """The whole run, and where it is kept."""
        from rich.text import Text

        self._table.summary(self._tally)
        told = _("{count} pages re-scanned; kept as {run}.").format(
            count=report.summary["pages"], run=report.id
        )
        self._console.print(Text(told), soft_wrap=True)


def header_word(key: str) -> str:
    """The name of a field of the page's header table."""
    return {
        "index_number": _("Index number"),
        "category": _("Category"),
        "publisher": _("Publisher"),
        "issued": _("Issued"),
        "created": _("Published on"),
        "title": _("Title"),
        "doc_number": _("Document number"),
        "keywords": _("Keywords"),
        "validity": _("Validity"),
    }[key]


__all__: Sequence[str] = ["app"]
