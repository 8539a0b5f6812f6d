"""The books tell on whoever changes them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.errors import StoreProblem
from screener.model.ledger import BEFORE_FIRST, line_digest
from screener.model.review import Verification
from screener.review import ledger
from screener.review.ledger import verified, verify
from screener.store import tables
from tests.review.office import Office

PAPER = "<block CN_ID_CARD 11010519491231002X>\n<review EMAIL_ADDRESS a@b.cn>"


def walk(office: Office) -> None:
    """Every kind of line: decided, replaced, returned, a new version, released, withdrawn."""
    first = office.submit(PAPER)
    for action in ("withhold", "redact"):
        office.queue.decide(first.id, office.target(first), action, "personal_privacy", actor="乙")
    office.queue.decide(first.id, office.target(first, 1), "keep", "official_duty", actor="乙")
    office.queue.sign(first.id, "return", "请改", actor="乙")
    first = office.version(first, PAPER + "\n改")
    office.release(office.approve(first))
    second = office.submit("另一份")
    office.release(office.approve(second))
    office.queue.withdraw(second.id, "work_secret", "弄错", actor="丁")
    with office.repository.write() as work:
        pages = [{"url": "https://example.gov.cn/1"}]
        work.add_audit_run(
            "run-1", at=office.clock(), actor="己", summary={"pages": 1}, pages=pages
        )


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office after a full walk; tests work on copies of its database."""
    office = Office(tmp_path_factory.mktemp("walked") / "home")
    walk(office)
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield office
    office.repository.close()


