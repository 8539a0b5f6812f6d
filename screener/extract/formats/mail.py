"""Mails and saved web pages (eml, mht): headers, bodies, attachments by their own format.

Both bodies of a mail are read: what the plain one says need not be what the other shows.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import decode
from screener.extract.formats.text import line_starts, report_broken
from screener.extract.inside import read_inside, refuse_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.uuencode import packed_files
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.part_places import MailHeader
from screener.model.place import Lines

SHOWN = ("subject", "from", "to", "cc", "bcc", "reply-to", "sender", "date")
"""Headers that mail programs show."""
_BROKEN = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect", "NoBoundaryInMultipart")
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}
_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENCODED = re.compile(r"(?:=\?[^? \t\r\n]{1,40}\?[BbQq]\?[^?]*\?=)+")
_BOUNDARY = re.compile('boundary=(?:"[^"]*"|[^; \t\r\n]*)', re.IGNORECASE)
_SAID = re.compile('[\u4e00-\u9fff]+|[0-9]{7,}|[^ \t"<>=;:]+@[A-Za-z0-9.-]+')
"""Words and numbers that people write; identifiers of programs are in angle brackets."""
_USUAL = re.compile("this is a (?:cryptographically signed )?multi-?part message", re.IGNORECASE)


class MailReader:
    """The headers as they are shown, every body, every attachment."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Parse the mail and read its parts in their order."""
        # compat32 keeps headers as they stand: the newer policy raises on many broken ones
        mail = email.message_from_bytes(data, policy=email.policy.compat32)
        _headers(mail, builder)
        for number, part in enumerate(_parts(mail), 1):
            context.spent.members += 1
            if context.spent.members > context.limits.members:
                detail = _("more than {limit} members ({key})").format(
                    limit=context.limits.members, key="[limits] members"
                )
                raise Unreadable(UnreadReason.TOO_LARGE, detail)
            try:
                reading = _Part(part, number, builder, context)
                reading.read()
                if part is not mail:
                    reading.headers()
            except Unreadable:
                raise
            except Exception as error:  # broken mails raise a dozen types; the others are read
                what = _("part {number}").format(number=number)
                builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)


def _parts(mail: Message) -> Iterator[Message]:
    """All parts in order, without recursion; mails in the mail are attachments of their own."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        yield part
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([each for each in inner if isinstance(each, Message)]))


def _headers(mail: Message, builder: DocumentBuilder) -> None:
    """The shown headers first, decoded, then all others as hidden."""
    fields = [(name, header_text(str(value))) for name, value in mail.raw_items()]
    for wanted in SHOWN:
        for name, text in fields:
            if name.lower() == wanted and text:
                builder.add(text, SegmentKind.HEADER, MailHeader(name))
    for name, text in fields:
        if name.lower() not in SHOWN and text:
            builder.add(text, SegmentKind.METADATA, MailHeader(name), visible=False)


def header_text(raw: str) -> str:
    """A header's value with its encoded words decoded and its bytes in any Chinese encoding."""
    text = re.sub("\r?\n[ \t]+", " ", raw).strip()
    # words of one encoding that follow each other may share a character cut in two
    text = re.sub(r"(\?=)[ \t]+(=\?)", r"\1\2", text)
    text = _ENCODED.sub(lambda found: _words(found.group()), text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raw_bytes = text.encode("utf-8", "surrogateescape")
        try:
            text = decode(raw_bytes).text
        except Unreadable:
            text = raw_bytes.decode("gb18030", "replace")
    return text


def _words(encoded: str) -> str:
    """Encoded words (RFC 2047), joined as bytes where they are in one encoding."""
    from base64 import b64decode
    from binascii import Error
    from quopri import decodestring

    pieces: list[tuple[str, bytes]] = []
    for charset, how, body in re.findall(r"=\?([^?]*)\?([BbQq])\?([^?]*)\?=", encoded):
        name = charset.split("*")[0].lower()
        try:
            if how in "Bb":
                content = b64decode(body + "=" * (-len(body) % 4))
            else:
                content = decodestring(body.replace("_", " ").encode("ascii", "replace"))
        except (Error, ValueError):
            content = b""
        content = content or body.encode("utf-8", "replace")
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + content)
        else:
            pieces.append((name, content))
    return "".join(_decoded(content, name) for name, content in pieces)


def _decoded(content: bytes, charset: str) -> str:
    try:
        return decode(content, charset or None).text
    except Unreadable:
        return content.decode("gb18030", "replace")


