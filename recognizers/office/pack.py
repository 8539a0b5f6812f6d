"""A pack as it was read: plain values that travel to worker processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from recognizers.catalogue import RuleInfo
from recognizers.office.problems import Place

if TYPE_CHECKING:
    from recognizers.base import ChineseRecognizer

PREFIX = "OFFICE_"
"""Every entity of an office begins so: it can never be taken for one of ours."""

LEVELS = ("note", "review", "block")
REASONS = (
    "state_secret",
    "work_secret",
    "business_secret",
    "personal_privacy",
    "internal_process",
    "third_party_consent",
    "public_interest",
    "official_duty",
    "lawful_disclosure",
    "already_public",
    "false_alarm",
)
"""The reason codes that decisions carry."""


@dataclass(frozen=True, slots=True)
class Example:
    """A hit or a miss as it was written, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What silences a find: longer words around it, or words close to it."""

    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Foreign:
    """A recognizer of presidio's kind: one entry of presidio's own registry form.

    ``path`` is the dotted path of a class, or empty for presidio's custom patterns and deny lists;
    ``folder`` is where a module beside the pack is looked for first. ``entities`` keeps only these
    results; ``least_score`` leaves out weaker ones.
    """

    path: str
    settings: Mapping[str, Any]
    folder: str
    place: Place
    entities: tuple[str, ...] = ()
    least_score: float = 0.0


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """What a rule looks for. Words are written as in a view (``texts.folded``)."""

    level: str | None
    reason: str
    terms: tuple[str, ...] = ()
    whole_words: bool = False
    patterns: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    values: str | None = None
    exclusions: Exclusions = Exclusions()
    foreign: Foreign | None = None
    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class OfficeInfo(RuleInfo):
    """The entry of an office's rule beside our own.

    ``words`` are all literals of its pack, looked for in one pass; ``dictionary`` the pack's words
    for word edges; ``texts`` the basis that it brings itself, by key.
    """

    rule: OfficeRule
    words: tuple[str, ...]
    dictionary: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """File, line and column of the entry."""
        return str(self.rule.place)

    def make(self, seconds: float) -> ChineseRecognizer:
        """The recognizer of this rule. Raises PackProblem when a foreign one cannot be made."""
        if self.rule.foreign is not None:
            from recognizers.office.foreign import ForeignRule

            return ForeignRule(self, seconds)
        from recognizers.office.rule import OfficeRecognizer

        return OfficeRecognizer(self, seconds)


@dataclass(frozen=True, slots=True)
class OfficePack:
    """One file. ``digest`` is of its bytes and of all the files it draws on."""

    name: str
    title: Mapping[str, str]
    file: str
    digest: str
    rules: tuple[OfficeInfo, ...]
