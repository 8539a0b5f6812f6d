"""The order of the stages, on one screen: read, detect, judge.

Review, redaction and release stand behind it and call it again to look at what they made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from screener.masking import excerpt
from screener.model.document import Document, SegmentKind, SegmentTable, Source, Unread
from screener.model.finding import Account, Finding, Level, Screening, Verdict, Versions
from screener.model.place import WholeFile
from screener.ports import Detector, Extractor, Judge


class Pipeline:
    """Screens files and bytes; implements ``ports.Screener``.

    ``storage_judge`` is the stricter judge that decides what is masked in titles, names and notes
    before they are stored: there, a name too many masked does no harm.
    """

    def __init__(
        self,
        extractor: Extractor,
        detector: Detector,
        judge: Judge,
        storage_judge: Judge,
        versions: Versions,
    ) -> None:
        self._extractor = extractor
        self._detector = detector
        self._judge = judge
        self._storage_judge = storage_judge
        self._versions = versions

    def screen_path(self, path: Path) -> Screening:
        """Screen a file. Whatever is wrong with it is in the Screening's unread parts."""
        return self.screen_document(self._extractor.read_path(path))

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        """Screen bytes that came with a name."""
        return self.screen_document(self._extractor.read_bytes(data, name, origin))

    def screen_document(self, document: Document) -> Screening:
        """Detect and judge what was read. A rule that failed joins the unread parts."""
        return self._judged(document, *self._detector.detect(document))

    def _judged(
        self, document: Document, findings: Sequence[Finding], failures: Sequence[Unread]
    ) -> Screening:
        if failures:
            document = replace(document, unread=(*document.unread, *failures))
        kind = self._judge.document_kind(document)
        judgements, remarks = self._judge.judge(document, findings, kind)
        kept = [pair for pair in zip(findings, judgements, strict=True) if pair[1].level]
        worst = max((judgement.level for _, judgement in kept), default=Level.SILENT)
        return Screening(
            document=document,
            findings=tuple(finding for finding, _ in kept),
            judgements=tuple(judgement for _, judgement in kept),
            verdict=_verdict(worst, unread=bool(document.unread)),
            document_kind=kind,
            remarks=tuple(remarks),
            versions=self._versions,
        )

    def account(self, document: Document) -> Account:
        """The screening, what is judged silent and left out of it, and by which conditions."""
        findings, failures = self._detector.detect(document)
        screening = self._judged(document, findings, failures)
        kept = {finding.id for finding in screening.findings}
        kind = screening.document_kind
        return Account(
            screening=screening,
            silent=tuple(finding for finding in findings if finding.id not in kept),
            conditions={f.id: self._judge.conditions(f, kind) for f in findings},
        )

    def mask_text(self, text: str) -> str:
        """A short text with everything above a note masked. If a rule fails, nothing is kept."""
        if not text.strip():
            return text
        document = _bare(text)
        findings, failures = self._detector.detect(document)
        if failures:
            return "*" * 3
        judgements, _ = self._storage_judge.judge(document, findings, "")
        masked, last = [], 0
        for finding, judgement in sorted(
            zip(findings, judgements, strict=True), key=lambda pair: (pair[0].start, -pair[0].end)
        ):
            if judgement.level < Level.REVIEW or finding.start < last:
                continue
            masked += [text[last : finding.start]]
            masked += [excerpt(finding.entity, text[finding.start : finding.end])]
            last = finding.end
        return "".join((*masked, text[last:]))


def _verdict(worst: Level, *, unread: bool) -> Verdict:
    if worst >= Level.BLOCK:
        return Verdict.BLOCK
    return Verdict.REVIEW if worst >= Level.REVIEW or unread else Verdict.CLEAR


def _bare(text: str) -> Document:
    segments = SegmentTable()
    segments.append(0, len(text), SegmentKind.BODY, WholeFile())
    return Document(source=Source("", 0, "text/plain", "", ""), text=text, segments=segments)
