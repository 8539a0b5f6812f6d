"""What 7z and rar archives say of themselves: volumes, locks, where they end.

7z: 7zFormat.txt of the LZMA SDK. rar: the technical notes of RAR 4 and 5 by their author.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_SEVEN_ZIP_HEADER = 32
_RAR4, _RAR5 = b"Rar!\x1a\x07\0", b"Rar!\x1a\x07\x01\0"
_MAIN_4, _END_4 = 0x73, 0x7B
_MAIN_5, _LOCK_5, _END_5 = 1, 4, 5
_VOLUME, _HEADERS_LOCKED_4 = 0x0001, 0x0080
_MORE_VOLUMES = 0x0001
_HAS_DATA_4, _HAS_EXTRA_5, _HAS_DATA_5 = 0x8000, 0x0001, 0x0002
_SERVICE_4, _SERVICE_5, _COMMENT = 0x7A, 3, b"CMT"
_STORED_4 = 0x30
_MOST_BLOCKS = 1_000_000


@dataclass(frozen=True, slots=True)
class Ending:
    """How an archive ends: ``cut`` off, ``more`` bytes behind it, part of a ``volume``.

    ``locked`` tells of names that only a password opens; ``comment`` is what was remarked on the
    whole archive, empty where it is packed in a way that only its author's program knows.
    """

    cut: bool = False
    more: bool = False
    volume: bool = False
    locked: bool = False
    comment: bytes | None = None


def seven_zip_ending(data: bytes) -> Ending:
    """From the start header, which says where the archive's directory lies."""
    if len(data) < _SEVEN_ZIP_HEADER:
        return Ending(cut=True)
    offset, size = struct.unpack_from("<QQ", data, 12)
    end = _SEVEN_ZIP_HEADER + offset + size
    # the first part of several is cut off in the same way: who has it is told to put them together
    return Ending(volume=end > len(data), more=_holds_more(data, end))


def rar_ending(data: bytes) -> Ending:
    """From the blocks one after another, without unpacking."""
    return _rar5(data) if data.startswith(_RAR5) else _rar4(data)


def _holds_more(data: bytes, end: int) -> bool:
    return bool(data[end:].strip(b"\0\r\n "))


def _rar4(data: bytes) -> Ending:
    at, volume = len(_RAR4), False
    comment: bytes | None = None
    for _block in range(_MOST_BLOCKS):
        if at + 7 > len(data):
            break
        kind, flags, size = struct.unpack_from("<BHH", data, at + 2)
        following = at + max(size, 7)
        if flags & _HAS_DATA_4 and at + 11 <= len(data):
            following += int.from_bytes(data[at + 7 : at + 11], "little")
        if kind == _MAIN_4:
            volume = bool(flags & _VOLUME)
            if flags & _HEADERS_LOCKED_4:
                return Ending(locked=True)
        if kind == _SERVICE_4 and data[at + 32 : at + size][:3] == _COMMENT:
            stored = data[at + 25 : at + 26] == bytes([_STORED_4])
            comment = data[at + size : following] if stored else b""
        if kind == _END_4:
            return Ending(volume=volume, more=_holds_more(data, following), comment=comment)
        at = following
    # the oldest programs write no end: their archive ends with its last block
    return Ending(cut=at != len(data), volume=volume, comment=comment)


def _rar5(data: bytes) -> Ending:
    at, volume = len(_RAR5), False
    comment: bytes | None = None
    for _block in range(_MOST_BLOCKS):
        size, head = _number(data, at + 4)
        kind, body = _number(data, head)
        flags, body = _number(data, body)
        following = head + size
        if body > len(data) or following > len(data):
            break
        if flags & _HAS_EXTRA_5:
            _extra, body = _number(data, body)
        if flags & _HAS_DATA_5:
            packed, body = _number(data, body)
            following += packed
        if kind == _LOCK_5:
            return Ending(locked=True)
        if kind == _SERVICE_5:
            found = _comment(data, body, head + size, following)
            comment = comment if found is None else found
        if kind == _MAIN_5:
            volume = bool(_number(data, body)[0] & _VOLUME)
        if kind == _END_5:
            return Ending(volume=volume, more=_holds_more(data, following), comment=comment)
        at = following
    return Ending(cut=True, volume=volume, comment=comment)


def _comment(data: bytes, at: int, start: int, end: int) -> bytes | None:
    """The archive's comment if this service block holds it: its fields begin at ``at``, its data
    lie from ``start`` to ``end``.
    """
    flags, at = _number(data, at)
    for _size_then_attributes in range(2):
        _value, at = _number(data, at)
    at += 4 * ((flags >> 1 & 1) + (flags >> 2 & 1))  # time, checksum
    packing, at = _number(data, at)
    _system, at = _number(data, at)
    length, at = _number(data, at)
    if data[at : at + length] != _COMMENT:
        return None
    return data[start:end] if packing >> 7 & 7 == 0 else b""


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length (seven bits a byte, the lowest first) and what follows it."""
    value = 0
    for step in range(10):
        if at + step >= len(data):
            return 0, len(data) + 1
        byte = data[at + step]
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return value, at + step + 1
    return 0, len(data) + 1
