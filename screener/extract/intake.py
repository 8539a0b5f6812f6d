"""The door: whether to open a file, and its bytes or the reason why there are none."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from screener.config import Limits
from screener.extract.builder import make_unread
from screener.extract.sniff import OCTETS
from screener.i18n import _
from screener.model.document import Source, Unread, UnreadReason


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came through the door: the bytes, or the reason why there are none.

    What the bytes are is not looked at yet: ``source.media_type`` is empty.
    """

    source: Source
    data: bytes = b""
    problem: Unread | None = None


def from_path(path: Path, limits: Limits) -> Arrival:
    """Read a file without ever raising; its size is known before a byte is read."""
    name, origin = printable(path.name), printable(os.fspath(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _refused(name, origin, UnreadReason.UNSUPPORTED, _("not a regular file"))
        if status.st_size > limits.file_bytes:
            return _too_large(name, origin, status.st_size, limits)
        # a file may be swapped for a pipe meanwhile: never wait, never read past the limit
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return _refused(name, origin, UnreadReason.UNSUPPORTED, _("not a regular file"))
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        return _refused(name, origin, UnreadReason.NO_ACCESS, _why(error))
    return from_bytes(data, name, origin, limits)


def head(path: Path) -> bytes:
    """The first bytes of a regular file, none when it cannot be read. Never waits."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            return file.read(8) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except (OSError, ValueError):
        return b""


def from_bytes(data: bytes, name: str, origin: str, limits: Limits) -> Arrival:
    """Look at bytes that came with a name."""
    name, origin = printable(name), printable(origin)
    if len(data) > limits.file_bytes:
        return _too_large(name, origin, len(data), limits)
    digest = hashlib.sha256(data).hexdigest()
    if not data:
        source = Source(digest, 0, OCTETS, name, origin)
        return Arrival(source, b"", whole_file(UnreadReason.EMPTY))
    return Arrival(Source(digest, len(data), "", name, origin), data)


def printable(name: str) -> str:
    """A name that can be written as UTF-8: undecodable bytes read as GB18030, else escaped."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape" if _escaped(name) else "surrogatepass")
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "backslashreplace")
    return name


def _escaped(name: str) -> bool:
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in name)


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        if error.errno == errno.ELOOP:
            return _("the link leads back to itself")
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return _("the file is not there")
        if error.errno in (errno.EACCES, errno.EPERM):
            return _("no permission to read the file")
        if error.errno == errno.ENAMETOOLONG:
            return _("the file's name is too long")
        return _("the system cannot read the file ({code})").format(
            code=errno.errorcode.get(error.errno or 0, "?")
        )
    return _("the file's name cannot be used")


def whole_file(reason: UnreadReason, detail: str = "") -> Unread:
    """The unread part that is all of a file."""
    return make_unread(_("the file"), reason, detail)


def _refused(name: str, origin: str, reason: UnreadReason, detail: str) -> Arrival:
    return Arrival(Source("", 0, OCTETS, name, origin), b"", whole_file(reason, detail))


def _too_large(name: str, origin: str, size: int, limits: Limits) -> Arrival:
    detail = _("{size} bytes; the limit is {limit} ({key})").format(
        size=size, limit=limits.file_bytes, key="[limits] file_bytes"
    )
    problem = whole_file(UnreadReason.TOO_LARGE, detail)
    return Arrival(Source("", size, OCTETS, name, origin), b"", problem)
