"""The certificate of a release: what the office keeps, and what a website's system is shown.

JSON, sealed with the site key, so that a forged or changed one is told apart. It carries the
ledger's line and digest: certificates in the office's files are witnesses of the ledger outside the
database, also for lines that were cut off at its end.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from screener.model.finding import Level, Screening
from screener.model.ledger import certificate_seal, timestamp
from screener.model.review import Decision, Item, LedgerEntry, Release, Revision, Signature

SCHEMA = 1


class Screened(Protocol):
    """Bytes that go out and what was found in them."""

    @property
    def sha256(self) -> str: ...

    @property
    def screening(self) -> Screening: ...


def make(
    key: bytes,
    item: Item,
    released: Screened,
    *,
    entry: LedgerEntry,
    submitted: Sequence[Revision],
    decisions: Sequence[Decision],
    signatures: Sequence[Signature],
) -> dict[str, Any]:
    """The sealed certificate of the bytes that go out.

    ``submitted`` are all files that were handed in for the item, ``decisions`` and ``signatures``
    those in force.
    """
    screening, released_sha256 = released.screening, released.sha256
    levels = Counter(judgement.level.code for judgement in screening.judgements)
    reasons = Counter(decision.reason_code for decision in decisions)
    actions = Counter(decision.action.value for decision in decisions)
    certificate: dict[str, Any] = {
        "schema": SCHEMA,
        "item": item.id,
        "revision": item.revision,
        "unit": item.unit,
        "title": item.title,
        "doc_number": item.doc_number,
        "index_number": item.index_number,
        "channel": item.channel,
        "disclosure": item.disclosure.value,
        "name": item.name,
        "original_sha256": item.sha256,
        "released_sha256": released_sha256,
        "redacted": released_sha256 != item.sha256,
        "versions": {
            "tool": screening.versions.tool,
            "pack": screening.versions.pack,
            "policy": screening.versions.policy,
        },
        "findings_after": {
            level.code: levels[level.code] for level in (Level.BLOCK, Level.REVIEW, Level.NOTE)
        },
        "unread_after": len(screening.document.unread),
        "decisions": {"actions": dict(actions), "reasons": dict(reasons)},
        "signatures": [
            *({"step": "submit", "by": r.by, "at": timestamp(r.at)} for r in submitted),
            *({"step": s.step, "by": s.by, "at": timestamp(s.at)} for s in signatures),
        ],
        "ledger": {"seq": entry.seq, "digest": entry.digest},
        "released_at": timestamp(entry.at),
        "released_by": entry.actor,
    }
    return certificate | {"seal": certificate_seal(key, certificate)}


def sealed_here(key: bytes, certificate: Mapping[str, Any]) -> bool:
    """Whether the certificate carries this site's seal, unchanged."""
    try:
        expected = certificate_seal(key, certificate)
    except (TypeError, ValueError):
        return False
    return hmac.compare_digest(str(certificate.get("seal", "")), expected)


def genuine(key: bytes, release: Release) -> bool:
    """Whether a release's certificate is this site's and speaks of this release."""
    said = (
        release.certificate.get("item"),
        release.certificate.get("revision"),
        release.certificate.get("original_sha256"),
        release.certificate.get("released_sha256"),
        release.certificate.get("ledger"),
    )
    return sealed_here(key, release.certificate) and said == (
        release.item,
        release.revision,
        release.original_sha256,
        release.released_sha256,
        {"seq": release.ledger_seq, "digest": release.ledger_digest},
    )
