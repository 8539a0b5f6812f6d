"""Policies: a YAML file that turns evidence into levels. Loaded once, checked to the last key.

A misspelt entity or code must not quietly lower a level, so everything unknown is refused with the
file, line and column.
"""

from __future__ import annotations

import hashlib
import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from screener.errors import ConfigProblem
from screener.i18n import _
from screener.judge.kinds import KindRule
from screener.model.document import SegmentKind
from screener.model.finding import Finding, Level, Role
from screener.model.review import REASON_CODES

POLICIES = Path(__file__).parent / "policies"
SHIPPED = ("default", "strict")


@dataclass(frozen=True, slots=True)
class Case:
    """A level, and the conditions under which it holds."""

    level: Level
    reason: str
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def holds_for(self, finding: Finding, codes: Collection[str]) -> bool:
        """Whether all of ``when`` and none of ``unless`` hold; ``codes`` are the finding's."""
        for condition in self.when:
            if not _holds(condition, finding, codes):
                return False
        return not any(_holds(condition, finding, codes) for condition in self.unless)


@dataclass(frozen=True, slots=True)
class Policy:
    """Levels by entity, document kinds, and the texts of the law it rests on."""

    name: str
    version: str
    titles: Mapping[str, str]
    levels: Mapping[str, tuple[Case, ...]]
    kinds: tuple[KindRule, ...]
    kind_levels: Mapping[str, Mapping[str, tuple[Case, ...]]]
    basis: Mapping[str, Mapping[str, str]]


_CANDIDATES = re.compile("candidates(<=|<|>=|>)([0-9]{1,15})")
_COMPARE = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt}


def _holds(condition: str, finding: Finding, codes: Collection[str]) -> bool:
    asked = _asked(condition)
    return condition in codes if asked is None else asked(finding)


@cache
def _asked(condition: str) -> Callable[[Finding], bool] | None:
    """What a condition asks of a finding; None where it is a code of the evidence."""
    if condition == "hidden":
        return lambda finding: not finding.visible
    number = _CANDIDATES.fullmatch(condition)
    if number:
        compare, limit = _COMPARE[number[1]], int(number[2])
        return lambda f: f.candidates is not None and bool(compare(f.candidates, limit))
    head, _colon, argument = condition.partition(":")
    if head == "role":
        return lambda finding: (finding.role or Role.UNKNOWN).value == argument
    if head == "segment":
        return lambda finding: finding.kind.value == argument
    return None


