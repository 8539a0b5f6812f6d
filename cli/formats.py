"""``screener formats``: what is read."""

from __future__ import annotations

import sys

import typer

from cli.grid import grid
from cli.help import Command
from cli.session import application, settings
from screener.i18n import _

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FORMATS_HELP = _("List the formats that can be read, and for which a redacted copy can be made.")


@app.command("formats", cls=Command, help=FORMATS_HELP)
def formats() -> None:
    """The table of formats; the type is told from the bytes, never from the name."""
    from screener.extract.registry import formats as readable

    parts = application(settings())
    rows = []
    for entry in readable():
        writes = any(parts.redactor.can_redact(kind) for kind in entry.media_types)
        rows.append(
            [
                entry.name,
                " ".join(entry.suffixes),
                entry.reads,
                _("yes") if writes else _("by hand only"),
            ]
        )
    grid([_("format"), _("usual names"), _("what is read"), _("redacted copy")], rows)
    sys.stdout.write(
        _("Anything else is reported as not read. The type is told from the bytes.") + "\n"
    )
    sys.stdout.write("\n" + _containment() + "\n")


def _containment() -> str:
    """How the processes that read files are held on this machine, and what is missing for that."""
    from screener.extract.registry import formats as readable
    from screener.extract.sandbox import office, pool
    from screener.extract.sandbox.processes import CannotStart
    from screener.extract.tools import missing

    lines = []
    if not pool.available():
        lines.append(_("On this system files are read without a process of their own."))
    else:
        try:
            held = pool.shared().held()
        except CannotStart:
            lines.append(_("The process that reads files cannot be started: nothing can be read."))
        else:
            lines.append(_("Files are read in processes of their own that can do nothing else."))
            if "calls" not in held:
                lines.append(_("The kernel here cannot filter their calls (seccomp)."))
            if "folders" not in held:
                lines.append(_("The kernel here cannot close folders to them (Landlock)."))
    if (problem := office.missing()) is not None:
        lines.append(_("Old office papers are not read: {why}").format(why=problem.detail))
    lines += missing(tuple(name for entry in readable() for name in entry.needs))
    return "\n".join(lines)
