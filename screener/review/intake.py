"""A file handed in: stored, screened, and made into what the books may hold of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.finding import Level, Screening
from screener.model.review import Target, TargetKind
from screener.ports import Blobs, Screener
from screener.review import words

ToWire = Callable[[Screening, str], Mapping[str, Any]]
"""Makes the stored JSON of a screening, without values; the text is the file's masked name."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the books hold of a file. ``name`` is masked."""

    sha256: str
    size: int
    name: str
    media_type: str
    verdict: str
    screening: Mapping[str, Any]
    targets: tuple[Target, ...]


class Intake:
    """Takes files in."""

    def __init__(self, blobs: Blobs, screener: Screener, to_wire: ToWire) -> None:
        self._blobs = blobs
        self._screener = screener
        self._to_wire = to_wire

    def read(self, data: bytes, name: str) -> Paper:
        """Store and screen a file. Its bytes are on disk before anything refers to them."""
        if not data:
            raise UsageProblem(_("The file is empty."))
        sha256 = self._blobs.put(data)
        screening = self._screener.screen_bytes(data, name)
        masked = words.stored_file_name(self._screener.mask_text, name)
        wire = self._to_wire(screening, masked)
        if name and masked != name:
            wire = _without_name(wire, name, masked)
        return Paper(
            sha256=sha256,
            size=len(data),
            name=masked,
            media_type=screening.document.source.media_type,
            verdict=screening.verdict.value,
            screening=wire,
            targets=targets_of(screening),
        )


def targets_of(screening: Screening) -> tuple[Target, ...]:
    """What can be decided about: findings in the order of the text, then unread parts.

    Findings that share an id are one target with the worst of their levels.
    """
    found: dict[str, Target] = {}
    for finding, judgement in zip(screening.findings, screening.judgements, strict=True):
        known = found.get(finding.id)
        if known is not None and Level.of(known.level) >= judgement.level:
            continue
        found[finding.id] = Target(
            id=finding.id,
            kind=TargetKind.FINDING,
            rule=finding.rule,
            level=judgement.level.code,
            fingerprint=finding.fingerprint,
            segment=finding.kind.value,
        )
    for part in screening.document.unread:
        found[part.id] = Target(
            id=part.id,
            kind=TargetKind.UNREAD,
            rule=part.reason.value,
            level=Level.REVIEW.code,
            fingerprint="",
            segment="",
        )
    return tuple(found.values())


def _without_name(content: Any, name: str, masked: str) -> Any:
    """The same JSON with the masked name wherever a text held the file's own."""
    if isinstance(content, str):
        return content.replace(name, masked)
    if isinstance(content, Mapping):
        return {key: _without_name(value, name, masked) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_without_name(value, name, masked) for value in content]
    return content
