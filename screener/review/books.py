"""What every step of the review does with the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from screener.errors import Conflict
from screener.i18n import _
from screener.model.ledger import Tag, digest, record
from screener.model.review import Item, LedgerEntry, Opinion, Revision, Signature, Step, Workflow
from screener.ports import Repository, Work
from screener.review.intake import Paper
from screener.review.ledger import item_digest, target_digest
from screener.review.workflows import steps_of


def utc_now() -> datetime:
    """The time, aware of being UTC."""
    return datetime.now(UTC)


class Books:
    """The repository with the review's way of writing in it."""

    def __init__(
        self,
        repository: Repository,
        workflows: Mapping[str, Workflow],
        clock: Callable[[], datetime],
    ) -> None:
        self.repository = repository
        self._workflows = workflows
        self._clock = clock

    def now(self) -> datetime:
        """The time by the queue's clock, in UTC."""
        return self._clock().astimezone(UTC)

    def steps(self, item: Item) -> tuple[Step, ...]:
        """The signatures the item needs, in order."""
        return steps_of(self._workflows, item)

    def expected(self, work: Work, item_id: str, version: int | None) -> Item:
        """The item, if it is still the version that the caller saw. Raises Conflict."""
        item = work.item(item_id)
        if version is not None and version != item.version:
            raise Conflict(
                _("The item is at version {now}, not {expected}: someone changed it.").format(
                    now=item.version, expected=version
                ),
                advice=_("Look at the item again and repeat the step if it still applies."),
            )
        return item

    def changed(self, item: Item, **values: Any) -> Item:
        """The item after a step: its next version."""
        return replace(item, version=item.version + 1, updated_at=self.now(), **values)

    def in_force(self, work: Work, item: Item) -> Sequence[Signature]:
        """The signatures of the current round, without returns."""
        return [
            s
            for s in work.signatures(item.id)
            if (s.revision, s.round, s.opinion) == (item.revision, item.round, Opinion.AGREE)
        ]

    def entry(
        self, work: Work, item: Item, actor: str, tag: Tag, at: datetime, **content: Any
    ) -> LedgerEntry:
        """Append the ledger line of a step. It carries the digest of the item as it is now."""
        state = {"item": item_digest(item), "state": item.state.value, "version": item.version}
        return work.next_entry(
            at=at, actor=actor, tag=tag, subject=item.id, payload=state | content
        )

    def add_revision(self, work: Work, item: Item, paper: Paper, actor: str) -> None:
        """Write a file that was handed in, with its ledger line."""
        revision = Revision(
            item=item.id,
            number=item.revision,
            sha256=paper.sha256,
            size=paper.size,
            name=paper.name,
            media_type=paper.media_type,
            verdict=paper.verdict,
            screening=paper.screening,
            by=actor,
            at=self.now(),
        )
        row = record(revision, without=("item", "ledger_seq"))
        entry = self.entry(
            work,
            item,
            actor,
            Tag.SUBMIT if item.revision == 1 else Tag.VERSION,
            revision.at,
            row=row | {"screening": digest(paper.screening)},
            targets=target_digest(record(target) for target in paper.targets),
            carried=[target.id for target in paper.targets if target.decision is not None],
        )
        work.add_revision(replace(revision, ledger_seq=entry.seq), paper.targets)
