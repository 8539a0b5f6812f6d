"""Killed at any moment, the books open, verify and hold no half step."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from screener.errors import Conflict, ScreenerError
from screener.review.ledger import verify
from tests.review.office import Office

KILLS = 15
PROCESSES = get_context("fork")  # a spawned one would import for a second before each kill


def _clerk(home: Path, name: str, out: int) -> None:
    """Hands in, decides, signs and releases until killed; tells each step once it is done."""
    office = Office(home, clock=lambda: datetime.now(UTC))

    def tell(*words: str) -> None:
        os.write(out, (" ".join(words) + "\n").encode())

    for number in itertools.count():
        text = f"{name} {number} <block CN_ID_CARD 11010519491231002X> <review EMAIL_ADDRESS a@b>"
        item = office.submit(text, actor=f"{name}甲")
        tell("submitted", item.id)
        for position, action in ((0, "keep"), (0, "redact"), (1, "keep")):
            target = office.target(item, position)
            office.queue.decide(item.id, target, action, "personal_privacy", actor=f"{name}乙")
            tell("decided", item.id)
        item = office.version(item, text + "改", actor=f"{name}甲")
        office.approve(item, f"{name}乙", f"{name}丙", f"{name}丁")
        result = office.release(item)
        tell("released", item.id, result.certificate["released_sha256"])


def _sound(home: Path, promised: list[str]) -> int:
    """Everything that must hold after a crash. Returns how many ledger lines there are."""
    office = Office(home)
    found = verify(office.repository, office.key)
    assert found.problems == ()
    with office.repository.read() as work:
        lines = [row["tag"] for row in work.ledger_rows()]
        for table, tags in (
            ("decisions", ("item:decide",)),
            ("signatures", ("item:sign", "item:return")),
            ("revisions", ("item:submit", "item:version")),
            ("releases", ("item:release",)),
        ):
            rows = list(work.all_rows(table))
            assert len(rows) == sum(lines.count(tag) for tag in tags)
            for row in rows:
                for column in ("sha256", "released_sha256"):
                    if column in row:
                        office.blobs.get(row[column])
    for line in promised:
        step, item_id, *rest = line.split()
        view = office.queue.show(item_id)  # what was told as done is there
        if step == "released":
            assert office.queue.check_release(rest[0]) is not None
            assert view.item.state.value == "released"
    office.repository.close()
    return found.entries


def test_killed_at_any_moment(tmp_path: Path) -> None:
    home, chance = tmp_path / "home", random.Random(20261122)
    entries = steps = 0
    for kill in range(KILLS):
        out, into = os.pipe()
        clerk = PROCESSES.Process(target=_clerk, args=(home, f"职员{kill}", into))
        clerk.start()
        os.close(into)
        time.sleep(chance.uniform(0.0, 0.3))
        clerk.kill()  # SIGKILL
        clerk.join()
        with os.fdopen(out, encoding="utf-8") as told:
            promised = [line for line in told if line.endswith("\n")]
        steps += len(promised)
        entries = _sound(home, promised)
    assert entries > KILLS
    assert steps > KILLS


def _race(
    home: Path, name: str, ids: list[tuple[str, str]], results: object, url: str = ""
) -> None:
    office = Office(home, database_url=url)
    outcome = []
    for item_id, target in ids:
        try:
            office.queue.decide(
                item_id, target, "keep", "false_alarm", name, actor=name, expected_version=1
            )
            outcome.append("done")
        except Conflict:
            outcome.append("conflict")
        except ScreenerError as error:
            outcome.append(error.code)
    results.put((name, outcome))  # type: ignore[attr-defined]


def test_two_reviewers_at_once_one_conflict_nothing_lost(tmp_path: Path) -> None:
    office = Office(tmp_path / "home")
    items = [office.submit(f"{n} <block CN_ID_CARD 11010519491231002X>") for n in range(20)]
    ids = [(item.id, office.target(item)) for item in items]
    results = PROCESSES.Queue()
    racers = [
        PROCESSES.Process(target=_race, args=(office.home, name, ids, results)) for name in "乙丙"
    ]
    for racer in racers:
        racer.start()
    outcomes = dict(results.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    for number, (item_id, _target) in enumerate(ids):
        assert sorted(o[number] for o in outcomes.values()) == ["conflict", "done"]
        (decision,) = office.queue.show(item_id).decisions
        assert outcomes[decision.by][number] == "done"
    assert verify(office.repository, office.key).intact


def _hand_in(home: Path, results: object) -> None:
    office = Office(home)
    found = [
        office.queue.submit(b"x%d" % n, "x", unit="u", title="t", actor="甲") for n in range(9)
    ]
    results.put([(s.item.id, s.created) for s in found])  # type: ignore[attr-defined]


def test_two_first_starts_at_once_hand_in_the_same_once(tmp_path: Path) -> None:
    """They race for the site key, the tables and the items."""
    results = PROCESSES.Queue()
    clerks = [PROCESSES.Process(target=_hand_in, args=(tmp_path / "h", results)) for _ in range(3)]
    for clerk in clerks:
        clerk.start()
    answers = [results.get(timeout=60) for _ in clerks]
    for clerk in clerks:
        clerk.join()
    ids = [[item_id for item_id, _ in answer] for answer in answers]
    assert ids[0] == ids[1] == ids[2]
    for number in range(9):
        assert sum(answer[number][1] for answer in answers) == 1
    office = Office(tmp_path / "h")
    with contextlib.closing(office.repository):
        assert verify(office.repository, office.key).intact