class _Part:
    """One part of a mail: a body, an attachment, or the frame around others."""

    def __init__(
        self, part: Message, number: int, builder: DocumentBuilder, context: ReadContext
    ) -> None:
        self.part = part
        self.builder = builder
        self.context = context
        self.number = number
        self.kind = part.get_content_type()
        self.name = self._name()

    def read(self) -> None:
        """Read it, or say why not."""
        if self._is_locked():
            detail = _("protected by a password or certificate")
            self._refuse(UnreadReason.ENCRYPTED, detail)
            return
        if self.part.get_content_maintype() == "multipart":
            self._frame()
            return
        content = self._content()
        self._faults()
        if not content:
            return
        named = self.part.get_filename() or self.part.get_content_disposition() == "attachment"
        if self.kind == "text/plain" and not named:
            self._plain(content)
            return
        if self.kind == "text/html":
            content = self._as_utf8(content)
        read_inside(self.builder, self.context, content, self.name)

    def headers(self) -> None:
        """What the part's own headers say beside its name: no program shows them."""
        for name, raw in self.part.raw_items():
            text = _BOUNDARY.sub("", header_text(str(raw)))
            if any(word not in self.name for word in _SAID.findall(text)):
                place = MailHeader(name)
                self.builder.add(text, SegmentKind.METADATA, place, visible=False)

    def _name(self) -> str:
        try:
            name = self.part.get_filename()
        except (LookupError, ValueError, TypeError):
            name = None
        if name:
            return header_text(str(name))
        where = self.part.get("Content-Location")
        if where and self.kind != "text/html":
            return header_text(str(where))
        suffix = _SUFFIXES.get(self.kind, "")
        return _("part {number}").format(number=self.number) + suffix

    def _is_locked(self) -> bool:
        if self.kind == "multipart/encrypted":
            return True
        enveloped = str(self.part.get_param("smime-type") or "") in (
            "enveloped-data",
            "authEnveloped-data",
        )
        return self.kind in _LOCKED and enveloped

    def _refuse(self, reason: UnreadReason, detail: str = "") -> None:
        key = f"{self.name}\0{self.number}"
        refuse_inside(self.builder, self.context, self.name, reason, detail, key=key)

    def _frame(self) -> None:
        """Text before the first part and behind the last is shown by no program."""
        inner = self.part.get_payload()
        for text in (self.part.preamble, self.part.epilogue):
            if text and text.strip() and not _USUAL.search(text):
                shown = header_text(text)
                self.builder.add(shown, SegmentKind.HIDDEN, MailHeader("MIME"), visible=False)
        self._faults()
        if isinstance(inner, str) and inner.strip():  # a frame whose parts were not found
            self._plain(inner.encode("utf-8", "surrogateescape"))

    def _faults(self) -> None:
        faults = [type(defect).__name__ for defect in self.part.defects]
        if any(name.startswith(_BROKEN) for name in faults):
            self.builder.unread(
                _("the end of the file"),
                UnreadReason.CORRUPT,
                _("the mail is cut off; parts may be missing"),
            )
        elif any("Base64" in name for name in faults):
            self._refuse(UnreadReason.CORRUPT, _("its encoding is broken"))

    def _content(self) -> bytes:
        """The decoded bytes of a part; a mail inside is written out again."""
        if self.kind.startswith("message/") or isinstance(self.part.get_payload(), list):
            inner = self.part.get_payload()
            mails = inner if isinstance(inner, list) else []
            return b"\n".join(mail.as_bytes() for mail in mails if isinstance(mail, Message))
        content = self.part.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""

    def _charset(self) -> str | None:
        charset = self.part.get_param("charset")
        return charset if isinstance(charset, str) and charset else None

    def _plain(self, content: bytes) -> None:
        """A plain body; its lines are the lines of the mail's text."""
        try:
            decoded = decode(content, self._charset())
        except Unreadable as problem:
            self._refuse(problem.reason, problem.detail)
            return
        place = Lines(line_starts(decoded.text))
        self.builder.add(decoded.text, SegmentKind.BODY, place)
        report_broken(decoded, self.builder)
        for name, packed in packed_files(content):
            read_inside(self.builder, self.context, packed, _decoded(name, ""))

    def _as_utf8(self, content: bytes) -> bytes:
        """A page in the encoding its part declares, which counts more than its own meta tag."""
        charset = self._charset()
        if charset is None:
            return content
        try:
            decoded = decode(content, charset)
        except Unreadable:
            return content
        return content if decoded.broken else decoded.text.encode("utf-8-sig")
