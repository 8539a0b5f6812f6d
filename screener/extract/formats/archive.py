"""Archives: every member is read by the reader of its own format; nothing is written to disk.

Names are screened too. Links and devices are never followed. Sizes are counted while unpacking:
what a directory claims is only good for refusing early.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, Protocol

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import decode
from screener.extract.formats.zip_records import behind_end, lost_records, unicode_name, unlisted
from screener.extract.inside import add_name, read_inside, refuse_inside
from screener.extract.package import SMALL_ENOUGH, too_much_unpacked
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_BLOCK = 512
_CHUNK = 1024 * 1024
_UTF8 = 0x800
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, lzma.LZMAError, ValueError)
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""


class _Meter:
    """Counts what is unpacked from one archive against the limits of the whole file."""

    def __init__(self, packed: int, context: ReadContext) -> None:
        self.packed = max(packed, 1)
        self.context = context
        self.unpacked = 0

    def count(self, size: int) -> None:
        """Add bytes. Raises Unreadable past the limit in bytes or, for large ones, in ratio."""
        limits, spent = self.context.limits, self.context.spent
        self.unpacked += size
        spent.unpacked_bytes += size
        ratio = self.unpacked / self.packed
        too_dense = self.unpacked > SMALL_ENOUGH and ratio > limits.unpacked_ratio
        if too_dense or spent.unpacked_bytes > limits.unpacked_bytes:
            detail = too_much_unpacked(self.unpacked, ratio, dense=too_dense)
            raise Unreadable(UnreadReason.TOO_LARGE, detail)

    def member(self) -> None:
        """Count a member. Raises Unreadable past the limit."""
        self.context.spent.members += 1
        limit = self.context.limits.members
        if self.context.spent.members > limit:
            detail = _("more than {limit} members ({key})").format(
                limit=limit, key="[limits] members"
            )
            raise Unreadable(UnreadReason.TOO_LARGE, detail)

    def read(self, stream: _Readable) -> bytes | None:
        """All of a stream, or None when it is longer than one file may be."""
        parts: list[bytes] = []
        have = 0
        while chunk := stream.read(_CHUNK):
            self.count(len(chunk))
            have += len(chunk)
            if have > self.context.limits.file_bytes:
                return None
            parts.append(chunk)
        return b"".join(parts)


def _put(builder: DocumentBuilder, context: ReadContext, name: str, data: bytes | None) -> None:
    """Read a member that was unpacked; None stands for one that is too long."""
    if data is None:
        detail = _("larger than {limit} bytes ({key})").format(
            limit=context.limits.file_bytes, key="[limits] file_bytes"
        )
        refuse_inside(builder, context, name, UnreadReason.TOO_LARGE, detail)
    else:
        read_inside(builder, context, data, name)


class ZipReader:
    """Zip archives with names in any Chinese encoding, comments, locked and lost members."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Every member in the order of the directory."""
        meter = _Meter(len(data), context)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (*_TORN, NotImplementedError):
            self._salvage(data, builder, meter)
            raise Unreadable(UnreadReason.CORRUPT, _("the archive is torn")) from None
        members = archive.infolist()
        names = _names(members)
        for info, name in zip(members, names, strict=True):
            meter.member()
            self._member(archive, info, name, builder, meter)
        for name, raw in [(_("comment"), archive.comment)] + [
            (name, info.comment) for info, name in zip(members, names, strict=True)
        ]:
            if raw.strip(b"\0 \r\n"):
                builder.add(_text(raw), SegmentKind.METADATA, Property(name), visible=False)
        what = _("part of the archive")
        if unlisted(data, members):
            builder.unread(
                what, UnreadReason.CORRUPT, _("members that its directory does not list")
            )
        elif (beyond := behind_end(data)) is not None:
            cut, more = (
                _("it is cut off; members may be missing"),
                _("there are bytes behind its end"),
            )
            builder.unread(what, UnreadReason.CORRUPT, more if beyond else cut)

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        name: str,
        builder: DocumentBuilder,
        meter: _Meter,
    ) -> None:
        context = meter.context
        key = f"{name}\0{info.header_offset}"
        if info.is_dir() and not info.file_size:
            add_name(builder, context, name)
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            _refuse_link(builder, context, name, key)
            return
        if info.flag_bits & 1:
            detail = _("protected by a password")
            refuse_inside(builder, context, name, UnreadReason.ENCRYPTED, detail, key=key)
            return
        try:
            with archive.open(info) as stream:
                content = meter.read(stream)
        except (NotImplementedError, RuntimeError):
            detail = _("packed in a way that this version does not know")
            refuse_inside(builder, context, name, UnreadReason.UNSUPPORTED, detail, key=key)
        except _TORN:
            refuse_inside(builder, context, name, UnreadReason.CORRUPT, key=key)
        else:
            _put(builder, context, name, content)

    def _salvage(self, data: bytes, builder: DocumentBuilder, meter: _Meter) -> None:
        """Read what can be told from the members' own headers."""
        for raw, flags, stream in lost_records(data):
            meter.member()
            name = raw.decode("utf-8") if flags & _UTF8 else _text(raw)
            try:
                content = meter.read(stream)
            except _TORN:
                content = stream.so_far
            if content:
                _put(builder, meter.context, name, content)


class TarReader:
    """Tar archives; links and devices are named and never followed."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Every member in the order of the archive."""
        _read_tar(io.BytesIO(data), builder, _Meter(len(data), context))


