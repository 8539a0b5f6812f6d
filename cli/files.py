"""Which files a scan covers, and how results get into a file."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener.errors import UsageProblem
from screener.i18n import _
from screener.masking import safe_line

STDIN = "-"
LEFT_OUT = frozenset({".git"})
"""Folders of version control hold packed copies of files that are scanned themselves."""


_PIECE = 1024 * 1024


@dataclass(slots=True)
class Collected:
    """What was named, spelt out: the files in order, and the names that are not there.

    Among the files, ``streams`` are standard input and named pipes, which can be read only once and
    only here, never by a worker; ``closed`` are folders that cannot be opened.
    """

    files: list[Path] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    streams: set[Path] = field(default_factory=set)
    closed: set[Path] = field(default_factory=set)


def collect(names: Sequence[str]) -> Collected:
    """All files under these names: folders in the order of their names, each file once.

    Links to folders are followed, each real folder once, so a loop ends. Hidden files count; what
    cannot be opened stays in the list, for the reader to say so.
    """
    found = Collected()
    seen: set[Path] = set()
    folders: set[tuple[int, int]] = set()
    for name in names:
        path = Path(name)
        for file in [path] if name == STDIN else _under(path, folders, found):
            if file not in seen:
                seen.add(file)
                found.files.append(file)
        if name == STDIN:
            found.streams.add(path)
    return found


def _under(path: Path, folders: set[tuple[int, int]], found: Collected) -> Iterator[Path]:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        found.missing.append(str(path))
        return
    except (OSError, ValueError):
        yield path  # no access, a link to itself, a name too long: the reader says which
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(path, (status.st_dev, status.st_ino), folders, found)
        return
    if not stat.S_ISREG(status.st_mode):
        found.streams.add(path)
    yield path


def _walk(
    folder: Path, identity: tuple[int, int], folders: set[tuple[int, int]], found: Collected
) -> Iterator[Path]:
    if identity in folders:
        return
    folders.add(identity)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        found.closed.add(folder)
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        try:
            status = entry.stat()
        except OSError:  # a link to nothing or to itself
            yield path
            continue
        if stat.S_ISDIR(status.st_mode):
            if entry.name not in LEFT_OUT:
                yield from _walk(path, (status.st_dev, status.st_ino), folders, found)
        else:
            yield path  # what is no regular file is not opened; the reader says so


def read_stream(path: Path, limit: int, seconds: float) -> bytes:
    """Standard input or a named pipe, at most one byte more than the limit (so it shows).

    Raises TimeoutError when nothing comes out of a pipe for so many seconds, OSError for what
    cannot be read.
    """
    if str(path) == STDIN:
        return sys.stdin.buffer.read(limit + 1)
    pieces: list[bytes] = []
    left = limit + 1
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        while left > 0:
            if not waiting.poll(seconds * 1000):
                raise TimeoutError
            piece = os.read(pipe, min(left, _PIECE))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
    finally:
        os.close(pipe)
    return b"".join(pieces)


def check_output(path: Path) -> None:
    """Refuse early what cannot become an output file. Raises UsageProblem."""
    if path.is_dir():
        raise UsageProblem(
            _("{path} is a folder.").format(path=safe_line(str(path))),
            advice=_("Name a file behind --output."),
        )
    if not path.absolute().parent.is_dir():
        raise UsageProblem(
            _("The folder of {path} is not there.").format(path=safe_line(str(path))),
            advice=_("Make the folder first."),
        )


def write_output(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: a half report must not be taken for a whole one."""
    check_output(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageProblem(
            _("{path} cannot be written: {why}").format(
                path=safe_line(str(path)), why=error.strerror or type(error).__name__
            ),
            advice=_("Name a file in a folder where you may write."),
        ) from error
