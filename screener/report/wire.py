"""The JSON of a scan: one object for each file given (the contract, schema 1).

A wire format of its own: the model may change its shape without changing what other programs
read. Built value by value, never by dumping model types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, Literal, NotRequired, TypedDict

from screener.i18n import current_language
from screener.i18n import language as in_language
from screener.model.document import Unread
from screener.model.finding import Finding, Judgement, Level, Screening, Verdict
from screener.model.place import Locator, Member

SCHEMA = 1


class FindingJson(TypedDict):
    """One finding. ``start`` and ``end`` are code points of the text ``extract`` prints."""

    id: str
    rule: str
    entity: str
    level: Literal["note", "review", "block"]
    severity: Literal["low", "medium", "high", "critical"]
    confidence: float
    start: int
    end: int
    text: NotRequired[str]  # only where values were asked for
    excerpt: str
    fingerprint: str
    place: str
    locator: dict[str, Any]
    kind: str
    visible: bool
    role: NotRequired[Literal["official", "private", "unknown"]]
    candidates: NotRequired[int]
    reason_code: str
    reasons: list[str]
    basis: list[str]
    advice: str


class UnreadJson(TypedDict):
    """A part that was not read, and why."""

    id: str
    what: str
    reason: str
    detail: str


class VersionsJson(TypedDict):
    """What made the screening."""

    tool: str
    pack: str
    policy: str


class ScreeningJson(TypedDict):
    """One file, screened."""

    schema: int
    path: str
    sha256: str
    media_type: str
    size: int
    chars: int
    document_kind: str
    verdict: Literal["clear", "review", "block"]
    findings: list[FindingJson]
    unread: list[UnreadJson]
    remarks: list[str]
    versions: VersionsJson


def screening_to_json(
    screening: Screening, *, path: str, show_values: bool = False, language: str | None = None
) -> ScreeningJson:
    """The wire form of a screening. ``path`` is the file as the user named it.

    Texts are in ``language`` (``zh`` or ``en``), by default the current one.

    Without ``show_values`` no value is in it: where the path, a sheet's or a member's name or a
    column's header holds one that is above a note, its excerpt stands there instead.
    """
    document = screening.document
    clean = str if show_values else _cleaner(screening)
    with in_language(language or current_language()):
        findings = [
            _finding(finding, judgement, document.text if show_values else None, clean)
            for finding, judgement in zip(screening.findings, screening.judgements, strict=True)
        ]
        unread = [_unread(entry, clean) for entry in document.unread]
    return {
        "schema": SCHEMA,
        "path": clean(path),
        "sha256": document.source.sha256,
        "media_type": document.source.media_type,
        "size": document.source.size,
        "chars": len(document.text),
        "document_kind": screening.document_kind,
        "verdict": screening.verdict.value,
        "findings": findings,
        "unread": unread,
        "remarks": list(screening.remarks),
        "versions": {
            "tool": screening.versions.tool,
            "pack": screening.versions.pack,
            "policy": screening.versions.policy,
        },
    }


def worst(screening: ScreeningJson) -> Level:
    """The highest level of its findings, SILENT when there is none."""
    return max((Level.of(f["level"]) for f in screening["findings"]), default=Level.SILENT)


def verdict_of(findings: list[FindingJson], unread: list[UnreadJson]) -> Verdict:
    """Clear when nothing is above a note; anything unread makes it at least review."""
    level = max((Level.of(f["level"]) for f in findings), default=Level.SILENT)
    if level is Level.BLOCK:
        return Verdict.BLOCK
    return Verdict.REVIEW if unread or level is Level.REVIEW else Verdict.CLEAR


def _finding(
    finding: Finding, judgement: Judgement, text: str | None, clean: Callable[[str], str]
) -> FindingJson:
    locator = _clean_locator(finding.locator, clean)
    wire: FindingJson = {
        "id": finding.id,
        "rule": finding.rule,
        "entity": finding.entity,
        "level": judgement.level.code,  # type: ignore[typeddict-item]  # silent ones are left out
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "start": finding.start,
        "end": finding.end,
        "excerpt": finding.excerpt,
        "fingerprint": finding.fingerprint,
        "place": locator.describe(),
        "locator": locator.to_json(),
        "kind": finding.kind.value,
        "visible": finding.visible,
        "reason_code": judgement.reason_code,
        "reasons": [clean(reason) for reason in judgement.reasons],
        "basis": list(judgement.basis),
        "advice": judgement.advice,
    }
    if text is not None:
        wire["text"] = text[finding.start : finding.end]
    if finding.role is not None:
        wire["role"] = finding.role.value
    if finding.candidates is not None:
        wire["candidates"] = finding.candidates
    return wire


def _unread(entry: Unread, clean: Callable[[str], str]) -> UnreadJson:
    return {
        "id": entry.id,
        "what": clean(entry.what),
        "reason": entry.reason.value,
        "detail": clean(entry.detail),
    }


def _cleaner(screening: Screening) -> Callable[[str], str]:
    """Puts excerpts in place of values in names: a sheet may be named after a person."""
    text = screening.document.text
    names = {
        text[finding.start : finding.end]: finding.excerpt
        for finding, judgement in zip(screening.findings, screening.judgements, strict=True)
        if judgement.level > Level.NOTE and finding.end - finding.start > 1
    }
    if not names:
        return str
    longest_first = sorted(names, key=len, reverse=True)

    @lru_cache(maxsize=4096)  # the same few names stand in every locator
    def clean(text: str) -> str:
        for value in longest_first:
            if value in text:
                text = text.replace(value, names[value])
        return text

    return clean


def _clean_locator(locator: Locator, clean: Callable[[str], str]) -> Locator:
    if isinstance(locator, Member):
        path = tuple(clean(part) for part in locator.path)
        return Member(path=path, inner=_clean_locator(locator.inner, clean))
    changed: Mapping[str, str] = {
        field.name: cleaned
        for field in fields(locator)
        if isinstance(text := getattr(locator, field.name), str)
        and (cleaned := clean(text)) != text
    }
    return replace(locator, **changed) if changed else locator
