"""A small PDF made of objects of another one: so that pdfium reads what no page of that shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screener.extract.formats.pdf.content import PACKED_PICTURES, name_of
from screener.extract.formats.pdf.file import PdfObjects

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a copy; one that would be larger is not made."""
_LEFT_OUT = frozenset(
    (
        *("Parent", "Annots", "B", "P", "StructParents", "StructParent", "Metadata", "PieceInfo"),
        *("AA", "OC", "Thumb", "Dests", "Length", "Tabs"),
    )
)
_PACKING = frozenset(("Filter", "DecodeParms", "F", "FFilter", "FDecodeParms", "DP"))
_PLAIN = frozenset(range(0x21, 0x7F)) - frozenset(b"#%()/<>[]{}")


class TooLarge(Exception):
    """The copy would be larger than ``MOST_BYTES``."""


class Copy:
    """Writes pages and all that they refer to. Numbers 1 and 2 are the catalogue and the pages."""

    def __init__(self, objects: PdfObjects) -> None:
        self._objects = objects
        self._numbers: dict[int, int] = {}
        self._waiting: list[int] = []
        self._bodies: dict[int, bytes] = {}
        self._pages: list[int] = []
        self._next = 3
        self._size = 0

    def add_page(self, page: Mapping[str, Any], content: bytes | None = None) -> None:
        """Add a page with the entries of ``page``; ``content`` is its stream, if not in these."""
        entries = self._entries(page) + b" /Parent 2 0 R /Type /Page"
        if content is not None:
            number = self._take()
            self._keep(number, _stream(b"", content))
            entries += b" /Contents %d 0 R" % number
        number = self._take()
        self._keep(number, b"<<" + entries + b" >>")
        self._pages.append(number)
        while self._waiting:
            old = self._waiting.pop()
            self._keep(self._numbers[old], self._written(self._objects.get(old)))

    def reference(self, number: int) -> bytes:
        """A reference to the copy of an object."""
        if number not in self._numbers:
            self._numbers[number] = self._take()
            self._waiting.append(number)
        return b"%d 0 R" % self._numbers[number]

    def finish(self) -> bytes:
        """The file; empty without pages."""
        if not self._pages:
            return b""
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        self._bodies[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self._bodies[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids)
        parts = [b"%PDF-1.7\n"]
        places, at = {}, len(parts[0])
        for number, body in self._bodies.items():
            places[number] = at
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(parts[-1])
        numbers = range(1, self._next)
        index = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in numbers)
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (self._next, index))
        parts.append(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n" % self._next)
        parts.append(b"%d\n%%%%EOF\n" % at)
        return b"".join(parts)

    def _take(self) -> int:
        self._next += 1
        return self._next - 1

    def _keep(self, number: int, body: bytes) -> None:
        self._bodies[number] = body
        self._size += len(body)
        if self._size > MOST_BYTES:
            raise TooLarge

    def _entries(self, entries: Mapping[str, Any]) -> bytes:
        return b"".join(
            b" %s %s" % (_name(key), self._written(value))
            for key, value in entries.items()
            if key not in _LEFT_OUT
        )

    def _written(self, value: Any) -> bytes:
        from pdfminer.pdftypes import PDFObjRef, PDFStream

        if isinstance(value, PDFObjRef):
            return self.reference(value.objid)
        if isinstance(value, PDFStream):
            return self._copied(value)
        if isinstance(value, dict):
            return b"<<" + self._entries(value) + b" >>"
        if isinstance(value, list | tuple):
            return b"[" + b" ".join(map(self._written, value)) + b"]"
        return _plain(value)

    def _copied(self, stream: Any) -> bytes:
        filters = {name_of(found) for found, _parameters in stream.get_filters()}
        attributes = dict(stream.attrs)
        if filters & PACKED_PICTURES:
            content = stream.rawdata if stream.rawdata is not None else stream.get_data()
            if stream.decipher and stream.rawdata is not None:
                content = stream.decipher(stream.objid, stream.genno, content, attributes)
        else:
            content = stream.get_data()
            attributes = {key: attributes[key] for key in attributes if key not in _PACKING}
        return _stream(self._entries(attributes), content)


def _plain(value: Any) -> bytes:
    """A number, a string or a name as the file writes it."""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, bytes):
        return b"<" + value.hex().encode() + b">"
    if isinstance(value, int | float):
        return f"{value:f}".encode() if isinstance(value, float) else b"%d" % value
    return _name(name_of(value)) if name_of(value) else b"null"


def _stream(entries: bytes, content: bytes) -> bytes:
    head = b"<<%s /Length %d >>\nstream\n" % (entries, len(content))
    return head + content + b"\nendstream"


def _name(name: str) -> bytes:
    written = b"".join(
        bytes([byte]) if byte in _PLAIN else b"#%02X" % byte
        for byte in name.encode("utf-8", "surrogateescape")
    )
    return b"/" + written


def pages_in_order(objects: PdfObjects) -> Iterable[int]:
    """The numbers of the pages that the file shows (7.7.3), in order."""
    from pdfminer.pdftypes import PDFObjRef

    waiting = [objects.document.catalog.get("Pages")]
    met: set[int] = set()
    while waiting:
        reference = waiting.pop()
        node = objects.resolved(reference)
        number = reference.objid if isinstance(reference, PDFObjRef) else -1
        if not isinstance(node, dict) or number in met:
            continue
        met.add(number)
        kids = objects.resolved(node.get("Kids"))
        if isinstance(kids, list):
            waiting.extend(reversed(kids))
        else:
            yield number
