"""Macros of office papers: the source of every module, as its author wrote it ([MS-OVBA]).

A project is a storage with a stream ``dir``, which lists the modules, and a stream for each of
them; both are packed. What a project says beside its modules (references, constants, forms) is
read for its words.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.part_places import MacroLines

_SIGNATURE, _CHUNK = 1, 4096
_CODEPAGE, _VERSION, _NAME, _NAME_WIDE = 0x03, 0x09, 0x19, 0x47
_STREAM, _OFFSET, _END_OF_DIR = 0x1A, 0x31, 0x10
_STREAM_WIDE = 0x32
_SAYINGS = {
    **dict.fromkeys((0x04, 0x05, 0x06, 0x0C, 0x0D, 0x16, 0x1C, 0x2F, 0x33), False),
    **dict.fromkeys((0x40, 0x3D, 0x3C, 0x3E, 0x48), True),
}
"""Records that hold a text (names, descriptions, help files, constants, references), and whether
it is in UTF-16."""
_CODECS = {936: "gb18030", 950: "big5", 65001: "utf-8", 10008: "gb18030"}
_QUIET_LINE = re.compile('(?:ID|CMG|DPB|GC)="[^"]*"|&H[0-9A-F]{8}=[^\n]*')
_ATTRIBUTES = re.compile(r"(?:Attribute VB_[A-Za-z_]+ = [^\r\n]*(?:\r\n|\Z))+")
_USUAL = re.compile(
    r'Attribute VB_(?:Name = "[A-Za-z]+[0-9]*"|Base = "[^"]*"|(?:GlobalNameSpace|Creatable'
    r"|PredeclaredId|Exposed|TemplateDerived|Customizable) = (?:True|False))"
)


class _Torn(ValueError):
    """The packed bytes are none."""


def unpack(data: bytes, limit: int) -> bytes:
    """A packed stream ([MS-OVBA] 2.4.1). Raises ValueError for one torn or above ``limit``."""
    if not data or data[0] != _SIGNATURE:
        raise _Torn("no packed stream")
    made = bytearray()
    at = 1
    while at + 2 <= len(data):
        (header,) = struct.unpack_from("<H", data, at)
        end = at + (header & 0x0FFF) + 3
        if header >> 12 & 7 != 3 or end > len(data):
            raise _Torn("no packed stream")
        if header & 0x8000:
            _unpack_chunk(data, at + 2, end, made)
        else:
            made += data[at + 2 : end]
        if len(made) > limit:
            raise _Torn("too long")
        at = end
    return bytes(made)


def _unpack_chunk(data: bytes, at: int, end: int, made: bytearray) -> None:
    start = len(made)
    while at < end:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                made.append(data[at])
                at += 1
                continue
            if at + 2 > end:
                raise _Torn("half a token")
            (token,) = struct.unpack_from("<H", data, at)
            at += 2
            bits = max((len(made) - start - 1).bit_length(), 4)
            length = (token & 0xFFFF >> bits) + 3
            back = (token >> 16 - bits) + 1
            if back > len(made) - start or len(made) - start + length > _CHUNK:
                raise _Torn("token out of the chunk")
            piece = bytes(made[-back:])
            made += (piece * (length // back + 1))[:length]


@dataclass(slots=True)
class _Module:
    name: str
    stream: str
    offset: int = 0


@dataclass(slots=True)
class _Project:
    """What ``dir`` says: the modules, and texts beside them."""

    codec: str = "gb18030"
    modules: list[_Module] = field(default_factory=list)
    sayings: list[str] = field(default_factory=list)


def _project(data: bytes) -> _Project:
    project = _Project()
    at = 0
    while at + 6 <= len(data):
        kind, size = struct.unpack_from("<HI", data, at)
        body = data[at + 6 : at + 6 + size]
        at += 6 + size
        if kind == _VERSION:
            at += 2  # its size does not count the minor version
        elif kind == _CODEPAGE and len(body) == 2:
            page = int.from_bytes(body, "little")
            project.codec = _CODECS.get(page, f"cp{page}")
        elif kind == _NAME:
            name = _decoded(body, project.codec)
            project.modules.append(_Module(name, name))
        elif kind in (_NAME_WIDE, _STREAM, _STREAM_WIDE) and project.modules:
            wide = kind != _STREAM
            text = body.decode("utf-16-le", "replace") if wide else _decoded(body, project.codec)
            if kind == _NAME_WIDE:
                project.modules[-1].name = text
            else:
                project.modules[-1].stream = text
        elif kind == _OFFSET and project.modules and len(body) == 4:
            project.modules[-1].offset = int.from_bytes(body, "little")
        elif kind in _SAYINGS:
            wide = _SAYINGS[kind]
            text = body.decode("utf-16-le", "replace") if wide else _decoded(body, project.codec)
            project.sayings.append(text.strip("\0 "))
        if kind == _END_OF_DIR:
            return project
    raise _Torn("the list has no end")


def _decoded(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("gb18030", "replace")


def add_macros(streams: Any, builder: DocumentBuilder, limit: int) -> None:
    """Add the source of every macro project in a compound file; what is torn is told.

    ``streams`` is an opened olefile, ``limit`` the most bytes that a stream may unpack to.
    """
    listed = streams.listdir()
    for path in listed:
        if len(path) > 1 and path[-2].upper() == "VBA" and path[-1].lower() == "dir":
            _Source(streams, path[:-1], builder, limit).add()
    if not any(len(p) > 1 and p[-2].upper() == "VBA" and p[-1].lower() == "dir" for p in listed):
        parts = {part.upper() for path in listed for part in path}
        if parts & {"MACROS", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR"}:
            builder.unread(_("macros"), UnreadReason.CORRUPT, _("their list of modules is missing"))


class _Source:
    """Reads one project: ``folder`` is the storage VBA."""

    def __init__(
        self, streams: Any, folder: list[str], builder: DocumentBuilder, limit: int
    ) -> None:
        self.streams = streams
        self.folder = folder
        self.builder = builder
        self.limit = limit

    def add(self) -> None:
        """Modules, then what stands beside them."""
        try:
            project = _project(unpack(self._stream([*self.folder, "dir"]), self.limit))
        except ValueError:
            self._torn(_("macros"))
            return
        lines = list(dict.fromkeys(text for text in project.sayings if _tells(text)))
        for module in project.modules:
            self._module(module, project.codec)
        own = {module.stream.lower() for module in project.modules}
        for path in self.streams.listdir():
            if path[: len(self.folder) - 1] != self.folder[:-1] or path == self.folder:
                continue
            inside = path[len(self.folder) - 1 :]
            if inside[0] == self.folder[-1] and (inside[-1].lower() in own or len(inside) == 1):
                continue
            lines += self._beside(path, inside[-1].lower(), project.codec)
        text = "\n".join(dict.fromkeys(lines))
        place = MacroLines.of("PROJECT", text)
        self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)

    def _module(self, module: _Module, codec: str) -> None:
        try:
            raw = self._stream([*self.folder, module.stream])[module.offset :]
            source = _decoded(unpack(raw, self.limit), codec)
        except ValueError:
            self._torn(_("macros {name}").format(name=module.name))
            return
        text = source.rstrip("\0").replace("\r\n", "\n")
        if _only_attributes(source):
            return
        place = MacroLines.of(module.name, text)
        self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)

    def _beside(self, path: list[str], name: str, codec: str) -> Iterator[str]:
        """Words of the project's own list, of forms, and of what programs keep of the code."""
        if name == "dir":
            return
        raw = self._stream(path)
        if name == "project":
            for line in _decoded(raw, codec).splitlines():
                if not _QUIET_LINE.fullmatch(line) and _tells(line):
                    yield line
        else:
            yield from words(raw)

    def _stream(self, path: list[str]) -> bytes:
        try:
            return bytes(self.streams.openstream(path).read())
        except Exception as error:  # olefile raises a dozen types for what is broken or missing
            raise _Torn("no such stream") from error

    def _torn(self, what: str) -> None:
        key = "/".join([*self.folder, what])
        self.builder.unread(what, UnreadReason.CORRUPT, key=key)


def _only_attributes(source: str) -> bool:
    """Whether a module is empty: a sheet's or the workbook's, which every project has."""
    rest = _ATTRIBUTES.sub("", source, count=1)
    told = source[: len(source) - len(rest)]
    return not rest.strip("\0\r\n ") and all(
        _USUAL.fullmatch(line) for line in told.splitlines() if line.strip()
    )


def _tells(text: str) -> bool:
    return any(char > "\x7f" for char in text) or bool(re.search("[0-9]{7}|@|[\\\\/]", text))
