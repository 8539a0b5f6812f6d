"""Runs the recognizers over a whole Document and turns matches into findings without values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from recognizers.match import Match, RuleFailure
from screener.detect.binding import bind
from screener.detect.fingerprint import fingerprint, identity
from screener.detect.layout import DocumentLayout
from screener.detect.officials import Officials
from screener.i18n import _
from screener.masking import excerpt
from screener.model.document import Document, SegmentKind, Unread, UnreadReason
from screener.model.finding import Finding, Role, Severity
from screener.model.place import Cell, Locator, WholeFile, certainty

if TYPE_CHECKING:
    from recognizers.engine import Engine

NOBODY = Officials()


class DocumentDetector:
    """Implements ``ports.Detector`` over the recognizers' engine.

    ``site_key`` keys fingerprints and ids, so both are stable within a site and mean nothing
    outside it. ``officials`` is what the office lists of itself.
    """

    def __init__(self, engine: Engine, site_key: bytes, officials: Officials = NOBODY) -> None:
        self._engine = engine
        self._officials = officials
        self._key = site_key
        rules = engine.catalogue.rules
        self._entities = engine.catalogue.entities
        self._severities = {name: Severity(rule.severity) for name, rule in rules.items()}

    def detect(self, document: Document) -> tuple[list[Finding], list[Unread]]:
        """Findings in the order of the text; a rule that failed is an Unread of the whole file."""
        if not document.text:
            return [], []
        layout = DocumentLayout(document)
        matches, failures = self._engine.analyze(document.text, layout)
        matches = self._officials.before_binding(document.text, matches)
        bound, records = self._bind(layout, matches)
        bound = self._officials.after_binding(bound)
        seen: Counter[str] = Counter()
        findings = [
            self._finding(document, match, record, seen)
            for match, record in zip(bound, records, strict=True)
        ]
        return findings, [_rule_failed(failure) for failure in failures]

    def _bind(
        self, layout: DocumentLayout, matches: Sequence[Match]
    ) -> tuple[list[Match], list[int | None]]:
        """What binding tells; what only an office looks for joins no record and links none."""
        if matches and all(match.entity in self._entities for match in matches):
            return bind(layout, matches)
        bound, records = bind(layout, [m for m in matches if m.entity in self._entities])
        others: list[tuple[Match, int | None]] = [
            (match, None) for match in matches if match.entity not in self._entities
        ]
        pairs = sorted(
            [*zip(bound, records, strict=True), *others],
            key=lambda pair: (pair[0].start, -pair[0].end),
        )
        return [match for match, _ in pairs], [record for _, record in pairs]

    def _finding(
        self, document: Document, match: Match, record: int | None, seen: Counter[str]
    ) -> Finding:
        value = document.text[match.start : match.end]
        mark = fingerprint(self._key, match.entity, match.plain or value)
        segments = document.segments
        index = segments.index_at(match.start)
        locator: Locator
        if index is None:
            kind, visible, header, locator = SegmentKind.BODY, True, None, WholeFile()
        else:
            kind, visible = segments.kind(index), segments.visible(index)
            header = document.header(index)
            offset = segments.starts[index]
            locator = segments.place(index).locate(match.start - offset, match.end - offset)
        parts: Sequence[str] = (
            match.rule,
            mark,
            kind.value,
            str(visible),
            header or "",
            locator.sheet if isinstance(locator, Cell) else "",
            match.role or "",
        )
        same = identity(self._key, *parts)
        seen[same] += 1
        return Finding(
            id=same if seen[same] == 1 else identity(self._key, *parts, str(seen[same])),
            rule=match.rule,
            entity=match.entity,
            start=match.start,
            end=match.end,
            excerpt=excerpt(match.entity, value),
            fingerprint=mark,
            severity=self._severities[match.rule],
            confidence=round(match.score * certainty(locator), 3),
            evidence=match.evidence,
            locator=locator,
            kind=kind,
            visible=visible,
            role=Role(match.role) if match.role else None,
            candidates=match.candidates,
            record=record,
        )


def _rule_failed(failure: RuleFailure) -> Unread:
    what = _("rule {rule} on the whole file").format(rule=failure.rule)
    reason = UnreadReason.RULE_FAILED
    return Unread(id=f"u-rule-{failure.rule}", what=what, reason=reason, detail=failure.detail)
