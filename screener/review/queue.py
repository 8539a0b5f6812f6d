"""The review queue: one item, one review; every step in one transaction with its ledger line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.ledger import Tag, record
from screener.model.review import (
    Disclosure,
    Item,
    ItemPage,
    ItemView,
    LedgerEntry,
    Opinion,
    Release,
    ReleaseResult,
    Signature,
    State,
    Submission,
    Workflow,
)
from screener.ports import Blobs, ReleaseDesk, Repository, Screener
from screener.review import rules, views, words
from screener.review.books import Books, utc_now
from screener.review.deciding import Wish, decide
from screener.review.intake import Intake, ToWire
from screener.review.publication import Publication
from screener.review.workflows import WORKFLOWS, find_workflow


class ReviewQueue:
    """Items on their way to publication, and what people may do with them when.

    ``to_wire`` must make JSON without values. ``screener`` is used only where a file comes in or
    goes out and where text is masked, so that listing and checking stay cheap.
    """

    def __init__(
        self,
        repository: Repository,
        blobs: Blobs,
        screener: Screener,
        desk: ReleaseDesk,
        *,
        to_wire: ToWire,
        workflows: Mapping[str, Workflow] = WORKFLOWS,
        workflow: str = "default",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._books = Books(repository, workflows, clock)
        self._screener = screener
        self._intake = Intake(blobs, screener, to_wire)
        self._publication = Publication(self._books, blobs, desk)
        self._workflows = workflows
        self._workflow = workflow

    # handing in

    def submit(
        self,
        data: bytes,
        name: str,
        *,
        unit: str,
        title: str,
        actor: str,
        channel: str = "website",
        doc_number: str = "",
        index_number: str = "",
        disclosure: str = "open",
        workflow: str | None = None,
        leader: bool = False,
        due: date | None = None,
    ) -> Submission:
        """Hand in a new paper: the drafter's step.

        The same bytes for the same unit again give the item that is already there.
        """
        actor = words.checked_name(actor, _("The actor"))
        unit = words.checked_name(unit, _("The unit"))
        if not title.strip():
            raise UsageProblem(_("{what} is missing.").format(what=_("The title")))
        if disclosure not in set(Disclosure):
            raise UsageProblem(_("Disclosure is one of: open, on_request, none."))
        steps = find_workflow(self._workflows, workflow or self._workflow).steps
        paper = self._intake.read(data, name)
        mask = self._screener.mask_text
        draft = Item(
            id="",
            unit=unit,
            title=words.one_line(words.stored(mask, title, _("The title"), words.TITLE_LENGTH)),
            channel=words.stored_channel(mask, channel),
            doc_number=words.stored_doc_number(mask, doc_number),
            index_number=words.stored(
                mask, index_number, _("The index number"), words.NUMBER_LENGTH
            ),
            disclosure=Disclosure(disclosure),
            state=State.OPEN,
            step=steps[0].code,
            workflow=workflow or self._workflow,
            with_leader=leader,
            drafter=actor,
            version=1,
            revision=1,
            sha256=paper.sha256,
            verdict=paper.verdict,
            created_at=self._books.now(),
            due=due,
            name=paper.name,
        )
        with self._books.repository.write() as work:
            if there := work.living_item(unit, paper.sha256):
                return Submission(there, created=False)
            number = work.next_item_number()
            item = replace(
                draft,
                id=f"{draft.created_at:%Y}-{number:05d}",
                number=number,
                updated_at=draft.created_at,
            )
            work.add_item(item)
            self._books.add_revision(work, item, paper, actor)
            return Submission(item, created=True)

    def submit_version(
        self,
        item_id: str,
        data: bytes,
        name: str,
        *,
        actor: str,
        expected_version: int | None = None,
    ) -> Item:
        """Hand in a new version. The signatures start again; decisions whose finding is the same
        and no worse stay in force. Decisions about unread parts do not: nobody knows what is there.
        """
        actor = words.checked_name(actor, _("The actor"))
        with self._books.repository.read() as work:  # before minutes of screening, not only after
            rules.may_be_replaced(self._books.expected(work, item_id, expected_version))
        paper = self._intake.read(data, name)
        with self._books.repository.write() as work:
            was = self._books.expected(work, item_id, expected_version)
            rules.may_be_replaced(was)
            before = work.targets(item_id, was.revision)
            targets = rules.carry(before, paper.targets, same=was.sha256 == paper.sha256)
            decisions = {d.id: d for d in work.decisions(item_id)}
            item = self._books.changed(
                was,
                revision=was.revision + 1,
                round=was.round + 1,
                sha256=paper.sha256,
                name=paper.name,
                verdict=paper.verdict,
                step=self._books.steps(was)[0].code,
                state=rules.state_by_decisions(targets, decisions),
            )
            work.update_item(item, was=was.version)
            paper = replace(paper, targets=tuple(targets))
            self._books.add_revision(work, item, paper, actor)
            return item

    # deciding and signing

    def decide(
        self,
        item_id: str,
        target: str,
        action: str,
        reason_code: str,
        note: str = "",
        *,
        actor: str,
        expected_version: int | None = None,
    ) -> Item:
        """Decide about a finding or an unread part, named by its id or an unambiguous beginning.

        A decision that takes the place of another, or comes after the secrecy review was signed,
        makes this round's signatures void. The same decision by the same person again changes
        nothing.
        """
        return self.decide_all(
            item_id,
            (target,),
            action,
            reason_code,
            note,
            actor=actor,
            expected_version=expected_version,
        )

    def decide_all(
        self,
        item_id: str,
        targets: Sequence[str],
        action: str,
        reason_code: str,
        note: str = "",
        *,
        actor: str,
        expected_version: int | None = None,
    ) -> Item:
        """Decide the same about several targets: all of them or, if one is refused, none.

        Each is a decision of its own, with its own ledger line.
        """
        wish = Wish(
            action=rules.checked_action(action),
            reason_code=rules.checked_reason(reason_code),
            note=words.stored(self._screener.mask_text, note, _("The note"), words.NOTE_LENGTH),
            actor=words.checked_name(actor, _("The actor")),
        )
        with self._books.repository.write() as work:
            item = self._books.expected(work, item_id, expected_version)
            for target in targets:
                item = decide(self._books, work, item, target, wish)
            return item

    def sign(
        self,
        item_id: str,
        opinion: str,
        note: str = "",
        *,
        actor: str,
        expected_version: int | None = None,
    ) -> Item:
        """Sign the step that is due, or send the item back to the drafter.

        Raises NotAllowed for a drafter or one who signed already, Undecided where the step needs
        everything decided, Conflict where no signature is due.
        """
        actor = words.checked_name(actor, _("The actor"))
        wanted = rules.checked_opinion(opinion)
        masked = words.stored(self._screener.mask_text, note, _("The note"), words.NOTE_LENGTH)
        with self._books.repository.write() as work:
            was = self._books.expected(work, item_id, expected_version)
            step = rules.may_be_signed(was, wanted, masked)
            signed = self._books.in_force(work, was)
            rules.is_another_person(actor, work.drafters(item_id), [s.by for s in signed])
            steps = self._books.steps(was)
            if wanted is Opinion.AGREE:
                rules.all_decided(steps, step, work.targets(item_id, was.revision))
                item = self._books.changed(was, **rules.after_agreement(steps, step))
            else:
                item = self._books.changed(was, state=State.RETURNED)
            signature = Signature(
                item=was.id,
                revision=was.revision,
                step=step,
                opinion=wanted,
                note=masked,
                by=actor,
                at=self._books.now(),
                round=was.round,
            )
            work.update_item(item, was=was.version)
            entry = self._books.entry(
                work,
                item,
                actor,
                Tag.SIGN if wanted is Opinion.AGREE else Tag.RETURN,
                signature.at,
                row=record(signature, without=("id", "item", "ledger_seq")),
            )
            work.add_signature(replace(signature, ledger_seq=entry.seq))
            return item

    # going out

    def release(
        self, item_id: str, *, actor: str, expected_version: int | None = None
    ) -> ReleaseResult:
        """The bytes that may be published, with their certificate.

        Without decisions to redact exactly the reviewed bytes, else a copy that was read and
        screened again. Releasing again gives the same bytes.
        """
        actor = words.checked_name(actor, _("The actor"))
        return self._publication.release(item_id, actor, expected_version)

    def withdraw(
        self,
        item_id: str,
        reason_code: str,
        note: str = "",
        *,
        actor: str,
        expected_version: int | None = None,
    ) -> Item:
        """Take a release back: from now on the gate does not know its bytes."""
        actor = words.checked_name(actor, _("The actor"))
        rules.checked_reason(reason_code)
        masked = words.stored(self._screener.mask_text, note, _("The note"), words.NOTE_LENGTH)
        return self._publication.withdraw(item_id, reason_code, masked, actor, expected_version)

    def check_release(self, sha256: str) -> Release | None:
        """The release of exactly these bytes, if they may be published now."""
        return self._publication.check(sha256)

    # looking

    def show(self, item_id: str) -> ItemView:
        """All that is known of an item. Raises NotFound."""
        with self._books.repository.read() as work:
            item = work.item(item_id)
            return views.view(work, item, self._books.steps(item), self._books.in_force(work, item))

    def list(
        self,
        state: str | None = None,
        unit: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> ItemPage:
        """A page of the queue, oldest first."""
        wanted = rules.checked_state(state)
        after = views.parse_cursor(cursor)
        if not 1 <= limit <= views.LONGEST_PAGE:
            raise UsageProblem(
                _("A page has 1 to {limit} entries.").format(limit=views.LONGEST_PAGE)
            )
        with self._books.repository.read() as work:
            found = work.items(wanted, unit, after, limit + 1)
        more = str(found[limit - 1].number) if len(found) > limit else None
        return ItemPage(tuple(found[:limit]), more)

    def ledger(self, after: int = 0, limit: int = 100) -> Sequence[LedgerEntry]:
        """Lines of the ledger behind line ``after``, for auditors."""
        if not 1 <= limit <= views.LONGEST_PAGE or after < 0:
            raise UsageProblem(
                _("A page has 1 to {limit} entries.").format(limit=views.LONGEST_PAGE)
            )
        with self._books.repository.read() as work:
            return work.ledger(after=after, limit=limit)
