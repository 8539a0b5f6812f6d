"""The way of a paper: who may do what when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from screener.errors import Conflict, NotAllowed, NotFound, Refused, Undecided, UsageProblem
from screener.model.review import Change, State
from screener.review.ledger import verify
from tests.review.office import Office

ID = "<block CN_ID_CARD 11010519491231002X>"
PHONE = "<review CN_MOBILE_PHONE 13800138000>"
UNREAD = "<unread 第3页>"


def test_a_clean_paper_goes_the_whole_way(office: Office) -> None:
    item = office.submit("公告")
    assert (item.state, item.step, item.version) == (State.OPEN, "section_head", 1)
    item = office.queue.sign(item.id, "agree", actor="乙")
    assert item.step == "secrecy_review"
    item = office.queue.sign(item.id, "agree", actor="丙")
    assert item.step == "leader_in_charge"
    item = office.queue.sign(item.id, "agree", actor="丁")
    assert (item.state, item.step) == (State.APPROVED, None)
    result = office.release(item)
    assert result.data == "公告".encode()
    assert result.item.state is State.RELEASED
    found = office.queue.check_release(result.certificate["released_sha256"])
    assert found is not None
    assert found.item == item.id
    assert verify(office.repository, office.key).intact


def test_with_the_principal_leader_four_people_sign(office: Office) -> None:
    item = office.approve(office.submit(leader=True))
    assert (item.state, item.step) == (State.OPEN, "principal_leader")
    with pytest.raises(NotAllowed):
        office.queue.sign(item.id, "agree", actor="乙")
    assert office.queue.sign(item.id, "agree", actor="己").state is State.APPROVED


def test_the_short_workflow_needs_two(office: Office) -> None:
    item = office.submit(ID, workflow="short")
    with pytest.raises(Undecided):
        office.queue.sign(item.id, "agree", actor="乙")
    office.queue.decide(item.id, office.target(item), "keep", "false_alarm", actor="乙")
    assert office.approve(item, "乙", "丙").state is State.APPROVED


@pytest.mark.parametrize("name", ["甲", " 甲", "甲 "])
def test_nobody_approves_an_own_draft(office: Office, name: str) -> None:
    item = office.submit()
    with pytest.raises(NotAllowed):
        office.queue.sign(item.id, "agree", actor=name)


@pytest.mark.parametrize(
    ("first", "second"), [("乙", "乙"), ("Li Wei", "ＬＩ　wei"), ("乙", "乙 ")]
)
def test_three_steps_need_three_people(office: Office, first: str, second: str) -> None:
    item = office.queue.sign(office.submit().id, "agree", actor=first)
    with pytest.raises(NotAllowed):
        office.queue.sign(item.id, "agree", actor=second)


def test_whoever_handed_in_any_version_is_a_drafter(office: Office) -> None:
    item = office.version(office.submit(), "第二稿", actor="乙")
    for name in ("甲", "乙"):
        with pytest.raises(NotAllowed):
            office.queue.sign(item.id, "agree", actor=name)


def test_an_actor_cannot_hide_behind_invisible_characters(office: Office) -> None:
    item = office.submit()
    for name in ("甲\u200b", "甲\n", "\u202e甲", "", " ", "甲" * 101):
        with pytest.raises(UsageProblem):
            office.queue.sign(item.id, "agree", actor=name)


def test_secrecy_review_needs_everything_decided(office: Office) -> None:
    item = office.submit(ID + UNREAD + "<note PERSON 董健>")
    office.queue.sign(item.id, "agree", actor="乙")
    with pytest.raises(Undecided) as caught:
        office.queue.sign(item.id, "agree", actor="丙")
    finding, _note, unread = (t.id for t in office.queue.show(item.id).targets)
    assert caught.value.targets == (finding, unread)
    office.queue.decide(item.id, finding, "keep", "lawful_disclosure", actor="丙")
    office.queue.decide(item.id, unread, "keep", "false_alarm", "看过原件", actor="丙")
    assert office.queue.sign(item.id, "agree", actor="丙").step == "leader_in_charge"


def test_unread_parts_are_kept_with_a_note_or_withheld(office: Office) -> None:
    item = office.submit(UNREAD)
    unread = office.target(item)
    with pytest.raises(Refused):
        office.queue.decide(item.id, unread, "redact", "personal_privacy", "x", actor="乙")
    with pytest.raises(Refused):
        office.queue.decide(item.id, unread, "keep", "false_alarm", " ", actor="乙")
    office.queue.decide(item.id, unread, "keep", "false_alarm", "看过原件", actor="乙")
    assert office.queue.show(item.id).undecided == ()


def test_a_secret_mark_is_not_redacted_away(office: Office) -> None:
    item = office.submit("<block SECRET_MARK 机密★10年>")
    mark = office.target(item)
    with pytest.raises(Refused):
        office.queue.decide(item.id, mark, "redact", "state_secret", "x", actor="乙")
    office.queue.decide(item.id, mark, "withhold", "state_secret", "x", actor="乙")
    with pytest.raises(Refused):
        office.queue.sign(item.id, "agree", actor="乙")


def test_targets_by_unambiguous_prefix(office: Office) -> None:
    item = office.submit(ID + PHONE)
    target = office.target(item)
    office.queue.decide(item.id, target[:5], "keep", "false_alarm", actor="乙")
    assert office.queue.show(item.id).targets[0].decision is not None
    for wrong in ("", target[:3], "zzzz", target + "0"):
        with pytest.raises(NotFound):
            office.queue.decide(item.id, wrong, "keep", "false_alarm", actor="乙")
    twins = office.submit("<unread 第31页><unread 第32页>")
    with pytest.raises(UsageProblem):
        office.queue.decide(twins.id, "u-第3", "keep", "false_alarm", "看过", actor="乙")


def test_decisions_replace_and_never_edit(office: Office) -> None:
    item = office.submit(ID)
    target = office.target(item)
    office.queue.decide(item.id, target, "withhold", "state_secret", actor="乙")
    assert office.queue.show(item.id).item.state is State.WITHHELD
    with pytest.raises(Refused):
        office.queue.sign(item.id, "agree", actor="丙")
    office.queue.decide(item.id, target, "keep", "false_alarm", actor="丙")
    view = office.queue.show(item.id)
    assert view.item.state is State.OPEN
    assert [d.action.value for d in view.decisions] == ["withhold", "keep"]
    assert view.decisions[1].replaces == view.decisions[0].id
    again = office.queue.decide(item.id, target, "keep", "false_alarm", actor="丙")
    assert again.version == view.item.version


def test_many_targets_at_once_all_or_none(office: Office) -> None:
    item = office.submit(f"{ID}\n{PHONE}\n{UNREAD}")
    targets = [t.id for t in office.queue.show(item.id).targets]
    with pytest.raises(Refused):
        office.queue.decide_all(item.id, targets, "redact", "personal_privacy", actor="乙")
    assert office.queue.show(item.id).decisions == ()
    after = office.queue.decide_all(
        item.id, targets[:2], "redact", "personal_privacy", actor="乙", expected_version=1
    )
    assert after.version == 3
    assert office.queue.show(item.id).undecided == (targets[2],)
    assert [line.tag for line in office.queue.ledger()].count("item:decide") == 2
    assert verify(office.repository, office.key).intact


def test_a_prefix_is_no_pattern(office: Office) -> None:
    item = office.submit(ID)
    for wrong in ("%", "____", "%%%%", "____%", "' OR 1"):
        with pytest.raises(NotFound):
            office.queue.decide(item.id, wrong, "keep", "false_alarm", actor="乙")


def test_changing_a_decision_voids_the_signatures(office: Office) -> None:
    item = office.submit(ID)
    target = office.target(item)
    office.queue.sign(item.id, "agree", actor="乙")
    office.queue.decide(item.id, target, "keep", "false_alarm", actor="丙")
    assert office.queue.show(item.id).item.step == "secrecy_review"  # a first decision voids none
    item = office.approve(item, "丙", "丁")
    assert item.state is State.APPROVED
    item = office.queue.decide(item.id, target, "redact", "personal_privacy", actor="丁")
    assert (item.state, item.step) == (State.OPEN, "section_head")
    assert all(s.signature is None for s in office.queue.show(item.id).steps)
    assert len(office.queue.ledger(limit=500)[-1].payload["void"]) == 3
    with pytest.raises(Conflict):
        office.release(item)
    assert office.approve(item).state is State.APPROVED


def test_a_first_decision_about_a_note_after_secrecy_review_voids(office: Office) -> None:
    item = office.submit("<note PERSON 董健>")
    office.approve(item)
    item = office.queue.decide(
        item.id, office.target(item), "redact", "personal_privacy", actor="戊"
    )
    assert (item.state, item.step) == (State.OPEN, "section_head")


def test_a_return_needs_a_note_and_goes_back_to_the_drafter(office: Office) -> None:
    item = office.submit()
    with pytest.raises(Refused):
        office.queue.sign(item.id, "return", actor="乙")
    item = office.queue.sign(item.id, "return", "请删去第二段", actor="乙")
    assert item.state is State.RETURNED
    with pytest.raises(Conflict):
        office.queue.sign(item.id, "agree", actor="乙")
    with pytest.raises(Conflict):
        office.release(item)
    item = office.version(item, "第二稿")
    assert (item.state, item.step, item.revision) == (State.OPEN, "section_head", 2)
    assert office.approve(item).state is State.APPROVED


def test_a_new_version_starts_the_signatures_again_and_keeps_decisions(office: Office) -> None:
    item = office.submit(f"{ID}\n{PHONE}\n{UNREAD}")
    for position, action in enumerate(("keep", "redact", "keep")):
        target = office.target(item, position)
        office.queue.decide(item.id, target, action, "lawful_disclosure", "看过", actor="丙")
    office.approve(item)
    item = office.version(item, f"{ID}\n改\n{UNREAD}\n<review EMAIL_ADDRESS a@b.cn>")
    view = office.queue.show(item.id)
    assert (view.item.state, view.item.step) == (State.OPEN, "section_head")
    assert [t.change for t in view.targets] == [Change.UNCHANGED, Change.NEW, Change.UNCHANGED]
    assert [t.decision is not None for t in view.targets] == [True, False, False]
    assert [t.content["place"] for t in view.gone] == ["第2行"]
    assert set(view.undecided) == {view.targets[1].id, view.targets[2].id}
    assert verify(office.repository, office.key).intact


def test_a_decision_is_not_carried_to_a_worse_level(office: Office) -> None:
    item = office.submit(PHONE)
    office.queue.decide(item.id, office.target(item), "keep", "official_duty", actor="乙")
    office.screener.raised.add("CN_MOBILE_PHONE")
    item = office.version(item, PHONE + "改")
    assert office.queue.show(item.id).undecided == (office.target(item),)


def test_withheld_stays_withheld_in_the_next_version_until_the_finding_is_gone(
    office: Office,
) -> None:
    item = office.submit(ID)
    office.queue.decide(item.id, office.target(item), "withhold", "state_secret", actor="乙")
    item = office.version(item, ID + "改")
    assert item.state is State.WITHHELD
    assert office.version(item, "改").state is State.OPEN


def test_the_same_bytes_for_the_same_unit_are_the_same_item(office: Office) -> None:
    first = office.queue.submit("公告".encode(), "a.txt", unit="某局", title="a", actor="甲")
    again = office.queue.submit("公告".encode(), "b.txt", unit="某局", title="b", actor="乙")
    other = office.queue.submit("公告".encode(), "a.txt", unit="他局", title="a", actor="甲")
    assert (first.created, again.created, other.created) == (True, False, True)
    assert again.item == first.item
    office.release(office.approve(first.item))
    assert not office.queue.submit("公告".encode(), "a", unit="某局", title="a", actor="甲").created
    office.queue.withdraw(first.item.id, "work_secret", actor="丁")
    assert office.queue.submit("公告".encode(), "a", unit="某局", title="a", actor="甲").created


def test_a_stale_version_is_a_conflict_and_changes_nothing(office: Office) -> None:
    item = office.submit(ID)
    target = office.target(item)
    office.queue.decide(
        item.id, target, "keep", "false_alarm", actor="乙", expected_version=item.version
    )
    before = office.queue.show(item.id)
    calls = (
        lambda: office.queue.decide(
            item.id, target, "redact", "false_alarm", actor="丙", expected_version=item.version
        ),
        lambda: office.queue.sign(item.id, "agree", actor="丙", expected_version=item.version),
        lambda: office.queue.release(item.id, actor="丙", expected_version=item.version),
        lambda: office.queue.withdraw(
            item.id, "work_secret", actor="丙", expected_version=item.version
        ),
        lambda: office.queue.submit_version(
            item.id, b"x", "x", actor="丙", expected_version=item.version
        ),
    )
    for call in calls:
        with pytest.raises(Conflict):
            call()
    assert office.queue.show(item.id) == before


def test_the_queue_in_pages(office: Office) -> None:
    ids = [office.submit(str(n), unit="某局" if n % 2 else "他局").id for n in range(5)]
    page = office.queue.list(limit=2)
    assert [i.id for i in page.items] == ids[:2]
    assert page.cursor is not None
    rest = office.queue.list(cursor=page.cursor)
    assert [i.id for i in rest.items] == ids[2:]
    assert rest.cursor is None
    assert [i.id for i in office.queue.list(unit="某局").items] == ids[1::2]
    assert office.queue.list(state="released").items == ()
    for wrong in ({"state": "x"}, {"cursor": "x"}, {"limit": 0}, {"limit": 501}):
        with pytest.raises(UsageProblem):
            office.queue.list(**wrong)


def test_wrong_words_are_usage_problems(office: Office) -> None:
    item = office.submit(ID)
    target = office.target(item)
    wrong: tuple[Callable[[], object], ...] = (
        lambda: office.submit("x", title=" "),
        lambda: office.submit("x", unit=""),
        lambda: office.submit("x", disclosure="secret"),
        lambda: office.submit("x", workflow="none"),
        lambda: office.submit("x", channel=" "),
        lambda: office.submit("x", title="标" * 501),
        lambda: office.submit(""),
        lambda: office.queue.decide(item.id, target, "drop", "false_alarm", actor="乙"),
        lambda: office.queue.decide(item.id, target, "keep", "because", actor="乙"),
        lambda: office.queue.decide(
            item.id, target, "keep", "false_alarm", "长" * 4001, actor="乙"
        ),
        lambda: office.queue.sign(item.id, "maybe", actor="乙"),
    )
    for call in wrong:
        with pytest.raises(UsageProblem):
            call()
    with pytest.raises(NotFound):
        office.queue.show("2026-99999")
