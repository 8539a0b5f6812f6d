"""Records of the model to rows of the tables and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from screener.model.ledger import canonical, record
from screener.model.review import (
    Action,
    Decision,
    Disclosure,
    Item,
    LedgerEntry,
    Opinion,
    Release,
    Revision,
    Signature,
    State,
    Target,
    TargetKind,
)

Row = Mapping[str, Any]


def item_row(item: Item) -> dict[str, Any]:
    """The row of an item."""
    return record(item) | {"with_leader": int(item.with_leader)}


def to_item(row: Row) -> Item:
    """The item of a row."""
    values = dict(row)
    return Item(
        **values
        | {
            "disclosure": Disclosure(row["disclosure"]),
            "state": State(row["state"]),
            "with_leader": bool(row["with_leader"]),
            "created_at": _time(row["created_at"]),
            "updated_at": _time(row["updated_at"]) if row["updated_at"] else None,
            "due": date.fromisoformat(row["due"]) if row["due"] else None,
        }
    )


def revision_row(revision: Revision) -> dict[str, Any]:
    """The row of a revision."""
    return record(revision) | {"screening": canonical(revision.screening)}


def to_revision(row: Row) -> Revision:
    """The revision of a row."""
    return Revision(
        **dict(row) | {"screening": json.loads(row["screening"]), "at": _time(row["at"])}
    )


def target_row(item: str, revision: int, position: int, target: Target) -> dict[str, Any]:
    """The row of a target."""
    return record(target) | {"item": item, "revision": revision, "position": position}


def to_target(row: Row) -> Target:
    """The target of a row."""
    values = {k: v for k, v in row.items() if k not in {"item", "revision", "position"}}
    return Target(**values | {"kind": TargetKind(row["kind"])})


def to_decision(row: Row) -> Decision:
    """The decision of a row."""
    return Decision(**dict(row) | {"action": Action(row["action"]), "at": _time(row["at"])})


def to_signature(row: Row) -> Signature:
    """The signature of a row."""
    return Signature(**dict(row) | {"opinion": Opinion(row["opinion"]), "at": _time(row["at"])})


def release_row(release: Release) -> dict[str, Any]:
    """The row of a release."""
    return record(release) | {"certificate": canonical(release.certificate)}


def to_release(row: Row) -> Release:
    """The release of a row."""
    return Release(
        **dict(row)
        | {
            "certificate": json.loads(row["certificate"]),
            "at": _time(row["at"]),
            "withdrawn_at": _time(row["withdrawn_at"]) if row["withdrawn_at"] else None,
        }
    )


def entry_row(entry: LedgerEntry) -> dict[str, Any]:
    """The row of a ledger line."""
    return record(entry) | {"payload": canonical(entry.payload)}


def to_entry(row: Row) -> LedgerEntry:
    """The ledger line of a row."""
    return LedgerEntry(
        **dict(row) | {"payload": json.loads(row["payload"]), "at": _time(row["at"])}
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
