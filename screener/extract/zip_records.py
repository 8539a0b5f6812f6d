"""Records of zip archives that the standard library passes over."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from screener.extract.strings import words

_LOCAL = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_UNICODE_PATH = 0x7075
_DEFLATED = 8
_KNOWN_FIELDS = frozenset((0x0001, 0x000A, 0x5455, 0x7875, 0x5855, _UNICODE_PATH, 0x9901, 0xCAFE))
"""Extra fields of sizes, times, owners, names and locks."""
_LATE_MARK, _LATE_SIZES = b"PK\x07\x08", 24
_LATER_SIZE = 8
"""Flag: the sizes stand behind the data."""


def unicode_name(info: zipfile.ZipInfo) -> str:
    """The name in UTF-8 that Info-ZIP keeps beside one in an old encoding, or empty."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field_ = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field_) > 5 and field_[0] == 1:
            return field_[5:].decode("utf-8", "replace")
        at += 4 + size
    return ""


def unlisted(data: bytes, members: list[zipfile.ZipInfo]) -> bool:
    """Whether a local header stands where the directory knows of no member."""
    end = 0
    for info in sorted(members, key=lambda member: member.header_offset):
        start = info.header_offset
        if data.find(_LOCAL, end, start) >= 0:
            return True
        if data[start : start + 4] != _LOCAL or start + _HEADER.size > len(data):
            continue
        name, extra = struct.unpack_from("<HH", data, start + 26)
        end = max(end, start + _HEADER.size + name + extra + info.compress_size)
    return data.find(_LOCAL, end) >= 0


def strays(data: bytes, archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Bytes between the records of an archive, which no member holds and no program shows."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda member: member.header_offset):
        start = info.header_offset
        if end and _is_stray(data[end:start]):
            yield data[end:start]
        if data[start : start + 4] == _LOCAL and start + _HEADER.size <= len(data):
            name, extra = struct.unpack_from("<HH", data, start + 26)
            end = max(end, start + _HEADER.size + name + extra + info.compress_size)
    start = archive.start_dir
    if end and _is_stray(data[end:start]):
        yield data[end:start]


def _is_stray(between: bytes) -> bool:
    """Whether bytes between two records are more than sizes that are told late, or filling."""
    if not between.strip(b"\0"):
        return False
    return len(between) > _LATE_SIZES or not (
        between.startswith(_LATE_MARK) or len(between) in (12, 16, 20, 24)
    )


def sayings(info: zipfile.ZipInfo) -> list[str]:
    """Words in the extra fields of a member of which no more is known."""
    extra, at = info.extra, 0
    found: list[str] = []
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind not in _KNOWN_FIELDS:
            found += words(extra[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def behind_end(data: bytes) -> bool | None:
    """None for an archive that ends where it says; else whether bytes follow (or are missing)."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(data):
        return False
    end = at + 22 + int.from_bytes(data[at + 20 : at + 22], "little")
    if end > len(data):
        return False
    return True if data[end:].strip(b"\0\r\n ") else None


@dataclass(slots=True)
class LostRecord:
    """The packed bytes of a member of a torn archive, unpacked in steps."""

    packed: bytes
    method: int
    so_far: bytes = b""
    _unpacker: zlib._Decompress = field(default_factory=lambda: zlib.decompressobj(-15))
    _done: bool = False

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes; raises zlib.error where the data breaks."""
        if self._done:
            return b""
        if self.method != _DEFLATED:
            self._done = True
            return self.packed
        piece = self._unpacker.decompress(self.packed, max(size, 0))
        self.packed = self._unpacker.unconsumed_tail
        self._done = not piece
        self.so_far += piece if len(self.so_far) < 1 << 24 else b""
        return piece


def lost_records(data: bytes) -> Iterator[tuple[bytes, int, LostRecord]]:
    """Name, flags and packed bytes of every local header, for archives without a directory."""
    at = data.find(_LOCAL)
    while at >= 0 and at + _HEADER.size <= len(data):
        _sign, _ver, flags, method, _t, _d, _crc, packed, _size, name, extra = _HEADER.unpack_from(
            data, at
        )
        start = at + _HEADER.size + name + extra
        following = data.find(_LOCAL, start)
        end = start + packed if packed and not flags & _LATER_SIZE else following
        if end < 0 or end > len(data):
            end = len(data)
        if method in (0, _DEFLATED) and not flags & 1:
            raw = data[at + _HEADER.size : at + _HEADER.size + name]
            yield raw, flags, LostRecord(data[start:end], method)
        at = data.find(_LOCAL, max(end, at + 4))
