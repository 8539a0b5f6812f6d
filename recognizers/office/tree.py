"""YAML as a tree that knows where everything stands. Nothing is constructed, everything is text.

Built from the parser's events: so aliases cannot multiply (no anchors bomb), tags cannot make
objects, a key that stands twice is seen, and ``no`` or ``0123`` stay what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognizers.office.problems import PackProblem, Place

DEEPEST = 12
_LARGEST = 200_000
_COLON = re.compile(r"^[ ]*(?:- *)?[^ :\"'#\[{：]{1,40}：(?!.*: )")
_NO_SPACE = re.compile(r"^[ ]*(?:- *)?[a-z_]{2,20}:[^ \n]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``quoted``: written between quotation marks or as a block."""

    text: str
    place: Place
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its value; ``place`` is the key's."""

    key: str
    place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of the file. No key stands twice."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping


def parse(text: str, file: str) -> Node:
    """The tree of one YAML document. Raises PackProblem."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(yaml.parse(text, Loader=loader), file).document()
    except yaml.YAMLError as error:
        raise _diagnosis(error, text, file) from None


class _Builder:
    """Makes the tree from the events of one document."""

    def __init__(self, events: Iterator[Any], file: str) -> None:
        self._events = events
        self._file = file
        self._count = 0

    def document(self) -> Node:
        next(self._events)  # the stream starts
        first = next(self._events)
        if type(first).__name__ == "StreamEndEvent":
            raise PackProblem("empty", Place(self._file))
        node = self._node(next(self._events), 0)
        next(self._events)  # the document ends
        another = next(self._events)
        if type(another).__name__ != "StreamEndEvent":
            raise PackProblem("two_documents", self._place(another))
        return node

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        kind, place = type(event).__name__, self._place(event)
        if self._count > _LARGEST:
            raise PackProblem("too_many_entries", place, most=_LARGEST)
        if depth > DEEPEST:
            raise PackProblem("too_deep", place, most=DEEPEST)
        if kind == "AliasEvent" or event.anchor is not None:
            raise PackProblem("anchor", place)
        if event.tag is not None:
            raise PackProblem("tag", place)
        if kind == "ScalarEvent":
            return Scalar(event.value, place, event.style not in (None, ""))
        if kind == "SequenceStartEvent":
            items = []
            while type(inner := next(self._events)).__name__ != "SequenceEndEvent":
                items.append(self._node(inner, depth + 1))
            return Sequence(tuple(items), place)
        return self._mapping(place, depth)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise PackProblem("odd_key", key.place)
            if key.text in entries:
                before = entries[key.text].place.line
                raise PackProblem("key_twice", key.place, key=key.text, line=before)
            value = self._node(next(self._events), depth + 1)
            entries[key.text] = Entry(key.text, key.place, value)
        return Mapping(tuple(entries.values()), place)


def _diagnosis(error: Any, text: str, file: str) -> PackProblem:
    """The parser's complaint as what a person did, where that can be told."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        return PackProblem("odd_character", Place(file, line, 1))
    said = str(getattr(error, "problem", ""))
    at = min(mark.line, len(lines) - 1)
    place = Place(file, at + 1, mark.column + 1)
    for near in (at, at - 1):
        if near < 0:
            continue
        if "\t" in lines[near][: len(lines[near]) - len(lines[near].lstrip())]:
            return PackProblem("tab", Place(file, near + 1, lines[near].index("\t") + 1))
        colon = _COLON.match(lines[near])
        if colon:
            return PackProblem("wide_colon", Place(file, near + 1, colon.end()))
        glued = _NO_SPACE.match(lines[near])
        if glued:
            return PackProblem("no_space", Place(file, near + 1, glued.end() - 1))
    for words, code in _COMPLAINTS:
        if words in said:
            if code in ("open_quote", "bracket") and (begun := error.context_mark) is not None:
                place = Place(file, begun.line + 1, begun.column + 1)
            return PackProblem(code, place)
    return PackProblem("no_yaml", place)


_COMPLAINTS = (
    ("escape", "escape"),
    ("unexpected end of stream", "open_quote"),
    ("unexpected document indicator", "open_quote"),
    ("cannot start any token", "needs_quotes"),
    ("alphabetic or numeric", "needs_quotes"),
    ("alias", "needs_quotes"),
    ("anchor", "needs_quotes"),
    ("tag", "needs_quotes"),
    ("mapping values are not allowed", "colon_inside"),
    ("expected ',' or", "bracket"),
    ("expected ':'", "no_colon"),
    ("expected key", "indent"),
    ("expected '-' indicator", "indent"),
    ("expected <document start>", "indent"),
)
"""Words of the parser's complaints and the code of what they mean; the first that fits."""
