"""The books: one database, opened, checked and handed out in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Connection, Engine, insert, select

from screener.errors import StoreProblem
from screener.i18n import _
from screener.model.ledger import Tag, key_check
from screener.store import guards, tables
from screener.store.engine import STORE_ERRORS, WRITE, has_table, open_engine, problem
from screener.store.work import Work


class Repository:
    """Items, decisions, signatures, releases and the ledger; implements ``ports.Repository``.

    ``url`` is a SQLAlchemy URL (SQLite or PostgreSQL), ``key`` the site key. Tables are made when
    the database is empty; a database of a newer schema or of another site key is refused.
    """

    def __init__(self, url: str, key: bytes) -> None:
        self._url = url
        self._key = key

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction that writes. All or nothing, durable when the block ends; one at a time."""
        with self._transaction(self._engine, write=True) as connection:
            yield Work(connection, self._key)

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A transaction that reads one consistent state."""
        with self._transaction(self._engine, write=False) as connection:
            yield Work(connection, self._key)

    def close(self) -> None:
        """Close all connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: Engine, *, write: bool) -> Iterator[Connection]:
        try:
            with (
                engine.connect() as connection,
                connection.execution_options(**{WRITE: write}).begin(),
            ):
                yield connection
        except STORE_ERRORS as error:
            raise problem(error) from None

    @cached_property
    def _engine(self) -> Engine:
        engine = open_engine(self._url)
        try:
            with self._transaction(engine, write=False) as connection:
                fresh = not has_table(connection, "meta")
            if fresh:
                with self._transaction(engine, write=True) as connection:
                    self._create(connection)
            with self._transaction(engine, write=False) as connection:
                self._check(connection)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _create(self, connection: Connection) -> None:
        if has_table(connection, "meta"):  # another process was first
            return
        tables.metadata.create_all(connection)
        for statement in guards.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
        values = {
            "schema_version": str(tables.SCHEMA_VERSION),
            "site_key": key_check(self._key),
        }
        for key, value in values.items():
            connection.execute(insert(tables.meta).values(key=key, value=value))
        Work(connection, self._key).next_entry(
            at=datetime.now(UTC),
            actor="screener",
            tag=Tag.GENESIS,
            subject="ledger",
            payload={"schema": tables.SCHEMA_VERSION, "site_key": key_check(self._key)},
        )

    def _check(self, connection: Connection) -> None:
        found = {row.key: row.value for row in connection.execute(select(tables.meta)).all()}
        version = found.get("schema_version", "")
        if not version.isdigit():
            raise StoreProblem(_("This database was not made by Screener."))
        if int(version) > tables.SCHEMA_VERSION:
            raise StoreProblem(
                _(
                    "The database has schema {found}, this version of Screener knows {known}."
                ).format(found=version, known=tables.SCHEMA_VERSION),
                advice=_("Install the newer version of Screener that wrote it."),
            )
        if found.get("site_key") != key_check(self._key):
            raise StoreProblem(
                _("The site key in the data folder is not the one this database was made with."),
                advice=_("Put the site.key of this database back, for example from a backup."),
            )
