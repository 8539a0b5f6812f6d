"""Release, withdrawal and the gate."""

from __future__ import annotations

from dataclasses import replace

from screener.errors import Conflict, StoreProblem
from screener.i18n import _
from screener.model.ledger import Tag, record, timestamp
from screener.model.review import Decision, Item, Release, ReleaseResult, Settled, State
from screener.ports import Blobs, Checked, ReleaseDesk, Work
from screener.review import rules
from screener.review.books import Books
from screener.review.words import state_word


class Publication:
    """Lets items out and takes them back."""

    def __init__(self, books: Books, blobs: Blobs, desk: ReleaseDesk) -> None:
        self._books = books
        self._blobs = blobs
        self._desk = desk

    def release(self, item_id: str, actor: str, expected_version: int | None) -> ReleaseResult:
        """Release an item, or give the same bytes again if it is released."""
        with self._books.repository.read() as work:
            if again := self._again(work, work.item(item_id)):
                return again
            was = self._books.expected(work, item_id, expected_version)
            targets = work.targets(was.id, was.revision)
            decisions = {d.id: d for d in work.decisions(was.id)}
            rules.may_be_released(was, targets, tuple(decisions.values()))
        in_force = [decisions[t.decision] for t in targets if t.decision is not None]
        settled = [
            Settled(t, decisions[t.decision].action if t.decision is not None else None)
            for t in targets
        ]
        checked = self._desk.check(self._blobs.get(was.sha256), was.name, settled)
        self._blobs.put(checked.data)
        with self._books.repository.write() as work:
            now = work.item(item_id)
            if again := self._again(work, now):
                return again
            self._books.expected(work, item_id, was.version)
            return self._write(work, was, actor, checked, in_force)

    def _write(
        self, work: Work, was: Item, actor: str, checked: Checked, in_force: list[Decision]
    ) -> ReleaseResult:
        at = self._books.now()
        signatures = self._books.in_force(work, was)
        item = self._books.changed(was, state=State.RELEASED)
        work.update_item(item, was=was.version)
        row = {
            "revision": item.revision,
            "original_sha256": item.sha256,
            "released_sha256": checked.sha256,
            "name": item.name,
            "by": actor,
            "at": timestamp(at),
        }
        entry = self._books.entry(work, item, actor, Tag.RELEASE, at, row=row)
        release = self._desk.issue(
            checked,
            item,
            entry,
            submitted=[work.revision(item.id, n + 1) for n in range(item.revision)],
            decisions=in_force,
            signatures=signatures,
        )
        if row != {k: v for k, v in record(release).items() if k in row}:
            raise StoreProblem(_("The certificate does not fit the release."))
        work.add_release(release)
        return ReleaseResult(checked.data, release.certificate, release.name, item)

    def withdraw(
        self, item_id: str, reason_code: str, note: str, actor: str, expected_version: int | None
    ) -> Item:
        """Take a release back."""
        with self._books.repository.write() as work:
            was = self._books.expected(work, item_id, expected_version)
            if was.state is not State.RELEASED:
                raise Conflict(
                    _("Only a released item can be withdrawn; this one is {state}.").format(
                        state=state_word(was.state)
                    )
                )
            release = work.releases(item_id)[-1]
            item = self._books.changed(was, state=State.WITHDRAWN)
            work.update_item(item, was=was.version)
            withdrawn = replace(
                release,
                withdrawn_at=self._books.now(),
                withdrawn_by=actor,
                withdrawn_reason=reason_code,
                withdrawn_note=note,
            )
            said = {
                name: value
                for name, value in record(withdrawn).items()
                if name.startswith("withdrawn") and name != "withdrawn_seq"
            }
            at = withdrawn.withdrawn_at
            assert at is not None
            entry = self._books.entry(work, item, actor, Tag.WITHDRAW, at, row=said)
            work.withdraw_release(replace(withdrawn, withdrawn_seq=entry.seq))
            return item

    def check(self, sha256: str) -> Release | None:
        """The release of exactly these bytes, if they may be published now."""
        with self._books.repository.read() as work:
            return self._desk.find(work, sha256)

    def _again(self, work: Work, item: Item) -> ReleaseResult | None:
        if item.state is not State.RELEASED:
            return None
        release = work.releases(item.id)[-1]
        if not self._desk.genuine(release):
            raise StoreProblem(
                _("The certificate of the release was changed in the database."),
                advice=_("Run `screener ledger verify` and restore the last good backup."),
            )
        data = self._blobs.get(release.released_sha256)
        return ReleaseResult(data, release.certificate, release.name, item, repeated=True)
