"""A JSON array of screenings, written as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from screener.report.words import Words


def write(
    screenings: Iterable[Mapping[str, Any]],
    stream: TextIO,
    *,
    words: Words = Words(),  # noqa: B008  # frozen
    show_notes: bool = True,
) -> None:
    """Write all screenings; everything is in it, notes too (both options change nothing)."""
    opening = "[\n"
    for screening in screenings:
        stream.write(opening + line_of(screening))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def line_of(screening: Mapping[str, Any]) -> str:
    """One line of JSON. Bytes of a path that are no text stay readable escapes."""
    line = json.dumps(screening, ensure_ascii=False, allow_nan=False)
    return line.encode("utf-8", "backslashreplace").decode("utf-8")
