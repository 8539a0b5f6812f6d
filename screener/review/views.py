"""What is shown of an item: everything that the books know, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.review import (
    Change,
    Decision,
    Item,
    ItemView,
    Revision,
    Signature,
    Step,
    StepView,
    Target,
    TargetView,
)
from screener.ports import Work
from screener.review.rules import undecided

LONGEST_PAGE = 500


def parse_cursor(cursor: str | None) -> int:
    """The item number that a cursor stands for, 0 without one. Raises UsageProblem."""
    if cursor is None or cursor == "":
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise UsageProblem(_("This is not a cursor of the queue."))
    return int(cursor)


def view(work: Work, item: Item, steps: Sequence[Step], in_force: Sequence[Signature]) -> ItemView:
    """Put the view of an item together."""
    revision = work.revision(item.id, item.revision)
    targets = work.targets(item.id, item.revision)
    decisions = work.decisions(item.id)
    by_id = {decision.id: decision for decision in decisions}
    gone: list[TargetView] = []
    before: set[str] | None = None
    if item.revision > 1:
        earlier = work.targets(item.id, item.revision - 1)
        before = {target.id for target in earlier}
        now = {target.id for target in targets}
        content = _content(work.revision(item.id, item.revision - 1))
        gone = [
            _target(target, content, by_id, Change.GONE)
            for target in earlier
            if target.id not in now
        ]
    content = _content(revision)
    return ItemView(
        item=item,
        revision=revision,
        targets=tuple(_target(t, content, by_id, _change(t, before)) for t in targets),
        gone=tuple(gone),
        undecided=undecided(targets),
        steps=_steps(item, steps, in_force),
        decisions=tuple(decisions),
        signatures=tuple(work.signatures(item.id)),
        releases=tuple(work.releases(item.id)),
        history=tuple(work.ledger(subject=item.id)),
    )


def _steps(
    item: Item, steps: Sequence[Step], in_force: Sequence[Signature]
) -> tuple[StepView, ...]:
    signed = {signature.step: signature for signature in in_force}
    return tuple(
        StepView(step, signed.get(step.code), due=item.step == step.code) for step in steps
    )


def _change(target: Target, before: set[str] | None) -> Change | None:
    if before is None:
        return None
    return Change.UNCHANGED if target.id in before else Change.NEW


def _content(revision: Revision) -> Mapping[str, Mapping[str, Any]]:
    """By id: the JSON of each finding and unread part of a revision; of equal ids the first."""
    entries = (*revision.screening.get("unread", ()), *revision.screening.get("findings", ()))
    return {entry["id"]: entry for entry in reversed(entries)}


def _target(
    target: Target,
    content: Mapping[str, Mapping[str, Any]],
    decisions: Mapping[int, Decision],
    change: Change | None,
) -> TargetView:
    return TargetView(
        id=target.id,
        kind=target.kind,
        level=target.level,
        content=content.get(target.id, {}),
        decision=decisions.get(target.decision or 0),
        change=change,
    )
