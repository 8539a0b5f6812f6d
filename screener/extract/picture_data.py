"""What a picture file says beside its pixels: EXIF, GPS, comments, XMP, IPTC, and what hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.package import parse_xml, texts
from screener.extract.picture_rest import numbers_beside
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind
from screener.model.place import Property

Picture = Any
"""An opened Pillow image."""

_EXIF, _GPS, _INTEROP = 0x8769, 0x8825, 0xA005
_XP = range(0x9C9B, 0x9CA0)
"""Fields that Windows writes in UTF-16: title, comment, author, keywords, subject."""
_USER_COMMENT, _MAKER_NOTE = 0x9286, 0x927C
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_TELLS_NOTHING = re.compile("[0-9A-Za-z:/.,;+#_= -]{0,40}")
"""Formats, tool names and times in XMP; numbers of people and Chinese are longer or other."""
_NOT_TEXT = frozenset(
    (
        *("ComponentsConfiguration", "ExifVersion", "FlashPixVersion", "InteropVersion"),
        *("Software", "Make", "Model", "LensMake", "LensModel", "ExifInteroperabilityVersion"),
        *("DateTime", "DateTimeOriginal", "DateTimeDigitized", "SubsecTime", "OffsetTime"),
        *("SubsecTimeOriginal", "SubsecTimeDigitized", "OffsetTimeOriginal"),
        *("OffsetTimeDigitized", "InteropIndex", "ColorSpace", "MakerNote", "PrintImageMatching"),
        *("JPEGTables", "StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts"),
        *("InterColorProfile", "XMLPacket", "ExifOffset", "GPSInfo", "IptcNaaInfo"),
        *("ImageResources", "CFAPattern", "FileSource", "SceneType", "TransferFunction"),
    )
)
_USUAL = re.compile("[\u4e00-\u9fff\u3000-\u303f -~]")
_PARTS = 3


def read_data(picture: Picture, data: bytes, builder: DocumentBuilder) -> None:
    """Add all properties as metadata that nobody sees."""
    seen: set[str] = set()
    for name, text in _all(picture, data):
        text = text.strip("\0 \r\n\t")  # noqa: PLW2901
        if name == "bytes" and any(text in other for other in seen):
            continue
        if text and (name + text) not in seen:
            seen.add(name + text)
            builder.add(text, SegmentKind.METADATA, Property(name), visible=False)


def _all(picture: Picture, data: bytes) -> Iterator[tuple[str, str]]:
    yield from _exif(picture)
    yield from _texts(picture)
    yield from _iptc(picture)
    yield from _xmp(data)
    yield from numbers_beside(data)


def _exif(picture: Picture) -> Iterator[tuple[str, str]]:
    from PIL.ExifTags import GPSTAGS, TAGS

    exif = picture.getexif()
    fields = dict(exif)
    for directory in (_EXIF, _INTEROP):
        fields |= exif.get_ifd(directory)
    for tag, value in fields.items():
        name = TAGS.get(tag, f"EXIF {tag:#06x}")
        if name not in _NOT_TEXT and tag != _MAKER_NOTE and (text := _value(tag, value)):
            yield name, text
    position = {GPSTAGS.get(tag, str(tag)): value for tag, value in exif.get_ifd(_GPS).items()}
    if place := _coordinates(position):
        yield "GPS", place
    for name, value in position.items():
        if name in ("GPSAreaInformation", "GPSProcessingMethod", "GPSSatellites"):
            yield name, _bytes(value) if isinstance(value, bytes) else str(value)


def _value(tag: int, value: object) -> str:
    """A field's value where it is text, as text."""
    if tag in _XP:
        raw = bytes(value) if isinstance(value, bytes | tuple | list) else b""
        return raw.decode("utf-16-le", "replace")
    if isinstance(value, bytes):
        if tag == _USER_COMMENT and value[:8] == b"UNICODE\0":
            return _utf16(value[8:])
        return _bytes(value[8:] if tag == _USER_COMMENT else value)
    return _repaired(value) if isinstance(value, str) else ""


def _utf16(raw: bytes) -> str:
    """In either order of bytes: the one that gives more Chinese and plain letters."""
    readings = [raw.decode(f"utf-16-{order}", "replace").lstrip("\ufeff") for order in ("le", "be")]
    return max(readings, key=lambda text: len(_USUAL.findall(text)))


def _repaired(text: str) -> str:
    """Text that was taken for Latin-1 although it is in a Chinese encoding."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    return text if raw.isascii() else _bytes(raw)


def _bytes(raw: bytes) -> str:
    """Bytes as text in whatever encoding fits; nothing for what is no text."""
    raw = raw.strip(b"\0 ")
    if not raw or sum(byte < 9 or 13 < byte < 32 for byte in raw) * 10 > len(raw):
        return ""
    return any_text(raw)


def _coordinates(position: dict[str, Any]) -> str:
    """Latitude and longitude in degrees with six decimals, signed by their hemisphere."""
    told = []
    for axis, negative in (("GPSLatitude", "S"), ("GPSLongitude", "W")):
        parts = position.get(axis)
        if not isinstance(parts, tuple | list) or len(parts) != _PARTS:
            return ""
        try:
            degrees = sum(float(part) / 60**power for power, part in enumerate(parts))
        except (TypeError, ValueError, ZeroDivisionError):
            return ""
        if degrees != degrees:  # noqa: PLR0124  # 0/0 gives NaN
            return ""
        side = str(position.get(f"{axis}Ref", ""))
        told.append(f"{'-' if side.startswith(negative) else ''}{degrees:.6f}")
    return _("GPS position {latitude},{longitude}").format(latitude=told[0], longitude=told[1])


def _texts(picture: Picture) -> Iterator[tuple[str, str]]:
    """Comments and text chunks; those behind the pixels come with loading."""
    with suppress(Exception):  # a torn picture is told by who decodes it
        picture.load()
    for name, value in dict(getattr(picture, "text", {}) or {}).items():
        if name != "XML:com.adobe.xmp":
            yield str(name), _repaired(str(value))
            yield str(name), str(getattr(value, "tkey", "") or "")
    for marker, value in getattr(picture, "applist", ()):
        if marker == "COM":
            yield "comment", _bytes(value)
    comment = picture.info.get("comment")
    if comment:
        yield "comment", _bytes(comment) if isinstance(comment, bytes) else str(comment)


def _iptc(picture: Picture) -> Iterator[tuple[str, str]]:
    from PIL import IptcImagePlugin

    try:
        fields = IptcImagePlugin.getiptcinfo(picture) or {}
    except Exception:  # broken blocks raise a dozen types; they hold no field then
        return
    for (record, number), value in fields.items():
        for raw in value if isinstance(value, list) else [value]:
            if record == 2 and isinstance(raw, bytes) and len(raw) > 2:
                yield f"IPTC {number}", _bytes(raw)


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    for packet in _XMP.findall(data):
        try:
            root = parse_xml(packet, "XMP", recover=True)
        except Unreadable:
            yield "XMP", packet.decode("utf-8", "replace")
            continue
        values = [
            str(value)
            for node in root.iter()
            if isinstance(node.tag, str)
            for key, value in node.attrib.items()
            if not str(key).endswith(("about", "parseType", "}lang", "}xmptk"))
        ]
        for text in dict.fromkeys((*texts(root), *values)):
            if not _TELLS_NOTHING.fullmatch(text) or re.search("[0-9]{9}", text):
                yield "XMP", text
