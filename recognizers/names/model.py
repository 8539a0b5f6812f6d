"""The seam behind which a name model sits: texts in, spans with a score out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NameSpan:
    """``text[start:end]`` looks like a person's name; ``score`` (0 to 1) says how much."""

    start: int
    end: int
    score: float


class NameModel(Protocol):
    """Finds names in short texts (a sentence or a window of one, at most a few hundred characters).

    The texts are normalised (half width, Simplified); offsets are code points of each text. Spans
    of one text are ordered and do not overlap. Spans below ``SURE`` are only worth keeping when
    something else speaks for them too.
    """

    def find(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        """The names of each text, in the order of the texts."""


SURE = 0.5
"""From this score on, a span stands on the model's word alone."""
POSSIBLE = 0.08
"""Below this score, a model keeps a span to itself."""
