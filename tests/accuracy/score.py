"""Counts what a tool found against what must be found, value by value and paper by paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fixtures.accuracy.gold import Expected, Paper, Stop

IDENTIFIERS = frozenset(
    [
        "CN_ID_CARD",
        "CN_PASSPORT",
        "CN_TRAVEL_PERMIT",
        "CN_RESIDENCE_PERMIT",
        "CN_MILITARY_ID",
        "CN_DISABILITY_CARD",
        "CN_STUDENT_ID",
        "CN_SOCIAL_SECURITY",
        "HK_ID_CARD",
        "MO_ID_CARD",
        "TW_ID_CARD",
        "CREDENTIAL",
        "CN_BANK_CARD",
        "CN_MOBILE_PHONE",
        "CN_LANDLINE_PHONE",
        "EMAIL_ADDRESS",
        "QQ_NUMBER",
        "WECHAT_ID",
        "CN_LICENSE_PLATE",
        "VIN",
        "CN_DRIVING_ARCHIVE",
        "IP_ADDRESS",
        "MAC_ADDRESS",
        "GEO_COORDINATE",
        "CN_USCC",
        "CN_ORG_CODE",
    ]
)
MARKS = frozenset(("SECRET_MARK", "INTERNAL_MARK", "DISCLOSURE_MARK", "CLASSIFIED_NUMBER"))
MASKS = frozenset(
    ("CN_ID_CARD_MASKED", "CN_BANK_CARD_MASKED", "CN_MOBILE_PHONE_MASKED", "PERSON_MASKED")
)
_INNER = {"CN_DISABILITY_CARD": "CN_ID_CARD"}
"""Outer values by the inner one that the contract has reported too."""
_SLACK = {"CN_ADDRESS": 2}
"""Code points by which both ends of a span may be off."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a tool found. ``stop``, ``role`` and ``candidates`` are None where it does not tell."""

    start: int
    end: int
    entity: str
    stop: Stop | None = None
    role: str | None = None
    candidates: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One paper as it was read: its text and where its values stand."""

    paper: Paper
    text: str
    expected: tuple[Expected, ...]
    format: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was not as it should be, for those who tune."""

    what: str
    entity: str
    case: Case
    start: int
    end: int
    why: str

    def __str__(self) -> str:
        """The value in its place; the papers are made up."""
        text = self.case.text
        before = text[max(0, self.start - 24) : self.start].replace("\n", "⏎")
        behind = text[self.end : self.end + 14].replace("\n", "⏎")
        value = text[self.start : self.end].replace("\n", "⏎")
        kind = f"{self.case.paper.kind}/{self.case.format}"
        return f"{self.what} {self.entity} {before}‹{value}›{behind} [{kind}] {self.why}"


@dataclass(slots=True)
class Tally:
    """Counts over all papers."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts_right: int = 0
    counts_wrong: int = 0
    levels_right: int = 0
    levels_wrong: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, case: Case, hits: Sequence[Hit], verdict: str) -> None:
        """Count one paper."""
        used: set[int] = set()
        for expected in case.expected:
            at = _match(expected, hits, used)
            self._count(case, expected, None if at is None else hits[at])
            if at is not None:
                used.add(at)
        for number, hit in enumerate(hits):
            if number not in used and hit.entity not in case.paper.allowed:
                if _again(hit, case.expected):
                    continue
                self.false[hit.entity] += 1
                self._note("false", case, hit.entity, hit.start, hit.end, hit.why)
        self.verdicts[case.paper.verdict, verdict] += 1
        if verdict != case.paper.verdict:
            worst = [f"{h.entity}({h.why})" for h in hits if h.stop and h.stop >= Stop.REVIEW]
            what = f"verdict {verdict} not {case.paper.verdict}"
            self._note(what, case, "", 0, min(24, len(case.text)), "; ".join(worst[:3]))

    def _count(self, case: Case, expected: Expected, hit: Hit | None) -> None:
        gold = expected.gold
        if gold.optional:
            if hit and hit.stop and hit.stop >= Stop.REVIEW:
                self.false[gold.entity] += 1
                self._note("false", case, gold.entity, hit.start, hit.end, f"optional; {hit.why}")
            return
        if hit is None:
            self.missed[gold.entity] += 1
            self._note("missed", case, gold.entity, expected.start, expected.end, "")
            return
        self.found[gold.entity] += 1
        place = (case, gold.entity, hit.start, hit.end)
        if gold.role and hit.role:
            self.roles[gold.role, hit.role] += 1
            if gold.role != hit.role:
                self._note(f"role {hit.role} not {gold.role}", *place, hit.why)
        if gold.candidates is not None:
            right = gold.candidates == hit.candidates
            self.counts_right += right
            self.counts_wrong += not right
            if not right:
                self._note(f"candidates {hit.candidates} not {gold.candidates}", *place, hit.why)
        if hit.stop:
            self.levels_right += hit.stop == gold.stop
            self.levels_wrong += hit.stop != gold.stop
            if hit.stop != gold.stop:
                self._note(f"level {hit.stop.name} not {gold.stop.name}", *place, hit.why)

    def _note(self, what: str, case: Case, entity: str, start: int, end: int, why: str) -> None:
        self.differences.append(Difference(what, entity, case, start, end, why))

    def sums(self, entities: Iterable[str]) -> tuple[int, int, int]:
        """Found, missed and false over some entities."""
        names = list(entities)
        return (
            sum(self.found[e] for e in names),
            sum(self.missed[e] for e in names),
            sum(self.false[e] for e in names),
        )

    @property
    def entities(self) -> list[str]:
        """Every entity that was wanted or found."""
        return sorted({*self.found, *self.missed, *self.false})


def _match(expected: Expected, hits: Sequence[Hit], used: set[int]) -> int | None:
    gold = expected.gold
    slack = _SLACK.get(gold.entity, 0)
    for number, hit in enumerate(hits):
        if number in used or hit.entity != gold.entity:
            continue
        if gold.loose:
            if hit.start < expected.end and expected.start < hit.end:
                return number
        elif abs(hit.start - expected.start) <= slack and abs(hit.end - expected.end) <= slack:
            return number
    return None


def _again(hit: Hit, expected: Sequence[Expected]) -> bool:
    """What is found inside another value by the contract is not false: a second coordinate of one
    place in a loose value, the ID number that a disability card's begins with.
    """
    return any(
        (e.gold.loose and e.gold.entity == hit.entity and hit.start < e.end and e.start < hit.end)
        or (_INNER.get(e.gold.entity) == hit.entity and e.start <= hit.start and hit.end <= e.end)
        for e in expected
    )
