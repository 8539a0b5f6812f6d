"""A recognizer of presidio's kind as a rule of ours: bounded, offline, its results checked.

presidio's patterns lean on word edges that Han beside digits do not have for them; with
``re.ASCII`` they do, so every PatternRecognizer (its deny lists too) is compiled that way. Where
presidio logs and skips a pattern that ran out of time, here the rule fails, and the file is unread.
"""

from __future__ import annotations

import copy
import importlib
import importlib.util
import inspect
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RemoteRecognizer

from recognizers.artifacts import ChineseArtifacts, RuleTimeout
from recognizers.base import RULE_SECONDS, ChineseRecognizer, Hit
from recognizers.office import guests
from recognizers.office.foreign_entry import PREDEFINED
from recognizers.office.pack import Foreign, OfficeInfo
from recognizers.office.problems import PackProblem
from recognizers.view import BREAK

_LOAD_SECONDS = 30.0
_NOT_FOR_CLASSES = ("type", "class_name", "enabled", "supported_languages", "country_code")
_DISTANT = ("third_party", "ner", "nlp_engine_recognizers")
"""Folders of presidio whose recognizers ask a service or need a model that is not here."""


class OddResult(Exception):
    """A recognizer gave something that is no result within the text."""


class ForeignRule(ChineseRecognizer):
    """One recognizer of presidio's kind behind the entry of an office's rule."""

    def __init__(self, info: OfficeInfo, seconds: float = RULE_SECONDS) -> None:
        assert info.rule.foreign is not None
        self._foreign = info.rule.foreign
        self._inner = _made(info, self._foreign)
        self._shown = type(self._inner).__name__
        super().__init__(info, seconds)

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """What it finds in the raw text, cut where stretches end. Raises what it raised."""
        entities = list(self._foreign.entities) or list(self._inner.supported_entities)
        text = artifacts.text
        results = guests.run(
            lambda: list(self._inner.analyze(text, entities, artifacts) or ()), self.seconds
        )
        for result in sorted(results, key=_order):
            start, end, score = _checked(result, len(text))
            wanted = not self._foreign.entities or result.entity_type in self._foreign.entities
            if wanted and score > 0 and score >= self._foreign.least_score:
                yield from self._pieces(artifacts, start, end, score)

    def _pieces(
        self, artifacts: ChineseArtifacts, start: int, end: int, score: float
    ) -> Iterator[Hit]:
        view = artifacts.view
        position, last = view.position(start), view.position(end)
        for piece in view.text[position:last].split(BREAK):
            stripped = piece.strip()
            if stripped:
                first = position + piece.index(stripped[0])
                evidence = (f"plugged_in:{self._shown}",)
                yield Hit(first, first + len(stripped), score, evidence)
            position += len(piece) + 1


def _order(result: Any) -> tuple[Any, ...]:
    return (getattr(result, "start", 0), getattr(result, "end", 0))


