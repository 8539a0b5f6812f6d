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
    name: str = ""
    number: int = 0
    round: int = 1
    """Signatures count only in the round they were given in; a new one voids those before."""
    updated_at: datetime | None = None

    @property
    def living(self) -> bool:
        """Whether the paper is still on its way or out: everything but withdrawn."""
        return self.state is not State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Revision:
    """One file handed in for an item. ``screening`` is the stored wire JSON, without any value."""

    item: str
    number: int
    sha256: str
    size: int
    name: str
    media_type: str
    verdict: str
    screening: Mapping[str, Any]
    by: str
    at: datetime
    ledger_seq: int = 0


class TargetKind(StrEnum):
    """What a decision is about."""

    FINDING = "finding"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Target:
    """A finding or an unread part of one revision, as far as review needs it.

    ``level`` is the code of the finding's level; an unread part counts as review. ``decision`` is
    the id of the decision in force, None while there is none.
    """

    id: str
    kind: TargetKind
    rule: str
    level: str
    fingerprint: str
    segment: str
    decision: int | None = None

    @property
    def must_be_decided(self) -> bool:
        """Whether it stands in the way of release until a person decided."""
        return self.level in {"review", "block"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a finding or an unread part (``target`` is its id).

    ``replaces`` is the id of the decision this one takes the place of.
    """

    item: str
    revision: int
    target: str
    action: Action
    reason_code: str
    note: str
    by: str
    at: datetime
    replaces: int | None = None
    id: int = 0
    ledger_seq: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """A target of the reviewed revision and what was decided: None only where nothing had to be."""

    target: Target
    action: Action | None


@dataclass(frozen=True, slots=True)
class Signature:
    """One step signed, for one revision and round of an item."""

    item: str
    revision: int
    step: str
    opinion: Opinion
    note: str
    by: str
    at: datetime
    round: int = 1
    id: int = 0
    ledger_seq: int = 0


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
    name: str = ""
    id: int = 0
    ledger_seq: int = 0
    ledger_digest: str = ""
    withdrawn_by: str | None = None
    withdrawn_note: str | None = None
    withdrawn_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission came to. ``created`` is False when the paper was already there."""

    item: Item
    created: bool


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """What a release hands out: the bytes for the website, their certificate, a file name."""

    data: bytes
    certificate: Mapping[str, Any]
    name: str
    item: Item
    repeated: bool = False


class Change(StrEnum):
    """A target beside the revision before."""

    NEW = "new"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TargetView:
    """A finding or unread part as the wire JSON has it, with its decision and what changed.

    ``change`` is None in the first revision.
    """

    id: str
    kind: TargetKind
    level: str
    content: Mapping[str, Any]
    decision: Decision | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the item's workflow and the signature in force, if there is one."""

    step: Step
    signature: Signature | None
    due: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """All that is known of an item. ``history`` is its part of the ledger, oldest first."""

    item: Item
    revision: Revision
    targets: tuple[TargetView, ...]
    gone: tuple[TargetView, ...]
    undecided: tuple[str, ...]
    steps: tuple[StepView, ...]
    decisions: tuple[Decision, ...]
    signatures: tuple[Signature, ...]
    releases: tuple[Release, ...]
    history: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of the queue, oldest first. ``cursor`` asks for the next one; None at the end."""

    items: tuple[Item, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class LedgerProblem:
    """One thing wrong with the books. ``seq`` is the ledger line it shows at, if any."""

    seq: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the ledger came to. ``first_bad`` is the first line that is wrong."""

    entries: int
    head: str
    problems: tuple[LedgerProblem, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def first_bad(self) -> int | None:
        """The lowest ledger line with a problem, None when all is well or none can be named."""
        return min((p.seq for p in self.problems if p.seq is not None), default=None)
