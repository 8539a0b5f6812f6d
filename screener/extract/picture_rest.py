"""What stands in a picture file beside its pixels and the fields that are known.

Notes of a camera's maker, chunks of single programs, colour profiles, bytes behind the end: nobody
knows all their forms, but a number of a person stays a number in any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_PIXELS = (b"IDAT", b"fdAT", b"PLTE", b"VP8 ", b"VP8L", b"ALPH", b"ANMF")
_SCAN = 0xDA
_NUMBER = re.compile(rb"(?<![0-9])[0-9]{11,19}[Xx]?(?![0-9])")
_WIDE = re.compile(rb"(?:[0-9]\0){11,19}(?:[Xx]\0)?")
_SOON = 4
"""Zero bytes in a row in random ones are no number: so many signs must differ."""
_EXIF = b"Exif\0\0"


def numbers_beside(data: bytes) -> Iterator[tuple[str, str]]:
    """Numbers of 11 to 19 digits in all that is not pixels, under the name ``bytes``."""
    found: dict[str, None] = {}
    for part in _beside(data):
        for number in _NUMBER.findall(part):
            found[number.decode()] = None
        for number in _WIDE.findall(part):
            found[number.decode("utf-16-le")] = None
    for text in found:
        if len(set(text)) >= _SOON:
            yield "bytes", text


def thumbnail(data: bytes) -> bytes:
    """The small JPEG that cameras and programs keep in a JPEG's EXIF; empty where there is none."""
    if not data.startswith(_JPEG):
        return b""
    for part in _segments(data):
        if part.startswith(_EXIF):
            start = part.find(_JPEG + b"\xff", len(_EXIF))
            end = part.rfind(b"\xff\xd9")
            return part[start : end + 2] if 0 <= start < end else b""
    return b""


def _beside(data: bytes) -> Iterator[bytes]:
    if data.startswith(_JPEG):
        yield from _segments(data)
    elif data.startswith(_PNG):
        yield from _chunks(data, len(_PNG), "big", 4)
    elif data[:4] == b"RIFF":
        end = 8 + int.from_bytes(data[4:8], "little")
        yield from _chunks(data[:end], 12, "little", 0)
        yield data[end:]
    elif data[:2] == b"BM":
        yield data[int.from_bytes(data[2:6], "little") :]


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG up to its pixels, and what stands behind its end."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _SCAN:
            break
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)
    end = data.rfind(b"\xff\xd9")
    if end >= at:
        yield data[end + 2 :]


def _chunks(data: bytes, at: int, order: str, check: int) -> Iterator[bytes]:
    """The chunks of a PNG (size first) or RIFF (name first) that are no pixels, and the rest."""
    while at + 8 <= len(data):
        first, second = data[at : at + 4], data[at + 4 : at + 8]
        name, size = (second, first) if order == "big" else (first, second)
        if not name.isalnum() and not name.strip().isalnum():
            break
        length = int.from_bytes(size, "big" if order == "big" else "little")
        if name not in _PIXELS:
            yield data[at + 8 : at + 8 + length]
        at += 8 + length + check + (length % 2 if order == "little" else 0)
        if name == b"IEND":
            break
    yield data[at:]
