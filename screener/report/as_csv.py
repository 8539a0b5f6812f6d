"""A table for Excel and WPS: one row a finding or unread part, at least one row a file.

UTF-8 with a byte order mark, without which both open Chinese text as garbage.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from screener.i18n import _
from screener.masking import safe_line
from screener.report.words import Words, kind_word, level_word, unread_word, verdict_word

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = tuple("=+-@＝＋－＠\t\r|%")
"""A cell that starts so may be run as a formula or a command by a spreadsheet (CWE-1236)."""

_ROUNDED = re.compile(r"[0-9]{12,}[Xx]?|[0-9]+[eE][0-9]+")
"""What a spreadsheet would show as 3.40102E+17 and save so."""


def write(
    screenings: Iterable[Mapping[str, Any]],
    stream: TextIO,
    *,
    words: Words = Words(),  # noqa: B008  # frozen
    show_notes: bool = True,
) -> None:
    """Write the rows. ``stream`` is UTF-8 and opened with ``newline=""``."""
    stream.write(BYTE_ORDER_MARK)
    rows = csv.writer(stream)
    rows.writerow(
        [
            *(_("file"), _("verdict"), _("level"), _("rule"), _("content"), _("place")),
            *(_("kind of text"), _("visible"), _("reasons"), _("basis"), _("advice")),
            *(_("confidence"), _("finding")),
        ]
    )
    for screening in screenings:
        for row in _rows(screening, words, show_notes):
            rows.writerow([_guarded(cell) for cell in row])


def _rows(screening: Mapping[str, Any], words: Words, show_notes: bool) -> Iterator[list[str]]:
    head = [screening["path"], verdict_word(screening["verdict"])]
    empty = True
    for unread in screening["unread"]:
        empty = False
        reason = unread_word(unread["reason"])
        place = [unread["what"], "", "", reason, "", unread["detail"], "", unread["id"]]
        yield [*head, _("not read"), "", "", *place]
    for finding in screening["findings"]:
        if finding["level"] == "note" and not show_notes:
            continue
        empty = False
        yield [
            *head,
            level_word(finding["level"]),
            words.rule(finding["rule"]),
            finding.get("text", finding["excerpt"]),
            finding["place"],
            kind_word(finding["kind"]),
            _("yes") if finding["visible"] else _("no"),
            "；".join(words.reason(code) for code in finding["reasons"]),
            "；".join(finding["basis"]),
            finding["advice"],
            f"{finding['confidence']:.2f}",
            finding["id"],
        ]
    if empty:
        yield [*head, *[""] * 11]


def _guarded(cell: str) -> str:
    safe = safe_line(cell)
    runs = safe.lstrip().startswith(_FORMULA) or cell.startswith("\t")
    return "'" + safe if runs or _ROUNDED.fullmatch(safe) else safe
