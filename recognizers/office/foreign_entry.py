"""Reads what a pack says about a recognizer of presidio's kind, in presidio's own registry form.

Nothing is imported here: that takes seconds, and listing the rules must not.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from recognizers.office.nodes import Reading
from recognizers.office.pack import Foreign
from recognizers.office.problems import PackProblem
from recognizers.office.tree import Entry, Mapping, Node, Scalar, Sequence

PREDEFINED = "presidio_analyzer.predefined_recognizers"
_OWN = ("class", "arguments", "entities", "least_score")
_THEIRS = (
    *("name", "type", "class_name", "enabled", "supported_language", "supported_languages"),
    *("supported_entity", "supported_entities", "patterns", "deny_list", "deny_list_score"),
    *("context", "version", "country_code", "score_thresholds"),
)
_OF_THE_RULE = (
    *("title", "what", "level", "severity", "reason", "advice", "basis", "hits", "misses"),
)
_FETCHING = re.compile(
    r"(?:Email|Url|Azure\w*|\w*LangExtract|AzureHealthDeid|AzureAILanguage|Remote)Recognizer"
)
_WITH_MODEL = re.compile(
    r"(?:Spacy|Stanza|Transformers|GLiNER|HuggingFaceNer|MedicalNER|\w*LM)Recognizer"
)
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+")
_PLAIN = {"true": True, "false": False, "null": None, "~": None}
_ADVICE = {
    "zh": "按外接识别器的用途核对，不宜公开的在发布前删除。",
    "en": "Check it against what the plugged-in recognizer is for; delete what must not go out.",
}


def entry(node: Reading, folder: Path) -> Foreign:
    """One recognizer. Raises PackProblem, also for one that is known to use the network."""
    node.only(*_OWN, *_THEIRS)
    path = _path(node)
    shown = path.rsplit(".", 1)[-1]
    if _FETCHING.fullmatch(shown):
        raise PackProblem("foreign_fetches", node.place, name=shown)
    if _WITH_MODEL.fullmatch(shown):
        raise PackProblem("foreign_model", node.place, name=shown)
    settings = {e.key: plain(e.value) for e in _entries(node) if e.key in _THEIRS}
    if "arguments" in node:
        arguments = plain(node["arguments"].node)
        if not isinstance(arguments, dict):
            raise PackProblem("want_mapping", node["arguments"].place)
        settings = {**settings, **arguments}
    least = 0.0
    if "least_score" in node:
        least = _score(node["least_score"])
    return Foreign(
        path=path,
        settings=settings,
        folder=str(folder),
        place=node.place,
        entities=tuple(item.text() for item in node.list("entities")),
        least_score=least,
    )


def _entries(node: Reading) -> tuple[Entry, ...]:
    assert isinstance(node.node, Mapping)
    return node.node.entries


def _path(node: Reading) -> str:
    """The dotted path of the class, or nothing for presidio's custom patterns and deny lists."""
    if "class" in node:
        path = node["class"].text()
        if not _PATH.fullmatch(path):
            raise PackProblem("foreign_path", node["class"].place, path=path)
        return path
    if "patterns" in node or "deny_list" in node:
        if "type" in node and node["type"].text() == "predefined":
            raise PackProblem("foreign_both", node["type"].place)
        return ""
    if "class_name" not in node and "name" not in node:
        raise PackProblem("foreign_nothing", node.place)
    name = node["class_name" if "class_name" in node else "name"].text()
    return f"{PREDEFINED}.{name}"


def _score(node: Reading) -> float:
    try:
        score = float(node.text())
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise PackProblem("want_score", node.place)
    return score


def plain(node: Node) -> Any:
    """A tree as plain values; words without quotation marks may be numbers, true or false."""
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if node.quoted:
        return node.text
    if node.text in _PLAIN:
        return _PLAIN[node.text]
    for number in (int, float):
        try:
            return number(node.text)
        except ValueError:
            continue
    return node.text


def as_pack(top: Reading, file: Path) -> Reading:
    """A file in presidio's registry form (``recognizers: [...]``) as a pack of one rule each.

    The pack is named after the file, a rule after its recognizer. Beside presidio's keys an entry
    may say ``level`` (review, where it does not), ``title``, ``advice``, ``hits``, ``misses`` …
    """
    top.only("supported_languages", "supported_countries", "global_regex_flags", "recognizers")
    place = top.place
    rules = []
    for item in top["recognizers"].items():
        made = _rule(item)
        if made is not None:
            rules.append(made)
    parts: dict[str, Node] = {
        "pack": Scalar(_name(file.stem), place, True),
        "rules": Mapping(tuple(rules), place),
    }
    return Reading(Mapping(tuple(Entry(k, place, v) for k, v in parts.items()), place))


def _rule(item: Reading) -> Entry | None:
    place = item.place
    if isinstance(item.node, Scalar):
        item = Reading(Mapping((Entry("name", place, item.node),), place))
    if "enabled" in item and not item["enabled"].yes():
        return None
    named = "name" if "name" in item else "class" if "class" in item else "class_name"
    name = item[named].text()
    theirs = [e for e in _entries(item) if e.key not in _OF_THE_RULE]
    given = {e.key: e for e in _entries(item) if e.key in _OF_THE_RULE}
    rule: dict[str, Node] = {
        "title": Scalar(name, place, True),
        "level": Scalar("review", place, True),
        "advice": Mapping(
            tuple(Entry(k, place, Scalar(v, place, True)) for k, v in _ADVICE.items()), place
        ),
        "presidio": Mapping(tuple(theirs), place),
        "hits": Sequence((), place),
        "misses": Sequence((), place),
    }
    entries = {key: Entry(key, place, value) for key, value in rule.items()} | given
    return Entry(_name(name), place, Mapping(tuple(entries.values()), place))


def _name(text: str) -> str:
    """A name as rules and packs have it, from whatever a file or a recognizer is called."""
    plain_name = re.sub(r"[^a-z0-9_㐀-鿿]+", "_", text.lower()).strip("_")[:40]
    return plain_name if plain_name[:1] and not plain_name[0].isdigit() else f"p_{plain_name}"[:40]
