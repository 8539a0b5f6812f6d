"""One archive of database, files and site key, and the way back.

The archive is a tar.gz with ``manifest.json`` first. It holds originals with all their values and
the key: it is written with mode 0600 and belongs under lock.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screener import __version__
from screener.config import Config
from screener.errors import Refused, ScreenerError, StoreProblem, UsageProblem
from screener.i18n import _
from screener.model.ledger import canonical, timestamp
from screener.store.blobs import BlobFolder, sync_folder
from screener.store.engine import problem
from screener.store.repository import Repository
from screener.store.site_key import load_site_key

SCHEMA = 1
_MANIFEST = "manifest.json"
_DATABASE = "screener.db"
_KEY = "site.key"
_MANIFEST_LIMIT = 256 * 1024 * 1024
_MEMBER = re.compile(r"screener\.db|site\.key|blobs/[0-9a-f]{2}/[0-9a-f]{62}")

Verify = Callable[[Repository, bytes], None]
"""Checks the restored books with their key. Raises StoreProblem when they are broken."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What an archive holds. ``size`` is that of the archive in bytes."""

    files: int
    size: int
    ledger_seq: int
    ledger_digest: str


def backup(config: Config, target: Path) -> Saved:
    """Write one consistent archive. Others may go on working meanwhile.

    The database is copied first: every file it speaks of was on disk before, and none is ever
    removed. Raises Refused for PostgreSQL and for a target that exists, StoreProblem.
    """
    if config.database_url and not config.database_url.startswith("sqlite"):
        raise Refused(
            _("The database is a PostgreSQL server; only its own tools make a consistent copy."),
            advice=_(
                "Use pg_dump for the database, then copy the folder blobs and the file site.key."
            ),
        )
    if target.exists():
        raise Refused(_("{file} exists and is not overwritten.").format(file=target))
    key = load_site_key(config)
    with closing(Repository(config.database, key)) as repository, repository.read() as work:
        head = work.sealed_head() or {}
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as folder:
            copy = Path(folder) / _DATABASE
            _copy_database(_database_file(config), copy)
            draft = Path(folder) / "archive"
            count = _write_archive(draft, copy, config)
            os.link(draft, target)  # unlike a rename this cannot overwrite
        sync_folder(target.absolute().parent)
    except FileExistsError:
        raise Refused(_("{file} exists and is not overwritten.").format(file=target)) from None
    except (OSError, sqlite3.Error) as error:
        raise problem(error) from None
    return Saved(count, target.stat().st_size, head.get("seq", 0), head.get("digest", ""))


