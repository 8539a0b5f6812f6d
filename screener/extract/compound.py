"""What all compound files ([MS-CFB]) share: properties, macros, objects, numbers left over."""

from __future__ import annotations

import io
import re
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.inside import read_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_WIDE_NUMBER = re.compile(b"(?:[0-9]\0){11,30}(?:[Xx]\0)?")
_NARROW_NUMBER = re.compile(b"(?<![0-9])[0-9]{11,19}[Xx]?(?![0-9])")
_SUMMARY = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_NOT_TEXT = frozenset(("template", "creating_application", "thumbnail"))
_CODEPAGES = {65001: "utf-8", 936: "gb18030", 1200: "utf-16-le"}


def opened(data: bytes) -> Any:
    """The file's streams, to be closed. Raises Unreadable for a torn one."""
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL)
    except Exception as error:  # olefile raises a dozen types for what is broken
        raise Unreadable(UnreadReason.CORRUPT, _("the file is torn")) from error


def read_properties(streams: Any, builder: DocumentBuilder) -> None:
    """Author, title, company and all others that hold text, also those that people made up."""
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
                if name not in _NOT_TEXT and text.strip():
                    builder.add(text, SegmentKind.METADATA, Property(name), visible=False)
    _read_custom(streams, builder)


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values:
        if isinstance(each, bytes):
            found.append(any_text(each.rstrip(b"\0")))
        elif isinstance(each, str):
            found.append(each.rstrip("\0"))
    return found


def _read_custom(streams: Any, builder: DocumentBuilder) -> None:
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
        if text.strip() and text.isprintable():
            builder.add(text, SegmentKind.METADATA, Property("custom"), visible=False)


def read_objects(streams: Any, builder: DocumentBuilder, context: ReadContext) -> None:
    """Files that lie inside as objects: packed new papers and files of any kind."""
    for path in streams.listdir():
        if path[-1] == "Package":
            read_inside(builder, context, streams.openstream(path).read(), path[-2])
        elif path[-1] == "\x01Ole10Native":
            name, content = _native(streams.openstream(path).read())
            read_inside(builder, context, content, name or path[-2])
        elif len(path) > 1 and path[-1] in ("WordDocument", "Workbook", "PowerPoint Document"):
            what = _("embedded file {name}").format(name=path[-2])
            detail = _("an old paper inside another one; open it and save it on its own")
            builder.unread(what, UnreadReason.UNSUPPORTED, detail, key="/".join(path))


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


def left_behind(streams: Any, builder: DocumentBuilder) -> None:
    """Long numbers in the file's bytes that the text read so far does not hold."""
    read = re.sub("[^0-9Xx]", "", builder.text).upper()
    for path in streams.listdir():
        try:
            raw = streams.openstream(path).read()
        except Exception:  # olefile raises a dozen types for what is broken
            builder.unread(_("part {part}").format(part=path[-1]), UnreadReason.CORRUPT)
            continue
        found = [m.group()[::2] for m in _WIDE_NUMBER.finditer(raw)]
        found += [m.group() for m in _NARROW_NUMBER.finditer(raw)]
        for number in dict.fromkeys(word.decode("ascii").upper() for word in found):
            if number not in read:
                builder.add(number, SegmentKind.HIDDEN, Property(path[-1]), visible=False)
