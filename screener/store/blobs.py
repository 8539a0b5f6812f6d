"""Originals and released files, each under its own SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from screener.errors import StoreProblem
from screener.i18n import _

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".new-"
_STALE_SECONDS = 3600


class BlobFolder:
    """A folder (0700) of files (0600) named by their content; implements ``ports.Blobs``.

    A file is complete and on disk before it gets its name, so whatever refers to a name finds it
    whole after a crash.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Store and return the SHA-256 (hex). Durable when it returns. Raises StoreProblem."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._path(sha256)
        try:
            if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256:
                return sha256
            self._make_folder(target.parent)
            self._write(target, data)
        except OSError as error:
            raise StoreProblem(
                _("The file could not be stored ({kind}).").format(kind=type(error).__name__),
                advice=_("Check that the data folder can be written and has room."),
            ) from None
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises StoreProblem when missing or changed on disk."""
        try:
            data = self._path(sha256).read_bytes()
        except OSError as error:
            raise StoreProblem(
                _("The stored file {sha256} cannot be read ({kind}).").format(
                    sha256=sha256[:12], kind=type(error).__name__
                ),
                advice=_("Restore the data folder from a backup."),
            ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreProblem(
                _("The stored file {sha256} was changed on disk.").format(sha256=sha256[:12]),
                advice=_("Restore the data folder from a backup."),
            )
        return data

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file stored."""
        for file in sorted(self._folder.glob("??/*")):
            sha256 = file.parent.name + file.name
            if _SHA256.fullmatch(sha256):
                yield sha256

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise StoreProblem(_("The name of a stored file is not a SHA-256."))
        return self._folder / sha256[:2] / sha256[2:]

    def _make_folder(self, folder: Path) -> None:
        for path in (self._folder, folder):
            if not path.is_dir():
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync_folder(path.parent)

    def _write(self, target: Path, data: bytes) -> None:
        self._sweep(target.parent)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=target.parent)  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(target.parent)

    def _sweep(self, folder: Path) -> None:
        """Remove what a killed process left behind."""
        for file in folder.glob(_UNFINISHED + "*"):
            # another process may finish or sweep the same file right now
            with contextlib.suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > _STALE_SECONDS:
                    file.unlink()


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
