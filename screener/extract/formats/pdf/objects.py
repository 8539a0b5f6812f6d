"""Words in a PDF that no page draws: scripts, marks to redact, forms, tags, objects nothing uses.

pdfium tells of pages, fields and properties. What else people or programs wrote into a file stands
in strings of its objects (ISO 32000-2, 7.3); pdfminer hands out all of them, so nothing depends on
knowing every key. Strings that say nothing a rule could find are passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.content import name_of, text_of
from screener.extract.formats.pdf.file import MOST_OBJECTS, PdfObjects
from screener.extract.formats.pdf.known import bare
from screener.extract.formats.pdf.strays import Strays
from screener.extract.inside import read_inside
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

MOST_STREAM = 4 * 1024 * 1024
"""Bytes of a script, form or property stream that are looked at."""
_SAYS = re.compile("[\u3400-\u9fff@]|[0-9]{7}|[0-9 -]{15}")
_LONG = re.compile("[0-9]{11}")
"""A name that holds a number: names are not for people, but anything can be written into them."""
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
    strays: Strays, builder: DocumentBuilder, context: ReadContext, attached: set[str]
) -> None:
    """Add the texts of all objects that were not read yet, and attached files among them.

    ``attached`` are the SHA-256 of the attached files that were read already, in hex; ``strays`` is
    shown every object.
    """
    found = _Found()
    objects = strays.objects
    what = _("objects beside the pages")
    try:
        walk = _Walk(objects, found)
        for number, value in chain(objects.all(), objects.unlisted()):
            walk.object(value)
            strays.look(number, value)
        for key, said in strays.said:
            walk.keep(key, text_of(said))
    except Exception as error:  # pdfminer raises anything for what pdfium still opens
        builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)
    else:
        if objects.torn:
            builder.unread(what, UnreadReason.CORRUPT, objects.torn)
        if len(objects.numbers) > MOST_OBJECTS:
            builder.unread(what, UnreadReason.TOO_LARGE)
    said_before = bare(builder.text) if found.texts else ""
    for text, key in found.texts.items():
        if bare(text) not in said_before:
            builder.add(text, SegmentKind.HIDDEN, Property(key), visible=False)
    for name, content in found.files:
        digest = hashlib.sha256(content).hexdigest()
        if digest not in attached:
            attached.add(digest)
            read_inside(builder, context, content, name)


def texts_of(objects: PdfObjects, number: int) -> list[tuple[str, str]]:
    """Key and text of all that one object says."""
    found = _Found()
    _Walk(objects, found).object(objects.get(number))
    return [(key, text) for text, key in found.texts.items()]


class _Walk:
    """Strings of objects with the key they stand under; references are followed where they say."""

    def __init__(self, objects: PdfObjects, found: _Found) -> None:
        self._resolved = objects.resolved
        self._found = found

    def object(self, value: Any) -> None:
        """All that one object says."""
        for key, text in self._strings(value):
            self.keep(key, text)

    def keep(self, key: str, text: str) -> None:
        """What a string says that stands under a key."""
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
                    yield key, text_of(stream.get_data()[:MOST_STREAM])
            elif isinstance(item, PDFStream):
                waiting.append((key, item.attrs))
            elif isinstance(item, dict):
                self._file(item)
                signature = "ByteRange" in item
                for name, inner in item.items():
                    if _LONG.search(name):
                        yield "name", name
                    if name not in _NO_TEXT and not (signature and name == "Contents"):
                        waiting.append((name, inner))
            elif isinstance(item, list):
                waiting.extend((key, inner) for inner in item)
            elif isinstance(item, bytes):
                yield key, text_of(item)
            elif isinstance(item, str):
                yield key, item
            elif _LONG.search(name := name_of(item)):
                yield key, name

    def _file(self, specification: dict[str, Any]) -> None:
        """Keep the content of an embedded file (7.11.3), with its name."""
        from pdfminer.pdftypes import PDFStream

        files = self._resolved(specification.get("EF"))
        if not isinstance(files, dict):
            return
        stream = next((self._resolved(files[key]) for key in ("UF", "F") if key in files), None)
        if isinstance(stream, PDFStream):
            name = self._resolved(specification.get("UF", specification.get("F", b"")))
            shown = text_of(name) if isinstance(name, bytes) else str(name)
            self._found.files.append((shown or "attachment", stream.get_data()))


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
