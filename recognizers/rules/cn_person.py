"""Persons' names, with who they are in their passage: official, private or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.names.finder import NameFinder
from recognizers.names.lac import LacModel


@cache
def _finder() -> NameFinder:
    """One for the process: the network is loaded once, and only for a text that may hold names."""
    return NameFinder(LacModel())


class PersonRule(ChineseRecognizer):
    """Names of persons. A masked name (李某某, 王×) is none."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """All names of the text, by start."""
        tick = artifacts.check_clock
        for person in _finder().find(artifacts.view, artifacts.layout, tick):
            yield Hit(person.start, person.end, person.score, person.evidence, role=person.role)
