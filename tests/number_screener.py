"""A screener for tests of what stands around it: fast, and loads no rules."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from screener.config import Limits
from screener.extract.extractor import Extractor
from screener.model.document import Document
from screener.model.finding import (
    Finding,
    Judgement,
    Level,
    Screening,
    Severity,
    Verdict,
    Versions,
)

NUMBER = "11010519491231002X"
"""The sample number of the standard itself (GB 11643)."""


def fingerprint(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


class NumberScreener:
    """Finds ID-shaped numbers: as much of a screener as the parts around it need."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._extractor = Extractor(limits)

    def screen_path(self, path: Path) -> Screening:
        return self.screen_document(self._extractor.read_path(path))

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        return self.screen_document(self._extractor.read_bytes(data, name, origin))

    def screen_document(self, document: Document) -> Screening:
        findings = tuple(
            Finding(
                id=f"f-{fingerprint(match[0])}",
                rule="cn_id_card",
                entity="CN_ID_CARD",
                start=match.start(),
                end=match.end(),
                excerpt=match[0][:2] + "*" * 16,
                fingerprint=fingerprint(match[0]),
                severity=Severity.CRITICAL,
                confidence=0.9,
                evidence=("checksum_ok",),
                locator=document.locate(match.start(), match.end()),
                kind=document.segments.kind(document.segments.index_at(match.start()) or 0),
                visible=True,
            )
            for match in re.finditer("[0-9]{17}[0-9X]", document.text)
        )
        judgements = tuple(
            Judgement(found.id, Level.BLOCK, "personal_privacy", found.evidence, (), "")
            for found in findings
        )
        verdict = Verdict.BLOCK if findings else Verdict.CLEAR
        if document.unread and not findings:
            verdict = Verdict.REVIEW
        return Screening(
            document, findings, judgements, verdict, "", (), Versions("t", "p", "default")
        )

    def mask_text(self, text: str) -> str:
        return re.sub("([0-9]{2})[0-9]{15}[0-9X]", r"\1" + "*" * 16, text)
