"""Who is bound to what: matches of one table row, or close together in running text, are a record.

A name beside an ID number or a phone is a private person's name, whatever else the passage says
nothing about; a number plate beside an ID number is bound to its owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recognizers.match import Match
from screener.detect.layout import DocumentLayout
from screener.detect.listed import mark_listed
from screener.detect.minors import mark_minors
from screener.detect.record import MASKED, REACH, SENTENCE_END, impersonal, row_of
from screener.detect.sensitive import KINDS, attach

PERSON = "PERSON"
IDENTIFIERS = frozenset(
    {
        "CN_ID_CARD",
        "CN_BANK_CARD",
        "CN_MOBILE_PHONE",
        "CN_PASSPORT",
        "CN_ADDRESS",
        "CN_STUDENT_ID",
        "CN_MILITARY_ID",
        "CN_TRAVEL_PERMIT",
        "CN_RESIDENCE_PERMIT",
        "CN_DISABILITY_CARD",
        "CN_SOCIAL_SECURITY",
        "HK_ID_CARD",
        "MO_ID_CARD",
        "TW_ID_CARD",
    }
)
"""What singles out one natural person, so that a name beside it is that person's."""

SURNAME_ONLY = "surname_only"
"""The evidence of a name that is no more than a surname before a title or a form of address."""
_HOME = "CN_ADDRESS"
"""What names nobody by itself: it weighs more beside a person who is no official."""
_SAME_PAPER = 600  # code points from a private person to a home that is theirs
_LIGHT = {"DATE_OF_BIRTH": frozenset({_HOME})}
"""What a court paper says of everybody: a day of birth beside a home tells no more than each."""


def bind(layout: DocumentLayout, matches: Sequence[Match]) -> tuple[list[Match], list[int | None]]:
    """The matches with what binding tells, and the record number of each (None: stands alone).

    Matches come ordered by start. A person of unknown role in a record with an identifier becomes
    private, with the evidence ``bound:ENTITY``; any other match gets the evidence alone. An address
    gets ``bound:PERSON`` beside a person who is no official, ``masked_person`` beside a masked name
    only. What is sensitive (``sensitive.KINDS``) joins the nearest private person or identifier and
    links no records. Children and people in need are marked as ``listed`` and ``minors`` say.

    A bare surname (``surname_only``) names too many people to belong to a record: it stands alone.
    """
    named = [match for match in matches if SURNAME_ONLY not in match.evidence]
    if len(named) < len(matches):
        pairs = iter(zip(*bind(layout, named), strict=True))
        settled = [
            (match, None) if SURNAME_ONLY in match.evidence else next(pairs) for match in matches
        ]
        return [match for match, _ in settled], [record for _, record in settled]
    matches = mark_listed(layout, matches)
    plain = [match for match in matches if match.entity not in KINDS]
    bound, records = _bind(layout, plain)
    bound = _at_home(layout, bound)
    if len(plain) < len(matches):
        bound, records = attach(layout, matches, bound, records)
    return mark_minors(layout, bound, records), records


def _bind(layout: DocumentLayout, matches: Sequence[Match]) -> tuple[list[Match], list[int | None]]:
    records = _records(layout, matches)
    members: dict[int, list[int]] = {}
    for index, record in enumerate(records):
        members.setdefault(record, []).append(index)
    bound = list(matches)
    for group in members.values():
        if len(group) > 1:
            _bind_group(bound, group)
    return bound, [r if len(members[r]) > 1 else None for r in records]


def _records(layout: DocumentLayout, matches: Sequence[Match]) -> list[int]:
    records: list[int] = []
    by_row: dict[tuple[int, int], int] = {}
    last_end, last_row, record = 0, None, -1
    for match in matches:
        row = row_of(layout, match)
        if row is not None:
            if row not in by_row:
                by_row[row] = len(by_row) + len(matches)  # apart from the numbers of running text
            records.append(by_row[row])
        else:
            gap = layout.text[last_end : match.start]
            apart = match.start - last_end > REACH or SENTENCE_END.search(gap) is not None
            if last_row is not None or apart or record < 0:
                record += 1
            records.append(record)
        last_end, last_row = max(last_end, match.end), row
    return records


def _bind_group(bound: list[Match], group: list[int]) -> None:
    identifiers = {
        bound[i].entity
        for i in group
        if bound[i].entity in IDENTIFIERS and not impersonal(bound[i])
    }
    named = any(bound[i].entity == PERSON and bound[i].role != "official" for i in group)
    masked = any(bound[i].entity == f"{PERSON}_MASKED" for i in group)
    for i in group:
        match = bound[i]
        others = sorted(identifiers - {match.entity} - _LIGHT.get(match.entity, frozenset()))
        codes = [f"bound:{entity}" for entity in others]
        if match.entity == _HOME and not impersonal(match):
            codes += [f"bound:{PERSON}"] if named else [MASKED] if masked else []
        if not codes:
            continue
        evidence = (*match.evidence, *codes)
        role = match.role
        if match.entity == PERSON and role in (None, "unknown"):
            role = "private"
        bound[i] = replace(match, evidence=evidence, role=role)


def _at_home(layout: DocumentLayout, matches: Sequence[Match]) -> list[Match]:
    """Homes in running text that no sentence binds belong to the private person named last.

    A letter names whom it is for in its first line and says 你的户籍地址 further down.
    """
    homes = list(matches)
    last: Match | None = None
    for place, match in enumerate(matches):
        if match.entity == f"{PERSON}_MASKED" or (
            match.entity == PERSON and match.role == "private"
        ):
            last = match
        if last is None or match.entity != _HOME or "home_address" not in match.evidence:
            continue
        alone = not any(code.startswith("bound:") or code == MASKED for code in match.evidence)
        if alone and match.start - last.end <= _SAME_PAPER and row_of(layout, match) is None:
            code = f"bound:{PERSON}" if last.entity == PERSON else MASKED
            homes[place] = replace(match, evidence=(*match.evidence, code))
    return homes
