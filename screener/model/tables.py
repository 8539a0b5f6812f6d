"""Tables of a paper as the readers tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_LABEL = 20
"""A cell with more characters than this is no label of its neighbour in a form."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document: its caption and, by column number, the text of its header cells.

    ``first_row`` is the first row below the headers (rows count from 0). A ``form`` has no header
    row: each value stands to the right of its label (姓名 | … | 电话 | …).
    """

    caption: str | None = None
    headers: Mapping[int, str] = field(default_factory=dict)
    first_row: int = 0
    form: bool = False
