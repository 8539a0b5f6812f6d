"""Wire types of the service, version 1: what OpenAPI describes and what requests must look like.

Requests are checked against these; answers are built in ``screener.report.wire`` and
``api.wire`` and a test holds them against these, so that description and answer cannot drift.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from screener.model.review import REASON_CODES

LevelCode = Literal["note", "review", "block"]
VerdictCode = Literal["clear", "review", "block"]
StateCode = Literal["open", "returned", "withheld", "approved", "released", "withdrawn"]
DisclosureCode = Literal["open", "on_request", "none"]
ReasonCode = Literal[
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
]
assert set(REASON_CODES) == set(ReasonCode.__args__)  # type: ignore[attr-defined]

SHA256 = r"^[0-9a-fA-F]{64}$"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def plain_text(text: str) -> str:
    """Text a database and a terminal can hold: no controls but line ends and tabs, no half
    characters.
    """
    if any(
        (c < " " and c not in "\t\r\n") or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff"
        for c in text
    ):
        raise PydanticCustomError("string_pattern_mismatch", "control characters")
    return text


def one_line(text: str) -> str:
    """Plain text of one line, without blanks around it."""
    plain_text(text)
    if any(c in "\t\r\n\u2028\u2029" for c in text.strip()):
        raise PydanticCustomError("string_pattern_mismatch", "line ends")
    return text.strip()


Line = Annotated[str, AfterValidator(one_line), Field(max_length=200)]
RequiredLine = Annotated[
    str, AfterValidator(one_line), Field(min_length=1, max_length=100, pattern=r"[^ \t\r\n\u3000]")
]
Title = Annotated[
    str, AfterValidator(one_line), Field(min_length=1, max_length=500, pattern=r"[^ \t\r\n\u3000]")
]
Note = Annotated[str, AfterValidator(plain_text), Field(max_length=4000)]
Target = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=80)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True)]


class _In(BaseModel):
    """A request: unknown fields are refused, a misspelt one must not be ignored."""

    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FindingOut(_Out):
    """One finding of a scan. Never holds the value: ``excerpt`` is masked."""

    id: str
    rule: str = Field(examples=["cn_id_card"])
    entity: str = Field(examples=["CN_ID_CARD"])
    level: LevelCode
    severity: Literal["low", "medium", "high", "critical"]
    confidence: float
    start: int
    end: int
    excerpt: str = Field(examples=["34****************"])
    fingerprint: str
    place: str = Field(examples=["工作表“发放表” C7"])
    locator: dict[str, Any] = Field(examples=[{"kind": "cell", "sheet": "发放表", "ref": "C7"}])
    kind: str = Field(examples=["table_cell"])
    visible: bool
    role: Literal["official", "private", "unknown"] | None = None
    candidates: int | None = None
    reason_code: str = Field(examples=["personal_privacy"])
    reasons: list[str] = Field(examples=[["checksum_ok", "column_header:身份证号"]])
    basis: list[str]
    advice: str


class UnreadOut(_Out):
    """A part that was not read. It blocks a release until a person decides about it."""

    id: str
    what: str
    reason: str = Field(examples=["encrypted"])
    detail: str


class VersionsOut(_Out):
    """What made a screening."""

    tool: str
    pack: str
    policy: str


class ScreeningOut(_Out):
    """A file, screened (the JSON of ``screener scan``)."""

    schema_: Literal[1] = Field(alias="schema")
    path: str = Field(examples=["名单.xlsx"])
    sha256: str = Field(examples=[HASH])
    media_type: str
    size: int
    chars: int
    document_kind: str = Field(examples=["公示名单"])
    verdict: VerdictCode
    findings: list[FindingOut]
    unread: list[UnreadOut]
    remarks: list[str] = Field(examples=[["disclosure_mark_missing"]])
    versions: VersionsOut


class ItemFields(_In):
    """The form fields of a new item, beside ``file``."""

    unit: RequiredLine = Field(examples=["民政局"])
    title: Title = Field(examples=["2024年第一季度临时救助公示"])
    channel: RequiredLine = "website"
    doc_number: Line = Field("", examples=["民发〔2024〕3号"])
    index_number: Line = Field("", examples=["113401/2024-00012"])
    disclosure: DisclosureCode = "open"
    workflow: Line = Field("", description="Empty: the workflow of the settings.")
    leader: bool = Field(False, description="Adds the signature of 主要领导.")
    due: date | None = Field(None, examples=["2024-04-30"])


class VersionFields(_In):
    """The form fields of a new version, beside ``file``."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(
        None, examples=[4], description="The item's version as last seen; without it, no check."
    )


