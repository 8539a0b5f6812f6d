"""``site.key``: 32 random bytes, made once. Fingerprints, baselines and seals depend on it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from screener.config import Config
from screener.errors import StoreProblem
from screener.i18n import _
from screener.store.blobs import sync_folder

_LENGTH = 32


def load_site_key(config: Config) -> bytes:
    """The key, made if this is the first start.

    Raises StoreProblem when it cannot be read or written, is damaged, or is gone while there is a
    database that depends on it.
    """
    file = config.site_key
    try:
        return _read(file)
    except FileNotFoundError:
        pass
    if _database_in_use(config) and not file.exists():  # or another first start made both
        raise StoreProblem(
            _("{file} is missing, but the database depends on it.").format(file=file),
            advice=_("Put the site.key of this database back, for example from a backup."),
        )
    try:
        return _make(file)
    except OSError as error:
        raise StoreProblem(
            _("{file} cannot be written ({kind}).").format(file=file, kind=type(error).__name__),
            advice=_("Check that the data folder can be written and has room."),
        ) from None


def _read(file: Path) -> bytes:
    try:
        text = file.read_text("ascii").strip()
        key = bytes.fromhex(text)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreProblem(
            _("{file} cannot be read ({kind}).").format(file=file, kind=type(error).__name__),
            advice=_("Run as the user that the data folder belongs to."),
        ) from None
    except ValueError:
        key = b""
    if len(key) != _LENGTH:
        raise StoreProblem(
            _("{file} is damaged.").format(file=file),
            advice=_("Put the site.key of this database back, for example from a backup."),
        )
    return key


def _make(file: Path) -> bytes:
    """Write beside, then link: the name appears once, complete, and only one process wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".site.key-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(_LENGTH).hex().encode("ascii") + b"\n")
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):  # another process was first: its key is the key
            os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(file.parent)
    return _read(file)


def _database_in_use(config: Config) -> bool:
    if config.database_url:
        return _tables_there(config.database)
    return _tables_there(config.database) if (config.home / "screener.db").exists() else False


def _tables_there(url: str) -> bool:
    from screener.store.engine import STORE_ERRORS, has_table, open_engine, problem

    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return has_table(connection, "meta")
    except STORE_ERRORS as error:
        raise problem(error) from None
    finally:
        engine.dispose()
