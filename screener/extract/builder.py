"""Builds a Document piece by piece: what every reader writes into."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import add

from screener.i18n import _
from screener.model.document import (
    SEGMENT_BREAK,
    Document,
    GridPlaces,
    SegmentKind,
    SegmentTable,
    Source,
    Unread,
    UnreadReason,
)
from screener.model.facts import Facts
from screener.model.headers import HeaderRow
from screener.model.place import Place
from screener.model.tables import Table

_OUTSIDE = (SegmentKind.METADATA, SegmentKind.FILE_NAME)


def make_unread(what: str, reason: UnreadReason, detail: str = "", *, key: str = "") -> Unread:
    """An Unread with a stable id: the same part and reason of the same file give the same id.

    ``key`` tells parts of the same name apart (a cell reference, a member's path).
    """
    digest = hashlib.sha256("\0".join((reason.value, key or what)).encode()).hexdigest()
    return Unread(id=f"u-{digest[:12]}", what=what, reason=reason, detail=detail)


class DocumentBuilder:
    """Collects text, segments, tables, facts and unread parts in the order a person reads them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._segments = SegmentTable()
        self._tables: list[Table] = []
        self._facts = Facts()
        self._unread: dict[str, Unread] = {}
        self._encoding = ""
        self._has_body = False
        self._own_parts = 0

    def add(
        self,
        text: str,
        kind: SegmentKind,
        place: Place | GridPlaces,
        *,
        visible: bool = True,
        table: int = -1,
        row: int = -1,
        column: int = -1,
    ) -> None:
        """Add a segment of its own behind a break. Empty text adds nothing.

        ``row`` and ``column`` count from 0; cells of one row must be added one after another.
        """
        if not text:
            return
        if self._length:
            self._append(SEGMENT_BREAK)
        start = self._length
        self._append(text)
        self._has_body |= kind not in _OUTSIDE and not text.isspace()
        self._segments.append(
            start, self._length, kind, place, visible=visible, table=table, row=row, column=column
        )

    def add_raw(self, text: str) -> int:
        """Add text as it stands, without break or segment; returns its offset."""
        start = self._length
        self._append(text)
        self._has_body |= bool(text) and not text.isspace()
        return start

    def mark(
        self,
        start: int,
        end: int,
        kind: SegmentKind,
        place: Place | GridPlaces,
        *,
        visible: bool = True,
        table: int = -1,
        row: int = -1,
        column: int = -1,
    ) -> None:
        """Make a segment of text that ``add_raw`` put in, in the order of the text."""
        self._segments.append(
            start, end, kind, place, visible=visible, table=table, row=row, column=column
        )

    def start_table(self, caption: str | None = None) -> int:
        """A new table; returns its number for ``add``."""
        self._tables.append(Table(caption))
        return len(self._tables) - 1

    def set_headers(self, table: int, headers: Mapping[int, str], *, first_row: int = 0) -> None:
        """The header cell over each column (columns from 0) and the first row below them."""
        self._tables[table] = replace(
            self._tables[table], headers=dict(headers), first_row=first_row
        )

    def set_form(self, table: int) -> None:
        """A table without header row: each value stands to the right of its label."""
        self._tables[table] = replace(self._tables[table], form=True)

    def set_header_row(self, table: int, found: HeaderRow) -> None:
        """What was found over a table whose rows are counted as they were looked at."""
        if found.form:
            self.set_form(table)
        self.set_headers(table, found.headers, first_row=found.first_row)

    def add_row(
        self,
        texts: Sequence[str],
        columns: Sequence[int],
        visible: Sequence[int],
        places: GridPlaces,
        *,
        table: int,
        row: int,
    ) -> None:
        """Add the cells of one table row in one go: none of them empty, columns rising."""
        if not texts:
            return
        if self._length:
            self._append(SEGMENT_BREAK)
        self._has_body = True
        gap = len(SEGMENT_BREAK)
        lengths = list(map(len, texts))
        starts = list(accumulate((length + gap for length in lengths[:-1]), initial=self._length))
        ends = list(map(add, starts, lengths))
        self._append(SEGMENT_BREAK.join(texts))
        self._segments.extend_row(
            starts, ends, places, table=table, row=row, columns=columns, visible=visible
        )

    def set_facts(self, facts: Facts) -> None:
        """What the document says about itself."""
        self._facts = facts

    @property
    def facts(self) -> Facts:
        """What is known so far."""
        return self._facts

    def set_encoding(self, encoding: str) -> None:
        """The codec of a plain text."""
        self._encoding = encoding

    def unread(self, what: str, reason: UnreadReason, detail: str = "", *, key: str = "") -> None:
        """Record a part that could not be read; once for each part and reason."""
        entry = make_unread(what, reason, detail, key=key)
        self._unread.setdefault(entry.id, entry)

    def absorb(self, member: Document, path: tuple[str, str]) -> None:
        """Add all that was read of a member, and what was not.

        ``path`` is this file's name and the member's, as they may be shown.
        """
        if member.text:
            self._own_parts = self._own_parts or len(self._parts)
            if self._length:
                self._append(SEGMENT_BREAK)
            shift = self._length
            self._append(member.text)
            self._segments.extend_inside(
                member.segments, path, shift=shift, tables=len(self._tables)
            )
            self._tables.extend(member.tables)
            kinds = (member.segments.kind(index) for index in range(len(member.segments)))
            self._has_body |= any(kind not in _OUTSIDE for kind in kinds)
        self._facts = replace(
            self._facts,
            recognised=self._facts.recognised + member.facts.recognised,
            passed_over=self._facts.passed_over + member.facts.passed_over,
        )
        for entry in member.unread:
            whole = entry.what == _("the file")
            what = path[1] if whole else f"{path[1]} → {entry.what}"
            self.unread(what, entry.reason, entry.detail, key=f"{path[1]}\0{entry.id}")

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def empty(self) -> bool:
        """Whether no text was added."""
        return self._length == 0

    @property
    def has_unread(self) -> bool:
        """Whether a part could not be read."""
        return bool(self._unread)

    @property
    def has_body(self) -> bool:
        """Whether any text but names and properties was added."""
        return self._has_body

    def opening(self, size: int) -> str:
        """The first ``size`` code points, segments on lines of their own."""
        parts, have = [], 0
        for part in self._parts:
            if have >= size:
                break
            parts.append(part[: size - have])
            have += len(parts[-1])
        return "".join(parts).replace(SEGMENT_BREAK, "\n")

    def closing(self, size: int) -> str:
        """The last ``size`` code points, segments on lines of their own; members do not count."""
        parts, have = [], 0
        for part in reversed(self._parts[: self._own_parts or None]):
            if have >= size:
                break
            parts.append(part[-(size - have) :])
            have += len(parts[-1])
        return "".join(reversed(parts)).replace(SEGMENT_BREAK, "\n")

    def build(self, source: Source) -> Document:
        """The finished Document."""
        return Document(
            source=replace(source, encoding=self._encoding) if self._encoding else source,
            text="".join(self._parts),
            segments=self._segments,
            tables=tuple(self._tables),
            facts=self._facts,
            unread=tuple(self._unread.values()),
        )

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
