"""One JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from screener.report.as_json import line_of
from screener.report.words import Words


def write(
    screenings: Iterable[Mapping[str, Any]],
    stream: TextIO,
    *,
    words: Words = Words(),  # noqa: B008  # frozen
    show_notes: bool = True,
) -> None:
    """Write each screening as it comes; everything is in it (both options change nothing)."""
    for screening in screenings:
        stream.write(line_of(screening) + "\n")
        stream.flush()
