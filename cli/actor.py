"""The option that names who acts."""

from __future__ import annotations

from typing import Annotated

import typer

from screener.i18n import _

AsOption = Annotated[
    str | None,
    typer.Option("--as", metavar=_("NAME"), envvar="SCREENER_USER", help=_("Who does this.")),
]
