"""Files that are of two formats at once: a picture with an archive behind it, a paper with both.

Only what the reader of the first format passes over is looked at: readers of zip archives tell
themselves of bytes that their directory does not list.
"""

from __future__ import annotations

import io
import zipfile

from screener.i18n import _

_END = b"PK\x05\x06"
_PNG, _JPEG, _GIF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8"
_PICTURES = {_PNG: ".png", _JPEG: ".jpg", _GIF: ".gif"}
_RESTARTS = range(0xD0, 0xD8)
TRAILER = 64 * 1024
"""Bytes behind a picture that cameras write for themselves; more than that may be a file."""


def further_parts(data: bytes, media_type: str) -> list[tuple[str, bytes]]:
    """Name and bytes of what else a file holds beside its first format."""
    if data.startswith(b"PK\x03\x04"):
        return []
    parts = []
    start = _archive_start(data)
    if start is not None:
        parts.append((_("archive behind the file") + ".zip", data[start:]))
    elif (end := picture_end(data)) is not None:
        tail = data[end:].lstrip(b"\0\r\n ")
        if tail and (len(tail) > TRAILER or _has_magic(tail)):
            parts.append((_("data behind the picture"), tail))
    if media_type == "application/pdf":
        for magic, suffix in _PICTURES.items():
            if data.startswith(magic):
                other = data.replace(b"%PDF-", b"%pdf-", 1)
                parts.append((_("picture before the paper") + suffix, other))
    return parts


def _archive_start(data: bytes) -> int | None:
    """Where a zip archive begins whose directory ends this file, None without one."""
    at = data.rfind(_END, max(len(data) - 66_000, 0))
    if at < 0 or at + 22 > len(data):
        return None
    end = at + 22 + int.from_bytes(data[at + 20 : at + 22], "little")
    if data[end:].strip(b"\0\r\n "):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return min((member.header_offset for member in archive.infolist()), default=None)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None


def _has_magic(tail: bytes) -> bool:
    starts = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"%PDF-", b"\xd0\xcf\x11\xe0", *_PICTURES)
    return tail.startswith(starts)


def picture_end(data: bytes) -> int | None:
    """One past the last byte of a PNG, JPEG or GIF; None for others and torn ones."""
    if data.startswith(_PNG):
        at = data.rfind(b"IEND")
        return _png_end(data) if at >= 0 else None
    if data.startswith(_JPEG):
        return _jpeg_end(data)
    return _gif_end(data) if data.startswith(_GIF) else None


def _png_end(data: bytes) -> int | None:
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + size
        if kind == b"IEND":
            return at
    return None


def _jpeg_end(data: bytes) -> int | None:
    """Segment by segment; between a scan and the next segment stand packed pixels."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at = data.find(b"\xff", at)
            if at < 0:
                return None
            continue
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in (0x00, 0x01, 0xFF) or marker in _RESTARTS:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at + 2 if data[at : at + 2] == b"\xff\xd9" else None


def _gif_end(data: bytes) -> int | None:
    if len(data) < 13:
        return None
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            return at + 1
        if kind == 0x21:
            at += 2
        elif kind == 0x2C and at + 10 < len(data):
            table = data[at + 9]
            at += 11 + (3 << (table & 7) + 1 if table & 0x80 else 0)
        else:
            return None
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return None
