"""Items under review, their versions, and what people decided. Decisions replace, never edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where an item is on its way."""

    OPEN = "open"  # waits for decisions and signatures
    RETURNED = "returned"  # back with the drafter, waits for a new version
    WITHHELD = "withheld"  # a finding was decided: this may not go out
    APPROVED = "approved"  # all signatures are there
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What is to happen with a finding or an unread part."""

    REDACT = "redact"  # must be gone from the version that is released
    KEEP = "keep"  # may stay
    WITHHOLD = "withhold"  # this item cannot be released


class Opinion(StrEnum):
    """A signature's opinion."""

    AGREE = "agree"
    RETURN = "return"


class Disclosure(StrEnum):
    """公开属性 as the drafter declares it."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    NONE = "none"


REASON_CODES = (
    "state_secret",
    "work_secret",
    "business_secret",
    "personal_privacy",
    "internal_process",
    "third_party_consent",
    "public_interest",
    "official_duty",
    "lawful_disclosure",
    "already_public",
    "false_alarm",
)
"""Each decision carries one, so that they can be counted (条例 articles 14 to 17)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a workflow: its code and the name people know it by (zh, en)."""

    code: str
    title_zh: str
    title_en: str

    def title(self, language: str) -> str:
        """The name in ``zh`` or ``en``."""
        return self.title_en if language == "en" else self.title_zh


@dataclass(frozen=True, slots=True)
class Workflow:
    """The signatures an item needs, in order; the drafter's step is ``submit``, not one of them."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A paper on its way to publication. Title and file name are stored masked.

    ``version`` counts every change of the item (the optimistic lock of the contract); ``revision``
    counts the files handed in. ``step`` is the code of the next signature, None when none is due.
    """

    id: str
    unit: str
    title: str
    channel: str
    doc_number: str
    index_number: str
    disclosure: Disclosure
    state: State
    step: str | None
    workflow: str
    with_leader: bool
    drafter: str
    version: int
    revision: int
    sha256: str
    verdict: str
    created_at: datetime
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a finding or an unread part (``target`` is its id)."""

    item: str
    revision: int
    target: str
    action: Action
    reason_code: str
    note: str
    by: str
    at: datetime
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One step signed, for one revision of an item."""

    item: str
    revision: int
    step: str
    opinion: Opinion
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the append-only ledger. ``digest`` covers all other fields and ``previous``.

    ``tag`` is ``subject:action`` from a closed list (``item:submit``, ``item:decide`` …).
    """

    seq: int
    at: datetime
    actor: str
    tag: str
    subject: str
    payload: Mapping[str, Any]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Release:
    """Bytes that may be published. ``certificate`` is the JSON document handed to the office."""

    item: str
    revision: int
    original_sha256: str
    released_sha256: str
    by: str
    at: datetime
    certificate: Mapping[str, Any]
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
