"""Outlook's own frame around a mail's body and attachments (winmail.dat, [MS-OXTNEF]).

Mail servers hand it on as one attachment that other programs cannot open.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.formats.rtf_text import rtf_text, unpack_rtf
from screener.extract.formats.text import line_starts
from screener.extract.inside import read_inside, refuse_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.part_places import MailHeader
from screener.model.place import Lines, Property

SIGNATURE = b"\x78\x9f\x3e\x22"
_HEAD = 6
_MESSAGE, _ATTACHMENT = 1, 2
_FROM, _SUBJECT, _BODY = 0x8000, 0x8004, 0x800C
_PROPERTIES, _PEOPLE = 0x9003, 0x9004
_BEGIN, _TITLE, _DATA, _ATTACHED = 0x9002, 0x8010, 0x800F, 0x9005
_TEXTS, _BYTES, _OBJECT = (0x1E, 0x1F), 0x102, 0x0D
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MANY, _NAMED = 0x1000, 0x8000
_PLAIN, _RTF, _PAGE, _CONTENT, _LONG_NAME = 0x1000, 0x1009, 0x1013, 0x3701, 0x3707
_SHOWN = {0x0037: "subject", 0x0C1A: "from", 0x0E04: "to", 0x0E03: "cc", 0x0E02: "bcc"}
_QUIET = frozenset((0x001A, 0x0E1D, 0x0070, 0x370E, 0x3703, 0x0C1E, 0x0064, 0x3002))
"""Message class, the subject again, types of addresses and attachments."""


@dataclass(slots=True)
class _Attachment:
    name: str = ""
    content: bytes | None = None
    properties: dict[int, list[bytes | str]] = field(default_factory=dict)


class TnefReader:
    """Subject, people, bodies, attachments by their own format, other properties."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Walk the attributes; attachments follow the message, each begun by its own mark."""
        told: dict[int, list[bytes | str]] = {}
        attachments: list[_Attachment] = []
        for level, number, body in _attributes(data, builder):
            if level == _MESSAGE:
                _message(number, body, told, builder)
            elif number == _BEGIN:
                attachments.append(_Attachment())
            elif attachments:
                _attachment(number, body, attachments[-1])
        _tell(told, builder, context)
        for at, attachment in enumerate(attachments, 1):
            context.spent.members += 1
            if context.spent.members > context.limits.members:
                detail = _("more than {limit} members ({key})").format(
                    limit=context.limits.members, key="[limits] members"
                )
                raise Unreadable(UnreadReason.TOO_LARGE, detail)
            _add(attachment, at, builder, context)


def _attributes(data: bytes, builder: DocumentBuilder) -> Iterator[tuple[int, int, bytes]]:
    """Level, number and body of each attribute; a broken end is told."""
    at = _HEAD
    while at + 11 <= len(data):
        level, number, _kind, size = struct.unpack_from("<BHHI", data, at)
        body = data[at + 9 : at + 9 + size]
        if level not in (_MESSAGE, _ATTACHMENT) or len(body) < size:
            break
        if sum(body) & 0xFFFF != int.from_bytes(data[at + 9 + size : at + 11 + size], "little"):
            what = _("part {number}").format(number=f"{number:04X}")
            builder.unread(what, UnreadReason.CORRUPT, key=f"{at}")
        yield level, number, body
        at += 9 + size + 2
    if data[at:].strip(b"\0"):
        builder.unread(
            _("the end of the file"),
            UnreadReason.CORRUPT,
            _("the mail is cut off; parts may be missing"),
        )


def _message(
    number: int, body: bytes, told: dict[int, list[bytes | str]], builder: DocumentBuilder
) -> None:
    plain = {_SUBJECT: 0x0037, _BODY: _PLAIN}
    if number == _PROPERTIES:
        for key, values in _properties(body, 0)[0].items():
            told[key] = [*told.get(key, []), *values]
    elif number in plain:
        told.setdefault(plain[number], []).append(any_text(body.rstrip(b"\0")))
    elif number == _FROM:
        for part in body[8:].split(b"\0"):
            if text := any_text(part).strip():
                builder.add(text, SegmentKind.HEADER, MailHeader("from"))
    elif number == _PEOPLE and len(body) >= 4:
        at = 4
        for _person in range(min(struct.unpack_from("<I", body)[0], len(body))):
            person, at = _properties(body, at)
            for text in _texts(person, but=()):
                builder.add(text, SegmentKind.HEADER, MailHeader("to"))


def _attachment(number: int, body: bytes, attachment: _Attachment) -> None:
    if number == _TITLE:
        attachment.name = any_text(body.rstrip(b"\0"))
    elif number == _DATA:
        attachment.content = body
    elif number == _ATTACHED:
        attachment.properties = _properties(body, 0)[0]


