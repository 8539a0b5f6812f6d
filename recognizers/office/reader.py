"""Reads packs: every key is known, every value is usable, or the place of what is wrong is told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from recognizers.catalogue import SEVERITIES, folded_lines, load
from recognizers.office import foreign_entry
from recognizers.office.files import collect, read_text
from recognizers.office.nodes import Reading
from recognizers.office.pack import (
    LEVELS,
    PREFIX,
    REASONS,
    Example,
    Exclusions,
    OfficeInfo,
    OfficePack,
    OfficeRule,
)
from recognizers.office.problems import BrokenPacks, PackProblem, Place
from recognizers.office.shapes import Refused, as_viewed, check, ordinary, too_broad
from recognizers.office.texts import Words, folded, plain_codes
from recognizers.office.tree import parse

_NAME = re.compile(r"[a-z㐀-鿿][a-z0-9_㐀-鿿]{0,39}")
_KEY = re.compile(r"[a-z0-9_]+")
_MOST_WORDS = 20_000
_MOST_RULES = 200
_SEVERITY = dict(zip(LEVELS, ("low", "medium", "high"), strict=True))
TOP_KEYS = ("schema", "pack", "title", "words", "dictionary", "rules")
RULE_KEYS = (
    *("title", "what", "entity", "level", "severity", "reason", "advice", "basis"),
    *("terms", "whole_words", "patterns", "near", "columns", "values", "exclusions"),
    *("presidio", "hits", "misses"),
)
_TOGETHER = {
    "whole_words": (("terms",), "terms"),
    "values": (("columns",), "columns"),
    "near": (("terms", "patterns"), "terms / patterns"),
    "exclusions": (("terms", "patterns", "columns"), "terms / patterns / columns"),
}
"""What has an effect only with one of these keys."""
_NOT_WITH_PRESIDIO = ("terms", "patterns", "columns", "values", "near", "exclusions")
_SOURCES = ("terms", "patterns", "columns", "presidio")


def read_packs(paths: Iterable[Path]) -> tuple[tuple[OfficePack, ...], list[PackProblem]]:
    """All packs under these paths, by name, and everything that is wrong with them."""
    problems: list[PackProblem] = []
    files, beside = collect(paths, problems)
    packs: dict[str, OfficePack] = {}
    used: set[Path] = set()
    for file in files:
        try:
            pack = _File(file, problems, used).read()
        except PackProblem as problem:
            problems.append(problem)
            continue
        if pack is None:
            continue
        if pack.name in packs:
            other = packs[pack.name].file
            place = Place(pack.file)
            problems.append(PackProblem("pack_twice", place, name=pack.name, other=other))
        packs[pack.name] = pack
    for path in beside:
        if path.resolve() not in used:
            problems.append(PackProblem("no_pack_file", Place(str(path)), name=path.name))
    return tuple(packs[name] for name in sorted(packs)), problems


def load_packs(paths: Iterable[Path]) -> tuple[OfficePack, ...]:
    """All packs under these paths, by name. Raises BrokenPacks: one that is wrong stops all."""
    packs, problems = read_packs(paths)
    if problems:
        raise BrokenPacks(problems)
    return packs


def usable_name(name: str) -> bool:
    """Whether a pack or a rule may be called so."""
    return _NAME.fullmatch(name) is not None


class _File:
    """The reading of one file. Problems of single rules are collected, others raised."""

    def __init__(self, file: Path, problems: list[PackProblem], used: set[Path]) -> None:
        self._path = file
        self._problems = problems
        self._used = used
        self._name = str(file)
        self._digest = hashlib.sha256()
        self._entities = {rule.entity for rule in load().rules.values()}
        self._basis = {key for rule in load().rules.values() for key in rule.basis}

    def read(self) -> OfficePack | None:
        """The pack, or None when rules of it are wrong (they are among the problems)."""
        text, data = read_text(self._path)
        self._digest.update(data)
        top = Reading(parse(text, self._name))
        if "recognizers" in top and "rules" not in top:
            top = foreign_entry.as_pack(top, self._path)
        top.only(*TOP_KEYS)
        if "schema" in top and top["schema"].text() != "1":
            raise PackProblem("schema", top["schema"].place)
        name = top["pack"].text()
        if not usable_name(name):
            raise PackProblem("bad_name", top["pack"].place, name=name)
        dictionary = self._dictionary(top)
        before = len(self._problems)
        drafts = self._rules(top["rules"], name)
        if len(self._problems) > before:
            return None
        words = tuple(sorted({word for draft in drafts for word in _literals(draft.rule)}))
        rules = tuple(replace(draft, words=words, dictionary=dictionary) for draft in drafts)
        title = top["title"].texts() if "title" in top else {"zh": name, "en": name}
        return OfficePack(name, title, self._name, self._digest.hexdigest(), rules)

    def _rules(self, node: Reading, pack: str) -> list[OfficeInfo]:
        if node.raw_text() == "":
            raise PackProblem("no_rules", node.place)
        entries = node.entries()
        if len(entries) > _MOST_RULES:
            raise PackProblem("too_many_entries", node.place, most=_MOST_RULES)
        drafts: list[OfficeInfo] = []
        for key, place, value in entries:
            if key in RULE_KEYS and not value.is_mapping:
                raise PackProblem("keys_as_rules", place, key=key)
            try:
                if not usable_name(key):
                    raise PackProblem("bad_name", place, name=key)
                drafts.append(self._rule(key, place, value, pack))
            except PackProblem as problem:
                self._problems.append(problem)
        if not entries:
            raise PackProblem("no_rules", node.place)
        return drafts

    def _rule(self, key: str, place: Place, node: Reading, pack: str) -> OfficeInfo:
        node.only(*RULE_KEYS)
        if not any(source in node for source in _SOURCES):
            raise PackProblem("no_source", place, name=key)
        entity, level = self._entity(key, node, pack)
        rule = self._what_it_finds(node, place, level)
        title = node["title"].texts() if "title" in node else {"zh": key, "en": key}
        basis, texts = self._basis_of(node, f"{pack}.{key}")
        severity = _SEVERITY[level or "review"]
        if "severity" in node:
            severity = node["severity"].one_of(SEVERITIES)
        return OfficeInfo(
            id=f"{pack}.{key}",
            pack=pack,
            entity=entity,
            severity=severity,
            title=title,
            what=node["what"].texts() if "what" in node else _described(rule),
            advice={k: folded_lines(v) for k, v in node["advice"].texts().items()},
            basis=basis,
            context=rule.near,
            hits=tuple(example.text for example in rule.hits),
            misses=tuple(example.text for example in rule.misses),
            since="",
            rule=rule,
            words=(),
            dictionary=(),
            texts=texts,
        )

    def _entity(self, key: str, node: Reading, pack: str) -> tuple[str, str | None]:
        """The rule's own entity with its level, or one of ours, whose level the policy knows."""
        if "entity" not in node:
            return f"{PREFIX}{pack}_{key}".upper(), node["level"].one_of(LEVELS)
        entity = node["entity"].one_of(sorted(self._entities))
        if "level" in node:
            raise PackProblem("level_of_policy", node["level"].place, entity=entity)
        return entity, None

    def _what_it_finds(self, node: Reading, place: Place, level: str | None) -> OfficeRule:
        foreign = None
        if "presidio" in node:
            foreign = foreign_entry.entry(node["presidio"], self._path.parent)
            if foreign.path:
                self._take_module(foreign.path)
        columns = self._words(node, "columns")
        _refuse_without_effect(node)
        exclusions = Exclusions()
        if "exclusions" in node:
            node["exclusions"].only("words", "near")
            exclusions = Exclusions(
                self._words(node["exclusions"], "words"), self._words(node["exclusions"], "near")
            )
        return OfficeRule(
            level=level,
            reason=node["reason"].one_of(REASONS) if "reason" in node else "internal_process",
            terms=self._words(node, "terms", narrow=True),
            whole_words="whole_words" in node and node["whole_words"].yes(),
            patterns=tuple(
                _pattern(entry, asked_for="near" in node) for entry in node.list("patterns")
            ),
            near=self._words(node, "near"),
            columns=columns,
            values=_pattern(node["values"], values=True) if "values" in node else None,
            exclusions=exclusions,
            foreign=foreign,
            hits=self._examples(node, "hits"),
            misses=self._examples(node, "misses"),
            place=place,
        )

    def _take_module(self, path: str) -> None:
        """A module beside the pack counts in the digest: other code, other findings."""
        module = self._path.parent / (path.split(".", maxsplit=1)[0] + ".py")
        if module.is_file():
            self._digest.update(read_text(module)[1])

    def _examples(self, node: Reading, key: str) -> tuple[Example, ...]:
        examples = tuple(Example(entry.text(), entry.place) for entry in node[key].items())
        if not examples and "presidio" not in node:
            raise PackProblem("no_examples", node[key].place, key=key)
        return examples

    def _words(self, node: Reading, key: str, *, narrow: bool = False) -> tuple[str, ...]:
        entries = node.list(key)
        if len(entries) > _MOST_WORDS:
            raise PackProblem("too_many_entries", node[key].place, most=_MOST_WORDS)
        words: dict[str, Reading] = {}
        for entry in entries:
            word = entry.word()
            if len(word) < 2:
                raise PackProblem("short_word", entry.place, word=entry.text())
            words[word] = entry
        if narrow and words:
            text = folded(ordinary())
            for word, places in Words(words).places(plain_codes(text), text).items():
                spans = [(place, place + len(word)) for place in places]
                _refuse(words[word], partial(too_broad, spans))
        return tuple(words)

    def _dictionary(self, top: Reading) -> tuple[str, ...]:
        words = {entry.word() for entry in top.list("words")}
        if "dictionary" in top:
            node = top["dictionary"]
            path = self._path.parent / node.text()
            try:
                text, data = read_text(path)
            except PackProblem as problem:
                raise PackProblem("no_dictionary", node.place, file=node.text()) from problem
            self._used.add(path.resolve())
            self._digest.update(data)
            words |= {folded(line.split()[0]) for line in text.splitlines() if line.strip()}
        return tuple(sorted(word for word in words if len(word) > 1))

    def _basis_of(
        self, node: Reading, rule: str
    ) -> tuple[tuple[str, ...], dict[str, dict[str, str]]]:
        keys, texts = [], {}
        for number, entry in enumerate(node.list("basis"), 1):
            key = entry.raw_text()
            if key is not None and _KEY.fullmatch(key):
                entry.one_of(sorted(self._basis))
            else:
                key = f"{rule}.{number}"
                texts[key] = entry.texts()
            keys.append(key)
        return tuple(keys), texts


