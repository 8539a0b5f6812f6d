"""Bytes that XML parts of office packages hold as text (base64): queries with their data, fields.

Power Query keeps its queries as a package in a part of custom data ([MS-QDEFF] 2.2); a table that
was typed in stands in the query itself, packed once more. Fields of Word keep data of other
programs (``fldData``).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from io import BytesIO

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.package import Package
from screener.extract.registry import ReadContext, Unreadable, format_of
from screener.extract.sniff import media_type_of
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_PARTS = re.compile(r"(?:customXml/|word/(?:document|header|footer|footnotes|endnotes)[^/]*\.xml)")
_BASE64 = re.compile(rb"[>\"]([A-Za-z0-9+/\r\n]{60,}={0,2})[\r\n \t]*[<\"]")
_TYPED_IN = re.compile(r'Binary\.FromText\(\s*"([A-Za-z0-9+/=]{8,})"')
_ZIP = b"PK\x03\x04"
_HEAD = 64
"""Bytes before a package in the bytes of a query: its version and length."""


def read_blobs(package: Package, builder: DocumentBuilder, context: ReadContext) -> None:
    """Read what stands as base64 in custom data and in fields; torn parts are told elsewhere."""
    for name in package.names():
        if not _PARTS.match(name):
            continue
        try:
            content = package.read(name)
        except Unreadable:
            continue
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = content.decode("utf-16", "replace").encode()
        for match in _BASE64.finditer(content):
            try:
                blob = b64decode(match.group(1))
            except (Error, ValueError):
                continue
            _read_blob(blob, name, builder, context)


def _read_blob(blob: bytes, name: str, builder: DocumentBuilder, context: ReadContext) -> None:
    at = blob.find(_ZIP, 0, _HEAD)
    if at >= 0:
        size = int.from_bytes(blob[at - 4 : at], "little") if at >= 4 else 0
        end = at + size if 0 < size <= len(blob) - at else len(blob)
        for text in _queries(blob[at:end], name, builder, context.limits.file_bytes):
            builder.add(text, SegmentKind.HIDDEN, Property(_("data query")), visible=False)
        blob = blob[end:]
    kind = media_type_of(blob)
    if format_of(kind) is not None and not kind.startswith("text/"):
        read_inside(builder, context, blob, _("data in a part"))
        return
    said = builder.text
    for text in words(blob):
        if text not in said:
            builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)


def _queries(data: bytes, name: str, builder: DocumentBuilder, limit: int) -> Iterator[str]:
    """The parts of a query's package, then tables that were typed in: base64 of packed JSON."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            small = [entry for entry in package.infolist() if entry.file_size < limit]
            parts = [package.read(entry).decode("utf-8", "replace") for entry in small]
            whole = len(small) == len(package.infolist())
    except Exception:  # zipfile raises a dozen types for what is torn
        whole, parts = False, []
    if not whole:
        builder.unread(_("data query"), UnreadReason.CORRUPT, key=name)
    for part in parts:
        yield part.strip("\ufeff\0 ")
        for match in _TYPED_IN.finditer(part):
            try:
                packed = b64decode(match.group(1) + "==")
                yield zlib.decompressobj(-15).decompress(packed, limit).decode("utf-8", "replace")
            except (Error, ValueError, zlib.error):
                builder.unread(_("table of a data query"), UnreadReason.CORRUPT, key=name)
