"""Outlook mails (.msg, [MS-OXMSG]): subject, people, every body, attachments, all other properties.

A property is a stream named by its number and type; recipients, attachments and mails in the mail
are storages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from screener.extract import compound
from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.compound_open import opened
from screener.extract.formats.rtf_text import rtf_text, unpack_rtf
from screener.extract.formats.text import line_starts
from screener.extract.inside import read_inside, refuse_inside, shown_name
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, Source, UnreadReason
from screener.model.part_places import MailHeader
from screener.model.place import FileName, Lines, Property

OUTLOOK = "application/vnd.ms-outlook"
_STREAM = re.compile("__substg1[.]0_([0-9A-F]{4})([0-9A-F]{4})(?:-[0-9A-F]{8})?", re.IGNORECASE)
_WIDE, _NARROW, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_MANY = 0x1000
_SHOWN = {
    0x0037: "subject",
    0x0C1A: "from",
    0x0C1F: "from",
    0x5D01: "from",
    0x0042: "from",
    0x0065: "from",
    0x0E04: "to",
    0x0E03: "cc",
    0x0E02: "bcc",
}
"""Properties that a mail program shows, by the header they make."""
_BODY, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_DATA, _LONG_NAME, _SHORT_NAME, _TITLE = 0x3701, 0x3707, 0x3704, 0x3001
_PEOPLE = (0x3001, 0x3003, 0x39FE, 0x5FF6)
_QUIET = frozenset((0x001A, 0x0E1D, 0x0070, 0x370E, 0x3703, 0x0C1E, 0x0064, 0x3002))
"""Message class, the subject again, types of addresses and attachments."""


class MsgReader:
    """Headers as they are shown, bodies, attachments by their own format, properties."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Open the file and read the mail and those inside it."""
        with opened(data, strict=True) as streams:
            _Mail(_Store(streams), [], builder, context).read()
            compound.left_behind(streams, builder)


class _Store:
    """The file's streams and storages, by the storage that they stand in."""

    def __init__(self, streams: Any) -> None:
        self.streams = streams
        self.inside: dict[tuple[str, ...], dict[str, None]] = {}
        for entry in streams.listdir(streams=True, storages=True):
            for depth in range(len(entry)):
                self.inside.setdefault(tuple(entry[:depth]), {})[entry[depth]] = None

    def names(self, path: Sequence[str]) -> list[str]:
        """What stands directly in a storage."""
        return list(self.inside.get(tuple(path), ()))


