"""7z and rar archives through the system's libarchive; nothing is written to disk.

Only the two formats are switched on and no outer packing: some of libarchive's filters start
other programs. Volumes, locks and torn ends are told from the archive's own records.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.formats.archive.meter import Meter, put_member, refuse_link
from screener.extract.formats.archive.records import Ending, rar_ending, seven_zip_ending
from screener.extract.inside import add_name, refuse_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

LIBRARY = "libarchive.so.13"
PACKAGE = "apt-get install libarchive13"
_NAMES_AS_BYTES = "latin-1"


class ArchiveReader:
    """Every member by its own format, as far as the archive can be unpacked."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Members in their order, then what is wrong with the archive as a whole."""
        is_rar = data.startswith(b"Rar!")
        ending = rar_ending(data) if is_rar else seven_zip_ending(data)
        if ending.locked:
            detail = _("protected by a password, names of its members too")
            raise Unreadable(UnreadReason.ENCRYPTED, detail)
        if ending.volume and not is_rar:  # the directory lies in another part
            raise Unreadable(UnreadReason.CORRUPT, _parts())
        try:
            _Members(_library(), builder, Meter(len(data), context)).read(data, _format(data))
        finally:
            _tell(ending, builder)


def available() -> bool:
    """Whether the system has libarchive."""
    try:
        _library()
    except Unreadable:
        return False
    return True


def _library() -> Any:
    # found by its name, because looking for it would start other programs
    os.environ.setdefault("LIBARCHIVE", LIBRARY)
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError) as error:
        detail = _("reading it needs the system's libarchive: {command}").format(command=PACKAGE)
        raise Unreadable(UnreadReason.MISSING_TOOL, detail) from error
    return libarchive


def _format(data: bytes) -> str:
    if data.startswith(b"Rar!"):
        return "rar5" if data[6:8] == b"\x01\0" else "rar"
    return "7zip"


def _tell(ending: Ending, builder: DocumentBuilder) -> None:
    what = _("part of the archive")
    if ending.comment:
        text = any_text(ending.comment.rstrip(b"\0"))
        builder.add(text, SegmentKind.METADATA, Property(_("archive comment")), visible=False)
    elif ending.comment is not None:
        detail = _("packed in a way that this version does not know")
        builder.unread(_("archive comment"), UnreadReason.UNSUPPORTED, detail)
    if ending.volume:
        builder.unread(what, UnreadReason.CORRUPT, _parts())
    elif ending.cut:
        detail = _("it is cut off; members may be missing")
        builder.unread(what, UnreadReason.CORRUPT, detail)
    elif ending.more:
        builder.unread(what, UnreadReason.CORRUPT, _("there are bytes behind its end"))


def _parts() -> str:
    return _("cut off, or one of several parts: put them together and hand in the whole archive")


class _Members:
    """Goes through the members of one archive."""

    def __init__(self, library: Any, builder: DocumentBuilder, meter: Meter) -> None:
        self.library = library
        self.ffi = library.ffi
        self.builder = builder
        self.meter = meter
        self.count = 0

    def read(self, data: bytes, kind: str) -> None:
        """Every member; a fault of the archive itself ends it and is told."""
        error = self.library.ArchiveError
        try:
            with (
                _wide_names(),
                self.library.memory_reader(
                    data, format_name=kind, filter_name="none", header_codec=_NAMES_AS_BYTES
                ) as archive,
            ):
                for entry in archive:
                    self.count += 1
                    self.meter.member()
                    self._member(entry, error)
        except error as problem:
            raise self._unreadable(problem) from None

    def _unreadable(self, problem: Exception) -> Unreadable:
        if "ncrypt" in str(problem):
            return Unreadable(UnreadReason.ENCRYPTED, _("protected by a password"))
        return Unreadable(UnreadReason.CORRUPT, _("the archive is torn"))

    def _name(self, entry: Any) -> str:
        raw = self.ffi.entry_pathname(entry._entry_p)
        if raw:
            return any_text(raw)
        wide = self.ffi.entry_pathname_w(entry._entry_p)
        return str(wide or _("part {number}").format(number=self.count))

    def _member(self, entry: Any, error: type[Exception]) -> None:
        builder, context = self.builder, self.meter.context
        name = self._name(entry)
        key = f"{name}\0{self.count}"
        if entry.isdir:
            add_name(builder, context, name)
        elif entry.issym or entry.islnk:
            refuse_link(builder, context, name, key)
        elif not entry.isfile:
            detail = _("not a regular file")
            refuse_inside(builder, context, name, UnreadReason.UNSUPPORTED, detail, key=key)
        elif self.ffi.libarchive.archive_entry_is_data_encrypted(self.ffi.c_void_p(entry._entry_p)):
            detail = _("protected by a password")
            refuse_inside(builder, context, name, UnreadReason.ENCRYPTED, detail, key=key)
        else:
            try:
                content = self.meter.read(_Blocks(entry.get_blocks()))
            except error as problem:
                self._refuse(problem, name, key)
            else:
                put_member(builder, context, name, content)

    def _refuse(self, problem: Exception, name: str, key: str) -> None:
        """A member that cannot be unpacked; the others may well be."""
        reason, detail, words = UnreadReason.CORRUPT, "", str(problem).lower()
        if "ncrypt" in words:
            reason, detail = UnreadReason.ENCRYPTED, _("protected by a password")
        elif "support" in words:
            detail = _("packed in a way that this version does not know")
            reason = UnreadReason.UNSUPPORTED
        refuse_inside(self.builder, self.meter.context, name, reason, detail, key=key)
        if getattr(problem, "retcode", 0) <= self.ffi.ARCHIVE_FATAL:
            raise problem


class _Blocks:
    """The unpacked blocks of a member as a stream."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks

    def read(self, size: int = -1, /) -> bytes:
        """The next block that is not empty, whatever its size; nothing at the end."""
        return next((block for block in self._blocks if block), b"")


class _wide_names:  # reads like the function that it is
    """Names are handed over in the character set of the process: UTF-8 for that long."""

    def __enter__(self) -> None:
        import locale

        self._before = locale.setlocale(locale.LC_CTYPE)
        for name in ("", "C.UTF-8"):
            if locale.nl_langinfo(locale.CODESET) == "UTF-8":
                return
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue

    def __exit__(self, *_error: object) -> None:
        import locale

        locale.setlocale(locale.LC_CTYPE, self._before)
