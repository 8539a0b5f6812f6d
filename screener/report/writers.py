"""The report formats by name. Each is one module with the same ``write``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any, Protocol, TextIO

from screener.errors import UsageProblem
from screener.i18n import _
from screener.report.words import Words

FORMATS = ("json", "jsonl", "csv", "sarif", "html")


class Write(Protocol):
    """Writes wire JSON objects to a text stream (UTF-8, ``newline=""``)."""

    def __call__(
        self,
        screenings: Iterable[Mapping[str, Any]],
        stream: TextIO,
        *,
        words: Words = ...,
        show_notes: bool = ...,
    ) -> None: ...


def writer(name: str) -> Write:
    """The writer of a format. Raises UsageProblem for an unknown one."""
    if name not in FORMATS:
        raise UsageProblem(
            _("there is no report format {name}").format(name=name),
            advice=_("Formats: {names}").format(names=", ".join(FORMATS)),
        )
    write: Write = import_module(f"screener.report.as_{name}").write
    return write
