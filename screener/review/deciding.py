"""One decision: what it needs, what it voids, where it leaves the item.

It asks the database only for its own target: a subsidy list has thousands of findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from screener.model.ledger import Tag, record
from screener.model.review import Action, Decision, Item, Signature, State, Target
from screener.ports import Work
from screener.review import rules
from screener.review.books import Books


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to decide. ``note`` is masked."""

    action: Action
    reason_code: str
    note: str
    actor: str


def decide(books: Books, work: Work, was: Item, text: str, wish: Wish) -> Item:
    """Write one decision about the target that ``text`` names. Returns the item as it is then."""
    rules.may_be_decided(was)
    target = rules.find_target(work.find_targets(was.id, was.revision, text), text)
    rules.action_fits(target, wish.action, wish.note)
    earlier = work.decision(target.decision) if target.decision is not None else None
    if earlier and rules.same_decision(
        earlier, wish.action, wish.reason_code, wish.note, wish.actor
    ):
        return was
    steps = books.steps(was)
    signed = books.in_force(work, was)
    void = rules.voids(steps, signed, replaced=earlier is not None)
    decision = _decision(was, target, wish, earlier, books.now())
    item = books.changed(
        was,
        state=_state(work, was, decision, void=void),
        round=was.round + 1 if void else was.round,
        step=steps[0].code if void else was.step,
    )
    work.update_item(item, was=was.version)
    _write(books, work, item, decision, signed if void else ())
    return item


def _decision(
    item: Item, target: Target, wish: Wish, earlier: Decision | None, at: datetime
) -> Decision:
    return Decision(
        item=item.id,
        revision=item.revision,
        target=target.id,
        action=wish.action,
        reason_code=wish.reason_code,
        note=wish.note,
        by=wish.actor,
        at=at,
        replaces=earlier.id if earlier else None,
    )


def _state(work: Work, was: Item, decision: Decision, *, void: bool) -> State:
    held = work.withheld(was.id, was.revision) - {decision.target}
    withheld = bool(held) or decision.action is Action.WITHHOLD
    return rules.state_after_decision(was, withheld=withheld, void=void)


def _write(
    books: Books, work: Work, item: Item, decision: Decision, void: Sequence[Signature]
) -> None:
    entry = books.entry(
        work,
        item,
        decision.by,
        Tag.DECIDE,
        decision.at,
        row=record(decision, without=("id", "item", "ledger_seq")),
        void=[signature.ledger_seq for signature in void],
    )
    work.add_decision(replace(decision, ledger_seq=entry.seq))
