"""What a conversion leaves out of an old paper: words, macros and files in the paper itself.

Text that was deleted stays in the bytes of old Word papers and shows ([MS-DOC] 2.3, fast saves;
[MS-PPT] 2.1.2, user edits); rich text may hold groups that programs pass over; OpenDocument
packages hold parts that nothing leads to.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from screener.extract import compound
from screener.extract.builder import DocumentBuilder
from screener.extract.compound_open import opened
from screener.extract.formats.rtf_text import rtf_text
from screener.extract.inside import read_inside
from screener.extract.macros import add_macros
from screener.extract.opc_parts import said_in
from screener.extract.package import Node, local, parse_xml
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.part_places import MacroLines
from screener.model.place import Property

_TEXT_STREAMS = ("WordDocument", "PowerPoint Document")
_SPACE = re.compile("[ \t\r\n\x07\x0b\x0c\u3000\xa0]+")
_WORDS = re.compile("[\u4e00-\u9fff]+|[0-9A-Za-z@._+-]+")
_SAYS = re.compile("[\u4e00-\u9fff]{2}|[0-9]{7}|@")
_NUMBER = re.compile("(?<![0-9])[0-9]{11,19}[Xx]?(?![0-9])")
_STORAGE, _ATOM, _PACKED = 0x1011, 8, 1
_OBJECT_DATA = re.compile(rb"\\objdata(?![a-z])[ ]?([0-9a-fA-F \r\n\t]{40,})")
_CONVERTED_FOLDERS = ("Pictures/", "Thumbnails/", "ObjectReplacements/", "media/")
_MACRO_FOLDERS = ("Basic/", "Scripts/")
_QUIET_PARTS = ("META-INF/manifest.xml", "manifest.rdf", "layout-cache", "mimetype")
_QUIET_FOLDERS = ("Configurations2/", "Dialogs/")


def add_from_streams(streams: Any, builder: DocumentBuilder, context: ReadContext) -> None:
    """Macros, properties and words of a compound file that the converted paper does not hold."""
    limit = context.limits.file_bytes
    add_macros(streams, builder, limit)
    compound.read_properties(streams, builder, but=builder.text)
    for name in _TEXT_STREAMS:
        if streams.exists(name):
            try:
                content = compound.stream(streams, [name])
            except Unreadable as problem:
                builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
                continue
            _add_new(words(content), name, builder)
            for storage in _storages(content, limit) if name != "WordDocument" else ():
                _macros_in(storage, builder, limit)
    compound.left_behind(streams, builder)


def _macros_in(storage: bytes, builder: DocumentBuilder, limit: int) -> None:
    """Macros of a show lie packed inside its one stream."""
    try:
        with opened(storage) as inner:
            add_macros(inner, builder, limit)
    except Unreadable as problem:
        builder.unread(_("embedded file {name}").format(name=""), problem.reason, problem.detail)


def _storages(data: bytes, limit: int) -> Iterator[bytes]:
    """Compound files in the records of a show ([MS-PPT] 2.10.34), unpacked."""
    at = 0
    while at + _ATOM <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        if version & 0xF == 0xF:
            at += _ATOM  # a container: its records follow
            continue
        if kind == _STORAGE:
            body = data[at + _ATOM : at + _ATOM + size]
            if version >> 4 == _PACKED:
                try:
                    body = zlib.decompressobj().decompress(body[4:], limit)
                except zlib.error:
                    body = b""
            if body:
                yield body
        at += _ATOM + size


def _add_new(texts: Iterable[str], name: str, builder: DocumentBuilder) -> None:
    """Add as hidden what the text read so far does not hold, spaces and line ends aside."""
    read = _SPACE.sub("", builder.text)
    for text in dict.fromkeys(texts):
        bare = _SPACE.sub("", text)
        if bare and bare not in read and _SAYS.search(bare) and _says_more(text, read):
            builder.add(text.strip(), SegmentKind.HIDDEN, Property(name), visible=False)


def _says_more(text: str, read: str) -> bool:
    """Whether a text holds a word or number that was not read: cells, numbers of notes and names
    of styles may stand in one line with what was.
    """
    return any(word not in read for word in _WORDS.findall(text) if _SAYS.search(word))


def add_from_rtf(data: bytes, made: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
    """Words of groups that the converter passes over, and files in objects that it left out.

    ``made`` is the converted paper.
    """
    _add_new(rtf_text(data, everything=True).split("\n"), "rtf", builder)
    read = builder.text
    for number in dict.fromkeys(_NUMBER.findall(rtf_text(data, everything=True, tables=True))):
        if number not in read:  # among names of fonts and styles, where none belongs
            builder.add(number, SegmentKind.HIDDEN, Property("rtf"), visible=False)
    tail = data[data.rfind(b"}") + 1 :]
    _add_new(words(tail), "rtf", builder)
    if b"/embeddings/" in made:
        return
    for number, match in enumerate(_OBJECT_DATA.finditer(data), 1):
        digits = re.sub(rb"[ \r\n\t]", b"", match.group(1))
        raw = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        name, content = compound.first_object(raw)
        shown = name or _("embedded file {name}").format(name=number)
        read_inside(builder, context, content, shown)


def add_from_package(data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
    """Macros, words and files of an OpenDocument package that the converted paper does not hold.

    The package's size was looked at before it was converted.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            name = entry.filename
            passed = name.startswith((*_CONVERTED_FOLDERS, *_QUIET_FOLDERS))
            if entry.is_dir() or name in _QUIET_PARTS or passed:
                continue
            try:
                content = package.read(entry)
            except Exception:  # zipfile raises a dozen types for what is torn
                builder.unread(_("part {part}").format(part=name), UnreadReason.CORRUPT)
                continue
            if name.endswith((".xml", ".rdf")):
                _add_part(content, name, builder)
            elif not name.startswith("Object "):
                read_inside(builder, context, content, name)


def _add_part(content: bytes, name: str, builder: DocumentBuilder) -> None:
    try:
        root: Node = parse_xml(content, name)
    except Unreadable:
        _add_new(words(content), name, builder)
        return
    if name.startswith(_MACRO_FOLDERS) and local(root) == "module":
        text = "".join(root.itertext()).strip("\n")
        module = str(root.get(next((k for k in root.attrib if k.endswith("}name")), "name"), name))
        place = MacroLines.of(module, text)
        builder.add(text, SegmentKind.HIDDEN, place, visible=False)
        return
    _add_new(said_in(root), name, builder)
