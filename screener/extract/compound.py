"""What all compound files ([MS-CFB]) share: properties, macros, objects, numbers left over."""

from __future__ import annotations

import re
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.compound_file import compound
from screener.extract.inside import read_inside
from screener.extract.metafile import presentation
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_WIDE_NUMBER = re.compile(b"(?:[0-9]\0){11,30}(?:[Xx]\0)?")
_NARROW_NUMBER = re.compile(b"(?<![0-9])[0-9]{11,19}[Xx]?(?![0-9])")
_SUMMARY = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_NOT_TEXT = frozenset(("template", "creating_application", "thumbnail", "revision_number"))
_CODEPAGES = {65001: "utf-8", 936: "gb18030", 1200: "utf-16-le"}


def read_properties(streams: Any, builder: DocumentBuilder, but: str = "") -> None:
    """Author, title, company and all others that hold text, also those that people made up.

    What stands in ``but`` was read already.
    """
    import olefile

    known = {
        _SUMMARY[0]: olefile.OleMetadata.SUMMARY_ATTRIBS,
        _SUMMARY[1]: olefile.OleMetadata.DOCSUM_ATTRIBS,
    }
    for stream, names in known.items():
        if not streams.exists(stream):
            continue
        try:
            values = streams.getproperties(stream, convert_time=False)
        except Exception:  # olefile raises a dozen types for what is broken
            builder.unread(_("file properties"), UnreadReason.CORRUPT, key=stream)
            continue
        for number, value in sorted(values.items()):
            name = names[number - 1] if 0 < number <= len(names) else f"#{number}"
            for text in _texts(value):
                if name not in _NOT_TEXT and text.strip() and text.strip() not in but:
                    builder.add(text, SegmentKind.METADATA, Property(name), visible=False)
    _read_custom(streams, builder, but)


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values:
        if isinstance(each, bytes):
            found.append(any_text(each.rstrip(b"\0")))
        elif isinstance(each, str):
            found.append(each.rstrip("\0"))
    return found


def _read_custom(streams: Any, builder: DocumentBuilder, but: str) -> None:
    """The second part of the summary holds properties with names of their own ([MS-OLEPS])."""
    if not streams.exists(_SUMMARY[1]):
        return
    raw = streams.openstream(_SUMMARY[1]).read()
    if len(raw) < 68 or int.from_bytes(raw[24:28], "little") < 2:
        return
    custom = raw[int.from_bytes(raw[64:68], "little") :]
    for size_at in range(0, len(custom) - 8, 4):
        kind = int.from_bytes(custom[size_at : size_at + 4], "little")
        length = int.from_bytes(custom[size_at + 4 : size_at + 8], "little")
        if kind not in (0x1E, 0x1F) or not 1 < length < 4096:
            continue
        body = custom[size_at + 8 : size_at + 8 + length * (2 if kind == 0x1F else 1)]
        text = body.decode("utf-16-le", "replace") if kind == 0x1F else any_text(body)
        text = text.split("\0")[0]
        if text.strip() and text.isprintable() and text.strip() not in but:
            builder.add(text, SegmentKind.METADATA, Property("custom"), visible=False)


