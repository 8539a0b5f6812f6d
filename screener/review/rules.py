"""Who may do what when. Pure: each function looks at records and allows or raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from screener.errors import Conflict, NotAllowed, NotFound, Refused, Undecided, UsageProblem
from screener.i18n import _
from screener.model.finding import Level
from screener.model.review import (
    REASON_CODES,
    Action,
    Decision,
    Disclosure,
    Item,
    Opinion,
    Signature,
    State,
    Step,
    Target,
    TargetKind,
)
from screener.review.words import APPLICANT, disclosure_word, same_person, state_word
from screener.review.workflows import needs_decisions

_SHORTEST_PREFIX = 4


# what was typed in


def checked_action(text: str) -> Action:
    """An action. Raises UsageProblem."""
    try:
        return Action(text)
    except ValueError:
        raise UsageProblem(_("An action is one of: redact, keep, withhold.")) from None


def checked_opinion(text: str) -> Opinion:
    """An opinion. Raises UsageProblem."""
    try:
        return Opinion(text)
    except ValueError:
        raise UsageProblem(_("An opinion is one of: agree, return.")) from None


def checked_state(text: str | None) -> State | None:
    """A state to list, or None for all. Raises UsageProblem."""
    if text is None:
        return None
    try:
        return State(text)
    except ValueError:
        raise UsageProblem(
            _("A state is one of: {names}.").format(names=", ".join(State))
        ) from None


def checked_reason(code: str) -> str:
    """A reason code. Raises UsageProblem for one that is not in the list."""
    if code not in REASON_CODES:
        raise UsageProblem(
            _("This is not a reason code."),
            advice=_("Reason codes: {names}").format(names=", ".join(REASON_CODES)),
        )
    return code


def find_target(targets: Sequence[Target], text: str) -> Target:
    """The target with this id or this unambiguous beginning of it. Raises NotFound, UsageProblem.

    A beginning has at least four characters.
    """
    exact = [t for t in targets if t.id == text]
    found = exact or [t for t in targets if t.id.startswith(text)]
    if not found or (not exact and len(text) < _SHORTEST_PREFIX):
        raise NotFound(
            _("The current version has no such finding or unread part."),
            advice=_("`screener show ITEM` lists them; the first four characters are enough."),
        )
    if len(found) > 1:
        raise UsageProblem(
            _("Several begin like this: {names}").format(names=", ".join(t.id for t in found[:5]))
        )
    return found[0]


# new versions


def may_be_replaced(item: Item) -> None:
    """Whether a new version may be handed in: until it is out."""
    if item.state in {State.RELEASED, State.WITHDRAWN}:
        raise Conflict(
            _("The item was released; it takes no new version."),
            advice=_("Withdraw it if need be, and submit the new file as a new item."),
        )


def carry(before: Sequence[Target], after: Sequence[Target], *, same: bool) -> Sequence[Target]:
    """The new version's targets with the decisions that stay in force.

    A finding keeps its decision if it is the same and its level did not rise. An unread part keeps
    it only in the same bytes.
    """
    known = {t.id: t for t in before if t.decision is not None}

    def stays(target: Target, old: Target) -> bool:
        if target.kind is TargetKind.UNREAD or old.kind is TargetKind.UNREAD:
            return same and target.kind is old.kind
        return target.fingerprint == old.fingerprint and Level.of(target.level) <= Level.of(
            old.level
        )

    return [
        replace(t, decision=known[t.id].decision) if t.id in known and stays(t, known[t.id]) else t
        for t in after
    ]


def state_by_decisions(targets: Iterable[Target], decisions: Mapping[int, Decision]) -> State:
    """Withheld while any decision in force says so, else open."""
    for target in targets:
        decision = decisions.get(target.decision or 0)
        if decision is not None and decision.action is Action.WITHHOLD:
            return State.WITHHELD
    return State.OPEN


# decisions


MARKS_OF_SECRETS = frozenset({"secret_mark", "classified_number"})
"""Rules whose findings say that the whole paper is secret, not one value in it."""


def may_be_decided(item: Item) -> None:
    """Whether decisions can still change anything."""
    if item.state in {State.RELEASED, State.WITHDRAWN}:
        raise Conflict(_("The item was released; nothing about it can be decided any more."))


def action_fits(target: Target, action: Action, note: str) -> None:
    """An unread part can only be kept or withheld, with a note; a secret mark not redacted.

    Taking the mark off a secret paper makes it no less secret (保守国家秘密法): only its own
    declassification does, or the finding was a false alarm. Raises Refused.
    """
    if target.rule in MARKS_OF_SECRETS and action is Action.REDACT:
        raise Refused(
            _("A mark of a state secret cannot be redacted: the paper stays secret without it."),
            advice=_("Withhold the paper. If the mark is a false alarm, keep it and say why."),
        )
    if target.kind is not TargetKind.UNREAD:
        return
    if action is Action.REDACT:
        raise Refused(
            _("A part that was not read cannot be redacted."),
            advice=_("Keep or withhold it with a note, or hand in a version that can be read."),
        )
    if not note:
        raise Refused(
            _("A decision about an unread part needs a note."),
            advice=_("Write who looked at the part, and how."),
        )


def same_decision(
    earlier: Decision, action: Action, reason_code: str, note: str, actor: str
) -> bool:
    """Whether this was decided just so before."""
    said = (earlier.action, earlier.reason_code, earlier.note, earlier.by)
    return said == (action, reason_code, note, actor)


def voids(steps: Sequence[Step], signed: Sequence[Signature], *, replaced: bool) -> bool:
    """Whether a decision makes the round's signatures void.

    A replaced decision does; a first one does once a step was signed that needed all decisions.
    """
    if replaced:
        return bool(signed)
    return any(needs_decisions(tuple(steps), s.step) for s in signed)


def state_after_decision(item: Item, *, withheld: bool, void: bool) -> State:
    """A returned item stays with the drafter, an approved one approved if no signature is void."""
    if item.state is State.RETURNED:
        return State.RETURNED
    if withheld:
        return State.WITHHELD
    return State.APPROVED if item.step is None and not void else State.OPEN


# signatures


def may_be_signed(item: Item, opinion: Opinion, note: str) -> str:
    """The step that is due. Raises Conflict, Refused."""
    if item.state is State.WITHHELD and opinion is Opinion.AGREE:
        raise Refused(
            _("The item is withheld: nobody can agree to its release."),
            advice=_("Replace the decision to withhold, or return the item."),
        )
    if item.state not in {State.OPEN, State.WITHHELD} or item.step is None:
        raise Conflict(
            _("No signature is due: the item is {state}.").format(state=state_word(item.state)),
            advice=_("`screener show ITEM` tells what comes next."),
        )
    if opinion is Opinion.RETURN and not note:
        raise Refused(_("A return needs a note that tells the drafter what to change."))
    return item.step


def is_another_person(actor: str, drafters: Sequence[str], signed: Sequence[str]) -> None:
    """Nobody approves an own draft, nobody signs twice. Raises NotAllowed."""
    person = same_person(actor)
    if person in {same_person(name) for name in drafters}:
        raise NotAllowed(_("Whoever handed in a version of the item cannot sign it."))
    if person in {same_person(name) for name in signed}:
        raise NotAllowed(_("Each step needs another person; you signed one already."))


def undecided(targets: Iterable[Target]) -> tuple[str, ...]:
    """Targets that still stand in the way."""
    return tuple(t.id for t in targets if t.must_be_decided and t.decision is None)


def all_decided(steps: Sequence[Step], step: str, targets: Iterable[Target]) -> None:
    """Raises Undecided where the step needs everything decided."""
    if needs_decisions(tuple(steps), step):
        nothing_open(targets)


def nothing_open(targets: Iterable[Target]) -> None:
    """Raises Undecided, naming the targets."""
    if left := undecided(targets):
        raise Undecided(
            _("{count} findings or unread parts are not decided.").format(count=len(left)),
            targets=left,
            advice=_("Decide about each with `screener decide`."),
        )


def after_agreement(steps: Sequence[Step], signed: str) -> dict[str, Any]:
    """State and step once this step is signed."""
    codes = [step.code for step in steps]
    rest = codes[codes.index(signed) + 1 :]
    return {"step": rest[0]} if rest else {"step": None, "state": State.APPROVED}


# release


def may_be_released(item: Item, targets: Sequence[Target], decisions: Sequence[Decision]) -> None:
    """Raises Conflict, Refused or Undecided for whatever stands in the way."""
    if item.state is State.WITHDRAWN:
        raise Conflict(_("The release was withdrawn."), advice=_("Submit the paper as a new item."))
    in_force = {d.id: d for d in decisions}
    if state_by_decisions(targets, in_force) is State.WITHHELD:
        raise Refused(
            _("The item is withheld and cannot be released."),
            advice=_("Replace the decision to withhold if it was wrong."),
        )
    nothing_open(targets)
    if item.state is not State.APPROVED:
        raise Conflict(
            _("The item is {state}; all signatures are needed first.").format(
                state=state_word(item.state)
            ),
            advice=_("`screener show ITEM` tells what comes next."),
        )
    answers = item.disclosure is Disclosure.ON_REQUEST and item.channel == APPLICANT
    if item.disclosure is not Disclosure.OPEN and not answers:
        raise Refused(
            _("The item is declared {disclosure} and cannot be released to {channel}.").format(
                disclosure=disclosure_word(item.disclosure), channel=item.channel
            ),
            advice=_("Submit it as a new item with the disclosure that applies."),
        )
