"""What the stages need of each other, as protocols: only ``bootstrap`` knows the real parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from screener.model.document import Document, Unread
from screener.model.finding import Conditions, Finding, Judgement, Screening
from screener.model.ledger import Tag
from screener.model.review import (
    Decision,
    Item,
    LedgerEntry,
    Release,
    Revision,
    Settled,
    Signature,
    State,
    Target,
)


class Extractor(Protocol):
    """Turns bytes into a Document. Never raises for what the bytes hold: that is Unread."""

    def read_path(self, path: Path) -> Document:
        """A file. No access, too large, empty: a Document with an Unread and no text."""

    def read_bytes(self, data: bytes, name: str, origin: str = "") -> Document:
        """Bytes that came with a name (an upload, standard input, a fetched page)."""


class Detector(Protocol):
    """Finds what is personal or secret in a Document."""

    def detect(self, document: Document) -> tuple[Sequence[Finding], Sequence[Unread]]:
        """Findings in the order of the text, and the rules that failed."""


class Judge(Protocol):
    """Decides what each finding asks for. Pure."""

    @property
    def version(self) -> str:
        """Name and digest of the policy."""

    def document_kind(self, document: Document) -> str:
        """公示名单, 任前公示, 处罚决定, 通知 …, or the empty string."""

    def judge(
        self, document: Document, findings: Sequence[Finding], document_kind: str
    ) -> tuple[Sequence[Judgement], Sequence[str]]:
        """One judgement for each finding, and remarks about the document as a whole."""

    def conditions(self, finding: Finding, document_kind: str) -> Conditions:
        """What decides about a finding: the conditions that hold, and those that must not."""


class Screener(Protocol):
    """The main job: read, detect, judge."""

    def screen_path(self, path: Path) -> Screening:
        """Screen a file."""

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        """Screen bytes that came with a name."""

    def mask_text(self, text: str) -> str:
        """A title, file name or note with every finding above a note masked, for storing."""


class Redactor(Protocol):
    """Makes copies without certain values."""

    def can_redact(self, media_type: str) -> bool:
        """Whether this format has a writer."""

    def redact(
        self, data: bytes, document: Document, spans: Sequence[tuple[int, int, str]]
    ) -> bytes:
        """A copy in which each ``(start, end, replacement)`` of ``Document.text`` is replaced.

        Raises SomethingLeft when a span stands where this format's writer cannot reach.
        """


class Blobs(Protocol):
    """Files by their SHA-256, on disk before anything refers to them."""

    def put(self, data: bytes) -> str:
        """Store and return the SHA-256 (hex). Durable when it returns."""

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises StoreProblem when missing or changed on disk."""


class Work(Protocol):
    """One transaction's view of the books. Raises NotFound, Conflict, StoreProblem."""

    def item(self, item_id: str) -> Item: ...

    def living_item(self, unit: str, sha256: str) -> Item | None: ...

    def items(
        self, state: State | None, unit: str | None, after: int, limit: int
    ) -> Sequence[Item]: ...

    def next_item_number(self) -> int: ...

    def add_item(self, item: Item) -> None: ...

    def update_item(self, item: Item, *, was: int) -> None: ...

    def add_revision(self, revision: Revision, targets: Sequence[Target]) -> None: ...

    def revision(self, item_id: str, number: int) -> Revision: ...

    def drafters(self, item_id: str) -> Sequence[str]: ...

    def targets(self, item_id: str, revision: int) -> Sequence[Target]: ...

    def find_targets(self, item_id: str, revision: int, text: str) -> Sequence[Target]: ...

    def withheld(self, item_id: str, revision: int) -> Set[str]: ...

    def decision(self, decision_id: int) -> Decision: ...

    def add_decision(self, decision: Decision) -> Decision: ...

    def decisions(self, item_id: str) -> Sequence[Decision]: ...

    def add_signature(self, signature: Signature) -> Signature: ...

    def signatures(self, item_id: str) -> Sequence[Signature]: ...

    def add_release(self, release: Release) -> Release: ...

    def withdraw_release(self, release: Release) -> None: ...

    def releases(self, item_id: str) -> Sequence[Release]: ...

    def releases_of(self, sha256: str) -> Sequence[Release]: ...

    def next_entry(
        self, *, at: datetime, actor: str, tag: Tag, subject: str, payload: Mapping[str, Any]
    ) -> LedgerEntry: ...

    def ledger(
        self, *, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> Sequence[LedgerEntry]: ...

    def ledger_rows(self) -> Iterable[Mapping[str, Any]]: ...

    def sealed_head(self) -> Mapping[str, Any] | None: ...

    def all_rows(self, table: str) -> Iterable[Mapping[str, Any]]: ...


class Repository(Protocol):
    """The books, handed out in transactions."""

    def write(self) -> AbstractContextManager[Work]:
        """All or nothing, durable when the block ends, one writer at a time."""

    def read(self) -> AbstractContextManager[Work]:
        """One consistent state."""


class Checked(Protocol):
    """Bytes that were looked at again and may go out as they are."""

    @property
    def data(self) -> bytes: ...

    @property
    def sha256(self) -> str: ...


class ReleaseDesk(Protocol):
    """Makes releases. There is no release without the check."""

    def check(self, original: bytes, name: str, settled: Sequence[Settled]) -> Checked:
        """Make the bytes that go out, read them again and screen them again.

        Raises SomethingLeft, or Refused when this format has no writer.
        """

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
        """The release of bytes that ``check`` passed, with its sealed certificate."""

    def genuine(self, release: Release) -> bool:
        """Whether the release's certificate carries this site's seal and fits the release."""

    def find(self, work: Work, sha256: str) -> Release | None:
        """The gate: the release of exactly these bytes, if it stands and is genuine."""