def _properties(body: bytes, at: int) -> tuple[dict[int, list[bytes | str]], int]:
    """Texts and bytes of a list of properties by their number, and where it ends."""
    found: dict[int, list[bytes | str]] = {}
    if at + 4 > len(body):
        return found, len(body)
    (count,) = struct.unpack_from("<I", body, at)
    at += 4
    for _each in range(min(count, len(body) // 4)):
        if at + 4 > len(body):
            break
        kind, number = struct.unpack_from("<HH", body, at)
        at += 4
        if number >= _NAMED:
            at = _behind_name(body, at)
        values, at = _values(body, at, kind)
        found.setdefault(number, []).extend(values)
    return found, at


def _behind_name(body: bytes, at: int) -> int:
    by_name = body[at + 16 : at + 20] == b"\1\0\0\0"
    at += 20
    size = int.from_bytes(body[at : at + 4], "little")
    return at + 4 + (_padded(size) if by_name else 0)


def _values(body: bytes, at: int, kind: int) -> tuple[list[bytes | str], int]:
    many, kind = kind & _MANY, kind & ~_MANY
    count = 1
    if many or kind not in _FIXED:
        count = int.from_bytes(body[at : at + 4], "little")
        at += 4
    if kind in _FIXED:
        return [], at + _FIXED[kind] * count
    values: list[bytes | str] = []
    for _each in range(min(count, len(body) // 4)):
        size = int.from_bytes(body[at : at + 4], "little")
        raw = body[at + 4 : at + 4 + size]
        at += 4 + _padded(size)
        if kind in _TEXTS:
            text = raw.decode("utf-16-le", "replace") if kind == _TEXTS[1] else any_text(raw)
            values.append(text.rstrip("\0"))
        elif kind in (_BYTES, _OBJECT):
            values.append(raw[16:] if kind == _OBJECT else raw)  # an object begins with its kind
    return values, at


def _padded(size: int) -> int:
    return size + -size % 4


def _texts(properties: dict[int, list[bytes | str]], but: tuple[int, ...]) -> list[str]:
    return list(
        dict.fromkeys(
            value.strip()
            for number, values in properties.items()
            if number not in but and number not in _QUIET
            for value in values
            if isinstance(value, str) and value.strip()
        )
    )


def _tell(
    told: dict[int, list[bytes | str]], builder: DocumentBuilder, context: ReadContext
) -> None:
    """Headers, bodies and all other texts of the mail."""
    for number, header in _SHOWN.items():
        for text in _texts({number: told.get(number, [])}, but=()):
            builder.add(text, SegmentKind.HEADER, MailHeader(header))
            if number == 0x0037:
                builder.set_facts(replace(builder.facts, title=text))
    for text in _texts({_PLAIN: told.get(_PLAIN, [])}, but=()):
        _body(text.replace("\r\n", "\n"), builder)
    for page in told.get(_PAGE, []):
        content = page.encode("utf-8-sig") if isinstance(page, str) else page
        read_inside(builder, context, content, _("body") + ".html")
    for packed in told.get(_RTF, []):
        try:
            text = rtf_text(unpack_rtf(bytes(packed), context.limits.file_bytes))  # type: ignore[arg-type]  # binary by its kind
        except (ValueError, TypeError):
            builder.unread(_("the formatted body"), UnreadReason.CORRUPT)
        else:
            _body(text, builder)
    for text in _texts(told, but=(*_SHOWN, _PLAIN, _PAGE)):
        builder.add(text, SegmentKind.METADATA, Property("MAPI"), visible=False)


def _body(text: str, builder: DocumentBuilder) -> None:
    """Lines that were not said yet: a mail has its body in several forms."""
    known = "".join(builder.text.split())
    more = "\n".join(line for line in text.split("\n") if "".join(line.split()) not in known)
    if more.strip():
        builder.add(more.strip(), SegmentKind.BODY, Lines(line_starts(more.strip())))


def _add(attachment: _Attachment, at: int, builder: DocumentBuilder, context: ReadContext) -> None:
    long_names = _texts({0: attachment.properties.get(_LONG_NAME, [])}, but=())
    name = next(iter(long_names), "") or attachment.name or _("part {number}").format(number=at)
    inner = [v for v in attachment.properties.get(_CONTENT, []) if isinstance(v, bytes) and v]
    contents = [c for c in (attachment.content,) if c] + inner
    if not contents:
        detail = _("an object of another program, or a file that lies elsewhere")
        refuse_inside(builder, context, name, UnreadReason.UNSUPPORTED, detail, key=f"{name}\0{at}")
    for content in dict.fromkeys(contents):
        read_inside(builder, context, content, name)
    for text in _texts(attachment.properties, but=(_LONG_NAME,)):
        if text != name:
            builder.add(text, SegmentKind.METADATA, Property("MAPI"), visible=False)
