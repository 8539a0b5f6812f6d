"""Characters a CPU-second of all rules but names, beside a stock AnalyzerEngine.

The peer has the same shapes as presidio PatternRecognizers (with digit edges instead of ``\\b``, so
that it finds anything in Chinese text at all) and no checks, no view and no context. Both read the
same whole documents of official prose in this one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from fixtures.prose import prose

LANGUAGE = "zh"
DOCUMENT = 8_000  # code points of one document, as long as a longish notice
DOCUMENTS = 100
FLOOR = 3.0  # million characters a CPU-second
RATIO = 1.5
ENTITIES_LEFT_OUT = {"PERSON"}

SEP = r"[ \-\n]?"
PATTERNS = {
    "CN_ID_CARD": [
        rf"(?<![0-9])[1-8][0-9]{{5}}{SEP}(?:19|20)[0-9]{{6}}{SEP}[0-9]{{3}}{SEP}[0-9Xx](?![0-9])",
        r"(?<![0-9])[1-8][0-9]{14}(?![0-9])",
    ],
    "CN_MOBILE_PHONE": [
        rf"(?<![0-9])(?:(?:\+|00)?86{SEP})?1[3-9][0-9]{SEP}[0-9]{{4}}{SEP}[0-9]{{4}}(?![0-9])"
    ],
    "CN_LANDLINE_PHONE": [
        r"(?<![0-9])\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \-]?[2-9][0-9]{6,7}"
        r"(?:[转\-#][0-9]{1,6})?(?![0-9])",
        r"(?<![0-9])[48]00[ \-]?[0-9]{3}[ \-]?[0-9]{4}(?![0-9])",
    ],
    "CN_BANK_CARD": [
        rf"(?<![0-9])(?:[3-6][0-9]{{3}})(?:{SEP}[0-9]{{4}}){{3}}{SEP}[0-9]{{0,3}}(?![0-9])"
    ],
    "CN_USCC": [r"(?<![0-9A-Z])[1-9A-GNY][1-9A-Y][0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}(?![0-9A-Z])"],
    "EMAIL_ADDRESS": [
        r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
    ],
    "CN_PASSPORT": [r"(?<![0-9A-Za-z])(?:[EGDSP][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})(?![0-9])"],
    "CN_LICENSE_PLATE": [
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
        r"[A-Z][·. ]?[0-9A-HJ-NP-Z]{5,6}"
    ],
    "SECRET_MARK": [r"(?:绝\s?密|机\s?密|秘\s?密)\s?[★☆*]?\s?(?:[0-9]{1,2}(?:年|个月)|长期)?"],
    "INTERNAL_MARK": [
        r"内部(?:资料|文件|使用|传阅|明电)|(?:注意|妥善)保[存管]|不得外传|[阅会]后收回"
        r"|工作秘密|商业秘密|讨论稿"
    ],
    "DISCLOSURE_MARK": [
        r"(?:此件|公开属性|公开方式|公开类别)[:： ]?(?:主动|依申请|不予|不)?公开(?:发布)?"
    ],
}


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
    """Print both, and the ratio."""
    text = prose(DOCUMENT * DOCUMENTS)
    documents = [text[at : at + DOCUMENT] for at in range(0, len(text), DOCUMENT)]
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


if __name__ == "__main__":
    main()
