"""Answers as JSON, built value by value: the model may change without callers noticing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from screener.i18n import current_language
from screener.model.ledger import timestamp
from screener.model.review import (
    Decision,
    Item,
    ItemPage,
    ItemView,
    LedgerEntry,
    Release,
    Signature,
    StepView,
    TargetKind,
    TargetView,
)

Json = dict[str, Any]


def item(found: Item) -> Json:
    """An item without its findings."""
    return {
        "id": found.id,
        "unit": found.unit,
        "title": found.title,
        "name": found.name,
        "channel": found.channel,
        "doc_number": found.doc_number,
        "index_number": found.index_number,
        "disclosure": found.disclosure.value,
        "state": found.state.value,
        "step": found.step,
        "workflow": found.workflow,
        "leader": found.with_leader,
        "drafter": found.drafter,
        "version": found.version,
        "revision": found.revision,
        "sha256": found.sha256,
        "verdict": found.verdict,
        "created_at": _time(found.created_at),
        "updated_at": _time(found.updated_at),
        "due": _day(found.due),
    }


def page(found: ItemPage) -> Json:
    """A page of the queue."""
    return {"items": [item(entry) for entry in found.items], "cursor": found.cursor}


def view(found: ItemView) -> Json:
    """An item with all that is known of it."""
    targets = [_target(entry) for entry in found.targets]
    return item(found.item) | {
        "media_type": found.revision.media_type,
        "size": found.revision.size,
        "findings": _of_kind(found.targets, targets, TargetKind.FINDING),
        "unread": _of_kind(found.targets, targets, TargetKind.UNREAD),
        "gone": [_target(entry) for entry in found.gone],
        "undecided": list(found.undecided),
        "steps": [_step(entry) for entry in found.steps],
        "decisions": [decision(entry) for entry in found.decisions],
        "signatures": [signature(entry) for entry in found.signatures],
        "releases": [release(entry) for entry in found.releases],
        "history": [ledger_entry(entry) for entry in found.history],
    }


def _of_kind(found: tuple[TargetView, ...], wires: list[Json], kind: TargetKind) -> list[Json]:
    return [wire for entry, wire in zip(found, wires, strict=True) if entry.kind is kind]


def _target(found: TargetView) -> Json:
    """A finding or unread part as it was screened, with its decision and what changed."""
    return dict(found.content) | {
        "decision": decision(found.decision) if found.decision else None,
        "change": found.change.value if found.change else None,
    }


def _step(found: StepView) -> Json:
    return {
        "code": found.step.code,
        "title": found.step.title(current_language()),
        "due": found.due,
        "signature": signature(found.signature) if found.signature else None,
    }


def decision(found: Decision) -> Json:
    """What a person decided; ``replaces`` is the id of the decision before it."""
    return {
        "id": found.id,
        "finding": found.target,
        "revision": found.revision,
        "action": found.action.value,
        "reason": found.reason_code,
        "note": found.note,
        "by": found.by,
        "at": _time(found.at),
        "replaces": found.replaces,
    }


def signature(found: Signature) -> Json:
    """A signature."""
    return {
        "step": found.step,
        "revision": found.revision,
        "round": found.round,
        "opinion": found.opinion.value,
        "note": found.note,
        "by": found.by,
        "at": _time(found.at),
    }


def release(found: Release) -> Json:
    """A release with its certificate."""
    return {
        "item": found.item,
        "revision": found.revision,
        "sha256": found.released_sha256,
        "original_sha256": found.original_sha256,
        "by": found.by,
        "at": _time(found.at),
        "withdrawn_at": _time(found.withdrawn_at),
        "withdrawn_reason": found.withdrawn_reason,
        "certificate": dict(found.certificate),
    }


def ledger_entry(found: LedgerEntry) -> Json:
    """A line of the ledger."""
    return {
        "seq": found.seq,
        "at": _time(found.at),
        "actor": found.actor,
        "tag": found.tag,
        "subject": found.subject,
        "payload": dict(found.payload),
        "previous": found.previous,
        "digest": found.digest,
    }


def _time(at: datetime | None) -> str | None:
    return timestamp(at) if at else None  # the text that the ledger's digests cover


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
