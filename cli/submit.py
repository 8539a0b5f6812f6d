"""``screener submit``: a paper enters the review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.extract import require_file
from cli.help import Command
from cli.options import AsOption, ChannelOption, DocNumberOption, DueOption, IndexNumberOption
from cli.session import actor, application, settings
from screener.errors import ScreenerError, UsageProblem
from screener.i18n import _
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.review.queue import ReviewQueue

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class DisclosureChoice(StrEnum):
    """公开属性 as the drafter declares it."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    NONE = "none"


HELP = _(
    "Hand in a paper for review: it is screened, kept, and gets a number; this is the drafter's "
    "step. --item hands in a new version of a paper that was returned or is still open."
)
EXAMPLES = """
    screener submit 发放表.xlsx --unit 柳河镇人民政府 --title 危房改造补助公示 --as 王芳
    screener submit 发放表.xlsx --item ITEM --as 王芳
"""


@app.command("submit", cls=Command, help=HELP, epilog=EXAMPLES)
def submit(
    *,
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The paper."))],
    unit: Annotated[
        str, typer.Option("--unit", metavar=_("UNIT"), help=_("The unit that publishes."))
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar=_("TITLE"), help=_("Its title."))] = "",
    item: Annotated[
        str | None,
        typer.Option("--item", metavar=_("ITEM"), help=_("A new version of this item.")),
    ] = None,
    channel: ChannelOption = "website",
    doc_number: DocNumberOption = "",
    index_number: IndexNumberOption = "",
    disclosure: Annotated[
        DisclosureChoice,
        typer.Option(
            "--disclosure", metavar="open|on_request|none", help=_("How it may be disclosed.")
        ),
    ] = DisclosureChoice.OPEN,
    workflow: Annotated[
        str | None,
        typer.Option("--workflow", metavar=_("NAME"), help=_("default, or short.")),
    ] = None,
    leader: Annotated[
        bool, typer.Option("--leader", help=_("The head of the office signs as well."))
    ] = False,
    due: DueOption = None,
    named: AsOption = None,
) -> None:
    """Register the paper and say what it came to."""
    drafter = actor(named)
    require_file(file)
    queue = application(config := settings()).queue
    data = read_paper(file, config.limits.file_bytes)
    if item is not None:
        queue.submit_version(item, data, file.name, actor=drafter)
        _tell(item, queue, created=True)
        return
    for option, value in (("--unit", unit), ("--title", title)):
        if not value.strip():
            raise UsageProblem(
                _("{name} is missing.").format(name=option),
                advice=_("“{command} --help” shows how.").format(command="screener submit"),
            )
    result = queue.submit(
        data,
        file.name,
        unit=unit,
        title=title,
        channel=channel,
        doc_number=doc_number,
        index_number=index_number,
        disclosure=disclosure.value,
        workflow=workflow or config.workflow,
        leader=leader,
        due=_day(due),
        actor=drafter,
    )
    _tell(result.item.id, queue, created=result.created)


def read_paper(file: Path, limit: int) -> bytes:
    """A file's bytes, to be kept or copied. Raises Unreadable: no access, over the limit."""
    with opened(file) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(
            _("{path} is larger than the limit of {size} bytes.").format(
                path=safe_line(str(file)), size=f"{limit:,}"
            ),
            advice=_("Split the paper, or raise [limits] file_bytes in config.toml."),
        )
    return data


@contextmanager
def opened(file: Path) -> Iterator[BufferedReader]:
    """A file to read bytes from. Raises Unreadable: no access."""
    try:
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        raise Unreadable(
            _("{path} cannot be opened: {why}").format(
                path=safe_line(str(file)), why=error.strerror or type(error).__name__
            ),
            advice=_("Ask whoever owns the file for permission to read it."),
        ) from error


class Unreadable(ScreenerError):
    """A file that cannot be handed in because it cannot be read."""

    exit_code = 3
    code = "unreadable"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageProblem(
            _("This is not a value that {name} takes.").format(name="--due"),
            advice=_("A day is written like 2026-03-31."),
        ) from error


def _tell(item_id: str, queue: ReviewQueue, *, created: bool) -> None:
    from screener.report.words import verdict_word

    view = queue.show(item_id)
    item = view.item
    lines = [
        _("Item {id}, version {number}").format(id=item.id, number=item.revision)
        if created
        else _("Item {id}: exactly these bytes are already under review.").format(id=item.id),
        _("Verdict: {verdict}").format(verdict=verdict_word(item.verdict)),
        _("To decide: {count}").format(count=len(view.undecided)),
        _("Next: {command}").format(command=f"screener show {item.id}"),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