def tampered(walked: Office, folder: Path, *statements: tuple[str, tuple[object, ...]]) -> Office:
    """A copy whose guards were taken away and rows changed behind the ledger's back."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(walked.home, home)
    with closing(sqlite3.connect(home / "screener.db")) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement, values in statements:
            assert connection.execute(statement, values).rowcount != 0, statement
        connection.commit()
    return Office(home)


def told(office: Office) -> Verification:
    try:
        return verify(office.repository, office.key)
    finally:
        office.repository.close()


def test_an_honest_walk_verifies(walked: Office) -> None:
    found = verify(walked.repository, walked.key)
    assert found.problems == ()
    assert found.entries == len(walked.queue.ledger(limit=500)) == 18
    verified(walked.repository, walked.key)


FORGERIES = [
    ("UPDATE ledger SET actor='x' WHERE seq=5", 5),
    ("UPDATE ledger SET payload=payload || ' ' WHERE seq=5", 5),
    ("DELETE FROM ledger WHERE seq=5", 5),
    ("DELETE FROM ledger WHERE seq=(SELECT MAX(seq) FROM ledger)", 18),
    ("DELETE FROM ledger", None),
    ("UPDATE ledger_head SET seq=seq-1", None),
    ("DELETE FROM ledger_head", None),
    ("UPDATE decisions SET action='keep' WHERE id=2", 4),
    ("UPDATE decisions SET \"by\"='丙' WHERE id=2", 4),
    ("UPDATE decisions SET note='其他' WHERE id=2", 4),
    ("DELETE FROM decisions WHERE id=1", 3),
    ("UPDATE signatures SET \"by\"='x' WHERE id=2", None),
    ("UPDATE signatures SET opinion='agree' WHERE id=1", None),
    ("DELETE FROM signatures WHERE id=3", None),
    ("UPDATE items SET state='approved' WHERE number=2", None),
    ("UPDATE items SET unit='他局' WHERE number=1", None),
    ("UPDATE items SET disclosure='none' WHERE number=1", None),
    ("DELETE FROM items WHERE number=2", None),
    ("UPDATE revisions SET screening='{}' WHERE number=2", None),
    ("UPDATE revisions SET \"by\"='x' WHERE number=2", None),
    ("DELETE FROM revisions WHERE number=2", None),
    ("UPDATE targets SET level='note' WHERE revision=2 AND position=0", None),
    ("UPDATE targets SET decision=NULL WHERE revision=2 AND position=0", None),
    ("UPDATE targets SET decision=1 WHERE revision=2 AND position=0", None),
    ("DELETE FROM targets WHERE revision=2 AND position=1", None),
    ("UPDATE releases SET released_sha256=original_sha256 WHERE id=1", None),
    ("UPDATE releases SET certificate=replace(certificate, '公告', '通知') WHERE id=1", None),
    ("UPDATE releases SET certificate='{}' WHERE id=1", None),
    ("UPDATE releases SET withdrawn_at=NULL, withdrawn_seq=NULL WHERE id=2", None),
    ("UPDATE releases SET withdrawn_reason='public_interest' WHERE id=2", None),
    ("DELETE FROM releases WHERE id=2", None),
    ("UPDATE audit_pages SET content='{}'", 18),
    ("UPDATE audit_runs SET summary='{}'", 18),
    ("DELETE FROM audit_runs", 18),
]


@pytest.mark.parametrize(("statement", "line"), FORGERIES, ids=[f[0][:60] for f in FORGERIES])
def test_a_row_changed_behind_its_back_is_told(
    walked: Office, tmp_path: Path, statement: str, line: int | None
) -> None:
    statement = statement.replace("'公告', '通知'", "'\\u516c\\u544a', '\\u901a\\u77e5'")
    found = told(tampered(walked, tmp_path, (statement, ())))
    assert not found.intact
    if line is not None:
        assert found.first_bad == line


def test_rows_put_in_without_a_line_are_told(walked: Office, tmp_path: Path) -> None:
    for table in ("decisions", "signatures", "releases"):
        columns = [c.name for c in tables.metadata.tables[table].columns if c.name != "id"]
        names = ", ".join(f'"{c}"' for c in columns)
        forged = tampered(
            walked,
            tmp_path,
            (f"INSERT INTO {table} (id, {names}) SELECT 99, {names} FROM {table} LIMIT 1", ()),
        )
        assert not told(forged).intact


def test_a_rewritten_chain_is_told_by_the_sealed_head(walked: Office, tmp_path: Path) -> None:
    """Whoever recomputes all digests still lacks the site key and the certificates."""
    lines = _ledger(walked)
    previous = BEFORE_FIRST
    statements: list[tuple[str, tuple[object, ...]]] = []
    for line in lines:
        seq, at, actor, tag, subject, payload, _old, _digest = line
        fields = {
            "seq": seq,
            "at": at,
            "actor": "x" if seq == 5 else actor,
            "tag": tag,
            "subject": subject,
            "payload": json.loads(payload),
            "previous": previous,
        }
        digest = line_digest(fields)
        statements.append(
            (
                "UPDATE ledger SET actor=?, previous=?, digest=? WHERE seq=?",
                (fields["actor"], previous, digest, seq),
            )
        )
        previous = digest
    statements.append(("UPDATE ledger_head SET digest=?", (previous,)))
    found = told(tampered(walked, tmp_path, *statements))
    assert {"seal", "certificate"} <= {p.code for p in found.problems}


def test_nothing_is_written_behind_a_lost_end(walked: Office, tmp_path: Path) -> None:
    office = tampered(walked, tmp_path, ("DELETE FROM ledger WHERE seq=18", ()))
    with pytest.raises(StoreProblem):
        office.submit("还有一份")
    with pytest.raises(StoreProblem):
        verified(office.repository, office.key)


def _ledger(office: Office) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        return list(connection.execute("SELECT * FROM ledger ORDER BY seq"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_changing_any_byte_of_any_line_breaks_it(walked: Office, data: st.DataObject) -> None:
    columns = [c.name for c in tables.ledger.columns]
    lines = [dict(zip(columns, row, strict=True)) for row in _ledger(walked)]
    line = data.draw(st.sampled_from(lines))
    column = data.draw(st.sampled_from([c for c in columns if c != "seq"]))
    raw = bytearray(str(line[column]).encode())
    position = data.draw(st.integers(0, len(raw) - 1))
    raw[position] ^= data.draw(st.integers(1, 127))
    changed = raw.decode("utf-8", "replace")
    line[column] = changed

    with walked.repository.read() as work:
        found = [*ledger.check_chain(lines), *ledger.check_head(work, lines, walked.key)]
    assert found, (line["seq"], column, changed)