def _refuse_without_effect(node: Reading) -> None:
    """Refuse keys that would say something and do nothing."""
    for key, (others, shown) in _TOGETHER.items():
        if key in node and not any(other in node for other in others):
            raise PackProblem("no_effect", node[key].place, key=key, others=shown)
    for key in _NOT_WITH_PRESIDIO if "presidio" in node else ():
        if key in node:
            raise PackProblem("not_with_presidio", node[key].place, key=key)


def _pattern(node: Reading, *, values: bool = False, asked_for: bool = False) -> str:
    pattern = as_viewed(node.text())
    _refuse(node, partial(check, pattern, values=values, asked_for=asked_for))
    return pattern


def _refuse(node: Reading, test: Callable[[], None]) -> None:
    try:
        test()
    except Refused as refused:
        raise PackProblem(refused.code, node.place, **refused.arguments) from None


def _literals(rule: OfficeRule) -> Iterable[str]:
    labels = rule.columns if rule.values is not None else ()
    return (*rule.terms, *labels, *rule.exclusions.words)


def _described(rule: OfficeRule) -> dict[str, str]:
    zh, en = [], []
    if rule.terms:
        zh.append(f"{len(rule.terms)}个词语")
        en.append(f"{len(rule.terms)} terms")
    if rule.patterns:
        zh.append(f"{len(rule.patterns)}种写法")
        en.append(f"{len(rule.patterns)} patterns")
    if rule.columns:
        zh.append("表头含有" + "、".join(f"“{word}”" for word in rule.columns) + "的列")
        en.append("columns headed " + ", ".join(rule.columns))
    if rule.foreign is not None:
        zh.append("外接识别器")
        en.append("what a plugged-in recognizer finds")
    return {"zh": "本单位规则：查找" + "，".join(zh) + "。", "en": f"Finds {', '.join(en)}."}