class PackedReader:
    """One file packed with gzip, bzip2 or xz; a tar archive in it is read as one archive."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Unpack as far as the limits allow."""
        meter = _Meter(len(data), context)
        meter.member()
        try:
            with _unpacker(data) as stream:
                head = stream.read(_BLOCK)
                stream.seek(0)
                if _is_tar(head):
                    _read_tar(_Counted(stream, meter), builder, meter)
                    return
                content = meter.read(stream)
        except _TORN as error:
            raise Unreadable(UnreadReason.CORRUPT, _("the archive is torn")) from error
        _put(builder, context, _inner_name(data, context.name), content)


def _unpacker(data: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    if data.startswith(b"\x1f\x8b"):
        return gzip.open(io.BytesIO(data))
    if data.startswith(b"BZh"):
        return bz2.open(io.BytesIO(data))
    return lzma.open(io.BytesIO(data))


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _inner_name(data: bytes, name: str) -> str:
    """The name that gzip keeps of the packed file, else the archive's without its suffix."""
    if data.startswith(b"\x1f\x8b") and len(data) > 12 and data[3] & 8:
        start = 10
        if data[3] & 4:
            start += 2 + int.from_bytes(data[10:12], "little")
        kept = data[start : start + 300].split(b"\0", 1)[0]
        if kept:
            return _text(kept)
    path = PurePosixPath(name)
    return path.stem + _TAR_SUFFIXES.get(path.suffix.lower(), "") or name


class _Counted(io.RawIOBase):
    """A stream that is unpacked on the fly, counted as it goes forward."""

    def __init__(self, stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile, meter: _Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._furthest = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        # going forward means unpacking: in steps, so that the limits are looked at
        while whence == io.SEEK_SET and offset > self._stream.tell():
            if not self.read(min(_CHUNK, offset - self._stream.tell())):
                break
        return self._stream.seek(offset, whence) if whence != io.SEEK_SET else self._back(offset)

    def _back(self, offset: int) -> int:
        return self._stream.seek(offset) if offset < self._stream.tell() else offset

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(_CHUNK if size is None or size < 0 else size)
        place = self._stream.tell()
        if place > self._furthest:
            self._meter.count(place - self._furthest)
            self._furthest = place
        return data


def _read_tar(stream: IO[bytes] | _Counted, builder: DocumentBuilder, meter: _Meter) -> None:
    counted = isinstance(stream, _Counted)
    try:
        archive = tarfile.open(  # noqa: SIM115  # closing would close the caller's stream
            fileobj=stream,
            mode="r:",
            encoding="utf-8",
            errors="surrogateescape",
        )
        for info in archive:
            meter.member()
            _tar_member(archive, info, builder, meter, counted=counted)
        _check_end(stream, archive.offset, builder)
    except (tarfile.TarError, *_TORN) as error:
        raise Unreadable(UnreadReason.CORRUPT, _("the archive is torn")) from error


def _tar_member(
    archive: tarfile.TarFile,
    info: tarfile.TarInfo,
    builder: DocumentBuilder,
    meter: _Meter,
    *,
    counted: bool,
) -> None:
    context = meter.context
    key = f"{info.name!r}\0{info.offset}"
    if info.isdir():
        add_name(builder, context, info.name)
    elif info.issym() or info.islnk():
        _refuse_link(builder, context, info.name, key)
    elif not info.isreg():
        detail = _("not a regular file")
        refuse_inside(builder, context, info.name, UnreadReason.UNSUPPORTED, detail, key=key)
    elif info.size > context.limits.file_bytes:
        _put(builder, context, info.name, None)
    else:
        stream = archive.extractfile(info)
        content = b"" if stream is None else stream.read()
        if not counted:
            meter.count(len(content))
        if len(content) < info.size:
            refuse_inside(builder, context, info.name, UnreadReason.CORRUPT, key=key)
        _put(builder, context, info.name, content)


def _check_end(stream: IO[bytes] | _Counted, offset: int, builder: DocumentBuilder) -> None:
    """A sound tar ends with empty blocks; what stands behind them is in no member."""
    stream.seek(offset)
    what = _("part of the archive")
    if stream.read(2 * _BLOCK) != bytes(2 * _BLOCK):
        builder.unread(what, UnreadReason.CORRUPT, _("it is cut off; members may be missing"))
        return
    while chunk := stream.read(_CHUNK):
        if chunk.strip(b"\0"):
            builder.unread(what, UnreadReason.CORRUPT, _("there are bytes behind its end"))
            return


def _refuse_link(builder: DocumentBuilder, context: ReadContext, name: str, key: str) -> None:
    detail = _("a link; it is not followed")
    refuse_inside(builder, context, name, UnreadReason.EXTERNAL, detail, key=key)


def _names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Names as the archive's maker wrote them: old programs write GBK and do not say so."""
    raw: dict[int, bytes] = {}
    names: list[str] = []
    for at, info in enumerate(members):
        told = unicode_name(info)
        names.append(told or info.orig_filename)
        if not told and not info.flag_bits & _UTF8 and not info.orig_filename.isascii():
            raw[at] = info.orig_filename.encode("cp437")
    if raw:
        joined = _text(b"\n".join(raw.values())).split("\n")
        if len(joined) != len(raw):  # a name with a line feed in it
            joined = [_text(name) for name in raw.values()]
        for at, name in zip(raw, joined, strict=True):
            names[at] = name
    return names


def _text(raw: bytes) -> str:
    """A name or comment in any Chinese encoding; bytes of none stand as replacements."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030") if len(raw) < 12 else decode(raw).text
    except (UnicodeDecodeError, Unreadable):
        return raw.decode("gb18030", "replace")
