"""What goes out: the reviewed bytes, or a copy that was looked at again; and the gate."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from screener.errors import Conflict, Refused, SomethingLeft, StoreProblem, Undecided
from screener.model.review import Item, State
from screener.release.certificate import sealed_here
from screener.release.gate import Gate
from screener.release.verify import CheckedCopy
from tests.review.office import MarkupRedactor, Office

ID = "<block CN_ID_CARD 11010519491231002X>"
PHONE = "<review CN_MOBILE_PHONE 13800138000>"
PAPER = f"户主身份证 {ID}，联系电话 {PHONE}"


def settled(office: Office, *actions: str, text: str = PAPER) -> Item:
    """An approved item whose targets were decided in order."""
    item = office.submit(text)
    for position, action in enumerate(actions):
        target = office.target(item, position)
        office.queue.decide(item.id, target, action, "personal_privacy", "看过", actor="乙")
    return office.approve(item)


def test_without_redaction_exactly_the_reviewed_bytes(office: Office) -> None:
    item = settled(office, "keep", "keep")
    result = office.release(item)
    assert result.data == PAPER.encode()
    assert result.certificate["original_sha256"] == result.certificate["released_sha256"]
    assert result.certificate["redacted"] is False


def test_with_redaction_a_copy_without_the_values(office: Office) -> None:
    item = settled(office, "redact", "keep")
    result = office.release(item)
    assert "11010519491231002X" not in result.data.decode()
    assert "13800138000" in result.data.decode()
    assert result.certificate["redacted"] is True
    assert result.certificate["findings_after"] == {"block": 0, "review": 1, "note": 0}
    assert result.certificate["decisions"] == {
        "actions": {"redact": 1, "keep": 1},
        "reasons": {"personal_privacy": 2},
    }
    assert office.queue.check_release(hashlib.sha256(result.data).hexdigest()) is not None
    assert office.queue.check_release(hashlib.sha256(PAPER.encode()).hexdigest()) is None


def test_the_outer_of_two_values_is_masked_once(office: Office) -> None:
    card = "<block CREDENTIAL 口令11010519491231002X11>"
    result = office.release(settled(office, "redact", text=card))
    assert result.data == b"***"


@pytest.mark.parametrize("insert", ["", " <review EMAIL_ADDRESS a@b.cn>", " <unread 第9页>"])
def test_a_copy_with_something_left_or_new_does_not_go_out(office: Office, insert: str) -> None:
    assert office.redactor is not None
    office.redactor.insert = insert
    office.redactor.forget = set() if insert else {"11010519491231002X"}
    item = settled(office, "redact", "keep")
    with pytest.raises(SomethingLeft) as caught:
        office.release(item)
    assert "1101" not in caught.value.message
    assert office.queue.show(item.id).item == item
    assert office.queue.ledger(limit=500)[-1].tag == "item:sign"


def test_a_value_that_no_rule_finds_any_more_is_still_something_left(office: Office) -> None:
    assert office.redactor is not None
    office.redactor.insert = " 11010519491231002X"
    with pytest.raises(SomethingLeft):
        office.release(settled(office, "redact", "redact"))


def test_one_value_cannot_go_and_stay(office: Office) -> None:
    item = settled(office, "redact", "keep", text=f"{ID}\n{ID}")
    with pytest.raises(Refused):
        office.release(item)


def test_a_format_without_a_writer_needs_a_fixed_version(office: Office) -> None:
    assert office.redactor is not None
    office.redactor.media_type = "application/pdf"
    item = settled(office, "redact", "keep")
    with pytest.raises(Refused) as caught:
        office.release(item)
    assert caught.value.advice
    fixed = office.version(item, f"改 {PHONE}")
    target = office.target(fixed)
    office.queue.decide(fixed.id, target, "keep", "official_duty", actor="乙")
    assert office.release(office.approve(fixed)).item.state is State.RELEASED


def test_rules_that_find_more_than_was_reviewed_stop_the_release(office: Office) -> None:
    item = settled(office, "keep", "keep", text=f"{ID}{PHONE}<note PERSON 董健>")
    office.screener.raised.add("PERSON")
    with pytest.raises(SomethingLeft):
        office.release(item)


def test_nothing_goes_out_before_its_time(office: Office) -> None:
    item = office.submit(PAPER)
    with pytest.raises(Undecided):
        office.release(item)
    clean = office.submit("公告")
    with pytest.raises(Conflict):
        office.release(clean)
    held = office.submit(ID)
    office.queue.decide(held.id, office.target(held), "withhold", "state_secret", actor="乙")
    with pytest.raises(Refused):
        office.release(held)


@pytest.mark.parametrize(
    ("disclosure", "channel", "goes"),
    [
        ("open", "website", True),
        ("open", "网站", True),
        ("none", "website", False),
        ("on_request", "website", False),
        ("on_request", "微信", False),
        ("on_request", "applicant", True),
        ("none", "applicant", False),
    ],
)
def test_what_is_not_open_does_not_go_public(
    office: Office, disclosure: str, channel: str, goes: bool
) -> None:
    item = office.approve(office.submit(disclosure=disclosure, channel=channel))
    if goes:
        assert office.release(item).item.state is State.RELEASED
    else:
        with pytest.raises(Refused):
            office.release(item)


def test_releasing_again_gives_the_same_bytes(office: Office) -> None:
    item = settled(office, "redact", "redact")
    first = office.release(item)
    screened = len(office.screener.screened)
    again = office.queue.release(item.id, actor="己", expected_version=item.version)
    assert (again.data, again.certificate) == (first.data, first.certificate)
    assert (first.repeated, again.repeated) == (False, True)
    assert len(office.screener.screened) == screened
    assert len(office.queue.show(item.id).releases) == 1


def test_after_release_nothing_changes_but_withdrawal(office: Office) -> None:
    item = settled(office, "keep", "keep")
    sha256 = office.release(item).certificate["released_sha256"]
    target = office.target(item)
    with pytest.raises(Conflict):
        office.version(item, "改")
    with pytest.raises(Conflict):
        office.queue.decide(item.id, target, "withhold", "state_secret", actor="乙")
    with pytest.raises(Conflict):
        office.queue.sign(item.id, "return", "迟了", actor="庚")
    assert office.queue.check_release(sha256) is not None
    withdrawn = office.queue.withdraw(item.id, "work_secret", "弄错", actor="丁")
    assert withdrawn.state is State.WITHDRAWN
    assert office.queue.check_release(sha256) is None
    for call in (
        lambda: office.release(item),
        lambda: office.queue.withdraw(item.id, "work_secret", actor="丁"),
        lambda: office.queue.withdraw(office.submit("x").id, "work_secret", actor="丁"),
    ):
        with pytest.raises(Conflict):
            call()


def test_the_gate_asks_for_exactly_these_bytes(office: Office) -> None:
    data = office.release(office.approve(office.submit())).data
    gate = Gate(office.repository, office.key)
    sha256 = hashlib.sha256(data).hexdigest()
    assert gate.check(sha256) is not None
    assert gate.check(sha256.upper()) is not None
    for other in (hashlib.sha256(data + b" ").hexdigest(), "", "x", "' OR 1=1 --", sha256[:63]):
        assert gate.check(other) is None


def test_the_same_bytes_released_twice_stay_out_until_both_are_withdrawn(office: Office) -> None:
    items = [office.approve(office.submit("公告", unit=unit)) for unit in ("某局", "他局")]
    sha256, again = (office.release(item).certificate["released_sha256"] for item in items)
    assert again == sha256
    office.queue.withdraw(items[1].id, "work_secret", actor="丁")
    found = office.queue.check_release(sha256)
    assert found is not None
    assert found.item == items[0].id
    office.queue.withdraw(items[0].id, "work_secret", actor="丁")
    assert office.queue.check_release(sha256) is None


def test_a_forged_certificate_is_told_apart(office: Office) -> None:
    item = office.approve(office.submit())
    certificate = dict(office.release(item).certificate)
    assert sealed_here(office.key, json.loads(json.dumps(certificate)))
    for forged in (
        certificate | {"title": "别的"},
        certificate | {"extra": 1},
        {k: v for k, v in certificate.items() if k != "seal"},
        certificate | {"seal": "0" * 64},
        {k: v for k, v in certificate.items() if k != "signatures"},
        {},
    ):
        assert not sealed_here(office.key, forged)
    assert not sealed_here(b"another key", certificate)


def test_a_release_forged_in_the_database_does_not_open_the_gate(office: Office) -> None:
    item = office.approve(office.submit())
    office.release(item)
    forged = hashlib.sha256(b"forged").hexdigest()
    with closing(sqlite3.connect(office.home / "screener.db")) as connection:
        connection.execute("DROP TRIGGER releases_no_update")
        connection.execute("UPDATE releases SET released_sha256=?", (forged,))
        connection.commit()
    assert office.queue.check_release(forged) is None
    with pytest.raises(StoreProblem):
        office.release(item)


def test_a_release_needs_the_check(office: Office) -> None:
    item = office.approve(office.submit())
    screening = office.screener.screen_bytes(b"x", "x")
    with pytest.raises(TypeError):
        CheckedCopy(b"x", screening, passed=object())
    entry = office.queue.ledger()[0]

    class Unchecked:
        data = b"x"
        sha256 = hashlib.sha256(b"x").hexdigest()

    with pytest.raises(Refused):
        office.desk.issue(Unchecked(), item, entry, submitted=[], decisions=[], signatures=[])


def test_a_changed_original_does_not_go_out(office: Office) -> None:
    item = office.approve(office.submit())
    blob = office.config.blobs / item.sha256[:2] / item.sha256[2:]
    blob.write_bytes(b"changed")
    with pytest.raises(StoreProblem):
        office.release(item)


def test_the_certificate_names_everything(office: Office) -> None:
    item = office.submit(doc_number="皖政〔2026〕3号", index_number="003-1", leader=True)
    office.approve(item, "乙", "丙", "丁", "己")
    certificate = office.release(item, actor="戊").certificate
    assert certificate["unit"] == "某局"
    assert certificate["doc_number"] == "皖政〔2026〕3号"
    assert [(s["step"], s["by"]) for s in certificate["signatures"]] == [
        ("submit", "甲"),
        ("section_head", "乙"),
        ("secrecy_review", "丙"),
        ("leader_in_charge", "丁"),
        ("principal_leader", "己"),
    ]
    entry = office.queue.ledger(limit=500)[-1]
    assert certificate["ledger"] == {"seq": entry.seq, "digest": entry.digest}
    assert certificate["released_by"] == "戊"
    assert certificate["versions"] == {"tool": "0", "pack": "pack", "policy": "policy"}
    assert json.loads(json.dumps(certificate)) == certificate


def test_two_at_once_release_once(office: Office) -> None:
    """Someone changes the item while its copy is being checked: the check is for nothing."""
    item = settled(office, "redact", "keep")
    target = office.target(item)

    class Slow(MarkupRedactor):
        def redact(self, data, document, spans):  # type: ignore[no-untyped-def]
            office.queue.decide(item.id, target, "withhold", "state_secret", actor="丙")
            return super().redact(data, document, spans)

    office.desk._redactor = Slow()
    with pytest.raises(Conflict):
        office.release(item)
    assert office.queue.show(item.id).item.state is State.WITHHELD
