"""What detection finds and what judgement makes of it. No value is ever held here.

Severity (how bad) and confidence (how sure) stay apart; the level (what to do) is judged from them
by a policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from screener.model.document import Document, SegmentKind
from screener.model.place import Locator


class Severity(StrEnum):
    """How bad it would be if this were published."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(IntEnum):
    """What a finding asks for, in rising order."""

    SILENT = 0
    NOTE = 1
    REVIEW = 2
    BLOCK = 3

    @property
    def code(self) -> str:
        """The name used in JSON, on the command line and in policies."""
        return self.name.lower()

    @classmethod
    def of(cls, code: str) -> Level:
        """The level of a code. Raises KeyError."""
        return cls[code.upper()]


class Role(StrEnum):
    """Who a named person is in this passage."""

    OFFICIAL = "official"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """The answer for a whole file. Any unread part makes it at least review."""

    CLEAR = "clear"
    REVIEW = "review"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of ``Document.text`` that a rule found.

    ``id`` is stable over versions of a document: rule, fingerprint and place as a person would
    recognise it (not the offset). ``evidence`` holds codes, strongest first, with an optional
    argument behind a colon (``checksum_ok``, ``column_header:身份证号``); the argument is never a
    value. ``excerpt`` is masked. ``record`` numbers the row, sentence or form whose findings belong
    to one person.
    """

    id: str
    rule: str
    entity: str
    start: int
    end: int
    excerpt: str
    fingerprint: str
    severity: Severity
    confidence: float
    evidence: tuple[str, ...]
    locator: Locator
    kind: SegmentKind
    visible: bool
    role: Role | None = None
    candidates: int | None = None
    record: int | None = None

    def codes(self) -> set[str]:
        """The codes of the evidence, each with its argument and without."""
        codes = set(self.evidence)
        for said in self.evidence:
            cut = said.rfind(":")
            while cut >= 0:
                codes.add(said[:cut])
                cut = said.rfind(":", 0, cut)
        return codes

    def has(self, code: str) -> bool:
        """Whether the evidence holds this code, whatever its argument."""
        return code in self.codes()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy says about one finding. ``basis`` and ``advice`` are for people."""

    finding_id: str
    level: Level
    reason_code: str
    reasons: tuple[str, ...]
    basis: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a screening: the tool, the rule pack, the policy."""

    tool: str
    pack: str
    policy: str


@dataclass(frozen=True, slots=True)
class Screening:
    """A document that went through detection and judgement. Judgements run parallel to findings.

    Findings judged silent are left out. ``document`` is held in memory only: what is stored or
    sent is made by ``screener.report.wire``.
    """

    document: Document
    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    verdict: Verdict
    document_kind: str
    remarks: tuple[str, ...]
    versions: Versions

    @property
    def worst(self) -> Level:
        """The highest level of all findings, SILENT when there is none."""
        return max((j.level for j in self.judgements), default=Level.SILENT)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The case of a policy that decides: all of ``when`` hold, and none of ``unless``."""

    when: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A screening, and what it does not tell: findings judged silent, what decides about each.

    ``conditions`` by finding id, of the silent ones too.
    """

    screening: Screening
    silent: tuple[Finding, ...]
    conditions: Mapping[str, Conditions]


@dataclass(frozen=True, slots=True)
class Look:
    """A rule looked at ``text[start:end]`` and held this against it (codes of the rules)."""

    rule: str
    start: int
    end: int
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenWay:
    """What a rule found and what had to give way to an overlapping finding (of rule ``to``)."""

    rule: str
    start: int
    end: int
    excerpt: str
    to: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What happened at ``text[start:end]`` while the rules ran.

    ``label`` is the word of the rules' lists that says what stands there.
    """

    start: int
    end: int
    looks: tuple[Look, ...]
    given_way: tuple[GivenWay, ...]
    label: str | None
