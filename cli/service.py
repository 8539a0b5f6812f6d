"""``screener serve``, ``ledger``, ``backup``, ``restore``: what runs and keeps the books."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.files import check_output
from cli.help import Command, Group
from cli.problems import DONE, FOUND, complain
from cli.session import application, settings
from screener.i18n import _
from screener.masking import safe_line

app = typer.Typer(rich_markup_mode=None, add_completion=False)

SERVE_HELP = _(
    "Start the HTTP service that a content system asks before it publishes. It listens on this "
    "machine only unless --host says otherwise, and starts without an API key only with "
    "--insecure-local."
)
SERVE_EXAMPLES = """
    SCREENER_API_KEY=… screener serve
    screener serve --insecure-local --port 8765
"""


@app.command("serve", cls=Command, help=SERVE_HELP, epilog=SERVE_EXAMPLES)
def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar=_("ADDRESS"), help=_("Where it listens."))
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=0, max=65535, help=_("On which port.")),
    ] = None,
    insecure_local: Annotated[
        bool, typer.Option("--insecure-local", help=_("No key, for trying out on this machine."))
    ] = False,
) -> None:
    """Run until it is stopped."""
    from api.server import serve as run

    run(application(settings()), host=host, port=port, insecure_local=insecure_local)


LEDGER_HELP = _("The ledger: every step and decision, each line chained to the one before.")
ledger = typer.Typer(rich_markup_mode=None, cls=Group, no_args_is_help=True)
app.add_typer(ledger, name="ledger", help=LEDGER_HELP, cls=Group)

VERIFY_HELP = _(
    "Check that no line of the ledger and no record behind it was changed, taken out or put in. "
    "Exit code 1 when something is wrong."
)


@ledger.command("verify", cls=Command, help=VERIFY_HELP, epilog="screener ledger verify")
def ledger_verify() -> None:
    """Go through all lines and say what is wrong with them."""
    from screener.review.ledger import verify

    parts = application(settings())
    result = verify(parts.repository, parts.site_key)
    if result.intact:
        sys.stdout.write(
            _("The ledger is intact: {count} lines, head {digest}.").format(
                count=result.entries, digest=result.head[:16]
            )
            + "\n"
        )
        raise typer.Exit(DONE)
    for problem in result.problems:
        where = _("line {line}").format(line=problem.seq) if problem.seq is not None else "—"
        sys.stdout.write(f"{where}  {safe_line(problem.message)}\n")
    complain(
        _("The ledger is broken: {count} problems.").format(count=len(result.problems)),
        _("Release nothing. Keep the database as it is and compare it with the last backup."),
    )
    raise typer.Exit(FOUND)


BACKUP_HELP = _(
    "Save database, files and site key as one consistent archive, also while others work. The "
    "archive holds the papers and the key: guard it like them."
)


@app.command("backup", cls=Command, help=BACKUP_HELP, epilog="screener backup 2026-03-31.tar")
def backup(
    archive: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The archive to write."))],
) -> None:
    """Write the archive."""
    from screener.store.backup import backup as save

    check_output(archive)
    saved = save(settings(), archive)
    sys.stdout.write(
        _("Saved: {path}, {count} files, {lines} lines of the ledger.").format(
            path=safe_line(str(archive)), count=saved.files, lines=saved.ledger_seq
        )
        + "\n"
    )


RESTORE_HELP = _("Bring a saved archive back into an empty data folder (SCREENER_HOME).")


@app.command("restore", cls=Command, help=RESTORE_HELP, epilog="screener restore 2026-03-31.tar")
def restore(
    archive: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A saved archive."))],
) -> None:
    """Put everything back and check the ledger."""
    from cli.extract import require_file
    from screener.config import default_home
    from screener.review.ledger import verified
    from screener.store.backup import restore as bring_back

    require_file(archive)
    home = default_home()
    saved = bring_back(archive, home, verify=verified)
    sys.stdout.write(
        _("Restored into {path}: {count} files, {lines} lines of the ledger, all intact.").format(
            path=safe_line(str(home)), count=saved.files, lines=saved.ledger_seq
        )
        + "\n"
    )