def load_policy(
    name: str,
    *,
    entities: Collection[str],
    codes: Collection[str],
    basis: Collection[str],
    own_levels: Mapping[str, tuple[Case, ...]] = MappingProxyType({}),
    own_basis: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> Policy:
    """A shipped policy by name, or a file.

    ``entities``, ``codes`` and ``basis`` are what the rule packs know; anything else in the file is
    refused, and so is a policy that says nothing about one of the entities. ``own_levels`` and
    ``own_basis`` come with an office's rules and hold where no policy says otherwise. Raises
    ConfigProblem.
    """
    return _Loader(entities, codes, basis, own_levels, own_basis).load(name, ())


class _Loader:
    def __init__(
        self,
        entities: Collection[str],
        codes: Collection[str],
        basis: Collection[str],
        own_levels: Mapping[str, tuple[Case, ...]],
        own_basis: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._own_levels = own_levels
        self._own_basis = own_basis
        self._entities = entities
        self._codes = codes
        self._basis = basis
        self._file = Path()
        self._default_reason = "personal_privacy"

    def load(self, name: str, inside: tuple[str, ...]) -> Policy:
        if name in inside:
            raise ConfigProblem(_("policy {name} extends itself").format(name=name))
        file = POLICIES / f"{name}.yaml" if name in SHIPPED else Path(name)
        content = _read(file)
        root = _Node.of(content, file)
        base = None
        if "extends" in root:
            base = self.load(root["extends"].text(), (*inside, name))
        self._file = file
        policy = self._build(root, base, content)
        missing = sorted(set(self._entities) - set(policy.levels))
        if missing:
            raise root.problem(_("no level for {names}").format(names=", ".join(missing)))
        unexplained = sorted(set(self._basis) - set(policy.basis))
        if unexplained:
            raise root.problem(
                _("no text for the basis {names}").format(names=", ".join(unexplained))
            )
        return policy

    def _build(self, root: _Node, base: Policy | None, content: str) -> Policy:
        root.only(
            "schema",
            "name",
            "extends",
            "title",
            "reason",
            "levels",
            "kinds",
            "kind_levels",
            "basis",
        )
        if root["schema"].value != 1:
            raise root["schema"].problem(_("this tool reads schema 1"))
        if "reason" in root:
            self._default_reason = root["reason"].one_of(REASON_CODES)
        levels = dict(base.levels if base else self._own_levels)
        levels |= self._levels(root["levels"]) if "levels" in root else {}
        kinds = base.kinds if base else ()
        if "kinds" in root:
            kinds = tuple(self._kind(entry) for entry in root["kinds"].entries())
        kind_levels = dict(base.kind_levels) if base else {}
        if "kind_levels" in root:
            for kind, node in root["kind_levels"].items():
                node.key_one_of(kind, [rule.kind for rule in kinds])
                kind_levels[kind] = {**kind_levels.get(kind, {}), **self._levels(node)}
        basis = dict(base.basis if base else self._own_basis)
        if "basis" in root:
            basis |= {key: node.texts() for key, node in root["basis"].items()}
        digest = hashlib.sha256((content + (base.version if base else "")).encode()).hexdigest()
        name = root["name"].text()
        return Policy(
            name=name,
            version=f"{name}-{digest[:10]}",
            titles=root["title"].texts(),
            levels=levels,
            kinds=kinds,
            kind_levels=kind_levels,
            basis=basis,
        )

    def _levels(self, node: _Node) -> dict[str, tuple[Case, ...]]:
        levels = {}
        for entity, cases in node.items():
            cases.key_one_of(entity, self._entities)
            levels[entity] = tuple(self._case(case) for case in cases.entries())
        return levels

    def _case(self, node: _Node) -> Case:
        node.only("level", "when", "unless", "reason")
        return Case(
            level=Level.of(node["level"].one_of([level.code for level in Level])),
            reason=node["reason"].one_of(REASON_CODES)
            if "reason" in node
            else self._default_reason,
            when=self._conditions(node, "when"),
            unless=self._conditions(node, "unless"),
        )

    def _conditions(self, node: _Node, key: str) -> tuple[str, ...]:
        if key not in node:
            return ()
        conditions = []
        for entry in node[key].entries():
            condition = entry.text()
            head, _colon, argument = condition.partition(":")
            known = {
                "role": [role.value for role in Role],
                "segment": [kind.value for kind in SegmentKind],
            }
            if head in known:
                entry.key_one_of(argument, known[head])
            elif head != "hidden" and not _CANDIDATES.fullmatch(condition):
                entry.key_one_of(head, self._codes)
            conditions.append(condition)
        return tuple(conditions)

    def _kind(self, node: _Node) -> KindRule:
        node.only("kind", "title", "unless", "columns")
        columns = node["columns"].entries() if "columns" in node else []
        return KindRule(
            kind=node["kind"].text(),
            titles=self._words(node, "title"),
            unless=self._words(node, "unless") if "unless" in node else (),
            columns=tuple(tuple(word.text() for word in entry.entries()) for entry in columns),
        )

    @staticmethod
    def _words(node: _Node, key: str) -> tuple[str, ...]:
        return tuple(entry.text() for entry in node[key].entries())


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigProblem(
            _("policy {file} cannot be read ({why})").format(file=file, why=type(error).__name__),
            advice=_("Name a shipped policy ({names}) or a YAML file.").format(
                names=", ".join(SHIPPED)
            ),
        ) from error


class _Node:
    """A YAML value that knows its file, line and column."""

    def __init__(self, raw: Any, file: Path, key: Any = None) -> None:
        self._raw = raw
        self._file = file
        self._key = key

    @classmethod
    def of(cls, content: str, file: Path) -> _Node:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            raw = yaml.compose(content, Loader=loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
            raise ConfigProblem(
                _("policy {file}{where}: not valid YAML").format(file=file, where=where),
                advice=_("Correct it there; indentation and colons are the usual causes."),
            ) from error
        node = cls(raw, file)
        node.items()  # the top must be a mapping
        return node

    @property
    def value(self) -> Any:
        """The plain value."""
        import yaml

        constructor = yaml.SafeLoader("")
        return constructor.construct_object(self._raw, deep=True)

    def problem(self, what: str, *, at_key: bool = False) -> ConfigProblem:
        """An error that names this place, or that of the key before it."""
        node = self._key if at_key else self._raw
        mark = node.start_mark if node is not None else None
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        return ConfigProblem(
            _("policy {file}{where}: {what}").format(file=self._file, where=where, what=what),
            advice=_("Correct the policy file; nothing was judged with it."),
        )

    def items(self) -> list[tuple[str, _Node]]:
        if getattr(self._raw, "id", None) != "mapping":
            raise self.problem(_("a mapping is needed here"))
        return [(str(key.value), _Node(node, self._file, key)) for key, node in self._raw.value]

    def entries(self) -> list[_Node]:
        if getattr(self._raw, "id", None) != "sequence":
            raise self.problem(_("a list is needed here"))
        return [_Node(node, self._file) for node in self._raw.value]

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _node in self.items())

    def __getitem__(self, key: str) -> _Node:
        for name, node in self.items():
            if name == key:
                return node
        raise self.problem(_("{key} is missing").format(key=key))

    def text(self) -> str:
        if getattr(self._raw, "id", None) != "scalar" or not self._raw.value:
            raise self.problem(_("a text is needed here"))
        return str(self._raw.value)

    def texts(self) -> dict[str, str]:
        self.only("zh", "en")
        return {language: self[language].text() for language in ("zh", "en")}

    def one_of(self, known: Collection[str]) -> str:
        text = self.text()
        self.key_one_of(text, known)
        return text

    def key_one_of(self, key: str, known: Collection[str]) -> None:
        if key not in known:
            names = ", ".join(sorted(known))
            what = _("{key} is unknown; known: {names}").format(key=key, names=names)
            raise self.problem(what, at_key=self._key is not None and self._key.value == key)

    def only(self, *known: str) -> None:
        for name, node in self.items():
            node.key_one_of(name, known)
