"""The copy without the values that were decided to go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from screener.errors import Refused
from screener.i18n import _
from screener.model.document import SegmentKind
from screener.model.finding import Finding, Screening
from screener.model.review import Action, Settled
from screener.ports import Redactor

Plan = Callable[[str, Sequence[Finding], Collection[str]], Sequence[tuple[int, int, str]]]
"""From a text, its findings and the ids of those that go: what stretch is replaced by what."""


def redacted_fingerprints(settled: Iterable[Settled]) -> frozenset[str]:
    """The values that must be gone. Raises Refused when one is also to stay somewhere."""
    gone = {s.target.fingerprint for s in settled if s.action is Action.REDACT}
    kept = {s.target.fingerprint for s in settled if s.action is Action.KEEP}
    if both := gone & kept - {""}:
        names = [s.target.id for s in settled if s.target.fingerprint in both]
        raise Refused(
            _("The same value is to be redacted in one place and kept in another: {names}").format(
                names=", ".join(names[:10])
            ),
            advice=_("Decide the same for all of its places."),
        )
    return frozenset(gone)


def make_copy(
    redactor: Redactor | None,
    data: bytes,
    screening: Screening,
    settled: Sequence[Settled],
    plan: Plan,
) -> bytes:
    """The copy of ``data``, whose fresh ``screening`` tells where each value stands.

    Raises Refused when this format has no writer or the reviewed findings are not there any more,
    SomethingLeft when the writer cannot reach a place.
    """
    document = screening.document
    media_type = document.source.media_type
    if redactor is None or not redactor.can_redact(media_type):
        raise Refused(
            _("This format ({media_type}) cannot be redacted.").format(media_type=media_type),
            advice=_("Correct the file in its own program and hand it in as a new version."),
        )
    gone = redacted_fingerprints(settled)
    chosen = {f.id: f.fingerprint for f in screening.findings if f.fingerprint in gone}
    _all_there(settled, chosen.values())
    spans = plan(document.text, screening.findings, chosen.keys())
    return redactor.redact(data, document, spans)


def _all_there(settled: Iterable[Settled], found: Iterable[str]) -> None:
    """The file's name is not part of the bytes: what stood there is masked in the stored name."""
    there = set(found)
    lost = [
        s.target.id
        for s in settled
        if s.action is Action.REDACT
        and s.target.fingerprint not in there
        and s.target.segment != SegmentKind.FILE_NAME.value
    ]
    if lost:
        raise Refused(
            _("Findings of the review are not found any more: {names}").format(
                names=", ".join(lost[:10])
            ),
            advice=_("The rules changed since. Hand the file in again as a new version."),
        )
