"""``screener redact`` and ``screener verify``: copies without values, proof of release."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.extract import require_file
from cli.help import Command
from cli.problems import DONE, FOUND
from cli.queue import moment
from cli.session import application, settings
from cli.submit import Unreadable
from screener.i18n import _
from screener.masking import safe_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)

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
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(
            _("{path} cannot be opened: {why}").format(
                path=safe_line(str(file)), why=error.strerror or type(error).__name__
            ),
            advice=_("Ask whoever owns the file for permission to read it."),
        ) from error
