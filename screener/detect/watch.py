"""Watches a stretch of a document while it is screened: what the rules made of it, and why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from recognizers.match import Match
from recognizers.trace import Trace, watching
from screener.masking import excerpt
from screener.model.document import Document
from screener.model.finding import GivenWay, Look, Watched

Result = TypeVar("Result")


def watch(
    document: Document, start: int, end: int, screen: Callable[[Document], Result]
) -> tuple[Result, Watched]:
    """What ``screen`` makes of the document, and what happened at ``text[start:end]`` meanwhile."""
    with watching(start, end) as trace:
        result = screen(document)
    looks = [
        Look(look.rule, look.start, look.end, tuple(look.objections) or ("shape",))
        for look in trace.looks
        if not any(
            match.rule == look.rule and match.start < look.end and look.start < match.end
            for match in trace.matches
        )
    ]
    watched = Watched(
        start=start,
        end=end,
        looks=tuple(_one_each(looks)),
        given_way=tuple(_given_way(document, trace)),
        label=trace.label,
    )
    return result, watched


def _one_each(looks: list[Look]) -> list[Look]:
    """For each rule and stretch one look; those with an objection of their own come first."""
    kept: dict[tuple[str, int, int], Look] = {}
    for look in looks:
        known = kept.get((look.rule, look.start, look.end))
        if known is None or known.objections == ("shape",):
            kept[look.rule, look.start, look.end] = look
    plain = [look for look in kept.values() if look.objections == ("shape",)]
    told = [look for look in kept.values() if look.objections != ("shape",)]
    rules = {look.rule for look in told}
    widest: dict[str, Look] = {}
    for look in plain:
        if look.rule not in rules:
            widest[look.rule] = max(widest.get(look.rule, look), look, key=_width)
    return [*told, *widest.values()]


def _width(look: Look) -> int:
    return look.end - look.start


def _given_way(document: Document, trace: Trace) -> list[GivenWay]:
    kept = set(trace.kept)
    lost = [match for match in dict.fromkeys(trace.matches) if match not in kept]
    made = []
    for match in lost:
        winner = next((other for other in trace.kept if _overlap(match, other)), None)
        if winner is not None and winner.rule == match.rule and winner.entity == match.entity:
            continue  # the same finding, cut or told with more evidence
        value = document.text[match.start : match.end]
        shown = excerpt(match.entity, value)
        to = "" if winner is None else winner.rule
        made.append(GivenWay(match.rule, match.start, match.end, shown, to))
    return made


def _overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end
