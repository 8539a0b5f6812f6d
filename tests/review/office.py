"""An office for tests: real books and blobs, a screener simple enough to see through.

A paper is plain text. ``<block ID 110105…>`` is a finding of that level and entity with that value,
``<unread 第3页>`` a part that cannot be read. Values are masked by their entity's own rule.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from screener.config import Config
from screener.model.document import (
    Document,
    SegmentKind,
    SegmentTable,
    Source,
    Unread,
    UnreadReason,
)
from screener.model.finding import (
    Finding,
    Judgement,
    Level,
    Screening,
    Severity,
    Verdict,
    Versions,
)
from screener.model.place import TextLine
from screener.model.review import Item, ReleaseResult
from screener.redact.plan import plan
from screener.release.desk import ReleaseDesk
from screener.review.queue import ReviewQueue
from screener.store.blobs import BlobFolder
from screener.store.repository import Repository
from screener.store.site_key import load_site_key

_PART = re.compile(r"<(block|review|note) ([A-Z_]+) ([^>]+)>|<(unread) ([^>]+)>")
_SECRET = re.compile(r"[0-9]{6,}|张三丰|李秘密")


class MarkupScreener:
    """Finds what the markup says. ``raised`` entities are told one level higher (new rules)."""

    def __init__(self) -> None:
        self.raised: set[str] = set()
        self.screened: list[str] = []

    def screen_path(self, path: Path) -> Screening:
        return self.screen_bytes(path.read_bytes(), path.name)

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        self.screened.append(name)
        text = data.decode("utf-8")
        findings, judgements, unread = [], [], []
        for match in _PART.finditer(text):
            if match[4]:
                unread.append(Unread(f"u-{match[5]}", match[5], UnreadReason.ENCRYPTED))
                continue
            finding = self._finding(match[2], match[3], match.start(3), text)
            level = Level.of(match[1])
            if match[2] in self.raised:
                level = Level(min(level + 1, Level.BLOCK))
            findings.append(finding)
            judgements.append(Judgement(finding.id, level, "personal_privacy", (), (), ""))
        worst = max((j.level for j in judgements), default=Level.SILENT)
        return Screening(
            document=Document(
                source=Source(
                    hashlib.sha256(data).hexdigest(), len(data), "text/plain", name, origin
                ),
                text=text,
                segments=SegmentTable(),
                unread=tuple(unread),
            ),
            findings=tuple(findings),
            judgements=tuple(judgements),
            verdict=Verdict.BLOCK
            if worst is Level.BLOCK
            else Verdict.REVIEW
            if worst is Level.REVIEW or unread
            else Verdict.CLEAR,
            document_kind="",
            remarks=(),
            versions=Versions("0", "pack", "policy"),
        )

    def mask_text(self, text: str) -> str:
        return _SECRET.sub("***", text)

    def _finding(self, entity: str, value: str, start: int, text: str) -> Finding:
        line = text.count("\n", 0, start) + 1
        fingerprint = hmac.digest(b"test", value.encode(), "sha256").hex()[:20]
        identity = hashlib.sha256(f"{entity} {fingerprint} {line}".encode()).hexdigest()[:12]
        return Finding(
            id=identity,
            rule=entity.lower(),
            entity=entity,
            start=start,
            end=start + len(value),
            excerpt=value[:2] + "***",
            fingerprint=fingerprint,
            severity=Severity.HIGH,
            confidence=0.9,
            evidence=(),
            locator=TextLine(line),
            kind=SegmentKind.BODY,
            visible=True,
        )


class MarkupRedactor:
    """Replaces the whole mark-up of a value, or, where told to forget one, leaves it."""

    def __init__(self, media_type: str = "text/plain") -> None:
        self.media_type = media_type
        self.forget: set[str] = set()
        self.insert = ""

    def can_redact(self, media_type: str) -> bool:
        return media_type == self.media_type

    def redact(
        self, data: bytes, document: Document, spans: Sequence[tuple[int, int, str]]
    ) -> bytes:
        text = document.text
        for start, end, mask in reversed(spans):
            if text[start:end] in self.forget:
                continue
            opening = text.rindex("<", 0, start)
            text = text[:opening] + mask + text[text.index(">", end) + 1 :]
        return (text + self.insert).encode()


def wire(screening: Screening, name: str) -> Mapping[str, Any]:
    """What the books keep of a screening."""
    return {
        "path": name,
        "findings": [
            {
                "id": f.id,
                "level": j.level.code,
                "excerpt": f.excerpt,
                "place": f.locator.describe(),
            }
            for f, j in zip(screening.findings, screening.judgements, strict=True)
        ],
        "unread": [
            {"id": u.id, "what": u.what, "reason": u.reason.value}
            for u in screening.document.unread
        ],
    }


def ticking() -> Callable[[], datetime]:
    """A clock that moves a second with every look."""
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)

    def tick() -> datetime:
        nonlocal now
        now += timedelta(seconds=1)
        return now

    return tick


@dataclass
class Office:
    """A data folder with everything around it."""

    home: Path
    screener: MarkupScreener = field(default_factory=MarkupScreener)
    redactor: MarkupRedactor | None = field(default_factory=MarkupRedactor)
    clock: Callable[[], datetime] = field(default_factory=ticking)
    database_url: str = ""

    def __post_init__(self) -> None:
        self.config = Config(home=self.home, database_url=self.database_url)
        self.key = load_site_key(self.config)
        self.repository = Repository(self.config.database, self.key)
        self.blobs = BlobFolder(self.config.blobs)
        self.desk = ReleaseDesk(self.screener, self.redactor, self.key, plan)
        self.queue = ReviewQueue(
            self.repository,
            self.blobs,
            self.screener,
            self.desk,
            to_wire=wire,
            clock=self.clock,
        )

    def submit(self, text: str = "公告", **options: Any) -> Item:
        """Hand a paper in as the drafter 甲."""
        given = {"unit": "某局", "title": "公告", "actor": "甲"} | options
        name = given.pop("name", "公告.txt")
        return self.queue.submit(text.encode(), name, **given).item

    def version(self, item: Item, text: str, actor: str = "甲") -> Item:
        """Hand a new version in."""
        return self.queue.submit_version(item.id, text.encode(), "公告.txt", actor=actor)

    def approve(self, item: Item, *signers: str) -> Item:
        """Sign every step."""
        for signer in signers or ("乙", "丙", "丁"):
            item = self.queue.sign(item.id, "agree", actor=signer)
        return item

    def release(self, item: Item, actor: str = "戊") -> ReleaseResult:
        """Let the item out."""
        return self.queue.release(item.id, actor=actor)

    def target(self, item: Item, position: int = 0) -> str:
        """The id of a finding or unread part of the current version."""
        return self.queue.show(item.id).targets[position].id