def restore(archive: Path, home: Path, *, verify: Verify) -> Saved:
    """Unpack an archive into a data folder that is empty or not there yet.

    Everything is unpacked beside it, compared with the manifest and verified, and only then gets
    the folder's name. Raises UsageProblem, Refused, StoreProblem; then nothing was changed.
    """
    if not archive.is_file():
        raise UsageProblem(_("{file} is not there.").format(file=archive))
    home = home.absolute()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused(
            _("{folder} is not empty; a backup is only restored into an empty folder.").format(
                folder=home
            ),
            advice=_("Move the present data folder away first."),
        )
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=home.parent, prefix=".restore-"))  # 0700
    except OSError as error:
        raise problem(error) from None
    try:
        with _archive_errors(archive):
            count = _unpack(archive, folder)
        head = _verified(folder, verify)
        folder.replace(home)
        sync_folder(home.parent)
    except OSError as error:
        raise problem(error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Saved(count, archive.stat().st_size, *head)


def _database_file(config: Config) -> Path:
    from sqlalchemy import make_url

    return Path(make_url(config.database).database or "")


def _copy_database(source: Path, copy: Path) -> None:
    """SQLite's own copy: one consistent state, also while others write."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(copy)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode = DELETE")  # one file, no WAL beside it


def _write_archive(draft: Path, database: Path, config: Config) -> int:
    blobs = BlobFolder(config.blobs)
    key = config.site_key.read_bytes()
    names = list(blobs.names())
    members = {
        _DATABASE: {"sha256": _file_digest(database), "size": database.stat().st_size},
        _KEY: {"sha256": hashlib.sha256(key).hexdigest(), "size": len(key)},
    }
    for sha256 in names:
        size = (config.blobs / sha256[:2] / sha256[2:]).stat().st_size
        members[_blob_member(sha256)] = {"sha256": sha256, "size": size}
    manifest = canonical(
        {
            "schema": SCHEMA,
            "tool": __version__,
            "at": timestamp(datetime.now(UTC)),
            "files": members,
        }
    ).encode()
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        with (
            gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w") as tar,
        ):
            _add(tar, _MANIFEST, io.BytesIO(manifest), len(manifest))
            with database.open("rb") as file:
                _add(tar, _DATABASE, file, database.stat().st_size)
            _add(tar, _KEY, io.BytesIO(key), len(key))
            for sha256 in names:
                data = blobs.get(sha256)  # a damaged file is told now, not when it is needed
                _add(tar, _blob_member(sha256), io.BytesIO(data), len(data))
        out.flush()
        os.fsync(out.fileno())
    return len(members)


def _blob_member(sha256: str) -> str:
    return f"blobs/{sha256[:2]}/{sha256[2:]}"


def _add(tar: tarfile.TarFile, name: str, content: Any, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    tar.addfile(info, content)


def _unpack(archive: Path, folder: Path) -> int:
    """Only names of our own making, only plain files, each once and as the manifest says."""
    with tarfile.open(archive, mode="r|gz") as tar:
        manifest = _read_manifest(tar)
        missing = dict(manifest)
        while member := tar.next():  # iterating would begin with the manifest again
            expected = missing.pop(member.name, None)
            if expected is None or not member.isreg() or member.size != expected["size"]:
                raise _damaged(archive)
            source = tar.extractfile(member)
            if source is None or _write_member(source, folder / member.name) != expected["sha256"]:
                raise _damaged(archive)
    if missing or not {_DATABASE, _KEY} <= manifest.keys():
        raise _damaged(archive)
    return len(manifest)


def _read_manifest(tar: tarfile.TarFile) -> dict[str, dict[str, Any]]:
    first = tar.next()
    if (
        first is None
        or first.name != _MANIFEST
        or not first.isreg()
        or first.size > _MANIFEST_LIMIT
    ):
        raise tarfile.ReadError
    source = tar.extractfile(first)
    content = json.loads(source.read()) if source else {}
    if not isinstance(content, dict) or not isinstance(content.get("files"), dict):
        raise tarfile.ReadError
    if content.get("schema") != SCHEMA:
        raise StoreProblem(
            _("The archive was written by another version of Screener ({version}).").format(
                version=str(content.get("tool"))[:20]
            ),
            advice=_("Restore it with that version."),
        )
    files: dict[str, dict[str, Any]] = content["files"]
    for name, expected in files.items():
        if not _MEMBER.fullmatch(name) or set(expected) != {"sha256", "size"}:
            raise tarfile.ReadError
    return files


def _write_member(source: Any, target: Path) -> str:
    for parent in (target.parent.parent, target.parent):  # mkdir(parents=True) forgets the mode
        parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    seen = hashlib.sha256()
    with os.fdopen(handle, "wb") as out:
        while chunk := source.read(1024 * 1024):
            seen.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return seen.hexdigest()


def _verified(folder: Path, verify: Verify) -> tuple[int, str]:
    config = Config(home=folder)
    key = load_site_key(config)
    blobs = BlobFolder(config.blobs)
    with closing(Repository(config.database, key)) as repository:
        verify(repository, key)
        with repository.read() as work:
            head = work.sealed_head() or {}
            for row in work.all_rows("revisions"):
                blobs.get(row["sha256"])
            for row in work.all_rows("releases"):
                blobs.get(row["released_sha256"])
    return head.get("seq", 0), head.get("digest", "")


@contextmanager
def _archive_errors(archive: Path) -> Iterator[None]:
    try:
        yield
    except ScreenerError:
        raise
    except (tarfile.TarError, EOFError, zlib.error, ValueError, TypeError, gzip.BadGzipFile):
        raise _damaged(archive) from None


def _damaged(archive: Path) -> StoreProblem:
    return StoreProblem(
        _("{file} is not a whole backup of Screener.").format(file=archive),
        advice=_("Use another copy of the archive."),
    )


def _file_digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
