"""What can be read and written inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, update

from screener.errors import Conflict, NotFound, StoreProblem
from screener.i18n import _
from screener.model.ledger import (
    BEFORE_FIRST,
    Tag,
    canonical,
    digest,
    head_seal,
    next_line,
    record,
    timestamp,
)
from screener.model.review import (
    Action,
    Decision,
    Item,
    LedgerEntry,
    Release,
    Revision,
    Signature,
    State,
    Target,
)
from screener.store import rows, tables


class Work:
    """One transaction's view of the books; implements ``ports.Work``.

    Inside ``Repository.write`` nobody else writes, so what was read here stays true until the end.
    """

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key
        self._last: tuple[int, str] | None = None  # the head, once this transaction moved it

    # items

    def item(self, item_id: str) -> Item:
        """One item. Raises NotFound."""
        found = self._one(select(tables.items).where(tables.items.c.id == item_id))
        if found is None:
            raise NotFound(
                _("There is no such item."), advice=_("`screener queue` lists the items there are.")
            )
        return rows.to_item(found)

    def living_item(self, unit: str, sha256: str) -> Item | None:
        """The item of this unit whose current file has these bytes and that is not withdrawn."""
        c = tables.items.c
        query = select(tables.items).where(
            c.sha256 == sha256, c.unit == unit, c.state != State.WITHDRAWN.value
        )
        found = self._one(query.order_by(c.number.desc()).limit(1))
        return rows.to_item(found) if found else None

    def items(
        self, state: State | None, unit: str | None, after: int, limit: int
    ) -> Sequence[Item]:
        """Items in the order they came, from behind number ``after``."""
        c = tables.items.c
        query = select(tables.items).where(c.number > after).order_by(c.number).limit(limit)
        if state is not None:
            query = query.where(c.state == state.value)
        if unit is not None:
            query = query.where(c.unit == unit)
        return [rows.to_item(row) for row in self._all(query)]

    def next_item_number(self) -> int:
        """The running number of the next item, from 1."""
        return self._next(tables.items, "number")

    def add_item(self, item: Item) -> None:
        """Add a new item."""
        self._connection.execute(insert(tables.items), rows.item_row(item))

    def update_item(self, item: Item, *, was: int) -> None:
        """Replace an item whose version was ``was``. Raises Conflict if it is another by now."""
        c = tables.items.c
        changed = self._connection.execute(
            update(tables.items)
            .where(c.id == item.id, c.version == was)
            .values(**rows.item_row(item))
        )
        if changed.rowcount != 1:
            raise Conflict(_("The item was changed by someone else meanwhile."))

    # revisions and targets

    def add_revision(self, revision: Revision, targets: Sequence[Target]) -> None:
        """Add a file handed in, with what was found in it."""
        self._connection.execute(insert(tables.revisions), rows.revision_row(revision))
        found = [
            rows.target_row(revision.item, revision.number, position, target)
            for position, target in enumerate(targets)
        ]
        if found:
            self._connection.execute(insert(tables.targets), found)

    def revision(self, item_id: str, number: int) -> Revision:
        """One file handed in."""
        c = tables.revisions.c
        found = self._one(select(tables.revisions).where(c.item == item_id, c.number == number))
        if found is None:
            raise StoreProblem(_("A revision of the item is missing in the database."))
        return rows.to_revision(found)

    def drafters(self, item_id: str) -> Sequence[str]:
        """Everyone who handed in a revision of the item."""
        c = tables.revisions.c
        return list(
            self._connection.execute(select(c.by).where(c.item == item_id).distinct()).scalars()
        )

    def targets(self, item_id: str, revision: int) -> Sequence[Target]:
        """What was found in one revision, in the order of the text."""
        c = tables.targets.c
        query = select(tables.targets).where(c.item == item_id, c.revision == revision)
        return [rows.to_target(row) for row in self._all(query.order_by(c.position))]

    def find_targets(self, item_id: str, revision: int, text: str) -> Sequence[Target]:
        """Targets of one revision whose id is this text or begins with it."""
        c = tables.targets.c
        query = select(tables.targets).where(c.item == item_id, c.revision == revision)
        exact = self._one(query.where(c.id == text))
        if exact:
            return [rows.to_target(exact)]
        return [
            rows.to_target(row)
            for row in self._all(query.where(c.id.startswith(text, autoescape=True)))
        ]

    def withheld(self, item_id: str, revision: int) -> frozenset[str]:
        """Targets of one revision whose decision in force withholds the item."""
        c, d = tables.targets.c, tables.decisions.c
        same = (c.item == d.item) & (c.id == d.target) & (c.decision == d.id)
        found = self._connection.execute(
            select(c.id)
            .select_from(tables.decisions.join(tables.targets, same))
            .where(d.item == item_id, d.action == Action.WITHHOLD.value, c.revision == revision)
        )
        return frozenset(found.scalars())

    # decisions, signatures, releases

    def decision(self, decision_id: int) -> Decision:
        """One decision by its id."""
        c = tables.decisions.c
        found = self._one(select(tables.decisions).where(c.id == decision_id))
        if found is None:
            raise StoreProblem(_("A decision in force is missing in the database."))
        return rows.to_decision(found)

    def add_decision(self, decision: Decision) -> Decision:
        """Add a decision and put it in force for its target. Returns it with its id."""
        numbered = replace(decision, id=self._next(tables.decisions, "id"))
        self._connection.execute(insert(tables.decisions), record(numbered))
        c = tables.targets.c
        self._connection.execute(
            update(tables.targets)
            .where(
                c.item == decision.item,
                c.revision == decision.revision,
                c.id == decision.target,
            )
            .values(decision=numbered.id)
        )
        return numbered

    def decisions(self, item_id: str) -> Sequence[Decision]:
        """All decisions about an item, oldest first, replaced ones too."""
        c = tables.decisions.c
        query = select(tables.decisions).where(c.item == item_id).order_by(c.id)
        return [rows.to_decision(row) for row in self._all(query)]

    def add_signature(self, signature: Signature) -> Signature:
        """Add a signature. Returns it with its id."""
        numbered = replace(signature, id=self._next(tables.signatures, "id"))
        self._connection.execute(insert(tables.signatures), record(numbered))
        return numbered

    def signatures(self, item_id: str) -> Sequence[Signature]:
        """All signatures of an item, oldest first, void ones too."""
        c = tables.signatures.c
        query = select(tables.signatures).where(c.item == item_id).order_by(c.id)
        return [rows.to_signature(row) for row in self._all(query)]

    def add_release(self, release: Release) -> Release:
        """Add a release. Returns it with its id."""
        numbered = replace(release, id=self._next(tables.releases, "id"))
        self._connection.execute(insert(tables.releases), rows.release_row(numbered))
        return numbered

    def withdraw_release(self, release: Release) -> None:
        """Write a release's withdrawal into its row."""
        values = {k: v for k, v in rows.release_row(release).items() if k.startswith("withdrawn")}
        self._connection.execute(
            update(tables.releases).where(tables.releases.c.id == release.id).values(**values)
        )

    def releases(self, item_id: str) -> Sequence[Release]:
        """All releases of an item, oldest first."""
        c = tables.releases.c
        query = select(tables.releases).where(c.item == item_id).order_by(c.id)
        return [rows.to_release(row) for row in self._all(query)]

    def releases_of(self, sha256: str) -> Sequence[Release]:
        """Every release of exactly these bytes, newest first, withdrawn ones too."""
        c = tables.releases.c
        query = select(tables.releases).where(c.released_sha256 == sha256).order_by(c.id.desc())
        return [rows.to_release(row) for row in self._all(query)]

    # the ledger

    def next_entry(
        self, *, at: datetime, actor: str, tag: Tag, subject: str, payload: Mapping[str, Any]
    ) -> LedgerEntry:
        """Append a line to the ledger and seal its new head.

        Refuses to go on from a head that is not the sealed one: a ledger that lost its last lines
        must not grow over the gap. Raises StoreProblem.
        """
        head = self._last or self._head()
        entry = next_line(head, at=at, actor=actor, tag=tag, subject=subject, payload=payload)
        self._connection.execute(insert(tables.ledger), rows.entry_row(entry))
        sealed = {
            "seq": entry.seq,
            "digest": entry.digest,
            "seal": head_seal(self._key, entry.seq, entry.digest),
        }
        if head[0]:
            self._connection.execute(update(tables.ledger_head).values(**sealed))
        else:
            self._connection.execute(insert(tables.ledger_head), {"id": 1} | sealed)
        self._last = entry.seq, entry.digest
        return entry

    def ledger(
        self, *, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> Sequence[LedgerEntry]:
        """Lines behind ``after`` in order, of one subject if it is named."""
        return [rows.to_entry(row) for row in self.ledger_rows(after, limit, subject)]

    def ledger_rows(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """The same, exactly as stored, for checking."""
        c = tables.ledger.c
        query = select(tables.ledger).where(c.seq > after).order_by(c.seq).limit(limit)
        if subject is not None:
            query = query.where(c.subject == subject)
        yield from self._all(query)

    def sealed_head(self) -> Mapping[str, Any] | None:
        """The ledger's head as it was sealed: seq, digest, seal."""
        return self._one(select(tables.ledger_head))

    def all_rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """Every row of a table exactly as stored, in the order of its key, for checking."""
        whole = tables.metadata.tables[table]
        yield from self._all(select(whole).order_by(*whole.primary_key.columns))

    # audits

    def add_audit_run(
        self,
        run_id: str,
        *,
        at: datetime,
        actor: str,
        summary: Mapping[str, Any],
        pages: Sequence[Mapping[str, Any]],
    ) -> LedgerEntry:
        """Add a re-scan with its pages, each as masked JSON, and its line in the ledger."""
        run = {"id": run_id, "at": timestamp(at), "actor": actor}
        entry = self.next_entry(
            at=at,
            actor=actor,
            tag=Tag.AUDIT_RUN,
            subject=run_id,
            payload={"row": run | {"summary": digest(summary)}, "pages": digest(list(pages))},
        )
        columns = {"summary": canonical(summary), "ledger_seq": entry.seq}
        self._connection.execute(insert(tables.audit_runs).values(**run, **columns))
        found = [
            {"run": run_id, "position": position, "content": canonical(page)}
            for position, page in enumerate(pages)
        ]
        if found:
            self._connection.execute(insert(tables.audit_pages), found)
        return entry

    def audit_runs(self) -> Sequence[Mapping[str, Any]]:
        """All re-scans, newest first: id, at, actor, summary, ledger_seq."""
        c = tables.audit_runs.c
        found = self._all(select(tables.audit_runs).order_by(c.ledger_seq.desc()))
        return [dict(row) | {"summary": json.loads(row["summary"])} for row in found]

    def audit_pages(self, run_id: str) -> Sequence[Mapping[str, Any]]:
        """The pages of a re-scan in their order."""
        c = tables.audit_pages.c
        query = select(tables.audit_pages).where(c.run == run_id).order_by(c.position)
        return [json.loads(row["content"]) for row in self._all(query)]

    # answers of the service that may be asked for again

    def remembered(self, key: str) -> Mapping[str, Any] | None:
        """What was answered under an idempotency key: request, status, response (parsed), at."""
        c = tables.idempotency.c
        found = self._one(select(tables.idempotency).where(c.key == key))
        return dict(found) | {"response": json.loads(found["response"])} if found else None

    def remember(
        self, key: str, *, request: str, status: int, response: Mapping[str, Any], at: datetime
    ) -> None:
        """Keep an answer. ``key`` and ``request`` are digests (64 characters), never raw text."""
        values = {
            "key": key,
            "request": request,
            "status": status,
            "response": canonical(response),
            "at": timestamp(at),
        }
        self._connection.execute(insert(tables.idempotency), values)

    # helpers

    def _head(self) -> tuple[int, str]:
        c = tables.ledger.c
        last = self._one(select(c.seq, c.digest).order_by(c.seq.desc()).limit(1))
        sealed = self.sealed_head()
        if last is None and sealed is None:
            return 0, BEFORE_FIRST
        if (
            last is None
            or sealed is None
            or (last["seq"], last["digest"]) != (sealed["seq"], sealed["digest"])
            or sealed["seal"] != head_seal(self._key, last["seq"], last["digest"])
        ):
            raise StoreProblem(
                _("The ledger does not end where it was sealed; nothing more is written."),
                advice=_("Run `screener ledger verify` and restore the last good backup."),
            )
        return last["seq"], last["digest"]

    def _next(self, table: Table, column: str) -> int:
        last: int | None = self._connection.execute(
            select(func.max(table.c[column]))
        ).scalar_one_or_none()
        return (last or 0) + 1

    def _one(self, query: Select[Any]) -> Mapping[str, Any] | None:
        found = self._connection.execute(query).mappings().first()
        return {str(name): value for name, value in found.items()} if found else None

    def _all(self, query: Select[Any]) -> Iterator[Mapping[str, Any]]:
        for row in self._connection.execute(query).mappings():
            yield {str(name): value for name, value in row.items()}
