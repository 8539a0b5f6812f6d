"""Characters a CPU-second of all rules but names, beside a stock AnalyzerEngine, and of all rules.

The peer has the same shapes as presidio PatternRecognizers (with digit edges instead of ``\\b``, so
that it finds anything in Chinese text at all) and no checks, no view and no context. Both read the
same whole documents of official prose in this one run. With names the same prose is read, and
papers of offices bound together (a name every 160 characters): short single papers cost more a
character, as ``make accuracy`` shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from fixtures.prose import prose
from tests.bench.shapes import PATTERNS

LANGUAGE = "zh"
DOCUMENT = 8_000  # code points of one document, as long as a longish notice
DOCUMENTS = 100
FLOOR = 3.0  # million characters a CPU-second
RATIO = 1.5
FLOOR_WITH_NAMES = 0.15
ENTITIES_LEFT_OUT = {"PERSON", "FAKE_REDACTION"}


def cpu(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU seconds of several runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def ours() -> Callable[[str], object]:
    """Our engine, without names."""
    from recognizers.catalogue import load
    from recognizers.engine import Engine

    entities = {rule.entity for rule in load().rules.values()} - ENTITIES_LEFT_OUT
    return Engine(entities=sorted(entities)).analyze


def everything() -> Callable[[str], object]:
    """Our engine as a user has it."""
    from recognizers.engine import Engine

    return Engine().analyze


def bound_papers(length: int) -> str:
    """Made-up papers of offices, one behind the other."""
    from fixtures.documents import documents

    text = ""
    for made in documents(length // 200, seed=3):
        text += made.document.text + "\n"
        if len(text) >= length:
            break
    return text[:length]


def stock() -> Callable[[str], object]:
    """presidio as it comes, with the same shapes."""
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    recognizers = [
        PatternRecognizer(
            supported_entity=entity,
            patterns=[Pattern(f"{entity}{n}", regex, 0.6) for n, regex in enumerate(patterns)],
            supported_language=LANGUAGE,
        )
        for entity, patterns in PATTERNS.items()
    ]
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers, supported_languages=[LANGUAGE]),
        nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}]),
        supported_languages=[LANGUAGE],
    )
    return lambda text: engine.analyze(text, LANGUAGE)


def _all(analyze: Callable[[str], object], documents: list[str]) -> None:
    for document in documents:
        analyze(document)


def main() -> None:
    """Print both, and the ratio; then all rules."""
    text = prose(DOCUMENT * DOCUMENTS)
    documents = _cut(text)
    speed = {}
    for name, analyze in (("ours", ours()), ("stock", stock())):
        analyze(documents[0])  # what is compiled or loaded once
        speed[name] = len(text) / cpu(partial(_all, analyze, documents)) / 1e6
    print(f"{DOCUMENTS} documents of {DOCUMENT} characters, all rules but names")
    ok = "ok" if speed["ours"] >= FLOOR else "UNDER"
    print(f"rules, view included          {speed['ours']:6.1f} M chars/CPU-s  floor {FLOOR}  {ok}")
    ratio = speed["ours"] / speed["stock"]
    ok = "ok" if ratio >= RATIO else "UNDER"
    print(f"stock engine, same shapes     {speed['stock']:6.1f} M chars/CPU-s")
    print(f"ratio                         {ratio:6.1f}                 floor {RATIO}  {ok}")
    _with_names(text)


def _with_names(text: str) -> None:
    analyze = everything()
    for name, whole in (("prose", text), ("papers", bound_papers(DOCUMENT * DOCUMENTS // 4))):
        documents = _cut(whole)
        _all(analyze, documents[:3])
        speed = len(whole) / cpu(partial(_all, analyze, documents)) / 1e6
        ok = "ok" if speed >= FLOOR_WITH_NAMES else "UNDER"
        told = f"all rules, names too, {name}"
        print(f"{told:29} {speed:6.2f} M chars/CPU-s  floor {FLOOR_WITH_NAMES}  {ok}")


def _cut(text: str) -> list[str]:
    return [text[at : at + DOCUMENT] for at in range(0, len(text), DOCUMENT)]


if __name__ == "__main__":
    main()
