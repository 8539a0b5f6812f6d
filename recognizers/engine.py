"""The only public door: presidio's AnalyzerEngine over our registry, whole texts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts

from recognizers.artifacts import LANGUAGE, ChineseArtifacts, ChineseNlpEngine, RuleTimeout
from recognizers.base import RULE_SECONDS
from recognizers.catalogue import Catalogue, load
from recognizers.layout import Layout
from recognizers.masked_names import weigh
from recognizers.match import Match, RuleFailure
from recognizers.merge import merge
from recognizers.trace import current


def registry(
    rule_seconds: float = RULE_SECONDS,
    entities: Collection[str] | None = None,
    catalogue: Catalogue | None = None,
) -> RecognizerRegistry:
    """A plain presidio registry with our rules, for language ``zh``; usable in any AnalyzerEngine.

    ``entities`` keeps the rules that find one of these; ``catalogue`` may hold an office's packs
    beside our rules. Raises ``catalogue.BrokenPack``, and ValueError for an entity that no rule
    finds.
    """
    rules = (catalogue or load()).rules.values()
    if entities is not None:
        unknown = set(entities) - {info.entity for info in rules}
        if unknown:
            raise ValueError(f"no rule finds {', '.join(sorted(unknown))}")
    return RecognizerRegistry(
        recognizers=[
            info.make(rule_seconds) for info in rules if entities is None or info.entity in entities
        ],
        supported_languages=[LANGUAGE],
    )


class _Guarded(EntityRecognizer):
    """A recognizer that puts its own failure on record and lets the others run."""

    def __init__(self, inner: EntityRecognizer) -> None:
        self._inner = inner
        self.rule: str = inner.name  # type: ignore[has-type]
        super().__init__(
            supported_entities=inner.supported_entities,
            name=self.rule,
            supported_language=inner.supported_language,
            version=inner.version,
        )

    def load(self) -> None:
        """The inner recognizer has loaded itself."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        """The inner recognizer's results; none, and a failure on record, when it breaks."""
        try:
            return self._inner.analyze(text, entities, nlp_artifacts) or []
        except RuleTimeout:
            failure = RuleFailure(self.rule, "timeout", RuleTimeout.__name__)
        except Exception as error:  # whatever a rule does must not hide the other rules' findings
            failure = RuleFailure(self.rule, "error", type(error).__name__)
        if isinstance(nlp_artifacts, ChineseArtifacts):
            nlp_artifacts.failures.append(failure)
        return []


class _LinearAnalyzerEngine(AnalyzerEngine):
    """presidio's engine without its lemma-based context step.

    That step copies every result deeply and compares lemmas, which Chinese does not have; our rules
    have looked at their context before they report. Everything else is presidio's.
    """

    def _enhance_using_context(
        self, text: str, raw_results: list[RecognizerResult], *_: Any, **__: Any
    ) -> list[RecognizerResult]:
        return raw_results


class Engine:
    """Finds everything our rules know in one text.

    ``rule_seconds`` is what one rule may take on one text; ``entities`` limits the rules;
    ``catalogue`` may hold an office's packs beside our rules. ``extra`` recognizers of presidio's
    kind (language ``zh``) run beside ours.
    """

    def __init__(
        self,
        rule_seconds: float = RULE_SECONDS,
        entities: Collection[str] | None = None,
        extra: Collection[EntityRecognizer] = (),
        catalogue: Catalogue | None = None,
    ) -> None:
        self.catalogue = catalogue or load()
        """What the rules are."""
        plain = registry(rule_seconds, entities, self.catalogue)
        guarded = RecognizerRegistry(
            recognizers=[_Guarded(inner) for inner in (*plain.recognizers, *extra)],
            supported_languages=[LANGUAGE],
        )
        self._analyzer = _LinearAnalyzerEngine(
            registry=guarded,
            nlp_engine=ChineseNlpEngine(),
            supported_languages=[LANGUAGE],
        )

    @property
    def version(self) -> str:
        """The version of the rules that run here."""
        return self.catalogue.version

    def analyze(
        self, text: str, layout: Layout | None = None
    ) -> tuple[list[Match], list[RuleFailure]]:
        """All matches in ``text``, merged and by start, and the rules that failed on it.

        Offsets are raw: ``text[match.start:match.end]`` is the value.
        """
        if not text:
            return [], []
        artifacts = ChineseArtifacts(text, layout)
        results = self._analyzer.analyze(text, LANGUAGE, nlp_artifacts=artifacts)
        matches = [_match(result) for result in results]
        settled = self._settled(matches)
        if (trace := current()) is not None:
            trace.settled(matches, settled)
        weighed = weigh(text, artifacts.layout, settled)
        return [_plainly(match, artifacts) for match in weighed], artifacts.failures

    def _settled(self, matches: Iterable[Match]) -> list[Match]:
        """Our matches merged; what only an office looks for hides none of them, nor they it."""
        layers: dict[str, list[Match]] = {}
        for match in matches:
            layer = "" if match.entity in self.catalogue.entities else match.entity
            layers.setdefault(layer, []).append(match)
        if layers.keys() <= {""}:
            return merge(layers.get("", ()))
        settled = [match for layer in layers.values() for match in merge(layer)]
        return sorted(settled, key=lambda m: (m.start, -m.end, m.entity, m.rule))


def _plainly(match: Match, artifacts: ChineseArtifacts) -> Match:
    """The match with its value as the view writes it, where that is not how the text does."""
    plain = artifacts.plain.get((match.start, match.end))
    return match if plain is None else replace(match, plain=plain)


def _match(result: RecognizerResult) -> Match:
    metadata = result.recognition_metadata
    return Match(
        rule=metadata.get("rule", metadata[RecognizerResult.RECOGNIZER_NAME_KEY]),
        entity=result.entity_type,
        start=result.start,
        end=result.end,
        score=result.score,
        evidence=metadata.get("evidence", ()),
        role=metadata.get("role"),
        candidates=metadata.get("candidates"),
    )