class DecisionIn(_In):
    """What is to happen with one finding or unread part."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "finding": "f-2f1c9a44d0b1",
                    "action": "redact",
                    "reason": "personal_privacy",
                    "note": "",
                }
            ]
        },
    )

    version: Version
    finding: Target = Field(description="The id of a finding or of an unread part.")
    action: Literal["redact", "keep", "withhold"]
    reason: ReasonCode
    note: Note = ""


class SignatureIn(_In):
    """The opinion of the step that is due."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"version": 3, "opinion": "agree", "note": "同意"}]},
    )

    version: Version
    opinion: Literal["agree", "return"]
    note: Note = ""


class ReleaseIn(_In):
    """The version that is to be released."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 6}]})

    version: Version


class WithdrawalIn(_In):
    """Why the release is taken back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"version": 7, "reason": "personal_privacy", "note": "公示期已满"}]
        },
    )

    version: Version
    reason: ReasonCode
    note: Note = ""


class DecisionOut(_Out):
    """What a person decided; ``replaces`` is the id of the decision before it."""

    id: int
    finding: str
    revision: int
    action: Literal["redact", "keep", "withhold"]
    reason: str
    note: str
    by: str
    at: str
    replaces: int | None


class SignatureOut(_Out):
    """A signature; those of earlier rounds are void."""

    step: str
    revision: int
    round: int
    opinion: Literal["agree", "return"]
    note: str
    by: str
    at: str


class StepOut(_Out):
    """A step of the workflow, and the signature in force."""

    code: str
    title: str = Field(examples=["科室负责人"])
    due: bool
    signature: SignatureOut | None


class CertificateOut(_Out):
    """A release. ``certificate`` is the sealed document that the office keeps."""

    item: str
    revision: int
    sha256: str = Field(description="SHA-256 of the released bytes.", examples=[HASH])
    original_sha256: str
    by: str
    at: str
    withdrawn_at: str | None
    withdrawn_reason: str | None
    certificate: dict[str, Any]


class ReleasedOut(CertificateOut):
    """A release just made; ``version`` is the item's version from now on."""

    version: int
    repeated: bool


class LedgerEntryOut(_Out):
    """A line of the append-only ledger; ``digest`` covers the other fields and ``previous``."""

    seq: int
    at: str
    actor: str
    tag: str = Field(examples=["item:decide"])
    subject: str
    payload: dict[str, Any]
    previous: str
    digest: str


class LedgerOut(_Out):
    """Lines after a number; ``after`` is what to ask with next, None when these were the last."""

    entries: list[LedgerEntryOut]
    after: int | None


class ItemOut(_Out):
    """A paper under review. Title and name are stored masked."""

    id: str = Field(examples=["2024-00012"])
    unit: str
    title: str
    name: str
    channel: str
    doc_number: str
    index_number: str
    disclosure: DisclosureCode
    state: StateCode
    step: str | None = Field(description="The step whose signature is due.")
    workflow: str
    leader: bool
    drafter: str
    version: int = Field(description="Send it with the next change: the optimistic lock.")
    revision: int = Field(description="Counts the files handed in.")
    sha256: str
    verdict: VerdictCode
    created_at: str
    updated_at: str | None
    due: str | None


class ItemsOut(_Out):
    """A page of the queue, oldest first; ``cursor`` asks for the next one."""

    items: list[ItemOut]
    cursor: str | None


class ReviewedFindingOut(FindingOut):
    """A finding with its decision; ``change`` compares it with the revision before."""

    decision: DecisionOut | None
    change: Literal["new", "unchanged", "gone"] | None


class ReviewedUnreadOut(UnreadOut):
    """An unread part with its decision."""

    decision: DecisionOut | None
    change: Literal["new", "unchanged", "gone"] | None


class ItemViewOut(ItemOut):
    """All that is known of an item."""

    media_type: str
    size: int
    findings: list[ReviewedFindingOut]
    unread: list[ReviewedUnreadOut]
    gone: list[ReviewedFindingOut | ReviewedUnreadOut]
    undecided: list[str]
    steps: list[StepOut]
    decisions: list[DecisionOut]
    signatures: list[SignatureOut]
    releases: list[CertificateOut]
    history: list[LedgerEntryOut]


class FieldProblem(_Out):
    """One field that cannot be used."""

    field: str
    why: str


class ProblemOut(_Out):
    """An error (RFC 9457). ``targets`` names findings that still wait for a decision."""

    type: str = Field(examples=["urn:screener:problem:conflict"])
    title: str
    status: int
    code: str
    detail: str | None = None
    errors: list[FieldProblem] | None = None
    targets: list[str] | None = None
