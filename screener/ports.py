"""What the stages need of each other, as protocols: only ``bootstrap`` knows the real parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from screener.model.document import Document, Unread
from screener.model.finding import Finding, Judgement, Screening


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