def _checked(result: Any, length: int) -> tuple[int, int, float]:
    start, end, score = (getattr(result, name, None) for name in ("start", "end", "score"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise OddResult
    if not isinstance(score, int | float) or math.isnan(score) or not 0 <= score <= 1:
        raise OddResult
    return start, end, float(score)


def _made(info: OfficeInfo, foreign: Foreign) -> EntityRecognizer:
    """The recognizer, adapted. Raises PackProblem, and no other exception."""
    place = foreign.place
    try:
        return guests.run(lambda: _load(info, foreign), _LOAD_SECONDS)
    except PackProblem:
        raise
    except guests.GuestForbidden:
        name = foreign.path.rsplit(".", 1)[-1]
        raise PackProblem("foreign_fetches", place, name=name) from None
    except Exception as error:
        what = foreign.path or "PatternRecognizer"
        why = type(error).__name__
        if isinstance(error, ValueError | TypeError | ImportError | AttributeError):
            why += f": {error}"
        raise PackProblem("foreign_broken", place, path=what, why=why) from None


def _load(info: OfficeInfo, foreign: Foreign) -> EntityRecognizer:
    if not foreign.path:
        return _adapted(_custom(info, foreign))
    made = _class(info, foreign)
    inner = made(**_arguments(made, foreign))
    if not isinstance(inner, EntityRecognizer):
        raise TypeError(f"{foreign.path} is no EntityRecognizer")
    inner.load()
    return _adapted(inner)


def _class(info: OfficeInfo, foreign: Foreign) -> Any:
    module, _, name = foreign.path.rpartition(".")
    made = getattr(_module(module, foreign.folder), name, None)
    place = foreign.place
    if not isinstance(made, type) or not issubclass(made, EntityRecognizer):
        code = "foreign_unknown" if module == PREDEFINED else "foreign_no_class"
        raise PackProblem(code, place, name=name, module=module)
    if issubclass(made, RemoteRecognizer):
        raise PackProblem("foreign_fetches", place, name=name)
    for base in made.__mro__:
        parts = base.__module__.split(".")
        if parts[0] == "presidio_analyzer":
            if base.__name__ in ("EmailRecognizer", "UrlRecognizer") or "third_party" in parts:
                raise PackProblem("foreign_fetches", place, name=name)
            if any(folder in parts for folder in _DISTANT):
                raise PackProblem("foreign_model", place, name=name)
    return made


def _module(name: str, folder: str) -> ModuleType:
    """A module beside the pack by file, else an installed one."""
    file = Path(folder) / f"{name}.py"
    if not file.is_file():
        return importlib.import_module(name)
    own = f"office_recognizers_{abs(hash(str(file.resolve()))):x}"
    spec = importlib.util.spec_from_file_location(own, file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[own] = module
    spec.loader.exec_module(module)
    return module


def _arguments(made: type, foreign: Foreign) -> dict[str, Any]:
    """The settings that the class takes."""
    settings = {
        key: value
        for key, value in foreign.settings.items()
        if key not in _NOT_FOR_CLASSES and value is not None
    }
    entities = settings.get("supported_entities")
    taken = inspect.signature(made.__init__).parameters  # type: ignore[misc]
    if "supported_entity" in taken and entities and "supported_entities" not in taken:
        settings.setdefault("supported_entity", entities[0])
        del settings["supported_entities"]
    if "name" in settings and settings["name"] == foreign.path.rsplit(".", 1)[-1]:
        del settings["name"]
    if "patterns" in settings:
        settings["patterns"] = [Pattern.from_dict(entry) for entry in settings["patterns"]]
    return settings


def _custom(info: OfficeInfo, foreign: Foreign) -> PatternRecognizer:
    """Presidio's patterns and deny lists, as its registry form writes them."""
    left_out = (*_NOT_FOR_CLASSES, "score_thresholds")
    settings = {k: v for k, v in foreign.settings.items() if k not in left_out}
    settings.setdefault("supported_language", "zh")
    if "supported_entity" not in settings and "supported_entities" not in settings:
        settings["supported_entity"] = info.entity
    return PatternRecognizer.from_dict(settings)


class _Timed:
    """A compiled pattern that fails the rule where presidio would skip the pattern."""

    def __init__(self, source: str, flags: int) -> None:
        self._compiled = regex.compile(source, flags)

    def finditer(self, text: str, timeout: float | None = None, **named: Any) -> Iterator[Any]:
        """As regex has it; a time-out raises RuleTimeout."""
        try:
            yield from self._compiled.finditer(text, timeout=timeout, **named)
        except TimeoutError:
            raise RuleTimeout from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


def _adapted(inner: EntityRecognizer) -> EntityRecognizer:
    if isinstance(inner, PatternRecognizer):
        flags = int(inner.global_regex_flags or 0) | int(regex.ASCII)
        inner.global_regex_flags = flags
        adapted: Any = [copy.copy(pattern) for pattern in vars(inner)["patterns"]]
        for pattern in adapted:
            pattern.compiled_regex = _Timed(pattern.regex, flags)
            pattern.compiled_with_flags = flags
        vars(inner)["patterns"] = adapted
    return inner
