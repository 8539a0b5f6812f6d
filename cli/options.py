"""Options that several commands share, and the long ones of scan and submit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from screener.i18n import _

AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar=_("NAME"), envvar="SCREENER_USER", help=_("Who does this.")),
]
PolicyOption = Annotated[
    str | None,
    typer.Option("--policy", metavar=_("NAME|FILE"), help=_("default, strict, or a file.")),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar=_("PATH"),
        help=_("A pack of the office's own rules, or a folder of them (more than once is fine)."),
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help=_("Files screened at once.")),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar=_("FILE"), help=_("An earlier JSON or JSONL: show only what is new.")
    ),
]
DueOption = Annotated[
    str | None,
    typer.Option("--due", metavar="YYYY-MM-DD", help=_("When it should be out.")),
]
NotesOption = Annotated[bool, typer.Option("--notes", help=_("List the notes as well."))]
DocNumberOption = Annotated[
    str, typer.Option("--doc-number", metavar="N", help=_("The paper's number (文号)."))
]
IndexNumberOption = Annotated[
    str, typer.Option("--index-number", metavar="N", help=_("The index number (索引号)."))
]
ChannelOption = Annotated[
    str, typer.Option("--channel", metavar=_("NAME"), help=_("Where it will be published."))
]
