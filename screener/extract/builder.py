"""Builds a Document piece by piece: what every reader writes into."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from screener.model.document import (
    SEGMENT_BREAK,
    DeferredPlace,
    Document,
    Facts,
    SegmentKind,
    SegmentTable,
    Source,
    Table,
    Unread,
    UnreadReason,
)
from screener.model.place import Place


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
        self._tables: list[tuple[str | None, dict[int, str]]] = []
        self._facts = Facts()
        self._unread: dict[str, Unread] = {}

    def add(
        self,
        text: str,
        kind: SegmentKind,
        place: Place | DeferredPlace,
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
        self._segments.append(
            start, self._length, kind, place, visible=visible, table=table, row=row, column=column
        )

    def add_raw(self, text: str) -> int:
        """Add text as it stands, without break or segment; returns its offset."""
        start = self._length
        self._append(text)
        return start

    def mark(
        self,
        start: int,
        end: int,
        kind: SegmentKind,
        place: Place | DeferredPlace,
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
        self._tables.append((caption, {}))
        return len(self._tables) - 1

    def set_headers(self, table: int, headers: Mapping[int, str]) -> None:
        """The header cell over each column (columns from 0)."""
        self._tables[table][1].update(headers)

    def set_facts(self, facts: Facts) -> None:
        """What the document says about itself."""
        self._facts = facts

    def unread(self, what: str, reason: UnreadReason, detail: str = "", *, key: str = "") -> None:
        """Record a part that could not be read; once for each part and reason."""
        entry = make_unread(what, reason, detail, key=key)
        self._unread.setdefault(entry.id, entry)

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    @property
    def empty(self) -> bool:
        """Whether no text was added."""
        return self._length == 0

    def build(self, source: Source) -> Document:
        """The finished Document."""
        return Document(
            source=source,
            text="".join(self._parts),
            segments=self._segments,
            tables=tuple(Table(caption, headers) for caption, headers in self._tables),
            facts=self._facts,
            unread=tuple(self._unread.values()),
        )

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
