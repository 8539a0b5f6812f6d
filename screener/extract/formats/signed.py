"""Signed and locked messages (p7m, p7s; CMS, RFC 5652): what is signed, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_PKCS7 = bytes.fromhex("06092a864886f70d0107")
_DATA, _SIGNED = b"\x01", b"\x02"
_CONSTRUCTED, _OCTETS, _EXPLICIT = 0x20, 0x04, 0xA0
_DEEPEST = 40
_NOTHING = b"\x30\x0b"
"""Before the kind of a content that stands elsewhere: nothing follows in its sequence."""


class SignedReader:
    """The signed message by its own format; the words of its certificates."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Read what is signed; a message that is locked is told."""
        if not data[:24].partition(_PKCS7)[2].startswith(_SIGNED):
            detail = _("protected by a password or certificate")
            raise Unreadable(UnreadReason.ENCRYPTED, detail)
        at = data.find(_PKCS7 + _DATA)
        content, end = b"", 0
        try:
            if at >= 0 and data[at - 2 : at] != _NOTHING:
                content, end = _content(data, at + len(_PKCS7) + 1)
            last = _body(data, 0, 0)[1]
            _check(data, 0, last, 0)
        except (ValueError, IndexError):
            last = len(data) + 1
        if last > len(data):
            builder.unread(_("the end of the file"), UnreadReason.CORRUPT)
        elif data[last:].strip(b"\0\r\n"):
            what = _("the end of the file")
            builder.unread(what, UnreadReason.CORRUPT, _("there are bytes behind its end"))
        if content:
            read_inside(builder, context, content, _("signed message") + ".eml")
        for text in words(data[end:]):
            builder.add(text, SegmentKind.METADATA, Property(_("certificate")), visible=False)


def _content(data: bytes, at: int) -> tuple[bytes, int]:
    """The octets of an explicit content that begins here, and where it ends."""
    if at >= len(data) or data[at] != _EXPLICIT:
        return b"", 0
    start, end = _body(data, at, 0)
    return b"".join(_octets(data, start, end, 0)), end


def _check(data: bytes, at: int, end: int, depth: int) -> None:
    """Raises ValueError where an element does not end where the one around it does."""
    while at < end:
        start, stop = _body(data, at, depth)
        if stop > end:
            raise ValueError("longer than what holds it")
        if data[at] & _CONSTRUCTED:
            _check(data, start, stop, depth + 1)
        at = stop + 2 if data[at + 1] == 0x80 else stop


def _octets(data: bytes, at: int, end: int, depth: int) -> Iterator[bytes]:
    """Octet strings, also those that are cut into pieces."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    while at < end and data[at : at + 2] != b"\0\0":
        start, stop = _body(data, at, depth)
        if data[at] & _CONSTRUCTED:
            yield from _octets(data, start, stop, depth + 1)
        elif data[at] == _OCTETS:
            yield data[start:stop]
        at = stop + 2 if data[at + 1] == 0x80 else stop


def _body(data: bytes, at: int, depth: int) -> tuple[int, int]:
    """Where the content of an element begins and ends (X.690; also of no told length)."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    length, start = data[at + 1], at + 2
    if length == 0x80:
        stop = start
        while data[stop : stop + 2] != b"\0\0":
            inner = _body(data, stop, depth + 1)[1]
            stop = inner + 2 if data[stop + 1] == 0x80 else inner
        return start, stop
    if length > 0x80:
        size = length - 0x80
        length, start = int.from_bytes(data[start : start + size], "big"), start + size
    if start + length > len(data):
        raise ValueError("cut off")
    return start, start + length
