"""Document kinds, told from title and layout: what a law wants published depends on the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from screener.model.document import Document, SegmentKind

_TITLE_LINES = 12  # a title stands below 份号, 红头 and 文号 at the latest
_TITLE_LENGTH = 60  # code points; longer lines are running text
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_BEHIND_TITLE = re.compile(r"(?:[（(〔\[][^（()）]{1,20}[）)〕\]]|[0-9０-９])++$")
"""Remarks in brackets and numbers behind a title; possessive, so that no title takes long."""
_END = "$"
_MOST_TABLES = 50


@dataclass(frozen=True, slots=True)
class _Words:
    """The words ``inside`` a title, and those that it must end with."""

    inside: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> _Words:
        inside = tuple(word for word in words if not word.endswith(_END))
        return cls(inside, tuple(word[:-1] for word in words if word.endswith(_END)))

    def stand_in(self, title: str, bare: str) -> bool:
        """Whether one of them does."""
        for word in self.inside:
            if word in title:
                return True
        return bare.endswith(self.ends)


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
    _said: _Words = field(init=False, repr=False, compare=False)
    _denied: _Words = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_said", _Words.of(self.titles))
        object.__setattr__(self, "_denied", _Words.of(self.unless))

    def fits_title(self, title: str, bare: str) -> bool:
        """Whether a title, without white space, says so. ``bare`` is the title as ``bared``."""
        return self._said.stand_in(title, bare) and not self._denied.stand_in(title, bare)

    def fits_headers(self, headers: str) -> bool:
        """Whether the headers of a table, written one after another, say so."""
        return any(all(word in headers for word in words) for words in self.columns)


def bared(title: str) -> str:
    """A title without what may follow its last word: a file's suffix, remarks, numbers."""
    return _BEHIND_TITLE.sub("", _SUFFIX.sub("", title))


def kind_of(document: Document, rules: Sequence[KindRule]) -> str:
    """The first kind that a title tells: ``facts.title``, then the first lines, then the name.

    Where no title tells, the first kind that the headers of a table tell; else the empty string.
    """
    for title in (document.facts.title, *_first_lines(document), document.source.name):
        squeezed = "".join(title.split())
        bare = bared(squeezed)
        for rule in rules if squeezed else ():
            if rule.fits_title(squeezed, bare):
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
