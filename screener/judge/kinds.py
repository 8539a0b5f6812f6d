"""Document kinds, told from the title: what a law wants published depends on the kind of paper."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.document import Document, SegmentKind

_TITLE_LINES = 12  # a title stands below 份号, 红头 and 文号 at the latest
_TITLE_LENGTH = 60  # code points; longer lines are running text


def kind_of(document: Document, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """The first kind one of whose words a title holds: ``facts.title``, then the first lines."""
    for title in (document.facts.title, *_first_lines(document), document.source.name):
        squeezed = "".join(title.split())
        for kind, words in kinds:
            if squeezed and any(word in squeezed for word in words):
                return kind
    return ""


def _first_lines(document: Document) -> list[str]:
    lines: list[str] = []
    for index in range(len(document.segments)):
        if len(lines) >= _TITLE_LINES:
            break
        if document.segments.kind(index) not in (SegmentKind.BODY, SegmentKind.HEADING):
            continue
        start, end = document.segments.starts[index], document.segments.ends[index]
        head = document.text[start : min(end, start + 2000)]
        lines += [line for line in head.splitlines() if 4 <= len(line.strip()) <= _TITLE_LENGTH]
    return lines[:_TITLE_LINES]
