"""Checks the books: every line of the ledger, and every row that a line speaks of.

The chain shows lines that were changed, taken out or put in between. A lost end shows in the sealed
head and in rows that point behind it. Rows changed behind the ledger's back no longer fit the lines
that wrote them.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.errors import StoreProblem
from screener.i18n import _
from screener.model.ledger import (
    BEFORE_FIRST,
    Tag,
    canonical,
    certificate_seal,
    digest,
    head_seal,
    key_check,
    line_digest,
    record,
)
from screener.model.review import Item, LedgerProblem, Verification
from screener.ports import Repository, Work

Row = Mapping[str, Any]

_TAGS = frozenset(tag.value for tag in Tag)
_WRITTEN_BY = {
    "revisions": (Tag.SUBMIT, Tag.VERSION),
    "decisions": (Tag.DECIDE,),
    "signatures": (Tag.SIGN, Tag.RETURN),
    "releases": (Tag.RELEASE,),
    "audit_runs": (Tag.AUDIT_RUN,),
}
_JSON_COLUMNS = {"revisions": "screening", "audit_runs": "summary"}


def verify(repository: Repository, key: bytes) -> Verification:
    """Check everything in one consistent state of the books. ``key`` is the site key."""
    with repository.read() as work:
        lines = [dict(row) for row in work.ledger_rows()]
        problems = list(check_chain(lines))
        if not problems:  # lines that cannot be believed say nothing about rows
            problems = [*check_head(work, lines, key), *_rows(work, lines, key)]
    head = str(lines[-1]["digest"]) if lines else BEFORE_FIRST
    return Verification(entries=len(lines), head=head, problems=tuple(problems))


def verified(repository: Repository, key: bytes) -> None:
    """Raises StoreProblem when the books are broken."""
    found = verify(repository, key)
    if not found.intact:
        raise StoreProblem(
            _("The ledger does not verify from line {seq} on.").format(seq=found.first_bad or 1),
            advice=_("Use another copy of the archive."),
        )


def check_chain(lines: list[dict[str, Any]]) -> Iterator[LedgerProblem]:
    """Each line by itself and with the one before. Leaves the parsed payload in the line."""
    previous = BEFORE_FIRST
    for position, line in enumerate(lines, 1):
        seq = line["seq"]
        if seq != position:
            yield LedgerProblem(position, "gap", _("A line is missing here."))
            return
        try:
            payload = json.loads(line["payload"])
            readable = isinstance(payload, dict) and canonical(payload) == line["payload"]
        except ValueError:
            readable = False
        if not readable:
            yield LedgerProblem(seq, "unreadable", _("The line's content was changed."))
            return
        line["content"] = payload
        if line["tag"] not in _TAGS or (line["tag"] == Tag.GENESIS.value) != (seq == 1):
            yield LedgerProblem(seq, "tag", _("The line is of a kind that cannot stand here."))
        if line["previous"] != previous:
            yield LedgerProblem(seq, "previous", _("The line does not follow the one before."))
        if line_digest(line | {"payload": payload}) != line["digest"]:
            yield LedgerProblem(seq, "digest", _("The line was changed."))
        previous = line["digest"]


def check_head(work: Work, lines: list[dict[str, Any]], key: bytes) -> Iterator[LedgerProblem]:
    """Whether the ledger ends where it was sealed, and began with this key."""
    sealed = work.sealed_head()
    if not lines or sealed is None:
        yield LedgerProblem(1, "head", _("The ledger or its sealed head is missing."))
        return
    last = lines[-1]
    if not hmac.compare_digest(
        str(sealed["seal"]), head_seal(key, sealed["seq"], sealed["digest"])
    ):
        yield LedgerProblem(last["seq"], "seal", _("The sealed head was changed."))
    elif (sealed["seq"], sealed["digest"]) != (last["seq"], last["digest"]):
        yield LedgerProblem(
            min(sealed["seq"], last["seq"]) + 1, "end", _("Lines are missing at the end.")
        )
    if lines[0].get("content", {}).get("site_key") not in {key_check(key), None}:
        yield LedgerProblem(1, "key", _("The ledger was begun with another site key."))


def _rows(work: Work, lines: list[dict[str, Any]], key: bytes) -> Iterator[LedgerProblem]:
    by_seq = {line["seq"]: line for line in lines if "content" in line}
    for table, tags in _WRITTEN_BY.items():
        claimed: set[int] = set()
        for row in work.all_rows(table):
            seq = row["ledger_seq"]
            line = by_seq.get(seq)
            known = line is not None and line["tag"] in tags and seq not in claimed
            if line is None or not known or not _fits(table, row, line):
                yield LedgerProblem(seq, "row", _told(table, row))
            claimed.add(seq)
        for seq, line in by_seq.items():
            if line["tag"] in tags and seq not in claimed:
                missing = _("The ledger tells of a row that is gone from {table}.")
                yield LedgerProblem(seq, "missing_row", missing.format(table=table))
    yield from _items(work, lines)
    yield from _targets(work, by_seq)
    yield from _withdrawals(work, by_seq)
    yield from _certificates(work, by_seq, key)
    yield from _pages(work, by_seq)


def _told(table: str, row: Row) -> str:
    name = row.get("id") or row.get("number")
    return _("{table} {name} does not say what the ledger says.").format(table=table, name=name)


def _fits(table: str, row: Row, line: Row) -> bool:
    """Whether a row says what its line says: every column but those the line cannot know."""
    told = line["content"].get("row")
    if not isinstance(told, dict) or line["subject"] != row.get("item", row.get("id")):
        return False
    later = {"id", "ledger_seq", "ledger_digest", "certificate", "item"}
    later |= {name for name in row if name.startswith("withdrawn")}
    if table in {"revisions", "audit_runs"}:
        later -= {"id"}
    said = {name: value for name, value in row.items() if name not in later}
    if column := _JSON_COLUMNS.get(table):
        said[column] = _digest_of_text(row[column])
    by = row.get("by", row.get("actor"))
    return said == told and (line["actor"], line["at"]) == (by, row["at"])


def _certificates(work: Work, by_seq: Mapping[int, Row], key: bytes) -> Iterator[LedgerProblem]:
    """Each certificate carries the site's seal and the ledger's digest at its line."""
    for row in work.all_rows("releases"):
        line = by_seq.get(row["ledger_seq"], {})
        try:
            certificate = json.loads(row["certificate"])
            sealed = certificate.get("seal") == certificate_seal(key, certificate)
            place = certificate["ledger"]
        except (ValueError, KeyError, AttributeError, TypeError):
            sealed, place = False, None
        expected = {"seq": row["ledger_seq"], "digest": line.get("digest")}
        if not sealed or place != expected or row["ledger_digest"] != line.get("digest"):
            message = _("The certificate of a release was changed.")
            yield LedgerProblem(row["ledger_seq"], "certificate", message)


def _digest_of_text(text: str) -> str:
    try:
        return digest(json.loads(text))
    except ValueError:
        return ""


def _items(work: Work, lines: list[dict[str, Any]]) -> Iterator[LedgerProblem]:
    last = {line["subject"]: line for line in lines if line["tag"].startswith("item:")}
    seen = set()
    for row in work.all_rows("items"):
        seen.add(row["id"])
        line = last.get(row["id"])
        if line is None or line.get("content", {}).get("item") != digest(dict(row)):
            yield LedgerProblem(line["seq"] if line else None, "item", _told("items", row))
    for item_id in last.keys() - seen:
        missing = _("The ledger tells of a row that is gone from {table}.").format(table="items")
        yield LedgerProblem(last[item_id]["seq"], "missing_row", missing)


def _targets(work: Work, by_seq: Mapping[int, Row]) -> Iterator[LedgerProblem]:
    """What was found is what the submission's line says, and decisions in force are real ones."""
    found: dict[tuple[str, int], list[Row]] = {}
    for row in work.all_rows("targets"):
        found.setdefault((row["item"], row["revision"]), []).append(row)
    decisions = {row["id"]: row for row in work.all_rows("decisions")}
    expected = _in_force(by_seq)
    for row in work.all_rows("revisions"):
        of_revision = found.pop((row["item"], row["number"]), [])
        told = by_seq.get(row["ledger_seq"], {}).get("content", {})
        if target_digest(of_revision) != told.get("targets"):
            yield LedgerProblem(row["ledger_seq"], "targets", _told("targets", row))
        for target in of_revision:
            place = (target["item"], target["revision"], target["id"])
            decision = decisions.get(target["decision"])
            seq = decision["ledger_seq"] if decision else None
            if seq != expected.get(place):
                yield LedgerProblem(
                    expected.get(place) or row["ledger_seq"], "targets", _told("targets", target)
                )
    for rest in found.values():
        yield LedgerProblem(None, "targets", _told("targets", rest[0]))


