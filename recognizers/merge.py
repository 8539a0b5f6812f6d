"""What is reported where matches overlap.

A longer number that holds another one by design (a disability card holds an ID number) is reported
with it. Otherwise the better validated match wins: a right check digit before none before a wrong
one, then the score, then the length. So a valid USCC and a valid ID number never hide each other:
each only wins where its own check passes. The order in which the rules ran never matters.
"""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.match import Match

NESTED = frozenset(
    {
        ("CN_DISABILITY_CARD", "CN_ID_CARD"),
        ("CN_STUDENT_ID", "CN_ID_CARD"),
        ("CN_SOCIAL_SECURITY", "CN_ID_CARD"),
    }
)
"""``(outer, inner)`` entities that are reported together."""


def merge(matches: Iterable[Match]) -> list[Match]:
    """The matches to report, by start. Spans of kept matches overlap only as ``NESTED`` allows."""
    kept: list[Match] = []
    group: list[Match] = []
    end = -1
    for match in sorted(set(matches), key=_place):
        if match.start >= end:
            kept.extend(_settle(group))
            group = []
        group.append(match)
        end = max(end, match.end)
    kept.extend(_settle(group))
    return sorted(kept, key=_place)


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
    winners: list[Match] = []
    for match in sorted(group, key=_rank):
        if all(_together(match, winner) for winner in winners):
            winners.append(match)
    return winners


def _together(one: Match, other: Match) -> bool:
    if one.end <= other.start or other.end <= one.start:
        return True
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Match, inner: Match) -> bool:
    if (outer.entity, inner.entity) not in NESTED:
        return False
    return outer.start <= inner.start and inner.end <= outer.end and outer != inner
