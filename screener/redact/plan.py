"""Which stretches of a document are replaced by what. Pure.

The file's own name is not planned: it is no part of the bytes. Whoever writes the copy names it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.masking import GONE, replacement
from screener.model.document import SEGMENT_BREAK, SegmentKind
from screener.model.finding import Finding, Level, Screening

_CLASSIFIED = frozenset({"SECRET_MARK", "CLASSIFIED_NUMBER"})
"""What no copy may lose: a paper stays secret until whoever classified it says otherwise."""

Span = tuple[int, int, str]
"""Start, end (code points of ``Document.text``) and what stands there in the copy."""


def plan(text: str, findings: Sequence[Finding], chosen: Collection[str]) -> list[Span]:
    """The spans of the chosen findings (by id), ordered and free of overlaps.

    Of nested findings the outermost decides what stands there instead; findings that only overlap
    go together. A replacement never keeps what an inner finding wants gone.

    Raises SomethingLeft for a chosen secrecy mark: without it a secret paper would look harmless.
    """
    wanted = sorted(
        (f for f in findings if f.id in chosen and f.kind is not SegmentKind.FILE_NAME),
        key=lambda finding: (finding.start, -finding.end),
    )
    if any(finding.entity in _CLASSIFIED for finding in wanted):
        raise SomethingLeft(
            _("The paper carries a secrecy mark, which is not taken out."),
            advice=_(
                "Do not publish it. A paper that was declassified is made anew by the office that "
                "classified it; a false alarm is decided as keep in the review."
            ),
            code="secrecy_mark",
        )
    spans: list[Span] = []
    group: list[Finding] = []
    for finding in wanted:
        if group and finding.start >= max(f.end for f in group):
            spans.append(_span(text, group))
            group = []
        group.append(finding)
    if group:
        spans.append(_span(text, group))
    return [part for span in spans for part in _parts(text, span)]


def at_or_above(screening: Screening, level: Level) -> frozenset[str]:
    """The ids of all findings of this level and above."""
    return frozenset(
        judgement.finding_id for judgement in screening.judgements if judgement.level >= level
    )


def _parts(text: str, span: Span) -> list[Span]:
    """A span over several cells (a number split over them) cell by cell: the first is replaced."""
    start, end, shown = span
    parts: list[Span] = []
    for piece in text[start:end].split(SEGMENT_BREAK):
        if piece:
            parts.append((start, start + len(piece), "" if parts else shown))
        start += len(piece) + len(SEGMENT_BREAK)
    return parts


def _span(text: str, group: Sequence[Finding]) -> Span:
    outer = group[0]  # sorted: the earliest and of those the longest
    end = max(finding.end for finding in group)
    shown = replacement(outer.entity, text[outer.start : outer.end])
    inner = [text[f.start : f.end] for f in group[1:]]
    if end > outer.end or any(value in shown for value in inner):
        shown = GONE
    return outer.start, end, shown
