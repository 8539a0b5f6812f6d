"""Watches one stretch of a text while the rules run: what they looked at, what spoke against it.

The rules themselves tell, where they decide: a check digit that is wrong, a label that says
something else. Nobody watching, it costs one look at a variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recognizers.evidence import Explanation
from recognizers.match import Match

if TYPE_CHECKING:
    from recognizers.artifacts import ChineseArtifacts

OBJECTIONS: Mapping[str, Explanation] = {
    "check_digit_wrong": Explanation("校验位不符", "the check digit is wrong"),
    "birth_impossible": Explanation(
        "第7至14位不是可能的出生日期", "digits 7 to 14 are no possible birth date"
    ),
    "luhn_wrong": Explanation("不符合银行卡校验规则（Luhn）", "fails the check of cards (Luhn)"),
    "credit_code_wrong": Explanation(
        "不符合统一社会信用代码的校验规则", "fails the check of credit codes"
    ),
    "other_label": Explanation(
        "旁边写明是“{argument}”", "{argument} right beside it says that it is something else"
    ),
    "score_below": Explanation(
        "按标志打分为{argument}，低于门槛：是提及，不是标志",
        "scored {argument} as a mark, below the threshold: a mention",
    ),
    "weighed": Explanation("计入的因素：{argument}", "what was weighed: {argument}"),
    "quantity": Explanation("是金额或数量", "an amount or a quantity"),
    "part_of_code": Explanation("是更长编号、代码中的一段", "a part of a longer number or code"),
    "mention": Explanation(
        "行文中提到，不是标志的写法或位置", "mentioned in running text, not set as a mark"
    ),
    "excluded": Explanation(
        "规则的 exclusions 把它排除在外", "the exclusions of the rule leave it out"
    ),
    "word_missing": Explanation(
        "旁边没有规则的 near 要求的词", "no word that the rule asks for (near) stands beside it"
    ),
    "cut_from_a_word": Explanation("是更长的词或编号中的一段", "a part of a longer word or number"),
    "name_score": Explanation(
        "姓名模型给分{argument}（满分1）", "the name model gives it {argument} of 1"
    ),
    "name_needs": Explanation(
        "没有旁证时，这样的字词至少要{argument}分",
        "with nothing beside it, words like this need {argument} and more",
    ),
    "name_unseen": Explanation(
        "姓名模型没有把它认作姓名", "the name model does not take it for a name"
    ),
    "name_uncued": Explanation(
        "前后和表头没有身份词、称谓、证件号等旁证",
        "no role word, form of address, number or header beside it says that it is a name",
    ),
    "name_doubted": Explanation(
        "模型和旁证合起来仍不足以认定为姓名",
        "the model and what stands beside it are together not enough for a name",
    ),
    "name_shape": Explanation(
        "用字、字数或前后文字不像姓名", "its characters, length or edges are not those of a name"
    ),
    "name_beside": Explanation(
        "与另一处更可靠的姓名重叠", "overlaps a name that is surer than this one"
    ),
    "address_coarse": Explanation(
        "没有带单位的号码（号、组、幢、室等），也没有“住”“住址”等词：只到村、乡镇、街道的地名不算住址",
        "no number with its unit (号, 组, 幢, 室) and no word that a home follows: the name of a "
        "village, township or street alone is no home",
    ),
    "address_unplaced": Explanation(
        "号码前没有足以认定的地名、路名、村名或小区名，也没有“住”“住址”等词",
        "before the number stands no region, road, village or estate that would do, and no word "
        "that an address follows",
    ),
    "shape": Explanation(
        "位数、分组、开头或两端与此类号码不符",
        "its digits, groups, first digits or edges are not those of such numbers",
    ),
}
"""What a rule may hold against a stretch. An argument is a word of the rules or a number."""

_SHORT = 40
"""A longer stretch is not said to be no name, no address: it holds many words."""


@dataclass(slots=True)
class Look:
    """A rule looked at ``text[start:end]`` (raw) and held this against it."""

    rule: str
    start: int
    end: int
    objections: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Trace:
    """What happened at ``text[start:end]`` (raw).

    ``looks``: what the rules looked at; ``matches``: what they found before overlaps were settled;
    ``kept``: what was left of it. Stretches that only touch the watched one are left out.
    """

    start: int
    end: int
    looks: list[Look] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    kept: list[Match] = field(default_factory=list)
    _rule: str = ""
    _artifacts: ChineseArtifacts | None = None
    _range: tuple[int, int] = (0, 0)
    _current: Look | None = None

    def begin(self, rule: str, artifacts: ChineseArtifacts) -> None:
        """A rule begins with a text."""
        self._rule, self._artifacts, self._current = rule, artifacts, None
        view = artifacts.view
        self._range = view.position(self.start), view.position(self.end)

    def look(self, start: int, end: int) -> None:
        """The rule looks at a stretch of the view."""
        self._current = None
        if self._artifacts is None or end <= self._range[0] or start >= self._range[1]:
            return
        first, last = self._artifacts.view.raw_span(start, min(end, len(self._artifacts.view)))
        self._current = Look(self._rule, first, last)
        self.looks.append(self._current)

    def object(self, code: str) -> None:
        """Something speaks against what the rule looks at."""
        if self._current is not None and code not in self._current.objections:
            self._current.objections.append(code)

    def unseen(self, *codes: str, holding: re.Pattern[str]) -> None:
        """The rule saw nothing to look at in the stretch: why not, where the stretch is short."""
        if self._artifacts is None or any(look.rule == self._rule for look in self.looks):
            return
        first, last = self._range
        if last - first <= _SHORT and holding.search(self._artifacts.view.text, first, last):
            self.look(first, last)
            for code in codes:
                self.object(code)

    @property
    def label(self) -> str | None:
        """The word that says what the stretch is: before it, to its left or over its column."""
        from recognizers.labels import label

        if self._artifacts is None or self._range[0] >= len(self._artifacts.view):
            return None
        given = label(self._artifacts, self._range[0])
        return None if given is None else next(iter(given.words.values()))

    def settled(self, matches: Iterable[Match], kept: Iterable[Match]) -> None:
        """What the rules found, and what was left when overlaps were settled."""
        self.matches = [match for match in matches if self._touches(match)]
        self.kept = [match for match in kept if self._touches(match)]

    def _touches(self, match: Match) -> bool:
        return match.start < self.end and self.start < match.end


_WATCHING: ContextVar[Trace | None] = ContextVar("watching", default=None)


@contextmanager
def watching(start: int, end: int) -> Iterator[Trace]:
    """Watch ``text[start:end]`` of the texts that are analysed inside."""
    trace = Trace(start, end)
    token = _WATCHING.set(trace)
    try:
        yield trace
    finally:
        _WATCHING.reset(token)


def current() -> Trace | None:
    """The trace that watches now, if any does."""
    return _WATCHING.get()


def look(start: int, end: int) -> None:
    """For rules: the stretch of the view that is looked at from here on."""
    trace = _WATCHING.get()
    if trace is not None:
        trace.look(start, end)


def unseen(*codes: str, holding: re.Pattern[str]) -> None:
    """For rules, when they are done: why nothing in the watched stretch was worth a look.

    Only told of a short stretch in which ``holding`` is found.
    """
    trace = _WATCHING.get()
    if trace is not None:
        trace.unseen(*codes, holding=holding)


def objection(code: str) -> None:
    """For rules: what speaks against the stretch that is looked at."""
    trace = _WATCHING.get()
    if trace is not None:
        trace.object(code)


def explain(code: str, language: str = "zh") -> str:
    """An objection in words. ``language`` is ``zh`` or ``en``. Raises KeyError when unknown."""
    name, _, argument = code.partition(":")
    explanation = OBJECTIONS[name]
    template = explanation.zh if language == "zh" else explanation.en
    return template.replace("{argument}", argument)
