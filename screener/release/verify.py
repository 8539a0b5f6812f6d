"""Look again: nothing goes out before it was read and screened as it goes out.

``CheckedCopy`` can only be made by ``look_again``, and ``Release`` only from a ``CheckedCopy``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.model.finding import Finding, Level, Screening
from screener.model.review import (
    Action,
    Item,
    LedgerEntry,
    Release,
    Settled,
)
from screener.ports import Screener

_PASSED: Final = object()
_TELLING = re.compile(r"[0-9A-Za-z]")
_LEAST_TELLING = 6
"""A value with so many letters and digits cannot stand in a text by chance."""


class CheckedCopy:
    """Bytes that passed the check, with the screening that let them pass."""

    __slots__ = ("_data", "_screening", "_sha256")

    def __init__(self, data: bytes, screening: Screening, *, passed: object) -> None:
        if passed is not _PASSED:
            raise TypeError("a CheckedCopy is made by look_again only")
        self._data = data
        self._screening = screening
        self._sha256 = hashlib.sha256(data).hexdigest()

    @property
    def data(self) -> bytes:
        """The bytes that go out."""
        return self._data

    @property
    def sha256(self) -> str:
        """Their SHA-256, hex."""
        return self._sha256

    @property
    def screening(self) -> Screening:
        """What was found in them."""
        return self._screening


def look_again(
    screener: Screener,
    data: bytes,
    name: str,
    settled: Sequence[Settled],
    *,
    gone: Iterable[str] = (),
    values: Iterable[str] = (),
) -> CheckedCopy:
    """Read and screen the bytes that are to go out.

    ``gone`` are the fingerprints that must not be found any more, at whatever level; ``values``
    the raw values themselves, looked for in the text as well. What was decided to stay may stay;
    nothing else may be at review or above, and no other part unread. Raises SomethingLeft.
    """
    screening = screener.screen_bytes(data, name)
    left = _left(screening, settled, frozenset(gone) - {""})
    unread = _new_unread(screening, settled)
    raw = _raw_values(screening.document.text, values)
    if left or unread or raw:
        rules = Counter(finding.rule for finding in left)
        named = [f"{rule} ×{count}" for rule, count in sorted(rules.items())]
        named += [_("{count} values in the text").format(count=raw)] if raw else []
        named += [_("{count} unread parts").format(count=unread)] if unread else []
        raise SomethingLeft(
            _("What would go out still holds: {what}").format(what=", ".join(named)),
            advice=_("Correct the file in its own program and hand it in as a new version."),
        )
    return CheckedCopy(data, screening, passed=_PASSED)


def release_of(
    checked: CheckedCopy, item: Item, entry: LedgerEntry, sealed: Mapping[str, Any]
) -> Release:
    """The release of checked bytes, written in the ledger as ``entry``, certified by ``sealed``."""
    return Release(
        item=item.id,
        revision=item.revision,
        original_sha256=item.sha256,
        released_sha256=checked.sha256,
        by=entry.actor,
        at=entry.at,
        certificate=sealed,
        name=item.name,
        ledger_seq=entry.seq,
        ledger_digest=entry.digest,
    )


def _left(
    screening: Screening, settled: Sequence[Settled], gone: frozenset[str]
) -> Sequence[Finding]:
    kept = [s.target for s in settled if s.action is Action.KEEP]
    ids = {target.id for target in kept}
    fingerprints = {target.fingerprint for target in kept} - {""}
    return [
        finding
        for finding, judgement in zip(screening.findings, screening.judgements, strict=True)
        if finding.fingerprint in gone
        or (
            judgement.level >= Level.REVIEW
            and finding.id not in ids
            and finding.fingerprint not in fingerprints
        )
    ]


def _new_unread(screening: Screening, settled: Sequence[Settled]) -> int:
    kept = {s.target.id for s in settled if s.action is Action.KEEP}
    return sum(part.id not in kept for part in screening.document.unread)


def _raw_values(text: str, values: Iterable[str]) -> int:
    """How many values still stand in the text although no rule found them there."""
    return sum(len(_TELLING.findall(v)) >= _LEAST_TELLING and v in text for v in set(values))
