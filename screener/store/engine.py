"""Opens the database: SQLite made for crashes, or PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from screener.errors import ConfigProblem, StoreProblem
from screener.i18n import _

WRITE = "screener_write"
"""Execution option of connections that will write."""

_BUSY_SECONDS = 30
_LOCK = 0x5C4EE9E4  # any number that no other user of the same PostgreSQL takes


def open_engine(url: str) -> Engine:
    """An engine for the URL. Raises ConfigProblem for a URL or driver that cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+pg8000")
        in_memory = parsed.database in {None, "", ":memory:"}
        if in_memory and parsed.get_backend_name() == "sqlite":
            raise ValueError  # books that are gone when the process ends are none
        engine = create_engine(parsed, hide_parameters=True)  # errors must not show what was stored
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise ConfigProblem(
            _("The database URL cannot be used ({kind}).").format(kind=type(error).__name__),
            advice=_("Use sqlite:///FILE, or postgresql://… with the extra “postgresql”."),
        ) from None
    if engine.dialect.name not in {"sqlite", "postgresql"}:
        raise ConfigProblem(
            _("The database {name} is not supported.").format(name=engine.dialect.name),
            advice=_("Use sqlite:///FILE, or postgresql://… with the extra “postgresql”."),
        )
    if engine.dialect.name == "sqlite":
        _prepare_file(Path(str(parsed.database)))
        event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def has_table(connection: Connection, name: str) -> bool:
    """Whether the table is there."""
    return inspect(connection).has_table(name)


def problem(error: Exception) -> StoreProblem:
    """A store error for a person. The library's own text may hold values: only its kind is told."""
    origin = getattr(error, "orig", None)
    cause = origin if isinstance(origin, Exception) else error
    kind = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    return StoreProblem(
        _("The database cannot be used ({kind}).").format(kind=kind),
        advice=_("Check that the data folder can be written, has room and is not in other hands."),
    )


STORE_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError)


def _prepare_file(file: Path) -> None:
    """The folder 0700, the file 0600: SQLite gives its WAL the rights of the database."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise problem(error) from error


def _connect_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    for attempt in range(50):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:  # two first starts at once: this one pragma does not wait
            if attempt == 49:
                raise
            time.sleep(0.05)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers queue up at the start: what they read stays true until they commit."""
    write = connection.get_execution_options().get(WRITE, False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
    elif write:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
