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
from importlib import import_module
from pathlib import PurePosixPath
from typing import IO, Any, cast

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.formats.archive.meter import (
    CHUNK,
    Meter,
    put_member,
    refuse_link,
)
from screener.extract.inside import add_name, refuse_inside
from screener.extract.intake import printable
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.zip_records import (
    behind_end,
    lost_records,
    sayings,
    strays,
    unicode_name,
    unlisted,
)
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

ZSTD = b"\x28\xb5\x2f\xfd"
_Unpacker = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_BLOCK = 512
_MOST_TOLD = 65_536
"""Bytes that a name or a comment of a packed file may have."""
_UTF8 = 0x800
_TORN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    lzma.LZMAError,
    ValueError,
)
_TAR_SUFFIXES = dict.fromkeys((".tgz", ".tbz", ".tbz2", ".txz", ".tzst"), ".tar")


class ZipReader:
    """Zip archives with names in any Chinese encoding, comments, locked and lost members."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Every member in the order of the directory."""
        meter = Meter(len(data), context)
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
        for name, raw in [(_("archive comment"), archive.comment)] + [
            (name, info.comment) for info, name in zip(members, names, strict=True)
        ]:
            if raw.strip(b"\0 \r\n"):
                builder.add(any_text(raw), SegmentKind.METADATA, Property(name), visible=False)
        for info, name in zip(members, names, strict=True):
            for text in sayings(info):
                builder.add(text, SegmentKind.METADATA, Property(name), visible=False)
        for number, lost in enumerate(strays(data, archive), 1):
            meter.member()
            name = _("bytes between members, {number}").format(number=number)
            put_member(builder, context, name, lost)
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
        meter: Meter,
    ) -> None:
        context = meter.context
        key = f"{name}\0{info.header_offset}"
        if info.is_dir() and not info.file_size:
            add_name(builder, context, name)
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            refuse_link(builder, context, name, key)
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
            put_member(builder, context, name, content)

    def _salvage(self, data: bytes, builder: DocumentBuilder, meter: Meter) -> None:
        """Read what can be told from the members' own headers."""
        for raw, flags, stream in lost_records(data):
            meter.member()
            name = raw.decode("utf-8") if flags & _UTF8 else any_text(raw)
            try:
                content = meter.read(stream)
            except _TORN:
                content = stream.so_far
            if content:
                put_member(builder, meter.context, name, content)


class TarReader:
    """Tar archives; links and devices are named and never followed."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Every member in the order of the archive."""
        _read_tar(io.BytesIO(data), builder, Meter(len(data), context))


class PackedReader:
    """One file packed with gzip, bzip2, xz or zstd; a tar archive in it is read as one archive."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Unpack as far as the limits allow."""
        meter = Meter(len(data), context)
        meter.member()
        try:
            with _unpacker(data) as stream:
                head = stream.read(_BLOCK)
                stream.seek(0)
                if _is_tar(head):
                    _read_tar(_Counted(stream, meter), builder, meter)
                    return
                content = meter.read(stream)
        except _faults(data) as error:
            raise Unreadable(UnreadReason.CORRUPT, _("the archive is torn")) from error
        put_member(builder, context, _inner_name(data, context.name), content)
        if comment := _gzip_texts(data)[1]:
            place = Property(_("archive comment"))
            builder.add(comment, SegmentKind.METADATA, place, visible=False)


def _unpacker(data: bytes) -> _Unpacker:
    if data.startswith(b"\x1f\x8b"):
        return gzip.open(io.BytesIO(data))
    if data.startswith(b"BZh"):
        return bz2.open(io.BytesIO(data))
    if data.startswith(ZSTD):
        return cast(_Unpacker, _zstd().open(io.BytesIO(data)))
    return lzma.open(io.BytesIO(data))


def _zstd() -> Any:
    """The standard library's zstd, for Python before 3.14 its backport."""
    try:
        return import_module("compression.zstd")
    except ImportError:
        return import_module("backports.zstd")


def _faults(data: bytes) -> tuple[type[Exception], ...]:
    """What the unpacker of these bytes raises for broken ones."""
    return (*_TORN, _zstd().ZstdError) if data.startswith(ZSTD) else _TORN


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _inner_name(data: bytes, name: str) -> str:
    """The name that gzip keeps of the packed file, else the archive's without its suffix."""
    path = PurePosixPath(name)
    return _gzip_texts(data)[0] or path.stem + _TAR_SUFFIXES.get(path.suffix.lower(), "") or name


