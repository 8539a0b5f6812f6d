"""``screener scan``: files, folders, standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from cli.files import Collected, check_output, collect, read_stream, write_output
from cli.help import Command
from cli.options import BaselineOption, JobsOption, NotesOption, PolicyOption, RulesOption
from cli.problems import DONE, FOUND, UNREAD, USAGE, complain
from cli.session import application, settings
from screener.i18n import _, current_language
from screener.masking import safe_line
from screener.model.document import UnreadReason

if TYPE_CHECKING:
    from rich.console import Console

    from cli.table import Tally
    from screener.bootstrap import Application

app = typer.Typer(rich_markup_mode=None, add_completion=False)

MANY_FILES = 5
"""From this many files on a bar shows how far it is."""


class Format(StrEnum):
    """What a scan prints."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"
    HTML = "html"


class Threshold(StrEnum):
    """The level from which a scan ends with exit code 1."""

    NOTE = "note"
    REVIEW = "review"
    BLOCK = "block"


HELP = _(
    "Screen files, folders (with all that is in them, hidden files too, without .git) or standard "
    "input (-). Exit code: 0 clear, 1 findings, 2 a path is not there, 3 something was not read."
)
EXAMPLES = """
    screener scan 公示名单.xlsx
    screener scan 待发布/ --jobs 2 --format csv --output 结果.csv
    screener scan 网站目录/ --format jsonl --output 上次.jsonl
    screener scan 网站目录/ --baseline 上次.jsonl
    cat 通知.txt | screener scan -
"""


@app.command("scan", cls=Command, help=HELP, epilog=EXAMPLES)
def scan(
    *,
    paths: Annotated[
        list[str], typer.Argument(metavar=_("PATH…"), help=_("Files, folders, or - ."))
    ],
    form: Annotated[
        Format,
        typer.Option("--format", metavar="table|json|jsonl|csv|sarif|html", help=_("Output form.")),
    ] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write the result to a file.")),
    ] = None,
    fail_on: Annotated[
        Threshold,
        typer.Option(
            "--fail-on", metavar="note|review|block", help=_("From which level exit code 1 is due.")
        ),
    ] = Threshold.REVIEW,
    show_values: Annotated[
        bool,
        typer.Option("--show-values", help=_("Show values in full. They stay where you put them!")),
    ] = False,
    policy: PolicyOption = None,
    rules: RulesOption = None,
    jobs: JobsOption = None,
    baseline: BaselineOption = None,
    notes: NotesOption = False,
    everything: Annotated[
        bool, typer.Option("--all", help=_("List every finding of long files."))
    ] = False,
) -> None:
    """Screen and print; the exit code tells what came out."""
    if output is not None:
        check_output(output)
    config = settings(policy, jobs, rules or ())
    application(config).check()  # a broken policy or pack is told before any work is done
    known = _baseline(baseline)
    found = collect(paths)
    for name in found.missing:
        complain(
            _("{path} is not there.").format(path=safe_line(name)),
            _("Check the name. The other paths are screened."),
        )
    from cli.table import Tally

    tally = Tally()
    screened = _screen(application(config), found, config.jobs, show_values)
    screenings = _count(screened, known, tally)
    if found.files:
        _print(
            *(form, screenings, output, application(config), tally),
            total=len(found.files),
            notes=notes,
            everything=everything,
        )
    raise typer.Exit(_exit_code(found, tally, fail_on))


def _baseline(file: Path | None) -> Any:
    if file is None:
        return None
    from screener.report.baseline import load_baseline

    return load_baseline(file)


def _screen(
    parts: Application, found: Collected, jobs: int, show_values: bool
) -> Iterator[Mapping[str, Any]]:
    """Wire JSON for each file in order; streams are read here, the rest by the workers."""
    files = [p for p in found.files if p not in found.streams and p not in found.closed]
    results = parts.screen_files(files, jobs=jobs, show_values=show_values)
    for path in found.files:
        if path in found.streams:
            yield _screen_stream(parts, path, show_values)
        elif path in found.closed:
            yield _not_read(parts, path, _("the whole folder"), UnreadReason.NO_ACCESS)
        else:
            yield next(iter(results))


def _screen_stream(parts: Application, path: Path, show_values: bool) -> Mapping[str, Any]:
    from screener.report.wire import screening_to_json

    limits = parts.config.limits
    try:
        data = read_stream(path, limits.file_bytes, limits.seconds)
    except TimeoutError:
        detail = _("nothing came out of it for {limit} seconds ({key})").format(
            limit=f"{limits.seconds:g}", key="[limits] seconds"
        )
        return _not_read(parts, path, _("the file"), UnreadReason.TIMEOUT, detail)
    except OSError:
        return _not_read(parts, path, _("the file"), UnreadReason.NO_ACCESS)
    name = _("standard input") if str(path) == "-" else path.name
    screening = parts.screener.screen_bytes(data, name, str(path))
    return screening_to_json(
        screening, path=str(path), show_values=show_values, language=current_language()
    )


