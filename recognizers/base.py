r"""What every rule is: a presidio EntityRecognizer made from its entry in a rule pack.

Edges of numbers are written ``DIGIT_EDGE_LEFT`` … ``DIGIT_EDGE_RIGHT``: ``\b`` does not see an
edge between a Han character and a digit, so a rule must never use it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from presidio_analyzer import EntityRecognizer, RecognizerResult

from recognizers.artifacts import LANGUAGE, ChineseArtifacts, RuleTimeout, artifacts_for
from recognizers.catalogue import RuleInfo
from recognizers.evidence import check
from recognizers.match import Match
from recognizers.scan import register
from recognizers.trace import current

DIGIT_EDGE_LEFT = r"(?<![0-9])"
DIGIT_EDGE_RIGHT = r"(?![0-9])"
RULE_SECONDS = 60.0
DISGUISED = "disguised"
"""The evidence of a value that the raw text does not write plainly."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found, in view coordinates. The rest as in ``recognizers.match.Match``."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]
    role: str | None = None
    candidates: int | None = None


class ChineseRecognizer(EntityRecognizer):
    """One rule. Subclasses implement ``find`` and may name the literal ``terms`` they ask for.

    Works inside our engine and inside a stock AnalyzerEngine (language ``zh``): there it makes the
    view and the scan itself. A rule that runs longer than ``seconds`` raises RuleTimeout.
    """

    terms: ClassVar[tuple[str, ...]] = ()
    """Literals of two characters and more for ``scan.terms``, written as in a view."""

    def __init__(self, info: RuleInfo, seconds: float = RULE_SECONDS) -> None:
        self.info = info
        self.seconds = seconds
        # presidio's own context words need lemmas: ours are looked up by the rule itself.
        super().__init__(
            supported_entities=[info.entity],
            name=info.id,
            supported_language=LANGUAGE,
            version=info.since,
        )

    def load(self) -> None:
        """Make the terms known to the scan. Big tables wait until a text needs them."""
        register(self.terms)

    @abstractmethod
    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """Everything this rule finds in one text. Long loops call ``artifacts.check_clock()``."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """The door for presidio. Raises RuleTimeout."""
        if entities and self.info.entity not in entities:
            return []
        artifacts = artifacts_for(text, nlp_artifacts)
        return [self._result(match) for match in self.matches(artifacts)]

    def matches(self, artifacts: ChineseArtifacts) -> list[Match]:
        """The door for our engine: everything this rule finds, in raw offsets.

        Raises RuleTimeout, and ValueError for evidence that is not on the list.
        """
        artifacts.start_clock(self.seconds)
        if (trace := current()) is not None:
            trace.begin(self.info.id, artifacts)
        return [self._match(hit, artifacts) for hit in self.find(artifacts)]

    def _match(self, hit: Hit, artifacts: ChineseArtifacts) -> Match:
        artifacts.check_clock()
        view, info = artifacts.view, self.info
        start, end = view.raw_span(hit.start, hit.end)
        artifacts.read_as(start, end, view.text[hit.start : hit.end])
        evidence = hit.evidence
        if view.rewritten(hit.start, hit.end) and DISGUISED not in evidence:
            evidence = (*evidence, DISGUISED)
        for code in evidence:
            check(code)
        return Match(
            info.id, info.entity, start, end, hit.score, evidence, hit.role, hit.candidates
        )

    def _result(self, match: Match) -> RecognizerResult:
        return RecognizerResult(
            entity_type=match.entity,
            start=match.start,
            end=match.end,
            score=match.score,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: match.rule,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                "rule": match.rule,
                "evidence": match.evidence,
                "role": match.role,
                "candidates": match.candidates,
            },
        )


__all__ = [
    "DIGIT_EDGE_LEFT",
    "DIGIT_EDGE_RIGHT",
    "RULE_SECONDS",
    "ChineseRecognizer",
    "Hit",
    "RuleTimeout",
]
