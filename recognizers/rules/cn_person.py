"""Persons' names, with who they are in their passage: official, private or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.names.cnn import CnnModel
from recognizers.names.finder import NameFinder
from recognizers.names.model import NameModel


@cache
def model() -> NameModel:
    """The network, one for the process: loaded for the first text that may hold a name."""
    return CnnModel()


class PersonRule(ChineseRecognizer):
    """Names of persons. A masked name (李某某, 王×) is none."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """All names of the text, by start."""
        tick = artifacts.check_clock
        for person in NameFinder(model()).find(artifacts.view, artifacts.layout, tick):
            yield Hit(person.start, person.end, person.score, person.evidence, role=person.role)
