"""What is reported where matches overlap.

A longer number that holds another one by design (a disability card holds an ID number) is reported
with it. Otherwise the better validated match wins: a right check digit before none before a wrong
one, then the score, then the length. So a valid USCC and a valid ID number never hide each other:
each only wins where its own check passes. The order in which the rules ran never matters.

Names of roads and villages begin like surnames. So inside an address the name model alone is not
believed, and a person with better evidence who overlaps only its begin keeps the name: the address
begins behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from recognizers.match import Match

NESTED = frozenset(
    {
        ("CN_DISABILITY_CARD", "CN_ID_CARD"),
        ("CN_STUDENT_ID", "CN_ID_CARD"),
        ("CN_SOCIAL_SECURITY", "CN_ID_CARD"),
    }
)
"""``(outer, inner)`` entities that are reported together."""


COVERED = "FAKE_REDACTION"
"""What was covered is reported whole, whatever else is found in it."""
ADDRESS, PERSON = "CN_ADDRESS", "PERSON"
_WEAK = frozenset(("model", "propagated", "list", "spaced"))
"""Evidence of a person that the name of a road gives as well."""
_SHORTEST_REST = 4


def without_contained(matches: Iterable[Match]) -> list[Match]:
    """The matches without those that one of the same entity holds with as good a score.

    As presidio's own engine leaves them out. Of two alike the first is kept.
    """
    kept: list[Match] = []
    entity = ""
    reaching: list[Match] = []  # of those kept, what may hold the next one
    for match in sorted(matches, key=_widest_first):
        if match.entity != entity:
            entity, reaching = match.entity, []
        reaching = [other for other in reaching if other.end >= match.start]
        if all(match.end > other.end or match.score > other.score for other in reaching):
            kept.append(match)
            reaching.append(match)
    return kept


def _widest_first(match: Match) -> tuple[str, int, int, float]:
    return match.entity, match.start, -match.end, -match.score


def merge(matches: Iterable[Match]) -> list[Match]:
    """The matches to report, by start. Spans of kept matches overlap only as ``NESTED`` allows,
    and what was covered overlaps with all that stands in it.
    """
    ordered = sorted(matches, key=_place)
    if all(match.end <= after.start for match, after in pairwise(ordered)):
        return ordered
    everything = set(ordered)
    covered = {match for match in everything if match.entity == COVERED}
    believed, doubted = _beside_addresses(everything - covered)
    kept = _settle_all(believed)
    # An address may itself give way to a number: then the names it hid are looked at again.
    orphans = _free_of(doubted, kept)
    return sorted((*kept, *_settle_all(orphans), *covered), key=_place)


def _free_of(matches: Iterable[Match], kept: list[Match]) -> set[Match]:
    """The matches that overlap none of those kept (which are ordered by start)."""
    reach: list[int] = []
    for match in kept:
        reach.append(max(match.end, reach[-1] if reach else 0))
    starts = [match.start for match in kept]
    free = set()
    for match in matches:
        before = bisect_left(starts, match.end)
        if before == 0 or reach[before - 1] <= match.start:
            free.add(match)
    return free


def _settle_all(matches: Iterable[Match]) -> list[Match]:
    """The winners among all matches, by start."""
    kept: list[Match] = []
    group: list[Match] = []
    end = -1
    for match in sorted(matches, key=_place):
        if match.start >= end:
            kept.extend(_settle(group))
            group = []
        group.append(match)
        end = max(end, match.end)
    kept.extend(_settle(group))
    return sorted(kept, key=_place)


def _beside_addresses(matches: set[Match]) -> tuple[set[Match], set[Match]]:
    """The matches without the names inside addresses, addresses without the names before them.

    Second come the names that were taken out.
    """
    places = sorted((m for m in matches if m.entity == ADDRESS), key=_place)
    if not places:
        return matches, set()
    starts = [place.start for place in places]
    settled, doubted = set(matches), set()
    for person in sorted((m for m in matches if m.entity == PERSON), key=_place):
        at = bisect_left(starts, person.end) - 1
        if at < 0 or places[at].end <= person.start:
            continue
        place = places[at]
        if {code.partition(":")[0] for code in person.evidence} <= _WEAK:
            settled.discard(person)
            doubted.add(person)
        elif person.start <= place.start and place.end - person.end >= _SHORTEST_REST:
            settled.discard(place)
            places[at] = replace(place, start=person.end)
            settled.add(places[at])
        elif place.start < person.start and person.end <= place.end:
            settled.discard(person)
            doubted.add(person)
    return settled, doubted


def _place(match: Match) -> tuple[object, ...]:
    return (match.start, -match.end, *_tie(match))


def _tie(match: Match) -> tuple[object, ...]:
    """Makes the order total, so that equal ranks are settled the same way every time."""
    return (
        match.entity,
        match.rule,
        -match.score,
        match.evidence,
        match.role or "",
        match.candidates or 0,
    )


def _validated(match: Match) -> int:
    if "checksum_wrong" in match.evidence:
        return 0
    return 2 if "checksum_ok" in match.evidence else 1


def _rank(match: Match) -> tuple[object, ...]:
    length = match.end - match.start
    return (-_validated(match), -match.score, -length, match.start, *_tie(match))


def _settle(group: list[Match]) -> list[Match]:
    """The winners among matches that touch each other, directly or over others."""
    if len(group) < 2:
        return group
    longest = max(match.end - match.start for match in group)
    starts: list[int] = []
    winners: list[Match] = []  # by start, like ``starts``
    for match in sorted(group, key=_rank):
        # What begins farther away than the longest match is long cannot reach it: a chain of
        # many matches costs no more than its neighbours do.
        first = bisect_left(starts, match.start - longest)
        last = bisect_left(starts, match.end)
        if all(_together(match, winner) for winner in winners[first:last]):
            at = bisect_left(starts, match.start)
            starts.insert(at, match.start)
            winners.insert(at, match)
    return winners


def _together(one: Match, other: Match) -> bool:
    if one.end <= other.start or other.end <= one.start:
        return True
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Match, inner: Match) -> bool:
    if (outer.entity, inner.entity) not in NESTED:
        return False
    return outer.start <= inner.start and inner.end <= outer.end and outer != inner
