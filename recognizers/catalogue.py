"""The rule packs: what each rule is, why it matters and what to do, for people and policies.

``load()`` reads YAML only; the code of a rule is imported when ``RuleInfo.make`` makes one. Packs
that an office wrote (``recognizers.office``) join by ``Catalogue.with_office``.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from recognizers.patterns import late

if TYPE_CHECKING:
    from recognizers.base import ChineseRecognizer
    from recognizers.office.pack import OfficePack

_HOME = Path(__file__).parent
PACKS = _HOME / "packs"
RULES_PACKAGE = "recognizers.rules"
SEVERITIES = ("low", "medium", "high", "critical")
_TEXTS = ("title", "what", "advice")
_FOLDED = late(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_KEYS = {"entity", "severity", "basis", "context", "examples", "since", *_TEXTS}


class BrokenPack(Exception):
    """A rule pack that cannot be used; the message names the rule and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """The entry of one rule. Texts are ``{"zh": …, "en": …}``.

    ``id`` is the name of the rule's module and table; ``basis`` holds keys whose texts stand in the
    policies; ``context`` are the rule's context words; ``hits`` and ``misses`` are synthetic
    examples; ``since`` is the tool version that brought the rule.
    """

    id: str
    pack: str
    entity: str
    severity: str
    title: Mapping[str, str]
    what: Mapping[str, str]
    advice: Mapping[str, str]
    basis: tuple[str, ...]
    context: tuple[str, ...]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    since: str

    def recognizer_class(self) -> type[ChineseRecognizer]:
        """The one recognizer class of the rule's module. Raises BrokenPack."""
        from recognizers.base import ChineseRecognizer

        module = importlib.import_module(f"{RULES_PACKAGE}.{self.id}")
        classes = [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, ChineseRecognizer)
            and value.__module__ == module.__name__
        ]
        if len(classes) != 1:
            raise BrokenPack(f"{self.id}: a rule has exactly one recognizer class")
        return classes[0]

    @property
    def place(self) -> str:
        """File, line and column of the entry, when an office wrote it; else the empty string."""
        return ""

    def make(self, seconds: float) -> ChineseRecognizer:
        """The recognizer of this rule; it may take this long on one text. Raises BrokenPack."""
        return self.recognizer_class()(self, seconds)


class Catalogue:
    """All rules of all packs: ours, and those of the ``office``."""

    def __init__(self, rules: Mapping[str, RuleInfo], office: tuple[OfficePack, ...] = ()) -> None:
        self._ours = rules
        self.office = office
        self.entities = frozenset(rule.entity for rule in rules.values())
        """What our own rules find; an office's rule may find one of these or one of its own."""
        own = {rule.id: rule for pack in office for rule in pack.rules}
        self.rules: Mapping[str, RuleInfo] = MappingProxyType({**rules, **own})

    def with_office(self, packs: tuple[OfficePack, ...]) -> Catalogue:
        """These rules and those of an office's packs, whose order does not matter."""
        return Catalogue(self._ours, tuple(sorted(packs, key=lambda pack: pack.name)))

    @cached_property
    def version(self) -> str:
        """A digest of the packs, the code and the data: the same findings come from the same."""
        digest = hashlib.sha256()
        for pack in self.office:
            digest.update(f"{pack.name} {pack.digest}\n".encode())
        for path in sorted(_sources()):
            digest.update(path.relative_to(_HOME).as_posix().encode())
            digest.update(b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    def by_entity(self, entity: str) -> RuleInfo | None:
        """The rule that finds this entity."""
        return next((rule for rule in self.rules.values() if rule.entity == entity), None)


def _sources() -> Iterator[Path]:
    for path in _HOME.rglob("*"):
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts:
            yield path


@cache
def load() -> Catalogue:
    """Read the packs. Raises BrokenPack when an entry or a rule's module is missing or wrong."""
    rules: dict[str, RuleInfo] = {}
    for path in sorted(PACKS.glob("*.yaml")):
        for name, entry in _read(path).items():
            if name in rules:
                raise BrokenPack(f"{name}: described twice")
            rules[name] = _info(name, path.stem, entry)
    package = importlib.import_module(RULES_PACKAGE)
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    modules = {name for name in modules if not name.startswith("_")}
    for name in sorted(modules - set(rules)):
        raise BrokenPack(f"{name}: a rule without an entry in a pack")
    for name in sorted(set(rules) - modules):
        raise BrokenPack(f"{name}: an entry without a rule")
    return Catalogue(MappingProxyType(rules))


def check(tables: Path) -> list[str]:
    """What is wrong with the rules and their tables (in the folder ``tables``); mostly nothing."""
    problems = []
    rules = load().rules
    for name, info in rules.items():
        info.recognizer_class()
        if not (tables / f"{name}.yml").is_file():
            problems.append(f"{name}: no table of hits and misses")
    for path in sorted(tables.glob("*.yml")):
        if path.stem not in rules:
            problems.append(f"{path.stem}: a table without a rule")
    return problems


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise BrokenPack(f"{path.name}: not readable as YAML") from error
    if not isinstance(content, dict) or not isinstance(content.get("rules"), dict):
        raise BrokenPack(f"{path.name}: no rules in it")
    return dict(content["rules"])


def folded_lines(text: str) -> str:
    """A text without the blanks that YAML's folding leaves between Chinese lines."""
    return _FOLDED.sub("", text)


def _texts(texts: Any) -> Mapping[str, str]:
    return MappingProxyType({"zh": folded_lines(texts["zh"]), "en": texts["en"]})


def _info(name: str, pack: str, entry: Any) -> RuleInfo:
    if not isinstance(entry, dict):
        raise BrokenPack(f"{name}: not an entry")
    wrong = set(entry) ^ _KEYS
    if wrong:
        raise BrokenPack(f"{name}: missing or unknown: {', '.join(sorted(map(str, wrong)))}")
    for key in _TEXTS:
        text = entry[key]
        if not isinstance(text, dict) or set(text) != {"zh", "en"}:
            raise BrokenPack(f"{name}: {key} needs zh and en")
    if entry["severity"] not in SEVERITIES:
        raise BrokenPack(f"{name}: severity is one of {', '.join(SEVERITIES)}")
    examples = entry["examples"]
    if not isinstance(examples, dict) or not examples.get("hit") or not examples.get("miss"):
        raise BrokenPack(f"{name}: examples need hit and miss")
    return RuleInfo(
        id=name,
        pack=pack,
        entity=str(entry["entity"]),
        severity=entry["severity"],
        title=_texts(entry["title"]),
        what=_texts(entry["what"]),
        advice=_texts(entry["advice"]),
        basis=tuple(entry["basis"]),
        context=tuple(entry["context"]),
        hits=tuple(examples["hit"]),
        misses=tuple(examples["miss"]),
        since=str(entry["since"]),
    )
