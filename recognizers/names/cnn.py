"""Names from our own small network, which ``make train-names`` makes; see docs/names-model.md.

Five tags a character (outside, begin, inside, end, single), the best path searched only for texts
in which a name tag comes near.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import exp
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from recognizers.names.batches import Floats, groups, open_network
from recognizers.names.encode import Encoder
from recognizers.names.known import KnownWords, marks_of
from recognizers.names.model import POSSIBLE, NameSpan

_OUTSIDE, _BEGIN, _INSIDE, _END, _SINGLE = range(5)
_BATCH_CHARS = 512  # more at once do not fit into the processor's cache
_PADDING = 48  # characters of padding in a batch that cost no more than one batch more
_OWN = Path(__file__).parent
_FORBIDDEN = -1e4

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Logits = list[list[float]]
"""What the network says of each tag, for each character of one text."""


class CnnModel:
    """``NameModel`` over the three files of a network in ``folder``; the package's own beside this.

    Loads at the first call; ``threads`` for the network.

    ``bias`` is taken off the logit of "outside" before the search: a higher one lets more names
    through, with scores that say how sure they are.
    """

    def __init__(self, folder: Path = _OWN, threads: int = 1, bias: float = 1.0) -> None:
        self._threads, self._bias, self._folder = threads, bias, folder

    @cached_property
    def _encoder(self) -> Encoder:
        with (self._folder / "names_chars.txt").open(encoding="utf-8", newline="") as file:
            return Encoder(file.read())

    @cached_property
    def _known(self) -> KnownWords:
        return KnownWords.read(self._folder / "names_words.npz")

    @cached_property
    def _session(self) -> Any:
        return open_network(self._folder / "names.onnx", self._threads)

    def find(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        """The names of each text; see ``NameModel``."""
        found: list[list[NameSpan]] = [[] for _ in texts]
        if not texts:
            return found
        ids, pairs, codes = self._encoder.in_a_row(texts)
        marks = marks_of(self._known.starting(codes[None]))[0]
        lengths = np.array([len(text) for text in texts])
        starts = np.cumsum(lengths + 1) - lengths - 1
        for rows in groups(texts, _BATCH_CHARS, _PADDING):
            steps = np.arange(len(texts[rows[-1]]))
            inside = steps < lengths[rows][:, None]
            cells = np.minimum(starts[rows][:, None] + steps, len(codes) - 1)
            inputs = {"ids": ids[cells], "pairs": pairs[cells], "marks": marks[cells]}
            inputs["inside"] = inside.astype(np.float32)
            logits: Floats = self._session.run(None, inputs)[0]
            for at in self._worth(logits, inside):
                told = logits[at, : len(texts[rows[at]])].tolist()
                found[rows[at]] = _spans(_path(told, self._bias), told)
        return found

    def _worth(self, logits: Floats, inside: Flags) -> list[int]:
        """The rows in which a name tag comes near."""
        near = logits[:, :, 1:].max(axis=2) >= logits[:, :, _OUTSIDE] - self._bias
        near &= inside
        rows: list[int] = near.any(axis=1).nonzero()[0].tolist()
        return rows


def _path(logits: Logits, bias: float) -> list[int]:
    """The best allowed tags of one text, ``bias`` taken off each "outside".

    What follows a tag depends only on whether a name is open behind it, so two scores are enough
    at each step: the best with none open and the best with one open.
    """
    first = logits[0]
    outside, begin, single = first[_OUTSIDE] - bias, first[_BEGIN], first[_SINGLE]
    inside, end = first[_INSIDE] + _FORBIDDEN, first[_END] + _FORBIDDEN
    back: list[tuple[int, int]] = []
    for at_outside, at_begin, at_inside, at_end, at_single in logits[1:]:
        closed, before = (outside, _OUTSIDE) if outside >= end else (end, _END)
        if single > closed:
            closed, before = single, _SINGLE
        opened, within = (begin, _BEGIN) if begin >= inside else (inside, _INSIDE)
        back.append((before, within))
        outside, begin, single = closed + at_outside - bias, closed + at_begin, closed + at_single
        inside, end = opened + at_inside, opened + at_end
    tag = max(((outside, _OUTSIDE), (end, _END), (single, _SINGLE)), key=itemgetter(0))[1]
    path = [tag]
    for before, within in reversed(back):
        tag = within if tag in (_INSIDE, _END) else before
        path.append(tag)
    path.reverse()
    return path


def _spans(path: list[int], logits: Logits) -> list[NameSpan]:
    spans = []
    for start, tag in enumerate(path):
        if tag not in (_BEGIN, _SINGLE):
            continue
        end = start + 1
        while tag == _BEGIN and path[end - 1] != _END:
            end += 1
        chances = map(_chance, logits[start:end], path[start:end])
        score = sum(chances) / (end - start)
        if score >= POSSIBLE:
            spans.append(NameSpan(start, end, score))
    return spans


def _chance(logits: list[float], tag: int) -> float:
    """The probability of a tag of one character, without any bias."""
    best = max(logits)
    return exp(logits[tag] - best) / sum(exp(logit - best) for logit in logits)
