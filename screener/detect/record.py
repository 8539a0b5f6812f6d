"""What keeps one record together: a table row, or a short stretch of one sentence."""

from __future__ import annotations

import re

from recognizers.match import Match
from screener.detect.layout import DocumentLayout

MASKED = "masked_person"
"""The evidence of what stands beside a masked name and nobody else."""
REACH = 48  # code points between two matches of one record in running text
SENTENCE_END = re.compile(
    r"[。！？!?]|[；;][ \t\u3000]*\n|\n[ \t\u3000]*\n"
    r"|\n[ \t\u3000]*[（(]?[0-9一二三四五六七八九十]{1,3}[.．、)）](?![0-9])"
)
"""A full stop, a blank line, or the beginning of the next item of a list."""


def row_of(layout: DocumentLayout, match: Match) -> tuple[int, int] | None:
    """Table and record (mostly the row) of a match in a table cell."""
    index = layout.index_at(match.start)
    return layout.record(index) if index is not None else None


_NOT_PERSONAL = ("organisation_account", "office_contact", "office_address", "office_list")


def impersonal(match: Match) -> bool:
    """Whether it belongs to an office or a firm."""
    return any(code in _NOT_PERSONAL for code in match.evidence)