class _Mail:
    """One mail: the file itself, or a mail in a storage of it."""

    def __init__(
        self, store: _Store, path: list[str], builder: DocumentBuilder, context: ReadContext
    ) -> None:
        self.store = store
        self.path = path
        self.builder = builder
        self.context = context
        self.texts = self._texts(path)

    def read(self) -> None:
        """Headers, bodies, recipients, attachments, then all other properties."""
        told: set[str] = set()
        for wanted in dict.fromkeys(_SHOWN.values()):
            for number, header in _SHOWN.items():
                text = self.texts.get(number, "").strip()
                if header == wanted and text and (header + text) not in told:
                    told.add(header + text)
                    self.builder.add(text, SegmentKind.HEADER, MailHeader(header))
        self.builder.set_facts(replace(self.builder.facts, title=self.texts.get(0x0037, "")))
        self._bodies()
        for name in self._storages("__recip_version"):
            self._recipient([*self.path, name])
        for number, name in enumerate(self._storages("__attach_version"), 1):
            self.context.spent.members += 1
            if self.context.spent.members > self.context.limits.members:
                detail = _("more than {limit} members ({key})").format(
                    limit=self.context.limits.members, key="[limits] members"
                )
                raise Unreadable(UnreadReason.TOO_LARGE, detail)
            self._attachment([*self.path, name], number)
        self._properties(self.texts, (*_SHOWN, _BODY, _HTML, *_QUIET))

    def _storages(self, start: str) -> list[str]:
        return [name for name in self.store.names(self.path) if name.lower().startswith(start)]

    def _read(self, path: Sequence[str]) -> bytes:
        """A stream's bytes; a broken one is told."""
        try:
            return bytes(self.store.streams.openstream(list(path)).read())
        except Exception as error:  # olefile raises a dozen types for what is broken
            what = _("part {part}").format(part=path[-1])
            key = "/".join(path)
            self.builder.unread(what, UnreadReason.CORRUPT, type(error).__name__, key=key)
            return b""

    def _texts(self, path: list[str]) -> dict[int, str]:
        """Every text property directly in a storage, by its number."""
        texts: dict[int, str] = {}
        for name in self.store.names(path):
            found = _STREAM.fullmatch(name)
            if found is None:
                continue
            number, kind = int(found[1], 16), int(found[2], 16)
            if kind & ~_MANY == _WIDE:
                text = self._read([*path, name]).decode("utf-16-le", "replace")
            elif kind & ~_MANY == _NARROW:
                text = any_text(self._read([*path, name]).rstrip(b"\0"))
            else:
                continue
            text = text.rstrip("\0")
            known = texts.get(number, "")
            texts[number] = f"{known}\n{text}" if known and text not in known else text or known
        return texts

    def _binary(self, path: list[str], number: int) -> bytes | None:
        """A binary property, None where there is none."""
        wanted = f"__substg1.0_{number:04X}{_BINARY:04X}"
        if wanted not in self.store.names(path):
            return None
        return self._read([*path, wanted])

    def _bodies(self) -> None:
        """The plain body, the page, and what a formatted body says beyond them."""
        plain = self.texts.get(_BODY, "").replace("\r\n", "\n")
        if plain.strip():
            self.builder.add(plain, SegmentKind.BODY, Lines(line_starts(plain)))
        page = self._binary(self.path, _HTML)
        if page is None and self.texts.get(_HTML):
            page = self.texts[_HTML].encode("utf-8-sig")
        if page:
            read_inside(self.builder, self.context, page, _("body") + ".html")
        packed = self._binary(self.path, _RTF)
        if packed:
            self._formatted(packed)

    def _formatted(self, packed: bytes) -> None:
        try:
            text = rtf_text(unpack_rtf(packed, self.context.limits.file_bytes))
        except ValueError:
            self.builder.unread(_("the formatted body"), UnreadReason.CORRUPT)
            return
        known = _squeezed(self.builder.text)
        lines = [line for line in text.split("\n") if _squeezed(line) not in known]
        more = "\n".join(lines).strip()
        if more:
            self.builder.add(more, SegmentKind.BODY, Lines(line_starts(more)))

    def _recipient(self, path: list[str]) -> None:
        texts = self._texts(path)
        for number in _PEOPLE:
            text = texts.get(number, "").strip()
            if text and text not in self.texts.get(0x0E04, ""):
                self.builder.add(text, SegmentKind.HEADER, MailHeader("to"))
        self._properties(texts, (*_PEOPLE, *_QUIET))

    def _attachment(self, path: list[str], number: int) -> None:
        texts = self._texts(path)
        told = (texts.get(n, "").strip() for n in (_LONG_NAME, _SHORT_NAME, _TITLE))
        name = next(filter(None, told), _("part {number}").format(number=number))
        content = self._binary(path, _DATA)
        if content is not None:
            read_inside(self.builder, self.context, content, name)
        else:
            self._object([*path, f"__substg1.0_{_DATA:04X}{_OBJECT:04X}"], name, number)
        self._properties(texts, (_LONG_NAME, _SHORT_NAME, _TITLE, *_QUIET))

    def _object(self, path: list[str], name: str, number: int) -> None:
        """A mail in the mail, or an object of another program."""
        if "__properties_version1.0" not in self.store.names(path):
            if self.store.names(path):
                content = compound.rebuilt(self.store.streams, path)
                read_inside(self.builder, self.context, content, name)
                return
            detail = _("an object of another program, or a file that lies elsewhere")
            key = f"{name}\0{number}"
            refuse_inside(
                self.builder, self.context, name, UnreadReason.UNSUPPORTED, detail, key=key
            )
            return
        depth = self.context.depth + 1
        if depth > self.context.limits.depth:
            refuse_inside(self.builder, self.context, name, UnreadReason.TOO_DEEP)
            return
        inner = DocumentBuilder()
        shown = name if name.lower().endswith(".msg") else f"{name}.msg"
        _Mail(self.store, path, inner, replace(self.context, name=shown, depth=depth)).read()
        inner.add(shown, SegmentKind.FILE_NAME, FileName())
        document = inner.build(Source("", 0, OUTLOOK, shown, shown))
        self.builder.absorb(document, (shown_name(self.context.name), shown_name(shown)))

    def _properties(self, texts: dict[int, str], but: Sequence[int]) -> None:
        """Text properties that no program shows: transport headers, categories, companies …"""
        for number, text in texts.items():
            if number not in but and text.strip():
                place = Property(f"{number:04X}")
                self.builder.add(text.strip(), SegmentKind.METADATA, place, visible=False)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\xa0\u3000\x1e]+", "", text)
