"""What the database itself refuses, and what it refuses to open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from screener.config import Config
from screener.errors import ConfigProblem, StoreProblem
from screener.store.repository import Repository
from screener.store.site_key import load_site_key
from tests.review.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with a released and an open paper."""
    office = Office(tmp_path / "home")
    item = office.submit("<block CN_ID_CARD 11010519491231002X>")
    office.queue.decide(item.id, office.target(item), "keep", "false_alarm", actor="乙")
    office.release(office.approve(item))
    office.submit("另一份")
    return office


LEDGER = (
    "INSERT {how} INTO ledger SELECT {seq}, at, actor, tag, subject, payload, {previous}, {digest} "
    "FROM ledger WHERE seq=1"
)
LAST = "(SELECT digest FROM ledger ORDER BY seq DESC LIMIT 1)"
NEXT = "(SELECT MAX(seq)+1 FROM ledger)"

REFUSED = [
    "UPDATE ledger SET actor='x' WHERE seq=2",
    "DELETE FROM ledger",
    LEDGER.format(how="OR REPLACE", seq="2", previous="previous", digest="'x'"),
    LEDGER.format(how="OR REPLACE", seq=NEXT, previous="'x'", digest="'x'"),
    LEDGER.format(how="OR REPLACE", seq="99", previous=LAST, digest="'x'"),
    LEDGER.format(how="OR IGNORE", seq="NULL", previous=LAST, digest="'x'"),
    LEDGER.format(how="", seq="2", previous="previous", digest="'x'"),
    "REPLACE INTO ledger SELECT * FROM ledger WHERE seq=2",
    "UPDATE OR REPLACE ledger SET seq=3 WHERE seq=2",
    "UPDATE decisions SET action='withhold'",
    "DELETE FROM decisions",
    "REPLACE INTO decisions SELECT * FROM decisions",
    "UPDATE signatures SET \"by\"='x'",
    "DELETE FROM signatures",
    "REPLACE INTO signatures SELECT * FROM signatures",
    "UPDATE revisions SET screening='{}'",
    "DELETE FROM revisions",
    "REPLACE INTO revisions SELECT * FROM revisions",
    "UPDATE releases SET released_sha256='x'",
    "DELETE FROM releases",
    "REPLACE INTO releases SELECT * FROM releases",
    "DELETE FROM items",
    "REPLACE INTO items SELECT * FROM items",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(office: Office, statement: str) -> None:
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        before = list(connection.iterdump())
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
        connection.rollback()
        assert list(connection.iterdump()) == before


def test_a_withdrawal_is_written_once(office: Office) -> None:
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        connection.execute("UPDATE releases SET withdrawn_at='x'")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE releases SET withdrawn_at=NULL")


def test_it_is_set_up_for_crashes(office: Office) -> None:
    with office.repository._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


def test_nobody_else_may_read_it(office: Office) -> None:
    assert office.home.stat().st_mode & 0o777 == 0o700
    for path in office.home.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_newer_database_is_refused(office: Office) -> None:
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        connection.execute("UPDATE meta SET value='2' WHERE key='schema_version'")
        connection.commit()
    with pytest.raises(StoreProblem, match="2"):
        Office(office.home).queue.list()


def test_another_site_key_is_refused(office: Office) -> None:
    (office.home / "site.key").write_text("00" * 32)
    with pytest.raises(StoreProblem):
        Office(office.home).queue.list()


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 99]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "screener.db").write_bytes(content)
    repository = Repository(f"sqlite:///{tmp_path / 'screener.db'}", b"k")
    with pytest.raises(StoreProblem), repository.read():
        pass


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "screener.db")) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.commit()
    repository = Repository(f"sqlite:///{tmp_path / 'screener.db'}", b"k")
    with pytest.raises(StoreProblem), repository.read():
        pass


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://x/y",
        "oracle://x",
        "sqlite+nothing:///x",
    ],
)
def test_a_url_that_cannot_be_used(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigProblem), Repository(url, b"k").read():
        pass
    assert not list(tmp_path.iterdir())


def test_the_site_key_is_made_once(tmp_path: Path) -> None:
    config = Config(home=tmp_path / "home")
    key = load_site_key(config)
    assert len(key) == 32
    assert load_site_key(config) == key
    assert config.site_key.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in config.home.iterdir()] == ["site.key"]


def test_a_lost_site_key_is_not_made_anew_under_a_database(office: Office) -> None:
    office.config.site_key.unlink()
    with pytest.raises(StoreProblem):
        load_site_key(office.config)
    assert not office.config.site_key.exists()


@pytest.mark.parametrize("content", [b"", b"abc", b"zz" * 32, b"00" * 31, b"\xff" * 64])
def test_a_damaged_site_key(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "site.key").write_bytes(content)
    with pytest.raises(StoreProblem):
        load_site_key(Config(home=tmp_path))


def test_an_unreadable_site_key(tmp_path: Path) -> None:
    (tmp_path / "site.key").mkdir()
    with pytest.raises(StoreProblem):
        load_site_key(Config(home=tmp_path))


def test_answers_are_remembered(office: Office) -> None:
    key, request, at = "k" * 64, "r" * 64, office.clock()
    with office.repository.write() as work:
        assert work.remembered(key) is None
        work.remember(key, request=request, status=201, response={"id": "1"}, at=at)
    with office.repository.read() as work:
        found = work.remembered(key)
    assert found is not None
    assert (found["request"], found["status"], found["response"]) == (request, 201, {"id": "1"})


def test_audit_runs(office: Office) -> None:
    with office.repository.write() as work:
        entry = work.add_audit_run(
            "run-1", at=office.clock(), actor="己", summary={"pages": 2}, pages=[{"n": 1}, {"n": 2}]
        )
    assert entry.tag == "audit:run"
    with office.repository.read() as work:
        assert [run["summary"] for run in work.audit_runs()] == [{"pages": 2}]
        assert work.audit_pages("run-1") == [{"n": 1}, {"n": 2}]
        assert work.audit_pages("run-2") == []


def test_a_failed_step_leaves_nothing(office: Office) -> None:
    before = office.queue.ledger(limit=500)

    def step() -> None:
        with office.repository.write() as work:
            work.add_audit_run("run-1", at=office.clock(), actor="己", summary={}, pages=[])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        step()
    assert office.queue.ledger(limit=500) == before
