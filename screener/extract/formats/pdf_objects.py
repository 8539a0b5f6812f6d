"""Words in a PDF that no page draws: scripts, marks to redact, forms, tags, objects nothing uses.

pdfium tells of pages, fields and properties. What else people or programs wrote into a file stands
in strings of its objects (ISO 32000-2, 7.3); pdfminer hands out all of them, so nothing depends on
knowing every key. Strings that say nothing a rule could find are passed over.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

MOST_OBJECTS = 500_000
"""Objects of a file that are looked at; a file with more says so."""
MOST_STREAM = 4 * 1024 * 1024
"""Bytes of a script, form or property stream that are looked at."""
_SAYS = re.compile("[\u3400-\u9fff@]|[0-9]{7}|[0-9 -]{15}")
_DATE = re.compile(r"D:[0-9]{4,14}.{0,8}", re.DOTALL)
_GUID = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32}")
_MARKUP = re.compile("<[^>]*>")
_VALUES = re.compile("=[ ]*(?:\"([^\"]*)\"|'([^']*)')")
_TEXT_STREAMS = frozenset(("JS", "XFA", "RC", "RV", "Metadata", "Private"))
"""Keys whose value may be a stream of text."""
_NO_TEXT = frozenset(
    (
        *("ID", "ByteRange", "Registry", "Ordering", "CharSet", "Panose", "Cert", "CheckSum"),
        *("Decode", "Indexed", "Lookup", "Widths", "W", "FontName", "Producer", "Creator"),
    )
)
"""Keys whose strings are no text."""


@dataclass(slots=True)
class _Found:
    """Texts by what they were written under, and attached files with their names."""

    texts: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)


def read_objects(
    data: bytes, builder: DocumentBuilder, context: ReadContext, attached: set[str]
) -> None:
    """Add the texts of all objects that were not read yet, and attached files among them.

    ``attached`` are the SHA-256 of the attached files that were read already, in hex.
    """
    found = _Found()
    try:
        complete = _collect(data, found)
    except Exception as error:  # pdfminer raises anything for what pdfium still opens
        builder.unread(_("objects beside the pages"), UnreadReason.CORRUPT, type(error).__name__)
    else:
        if not complete:
            builder.unread(_("objects beside the pages"), UnreadReason.TOO_LARGE)
    said = _bare(builder.text) if found.texts else ""
    for text, key in found.texts.items():
        if _bare(text) not in said:
            builder.add(text, SegmentKind.HIDDEN, Property(key), visible=False)
    for name, content in found.files:
        digest = hashlib.sha256(content).hexdigest()
        if digest not in attached:
            attached.add(digest)
            read_inside(builder, context, content, name)


def _collect(data: bytes, found: _Found) -> bool:
    """Walk through all objects; False when there are too many."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    document: Any = PDFDocument(PDFParser(io.BytesIO(data)), caching=False)
    numbers = sorted({number for xref in document.xrefs for number in xref.get_objids()})
    walk = _Walk(document.getobj, found)
    for number in numbers[:MOST_OBJECTS]:
        walk.object(number)
    return len(numbers) <= MOST_OBJECTS


class _Walk:
    """Strings of objects with the key they stand under; references are followed where they say."""

    def __init__(self, fetch: Callable[[int], Any], found: _Found) -> None:
        self._fetch = fetch
        self._found = found

    def object(self, number: int) -> None:
        """One object by its number; a number that stands for nothing is passed over."""
        from pdfminer.pdftypes import PDFObjectNotFound

        try:
            value = self._fetch(number)
        except PDFObjectNotFound:
            return
        for key, text in self._strings(value):
            for part in _said(text):
                self._found.texts.setdefault(part, key)

    def _strings(self, value: Any) -> Iterator[tuple[str, str]]:
        from pdfminer.pdftypes import PDFObjRef, PDFStream

        waiting: list[tuple[str, Any]] = [("object", value)]
        while waiting:
            key, item = waiting.pop()
            if isinstance(item, PDFObjRef):
                stream = self._resolved(item) if key in _TEXT_STREAMS else None
                if isinstance(stream, PDFStream):
                    yield key, _decoded(stream.get_data()[:MOST_STREAM])
            elif isinstance(item, PDFStream):
                waiting.append((key, item.attrs))
            elif isinstance(item, dict):
                self._file(item)
                signature = "ByteRange" in item
                for name, inner in item.items():
                    if name not in _NO_TEXT and not (signature and name == "Contents"):
                        waiting.append((name, inner))
            elif isinstance(item, list):
                waiting.extend((key, inner) for inner in item)
            elif isinstance(item, bytes):
                yield key, _decoded(item)
            elif isinstance(item, str):
                yield key, item

    def _file(self, specification: dict[str, Any]) -> None:
        """Keep the content of an embedded file (7.11.3), with its name."""
        from pdfminer.pdftypes import PDFStream

        files = self._resolved(specification.get("EF"))
        if not isinstance(files, dict):
            return
        stream = next((self._resolved(files[key]) for key in ("UF", "F") if key in files), None)
        if isinstance(stream, PDFStream):
            name = self._resolved(specification.get("UF", specification.get("F", b"")))
            shown = _decoded(name) if isinstance(name, bytes) else str(name)
            self._found.files.append((shown or "attachment", stream.get_data()))

    def _resolved(self, value: Any) -> Any:
        from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef

        try:
            return self._fetch(value.objid) if isinstance(value, PDFObjRef) else value
        except PDFObjectNotFound:
            return None


def _said(text: str) -> Iterator[str]:
    """What a string says: all of it, or of markup the text and the values of attributes."""
    if text.lstrip().startswith("<"):
        yield from (part.strip() for part in _MARKUP.split(text) if _worth(part))
        values = ("".join(match.groups("")) for match in _VALUES.finditer(text))
        yield from (value for value in values if _worth(value) and "://" not in value)
    elif _worth(text):
        yield text.strip()


def _worth(text: str) -> bool:
    bare = text.strip()
    return bool(_SAYS.search(text)) and not _DATE.fullmatch(bare) and not _GUID.fullmatch(bare)


def _decoded(data: bytes) -> str:
    """A text string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (7.9.2.2).

    Some Chinese programs write GB 18030 instead, against the standard.
    """
    from pdfminer.utils import decode_text

    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if not data.isascii():
        for codec in ("utf-8", "gb18030"):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if re.search("[\u4e00-\u9fff]{2}", text):
                return text
    return str(decode_text(data))


def _bare(text: str) -> str:
    return re.sub("[ \u3000\r\n\t]", "", text)
