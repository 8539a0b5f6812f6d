"""``screener redact`` and ``screener verify``: copies without values, proof of release."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.extract import require_file, tell_unread
from cli.files import check_output, write_output
from cli.help import Command
from cli.options import RulesOption
from cli.problems import DONE, FOUND, UNREAD
from cli.queue import moment
from cli.session import application, settings
from cli.submit import opened, read_paper
from screener.errors import UsageProblem
from screener.i18n import _
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.bootstrap import Application
    from screener.model.finding import Screening
    from screener.model.review import ItemView, Settled

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class LevelChoice(StrEnum):
    """From which level on values are taken out."""

    REVIEW = "review"
    BLOCK = "block"


REDACT_HELP = _(
    "Make a copy of a file, or of an item under review, without the values found. The copy is read "
    "and screened again before it is written; if anything is left, nothing is written and the exit "
    "code is 1. Of an item, what was decided to be kept is kept."
)
REDACT_EXAMPLES = """
    screener redact 公示名单.xlsx --output 公示名单-脱敏.xlsx
    screener redact ITEM --output 公示名单-脱敏.xlsx --level block
"""
ITEM_ID = re.compile(r"[0-9]{4}-[0-9]{5,}")


@app.command("redact", cls=Command, help=REDACT_HELP, epilog=REDACT_EXAMPLES)
def redact(
    source: Annotated[
        str, typer.Argument(metavar=_("FILE|ITEM"), help=_("A file, or an item's id."))
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=_("FILE"), help=_("The copy to write."))
    ],
    level: Annotated[
        LevelChoice,
        typer.Option(
            "--level", metavar="block|review", help=_("From which level values are taken out.")
        ),
    ] = LevelChoice.REVIEW,
    rules: RulesOption = None,
) -> None:
    """Write the copy once it has been looked at again."""
    parts = application(settings(rules=rules or ()))
    path = Path(source)
    view = None
    if not path.exists() and ITEM_ID.fullmatch(source):
        view = parts.queue.show(source)
        data, name = parts.blobs.get(view.item.sha256), view.revision.name
    else:
        require_file(path)
        data, name = read_paper(path, parts.config.limits.file_bytes), path.name
    _check_target(path, output)
    screening = parts.screener.screen_bytes(data, name)
    if screening.document.unread:
        tell_unread(screening.document)
        raise typer.Exit(UNREAD)
    chosen = _chosen(screening, level, view)
    copy = _copy(parts, data, output.name, screening, chosen)
    write_output(output, copy)
    sys.stdout.write(
        _("{count} values taken out; the copy was read and screened again: {path}").format(
            count=len(chosen), path=safe_line(str(output))
        )
        + "\n"
    )


def _check_target(source: Path, output: Path) -> None:
    check_output(output)
    if output.exists() and source.exists() and output.samefile(source):
        raise UsageProblem(
            _("The copy must not replace the original."),
            advice=_("Name another file behind --output."),
        )


def _chosen(screening: Screening, level: LevelChoice, view: ItemView | None) -> frozenset[str]:
    """Ids of what is taken out: from the level on, with what people decided in its place."""
    from screener.model.finding import Level
    from screener.model.review import Action
    from screener.redact.plan import at_or_above

    chosen = set(at_or_above(screening, Level.of(level.value)))
    for target in view.targets if view is not None else ():
        if target.decision is not None:
            gone = target.decision.action is Action.REDACT
            (chosen.add if gone else chosen.discard)(target.id)
    return frozenset(chosen)


def _copy(
    parts: Application, data: bytes, name: str, screening: Screening, chosen: frozenset[str]
) -> bytes:
    """The copy, looked at again. Raises SomethingLeft."""
    from screener.redact.plan import plan
    from screener.release.verify import look_again

    document = screening.document
    values = [f for f in screening.findings if f.id in chosen]
    copy = parts.redactor.redact(data, document, plan(document.text, screening.findings, chosen))
    checked = look_again(
        parts.screener,
        copy,
        name,
        _staying(screening, chosen),
        gone={f.fingerprint for f in values},
        values={document.text[f.start : f.end] for f in values},
    )
    return checked.data


def _staying(screening: Screening, chosen: frozenset[str]) -> Sequence[Settled]:
    """What may still be found in the copy: all that was not chosen to go."""
    from screener.model.review import Action, Settled
    from screener.review.intake import targets_of

    return [
        Settled(target, Action.KEEP) for target in targets_of(screening) if target.id not in chosen
    ]


VERIFY_HELP = _(
    "Tell whether exactly these bytes were released and not withdrawn: by whom, when, for which "
    "paper. Exit code 1 when not."
)


@app.command("verify", cls=Command, help=VERIFY_HELP, epilog="screener verify 已放行/发放表.xlsx")
def verify(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The file to be published."))],
) -> None:
    """Look the file's digest up among the releases."""
    require_file(file)
    digest = _sha256(file)
    release = application(settings()).queue.check_release(digest)
    if release is None:
        sys.stdout.write(_("Not released: do not publish these bytes.") + "\n")
        sys.stdout.write(f"sha256 {digest}\n")
        raise typer.Exit(FOUND)
    lines = [
        _("Released: exactly these bytes may be published."),
        _("Item {id}, version {number}, released by {name}, {time}").format(
            id=release.item, number=release.revision, name=release.by, time=moment(release.at)
        ),
        f"sha256 {digest}",
    ]
    sys.stdout.write("\n".join(safe_line(line) for line in lines) + "\n")
    raise typer.Exit(DONE)


def _sha256(file: Path) -> str:
    with opened(file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