def _not_read(
    parts: Application, path: Path, what: str, reason: UnreadReason, detail: str = ""
) -> Mapping[str, Any]:
    """What nothing comes out of, or a folder without permission: not read, like a file without."""
    from screener.extract.builder import DocumentBuilder
    from screener.model.document import Source
    from screener.report.wire import screening_to_json

    builder = DocumentBuilder()
    builder.unread(what, reason, detail)
    media_type = "inode/directory" if path.is_dir() else "application/octet-stream"
    document = builder.build(Source("", 0, media_type, path.name, str(path)))
    screening = parts.screener.screen_document(document)
    return screening_to_json(screening, path=str(path), language=current_language())


def progress(results: Iterator[Any], total: int, shown_on: Console | None) -> Iterator[Any]:
    """The same results, with a bar on this console while there are many to come."""
    if total < MANY_FILES or shown_on is None or not shown_on.is_terminal:
        yield from results
        return
    from rich.progress import track

    yield from track(
        results, _("Screening"), total=total, console=shown_on, transient=True, show_speed=False
    )


def _count(
    screenings: Iterator[Mapping[str, Any]], known: Any, tally: Tally
) -> Iterator[Mapping[str, Any]]:
    for screening in screenings:
        new = known.only_new(screening) if known is not None else screening
        tally.add(new)
        yield new


def _print(
    form: Format,
    screenings: Iterator[Mapping[str, Any]],
    output: Path | None,
    parts: Application,
    tally: Tally,
    *,
    total: int,
    notes: bool,
    everything: bool,
) -> None:
    from cli.table import Table, console

    words = rule_words(parts)
    with _stream(output, for_people=form is Format.TABLE) as stream:
        # Where results and the bar share a terminal, one console must draw both.
        screen = console(stream)
        bar: Console | None = screen
        if not screen.is_terminal:
            bar = console(sys.stderr)
        elif form is not Format.TABLE:
            bar = None
        screenings = progress(screenings, total, bar)
        if form is Format.TABLE:
            table = Table(screen, words, notes=notes, everything=everything)
            for screening in screenings:
                table.print(screening)
            table.summary(tally)
        else:
            from screener.report.writers import writer

            writer(form.value)(screenings, stream, words=words, show_notes=True)


@contextmanager
def _stream(output: Path | None, *, for_people: bool) -> Iterator[TextIO]:
    """Where the result goes: a file that appears only when it is complete, or standard output.

    Programs get UTF-8 whatever the locale is; people get what their terminal shows.
    """
    if output is not None:
        buffer = io.BytesIO()
        text = io.TextIOWrapper(buffer, "utf-8", errors="backslashreplace", newline="")
        yield text
        text.flush()
        write_output(output, buffer.getvalue())
        return
    sys.stdout.flush()
    if for_people:
        yield sys.stdout
        return
    stream = io.TextIOWrapper(
        sys.stdout.buffer, "utf-8", errors="backslashreplace", newline="", write_through=True
    )
    try:
        yield stream
    finally:
        stream.detach()


def rule_words(parts: Application) -> Any:
    """Titles of rules and evidence in words, in the current language."""
    from screener.report.words import Words

    language = current_language()
    rules = parts.catalogue.rules

    def title(rule: str) -> str:
        return rules[rule].title[language] if rule in rules else rule

    remarks = {
        "disclosure_mark_missing": _("no disclosure mark was found"),
        "signed": _("the file is signed; a changed copy breaks its signature"),
        "text_recognised": _("text in pictures was recognised by a machine and may have errors"),
        "type_differs_from_name": _("the file is not of the type its name says"),
        "mark_declassified": _("a secret mark is said to be lifted; check the lifting"),
        "disclosure_marks_contradict": _("the disclosure marks contradict each other"),
    }
    return Words(rule=title, reason=lambda code: remarks.get(code) or parts.explain(code))


def _exit_code(found: Collected, tally: Tally, fail_on: Threshold) -> int:
    if found.missing:
        return USAGE
    if not found.files:
        complain(
            _("Nothing was screened: there is no file under what was named."),
            _("Name a file, or a folder with files in it."),
        )
        return UNREAD
    if tally.unread:
        return UNREAD
    levels = ("note", "review", "block")
    due = levels[levels.index(fail_on.value) :]
    return FOUND if any(tally.levels[level] for level in due) else DONE
