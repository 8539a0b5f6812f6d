"""The rules in force: ours and those an office wrote, and what is wrong with the latter in words.

A pack that cannot be used, or whose own examples fail, stops everything that screens: what it was
meant to find would otherwise be missed without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from screener.errors import ConfigProblem
from screener.i18n import _, current_language

if TYPE_CHECKING:
    from recognizers.catalogue import Catalogue, RuleInfo
    from recognizers.office.pack import OfficePack
    from recognizers.office.problems import PackProblem
    from screener.judge.policy import Case


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a pack (with file, line and column) and what to do about it."""

    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Trial:
    """How the examples of one rule of an office came out: passed and all of them."""

    rule: RuleInfo
    level: str | None
    hits: tuple[int, int]
    misses: tuple[int, int]
    passed: bool


def catalogue(packs: Sequence[OfficePack] = ()) -> Catalogue:
    """Our rules and those of the packs. Raises ConfigProblem when our own are broken."""
    from recognizers import catalogue as ours

    try:
        return ours.load().with_office(tuple(packs))
    except ours.BrokenPack as error:
        raise ConfigProblem(
            _("The rule pack cannot be used: {why}").format(why=error),
            advice=_("Install the tool again."),
        ) from error


def read(paths: Sequence[Path]) -> tuple[OfficePack, ...]:
    """The packs under these paths; nothing is run yet. Raises ConfigProblem."""
    if not paths:
        return ()
    from recognizers.office.reader import read_packs

    packs, problems = read_packs(paths)
    _refuse(problems)
    return packs


def prove(packs: Sequence[OfficePack], seconds: float) -> tuple[OfficePack, ...]:
    """The same packs after all their examples passed. Raises ConfigProblem."""
    if packs:
        from recognizers.office.examples import prove as proofs

        _refuse([p for pack in packs for proof in proofs(pack, seconds) for p in proof.problems])
    return tuple(packs)


def try_out(paths: Sequence[Path], seconds: float) -> tuple[list[Trial], list[Complaint]]:
    """Every rule of the packs under these paths with how its examples came out; all problems."""
    from recognizers.office.examples import prove as proofs
    from recognizers.office.reader import read_packs

    packs, problems = read_packs(paths)
    trials = []
    for proof in (proof for pack in packs for proof in proofs(pack, seconds)):
        problems += proof.problems
        rule = proof.rule
        trials.append(
            Trial(
                rule,
                rule.rule.level,
                (proof.hits, len(rule.rule.hits)),
                (proof.misses, len(rule.rule.misses)),
                not proof.problems,
            )
        )
    return trials, [_complaint(problem) for problem in problems]


def template(name: str, file: str) -> str:
    """The text of a new pack of this name. Raises ConfigProblem for a name no pack can have."""
    from recognizers.office.problems import PackProblem
    from recognizers.office.template import template as text

    try:
        return text(name, file)
    except PackProblem as problem:
        language = current_language()
        raise ConfigProblem(problem.message(language), advice=problem.advice(language)) from None


def levels(packs: Sequence[OfficePack]) -> Mapping[str, tuple[Case, ...]]:
    """The levels that the packs give what only they look for."""
    from screener.judge.policy import Case
    from screener.model.finding import Level

    return {
        info.entity: (Case(Level.of(info.rule.level), info.rule.reason),)
        for pack in packs
        for info in pack.rules
        if info.rule.level is not None
    }


def texts(packs: Sequence[OfficePack]) -> Mapping[str, Mapping[str, str]]:
    """The texts of the basis that the packs bring themselves."""
    return {key: text for pack in packs for info in pack.rules for key, text in info.texts.items()}


def _complaint(problem: PackProblem) -> Complaint:
    language = current_language()
    return Complaint(problem.message(language), problem.advice(language))


def _refuse(problems: Sequence[PackProblem]) -> None:
    if not problems:
        return
    first = _complaint(problems[0])
    message = _("The rules of this office cannot be used, nothing was screened: {what}").format(
        what=first.message
    )
    advice = first.advice
    if len(problems) > 1:
        advice = _("{advice} “screener rules test” shows all {count} problems.").format(
            advice=advice, count=len(problems)
        )
    raise ConfigProblem(message, advice=advice)