_PAPERS = {
    "WordDocument": ".doc",
    "Workbook": ".xls",
    "Book": ".xls",
    "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}
"""The main streams of old papers, and the suffix that a paper gets which lies inside another."""


def read_objects(streams: Any, builder: DocumentBuilder, context: ReadContext) -> set[str]:
    """Files that lie inside as objects, each by its own format; returns the streams that were read.

    Packed new papers, files of any kind, old papers in storages of their own, previews.
    """
    done: set[str] = set()
    papers: list[list[str]] = []
    for path in sorted(streams.listdir(), key=len):
        name = path[-2] if len(path) > 1 else context.name
        key = "/".join(path)
        if any(path[: len(folder)] == folder for folder in papers):
            done.add(key)
        elif path[-1] in _PAPERS and len(path) > 1:
            papers.append(path[:-1])
            done.add(key)
            content = rebuilt(streams, path[:-1])
            read_inside(builder, context, content, name + _PAPERS[path[-1]])
        elif path[-1] == "Package":
            done.add(key)
            read_inside(builder, context, stream(streams, path), name)
        elif path[-1] == "\x01Ole10Native":
            done.add(key)
            told, content = _native(stream(streams, path))
            read_inside(builder, context, content, told or name)
        elif path[-1].startswith("\x02OlePres"):
            done.add(key)
            for drawing in presentation(stream(streams, path)):
                read_inside(builder, context, drawing, _("preview") + ".emf")
    return done | {"/".join(p) for p in streams.listdir() if any(p[: len(f)] == f for f in papers)}


def stream(streams: Any, path: list[str]) -> bytes:
    """The bytes of a stream. Raises Unreadable for a torn one."""
    try:
        return bytes(streams.openstream(path).read())
    except Exception as error:  # olefile raises a dozen types for what is broken
        detail = _("the part {part} is torn").format(part=path[-1])
        raise Unreadable(UnreadReason.CORRUPT, detail) from error


def rebuilt(streams: Any, folder: list[str]) -> bytes:
    """A storage with all that is in it as a file of its own. Raises Unreadable for a torn one."""
    tree: dict[str, Any] = {}
    for path in streams.listdir():
        if path[: len(folder)] == folder:
            at = tree
            for part in path[len(folder) : -1]:
                at = at.setdefault(part, {})
            at[path[-1]] = stream(streams, path)
    try:
        return compound(tree)
    except ValueError as error:
        raise Unreadable(UnreadReason.TOO_LARGE) from error


def _native(raw: bytes) -> tuple[str, bytes]:
    """Name and content of a file that was put into a paper as a package."""
    at = 6
    names = []
    for _part in range(2):
        end = raw.find(b"\0", at)
        if end < 0:
            return "", raw[4:]
        names.append(any_text(raw[at:end]))
        at = end + 1
    at += 4
    size = int.from_bytes(raw[at : at + 4], "little")
    at += 4 + size  # the path that it came from
    length = int.from_bytes(raw[at : at + 4], "little")
    content = raw[at + 4 : at + 4 + length]
    return names[0], content if content and len(content) == length else raw[4:]


def first_object(raw: bytes) -> tuple[str, bytes]:
    """Name and content of an object in rich text ([MS-OLEDS] 2.2.5): a compound file, a package."""
    at = 8
    kind = b""
    for part in range(3):
        size = int.from_bytes(raw[at : at + 4], "little")
        if part == 0:
            kind = raw[at + 4 : at + 4 + size].rstrip(b"\0")
        at += 4 + size
    content = raw[at + 4 :]
    if kind == b"Package":
        return _native(content[:4] + content)
    return "", content if content else raw


def left_behind(streams: Any, builder: DocumentBuilder) -> None:
    """Long numbers in the file's bytes that the text read so far does not hold.

    Streams first, then the whole file: sectors that no stream uses keep what was in them before.
    """
    read = re.sub("[^0-9Xx]", "", builder.text).upper()
    streams.fp.seek(0)
    whole = streams.fp.read()
    for path in [*streams.listdir(), [_("unused space")]]:
        try:
            raw = streams.openstream(path).read() if streams.exists(path) else whole
        except Exception:  # olefile raises a dozen types for what is broken
            builder.unread(_("part {part}").format(part=path[-1]), UnreadReason.CORRUPT)
            continue
        found = [m.group()[::2] for m in _WIDE_NUMBER.finditer(raw)]
        found += [m.group() for m in _NARROW_NUMBER.finditer(raw)]
        for number in dict.fromkeys(word.decode("ascii").upper() for word in found):
            if number not in read:
                read += number
                builder.add(number, SegmentKind.HIDDEN, Property(path[-1]), visible=False)
