"""Surnames, single and compound, and the characters of transliterated names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    """The lines of a list in this folder, without comments and empty lines."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


SINGLE = frozenset("".join(lines("surnames.txt")))
"""Surnames of one character."""
COMPOUND = frozenset(word for line in lines("compound_surnames.txt") for word in line.split())
"""Surnames of two characters."""

TRANSLITERATED = frozenset("".join(lines("transliteration.txt")))
"""Characters that names of other languages are written with."""


@cache
def surname_words() -> frozenset[str]:
    """Words of two and three characters that begin with a surname and are no names."""
    return _grouped("surname_words.txt").union(*(line.split() for line in lines("no_names.txt")))


@cache
def common_words() -> frozenset[str]:
    """The commonest words of two characters."""
    return _grouped("common_words.txt")


def _grouped(name: str) -> frozenset[str]:
    rows = (line.split(" ") for line in lines(name))
    return frozenset(char + tail for char, *tails in rows for tail in tails)