def _gzip_texts(data: bytes) -> tuple[str, str]:
    """Name and comment that gzip keeps of the packed file (RFC 1952), empty where it does not."""
    texts = ["", ""]
    if data.startswith(b"\x1f\x8b") and len(data) > 12:
        start = 10
        if data[3] & 4:
            start += 2 + int.from_bytes(data[10:12], "little")
        for at, flag in enumerate((8, 16)):
            if data[3] & flag:
                kept = data[start : start + _MOST_TOLD].split(b"\0", 1)[0]
                texts[at] = any_text(kept) if kept else ""
                start += len(kept) + 1
    return texts[0], texts[1]


class _Counted(io.RawIOBase):
    """A stream that is unpacked on the fly, counted as it goes forward."""

    def __init__(self, stream: _Unpacker, meter: Meter) -> None:
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
            if not self.read(min(CHUNK, offset - self._stream.tell())):
                break
        return self._stream.seek(offset, whence) if whence != io.SEEK_SET else self._back(offset)

    def _back(self, offset: int) -> int:
        return self._stream.seek(offset) if offset < self._stream.tell() else offset

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(CHUNK if size is None or size < 0 else size)
        place = self._stream.tell()
        if place > self._furthest:
            self._meter.count(place - self._furthest)
            self._furthest = place
        return data


def _read_tar(stream: IO[bytes] | _Counted, builder: DocumentBuilder, meter: Meter) -> None:
    counted = isinstance(stream, _Counted)
    try:
        archive = tarfile.open(  # noqa: SIM115  # closing would close the caller's stream
            fileobj=stream,
            mode="r:",
            encoding="utf-8",
            errors="surrogateescape",
        )
        told: set[str] = set()
        for info in archive:
            meter.member()
            _tar_member(archive, info, builder, meter, counted=counted)
            for text in _about_member(info, archive):
                if text not in told:
                    told.add(text)
                    builder.add(text, SegmentKind.METADATA, Property(info.name), visible=False)
        _check_end(stream, archive.offset, builder)
    except (tarfile.TarError, *_TORN) as error:
        raise Unreadable(UnreadReason.CORRUPT, _("the archive is torn")) from error


def _about_member(info: tarfile.TarInfo, archive: tarfile.TarFile) -> list[str]:
    """Owners and comments that a tar keeps of a member or of all of them."""
    kept = {**archive.pax_headers, **info.pax_headers}
    more = [str(value) for key, value in kept.items() if key not in tarfile.PAX_FIELDS]
    texts = [info.uname, info.gname, *more]
    return [printable(text) for text in texts if text.strip() and text != "root"]


def _tar_member(
    archive: tarfile.TarFile,
    info: tarfile.TarInfo,
    builder: DocumentBuilder,
    meter: Meter,
    *,
    counted: bool,
) -> None:
    context = meter.context
    key = f"{info.name!r}\0{info.offset}"
    if info.isdir():
        add_name(builder, context, info.name)
    elif info.issym() or info.islnk():
        refuse_link(builder, context, info.name, key)
    elif not info.isreg():
        detail = _("not a regular file")
        refuse_inside(builder, context, info.name, UnreadReason.UNSUPPORTED, detail, key=key)
    elif info.size > context.limits.file_bytes:
        put_member(builder, context, info.name, None)
    else:
        stream = archive.extractfile(info)
        content = b"" if stream is None else stream.read()
        if not counted:
            meter.count(len(content))
        if len(content) < info.size:
            refuse_inside(builder, context, info.name, UnreadReason.CORRUPT, key=key)
        put_member(builder, context, info.name, content)


def _check_end(stream: IO[bytes] | _Counted, offset: int, builder: DocumentBuilder) -> None:
    """A sound tar ends with empty blocks; what stands behind them is in no member."""
    stream.seek(offset)
    what = _("part of the archive")
    if stream.read(2 * _BLOCK) != bytes(2 * _BLOCK):
        builder.unread(what, UnreadReason.CORRUPT, _("it is cut off; members may be missing"))
        return
    while chunk := stream.read(CHUNK):
        if chunk.strip(b"\0"):
            builder.unread(what, UnreadReason.CORRUPT, _("there are bytes behind its end"))
            return


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
        joined = any_text(b"\n".join(raw.values())).split("\n")
        if len(joined) != len(raw):  # a name with a line feed in it
            joined = [any_text(name) for name in raw.values()]
        for at, name in zip(raw, joined, strict=True):
            names[at] = name
    return names
