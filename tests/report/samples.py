"""Screenings made by hand: no reader, no recognizer. The people are invented."""

from __future__ import annotations

import hashlib

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
    Role,
    Screening,
    Severity,
    Verdict,
    Versions,
)
from screener.model.place import Cell, Locator, Member, TextLine

ID = "11010519491231002X"
PHONE = "13800138000"
VERSIONS = Versions("0.1.0", "privacy-1", "default-1")


def screening() -> Screening:
    """A list with an ID and a phone, a name in a sheet's name, an encrypted member."""
    text = f"{ID}\x1e\n{PHONE}\x1e\n王小明\x1e\n董健局长"
    segments = SegmentTable()
    sheet = Cell(sheet="王小明 =发放表", ref="C7", state="hidden")
    places: list[Locator] = [
        sheet,
        Member(("附件.zip", f"{PHONE}.txt"), TextLine(3)),
        TextLine(4),
        TextLine(5),
    ]
    starts = [0, 20, 33, 38]
    ends = [18, 31, 36, 42]
    for start, end, place in zip(starts, ends, places, strict=True):
        segments.append(start, end, SegmentKind.BODY, place)
    source = Source(hashlib.sha256(b"x").hexdigest(), 18321, "text/plain", "名单.txt", "名单.txt")
    unread = Unread("u-1", f"附件 {PHONE}.zip", UnreadReason.ENCRYPTED, "zip")
    document = Document(source, text, segments, unread=(unread,))
    kinds = [
        ("f-1", "cn_id_card", "CN_ID_CARD", "11****************", Level.BLOCK),
        ("f-2", "cn_mobile_phone", "CN_MOBILE_PHONE", "138********", Level.BLOCK),
        ("f-3", "cn_person", "PERSON", "王*", Level.REVIEW),
        ("f-4", "cn_person", "PERSON", "董*", Level.NOTE),
    ]
    ends[3] = 40
    findings = tuple(
        Finding(
            id=name,
            rule=rule,
            entity=entity,
            start=starts[i],
            end=ends[i],
            excerpt=excerpt,
            fingerprint=f"print-{i}",
            severity=Severity.HIGH,
            confidence=0.99,
            evidence=("checksum_ok",),
            locator=places[i],
            kind=SegmentKind.TABLE_CELL if i == 0 else SegmentKind.BODY,
            visible=i != 0,
            role=Role.PRIVATE if entity == "PERSON" else None,
        )
        for i, (name, rule, entity, excerpt, _level) in enumerate(kinds)
    )
    judgements = tuple(
        Judgement(f.id, level, "personal_privacy", ("checksum_ok",), ("条例第十五条",), "删除<b>")
        for f, (*_rest, level) in zip(findings, kinds, strict=True)
    )
    remarks = ("disclosure_mark_missing",)
    return Screening(document, findings, judgements, Verdict.BLOCK, "公示名单", remarks, VERSIONS)


def clear() -> Screening:
    """A file in which nothing was found."""
    source = Source(hashlib.sha256(b"y").hexdigest(), 5, "text/plain", "通知.txt", "通知.txt")
    document = Document(source, "通知", SegmentTable())
    return Screening(document, (), (), Verdict.CLEAR, "通知", (), VERSIONS)
