"""The only public door: all rules over one text, their matches settled.

``registry`` gives the same rules to presidio's own AnalyzerEngine. That engine's way through a text
(results as dictionaries, lemmas compared, a log of every decision) costs as much as most rules, so
here the rules are asked directly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult

from recognizers.artifacts import LANGUAGE, ChineseArtifacts, RuleTimeout
from recognizers.base import RULE_SECONDS, ChineseRecognizer
from recognizers.catalogue import Catalogue, load
from recognizers.layout import Layout
from recognizers.masks.names import weigh
from recognizers.match import Match, RuleFailure
from recognizers.merge import merge, without_contained
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
    rules = _rules(rule_seconds, entities, catalogue or load())
    return RecognizerRegistry(recognizers=rules, supported_languages=[LANGUAGE])


def _rules(
    rule_seconds: float, entities: Collection[str] | None, catalogue: Catalogue
) -> list[ChineseRecognizer]:
    rules = catalogue.rules.values()
    if entities is not None:
        unknown = set(entities) - {info.entity for info in rules}
        if unknown:
            raise ValueError(f"no rule finds {', '.join(sorted(unknown))}")
    return [
        info.make(rule_seconds) for info in rules if entities is None or info.entity in entities
    ]


class Engine:
    """Finds everything our rules know in one text.

    ``rule_seconds`` is what one rule may take on one text; ``entities`` limits the rules;
    ``catalogue`` may hold an office's packs beside our rules. ``extra`` recognizers of presidio's
    kind (language ``zh``) run beside ours. A rule that breaks hides no other rule's matches.
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
        self._rules = _rules(rule_seconds, entities, self.catalogue)
        self._extra = [inner for inner in extra if inner.supported_language == LANGUAGE]

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
        matches = without_contained(self._found(artifacts))
        settled = self._settled(matches)
        if (trace := current()) is not None:
            trace.settled(matches, settled)
        weighed = weigh(text, artifacts.layout, settled)
        if not artifacts.plain:
            return weighed, artifacts.failures
        return [_plainly(match, artifacts) for match in weighed], artifacts.failures

    def _found(self, artifacts: ChineseArtifacts) -> list[Match]:
        """What all rules find; a rule that breaks goes on record."""
        found: list[Match] = []
        for rule in self._rules:
            found += _guarded(rule.info.id, rule.matches, artifacts)
        for inner in self._extra:
            found += _guarded(_name(inner), partial(_foreign, inner), artifacts)
        return found

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


def _guarded(
    rule: str, find: Callable[[ChineseArtifacts], list[Match]], artifacts: ChineseArtifacts
) -> list[Match]:
    """What a rule finds; nothing, and a failure on record, when it breaks."""
    try:
        return find(artifacts)
    except RuleTimeout:
        artifacts.failures.append(RuleFailure(rule, "timeout", RuleTimeout.__name__))
    except Exception as error:  # whatever a rule does must not hide the other rules' findings
        artifacts.failures.append(RuleFailure(rule, "error", type(error).__name__))
    return []


def _foreign(inner: EntityRecognizer, artifacts: ChineseArtifacts) -> list[Match]:
    """What a recognizer of presidio's kind finds; a score of 0 is none."""
    results = inner.analyze(artifacts.text, inner.supported_entities, artifacts) or []
    return [_match(result, _name(inner)) for result in results if result.score > 0]


def _match(result: RecognizerResult, name: str) -> Match:
    metadata = result.recognition_metadata or {}
    return Match(
        rule=metadata.get("rule", metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, name)),
        entity=result.entity_type,
        start=result.start,
        end=result.end,
        score=result.score,
        evidence=metadata.get("evidence", ()),
        role=metadata.get("role"),
        candidates=metadata.get("candidates"),
    )


def _name(inner: EntityRecognizer) -> str:
    name: str = inner.name  # type: ignore[has-type]
    return name
