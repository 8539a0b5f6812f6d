"""The chain of the ledger: what a line's digest covers. Pure, standard library only.

Each line's digest is the SHA-256 of the canonical JSON of all its other fields, the digest of the
line before among them. So no line can be changed, taken out or put in between without every later
digest changing. What a chain alone cannot show, the loss of its last lines, is shown by the digests
that stand elsewhere: in the sealed head, in the rows that each line wrote, and in the certificates
that the office keeps.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Any

from screener.model.review import LedgerEntry

BEFORE_FIRST = "0" * 64
"""What the first line has for the digest of the line before."""


class Tag(StrEnum):
    """Everything that can stand in the ledger: ``subject:action``, a closed list."""

    GENESIS = "ledger:genesis"
    SUBMIT = "item:submit"
    VERSION = "item:version"
    DECIDE = "item:decide"
    SIGN = "item:sign"
    RETURN = "item:return"
    RELEASE = "item:release"
    WITHDRAW = "item:withdraw"
    AUDIT_RUN = "audit:run"


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, ASCII. Raises for what JSON has not."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )


def timestamp(at: datetime) -> str:
    """UTC with microseconds, always the same width, so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def record(value: Any, *, without: Collection[str] = ()) -> dict[str, Any]:
    """A record of the model as plain JSON: times as text, codes as text."""
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in without}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def digest(value: object) -> str:
    """SHA-256 (hex) of the canonical JSON of a value."""
    return hashlib.sha256(canonical(value).encode("ascii")).hexdigest()


def line_digest(line: Mapping[str, Any]) -> str:
    """The digest of a line: seq, at (text), actor, tag, subject, payload (parsed), previous."""
    names = ("seq", "at", "actor", "tag", "subject", "payload", "previous")
    return digest({name: line[name] for name in names})


def next_line(
    head: tuple[int, str],
    *,
    at: datetime,
    actor: str,
    tag: Tag,
    subject: str,
    payload: Mapping[str, Any],
) -> LedgerEntry:
    """The line that follows ``head`` (``(seq, digest)`` of the last one)."""
    entry = LedgerEntry(
        seq=head[0] + 1,
        at=at,
        actor=actor,
        tag=tag.value,
        subject=subject,
        payload=payload,
        previous=head[1],
        digest="",
    )
    return replace(entry, digest=line_digest(record(entry)))


def seal(key: bytes, purpose: str, text: str) -> str:
    """HMAC-SHA256 (hex) under the site key. ``purpose`` keeps seals of different kinds apart."""
    return hmac.digest(key, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), "sha256").hex()


def head_seal(key: bytes, seq: int, value: str) -> str:
    """The seal of the ledger's head."""
    return seal(key, "ledger head", f"{seq}:{value}")


def key_check(key: bytes) -> str:
    """Tells whether a database belongs to a key, without telling the key."""
    return seal(key, "site key", "check")[:32]


def certificate_seal(key: bytes, certificate: Mapping[str, Any]) -> str:
    """The seal of a release's certificate: over everything in it but the seal itself."""
    content = {name: value for name, value in certificate.items() if name != "seal"}
    return seal(key, "certificate", canonical(content))
