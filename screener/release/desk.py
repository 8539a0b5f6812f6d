"""Makes releases: the copy where something is to go, the check always, the certificate last."""

from __future__ import annotations

from collections.abc import Sequence

from screener.errors import Refused
from screener.i18n import _
from screener.model.document import SegmentKind
from screener.model.review import (
    Action,
    Decision,
    Item,
    LedgerEntry,
    Release,
    Revision,
    Settled,
    Signature,
)
from screener.ports import Checked, Redactor, Screener, Work
from screener.release import certificate, gate
from screener.release.certificate import genuine
from screener.release.copy import Plan, make_copy, redacted_fingerprints
from screener.release.verify import CheckedCopy, look_again, release_of


class ReleaseDesk:
    """Implements ``ports.ReleaseDesk``. ``key`` is the site key, ``plan`` tells what goes."""

    def __init__(
        self,
        screener: Screener,
        redactor: Redactor | None,
        key: bytes,
        plan: Plan,
    ) -> None:
        self._screener = screener
        self._redactor = redactor
        self._key = key
        self._plan = plan

    def check(self, original: bytes, name: str, settled: Sequence[Settled]) -> CheckedCopy:
        """The bytes that go out: the reviewed ones, or a copy without what was decided to go."""
        gone = redacted_fingerprints(settled)
        in_bytes = [
            s
            for s in settled
            if s.action is Action.REDACT and s.target.segment != SegmentKind.FILE_NAME.value
        ]
        if not in_bytes:
            return look_again(self._screener, original, name, settled, gone=gone)
        screening = self._screener.screen_bytes(original, name)
        data = make_copy(self._redactor, original, screening, settled, self._plan)
        text = screening.document.text
        values = {text[f.start : f.end] for f in screening.findings if f.fingerprint in gone}
        return look_again(self._screener, data, name, settled, gone=gone, values=values)

    def issue(
        self,
        checked: Checked,
        item: Item,
        entry: LedgerEntry,
        *,
        submitted: Sequence[Revision],
        decisions: Sequence[Decision],
        signatures: Sequence[Signature],
    ) -> Release:
        """The release of bytes that ``check`` passed."""
        if not isinstance(checked, CheckedCopy):
            raise Refused(_("Only bytes that were read and screened again can be released."))
        sealed = certificate.make(
            self._key,
            item,
            checked,
            entry=entry,
            submitted=submitted,
            decisions=decisions,
            signatures=signatures,
        )
        return release_of(checked, item, entry, sealed)

    def genuine(self, release: Release) -> bool:
        """Whether the release's certificate carries this site's seal and fits the release."""
        return genuine(self._key, release)

    def find(self, work: Work, sha256: str) -> Release | None:
        """The gate: the release of exactly these bytes, if it stands and is genuine."""
        return gate.find(work, self._key, sha256)