def target_digest(rows: Iterable[Row]) -> str:
    """The digest of a revision's targets: everything of them but the decision in force."""
    names = ("id", "kind", "rule", "level", "fingerprint", "segment")
    return digest(sorted(([row[name] for name in names] for row in rows), key=canonical))


def item_digest(item: Item) -> str:
    """The digest of an item's row; each line about an item carries the one it left behind."""
    return digest(record(item) | {"with_leader": int(item.with_leader)})


def _in_force(by_seq: Mapping[int, Row]) -> dict[tuple[str, int, str], int]:
    """By item, revision and target: the ledger line of the decision in force, replayed."""
    result: dict[tuple[str, int, str], int] = {}
    for seq in sorted(by_seq):
        line = by_seq[seq]
        content = line["content"]
        if line["tag"] == Tag.DECIDE.value:
            row = content.get("row", {})
            result[(line["subject"], row.get("revision"), row.get("target"))] = seq
        elif line["tag"] == Tag.VERSION.value:
            number = content.get("row", {}).get("number")
            for target in content.get("carried", ()):
                before = result.get((line["subject"], number - 1, target))
                if before is not None:
                    result[(line["subject"], number, target)] = before
    return result


def _withdrawals(work: Work, by_seq: Mapping[int, Row]) -> Iterator[LedgerProblem]:
    told = {seq: line for seq, line in by_seq.items() if line["tag"] == Tag.WITHDRAW.value}
    for row in work.all_rows("releases"):
        seq = row["withdrawn_seq"]
        said = {k: v for k, v in row.items() if k.startswith("withdrawn") and k != "withdrawn_seq"}
        if seq is None and not any(said.values()):
            continue
        line = told.pop(seq, None)
        if line is None or line["content"].get("row") != said or line["subject"] != row["item"]:
            yield LedgerProblem(seq, "row", _told("releases", row))
    for seq in told:
        yield LedgerProblem(seq, "row", _("The ledger tells of a withdrawal that is not in force."))


def _pages(work: Work, by_seq: Mapping[int, Row]) -> Iterator[LedgerProblem]:
    pages: dict[str, list[str]] = {}
    for row in work.all_rows("audit_pages"):
        pages.setdefault(row["run"], []).append(row["content"])
    for run in work.all_rows("audit_runs"):
        told = by_seq.get(run["ledger_seq"], {}).get("content", {})
        found = [json.loads(text) for text in pages.pop(run["id"], [])]
        if digest(found) != told.get("pages"):
            yield LedgerProblem(run["ledger_seq"], "row", _told("audit_pages", run))
    for run_id in pages:
        yield LedgerProblem(None, "row", _told("audit_pages", {"id": run_id}))
