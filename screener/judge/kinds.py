"""Document kinds, told from title and layout: what a law wants published depends on the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screener.model.document import Document, SegmentKind

_TITLE_LINES = 12  # a title stands below 份号, 红头 and 文号 at the latest
_TITLE_LENGTH = 60  # code points; longer lines are running text
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_BEHIND_TITLE = re.compile(r"(?:[（(〔\[][^（()）]{1,20}[）)〕\]]|[0-9０-９])++$")
"""Remarks in brackets and numbers behind a title; possessive, so that no title takes long."""
_END = "$"
_MOST_TABLES = 50


@dataclass(frozen=True, slots=True)
class KindRule:
    """How a kind of document is told.

    A title with one of the words ``titles`` and none of ``unless`` (a word that ends in ``$`` must
    end the title) is of this kind; without such a title a table with all headers of one of
    ``columns``.
    """

    kind: str
    titles: tuple[str, ...]
    unless: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()

    def fits_title(self, title: str) -> bool:
        """Whether a title, without white space, says so."""
        bare = _BEHIND_TITLE.sub("", _SUFFIX.sub("", title))
        said = any(_says(title, bare, word) for word in self.titles)
        return said and not any(_says(title, bare, word) for word in self.unless)

    def fits_headers(self, headers: str) -> bool:
        """Whether the headers of a table, written one after another, say so."""
        return any(all(word in headers for word in words) for words in self.columns)


def _says(title: str, bare: str, word: str) -> bool:
    return bare.endswith(word[:-1]) if word.endswith(_END) else word in title


def kind_of(document: Document, rules: Sequence[KindRule]) -> str:
    """The first kind that a title tells: ``facts.title``, then the first lines, then the name.

    Where no title tells, the first kind that the headers of a table tell; else the empty string.
    """
    for title in (document.facts.title, *_first_lines(document), document.source.name):
        squeezed = "".join(title.split())
        for rule in rules:
            if squeezed and rule.fits_title(squeezed):
                return rule.kind
    headers = [" ".join(table.headers.values()) for table in document.tables[:_MOST_TABLES]]
    for rule in rules:
        if any(rule.fits_headers(words) for words in headers):
            return rule.kind
    return ""


def _first_lines(document: Document) -> list[str]:
    """The first short lines, those of a table's first rows (a sheet's title) among them."""
    lines: list[str] = []
    for index in range(len(document.segments)):
        if len(lines) >= _TITLE_LINES:
            break
        kind, cell = document.segments.kind(index), document.segments.cell(index)
        title_row = cell is not None and cell[1] < 2 and cell[2] == 0
        if kind not in (SegmentKind.BODY, SegmentKind.HEADING) and not title_row:
            continue
        start, end = document.segments.starts[index], document.segments.ends[index]
        head = document.text[start : min(end, start + 2000)]
        lines += [line for line in head.splitlines() if 4 <= len(line.strip()) <= _TITLE_LENGTH]
    return lines[:_TITLE_LINES]
