"""Plain tables on standard output, fitted to the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from cli.text import cells, pad, wrap
from screener.masking import safe_line

GAP = 2
NARROWEST = 8
"""No column gets narrower than this, whatever the terminal."""


def grid(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a head, a line and the rows. The first column is never broken: it holds ids."""
    table = [[safe_line(text) for text in row] for row in rows]
    widths = fit([names, *table], shutil.get_terminal_size((100, 24)).columns)
    lines = [*_row(names, widths), "─" * (sum(widths) + GAP * (len(widths) - 1))]
    for row in table:
        lines += _row(row, widths)
    sys.stdout.write("\n".join(lines) + "\n")


def fit(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Widths of columns that together fit: the widest give way first, the first never does."""
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    room = total - GAP * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(range(1, len(widths)), key=lambda column: widths[column], default=0)
        if not widest or widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _row(texts: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    height = max(len(part) for part in parts)
    lines = []
    for number in range(height):
        shown = [part[number] if number < len(part) else "" for part in parts]
        line = (" " * GAP).join(pad(text, width) for text, width in zip(shown, widths, strict=True))
        lines.append(line.rstrip())
    return lines
