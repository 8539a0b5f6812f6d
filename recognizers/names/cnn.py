"""Names from our own small network, which ``make train-names`` makes; see docs/names-model.md.

Five tags a character (outside, begin, inside, end, single), the best path searched only for texts
in which a name tag comes near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from recognizers.names.batches import Floats, Lengths, answers, open_network
from recognizers.names.encode import Encoder
from recognizers.names.known import KnownWords, marks_of
from recognizers.names.model import POSSIBLE, NameSpan

_OUTSIDE, _BEGIN, _INSIDE, _END, _SINGLE = range(5)
_BATCH_CHARS = 2048
_OWN = Path(__file__).parent
_FORBIDDEN = -1e4
_MOVES = np.full((5, 5), _FORBIDDEN, dtype=np.float32)
for _left, _rights in {
    _OUTSIDE: (_OUTSIDE, _BEGIN, _SINGLE),
    _BEGIN: (_INSIDE, _END),
    _INSIDE: (_INSIDE, _END),
    _END: (_OUTSIDE, _BEGIN, _SINGLE),
    _SINGLE: (_OUTSIDE, _BEGIN, _SINGLE),
}.items():
    _MOVES[_left, list(_rights)] = 0.0

Tags = np.ndarray[Any, np.dtype[np.int8]]


class CnnModel:
    """``NameModel`` over the three files of a network in ``folder``; the package's own beside this.

    Loads at the first call; ``threads`` for the network.

    ``bias`` is taken off the logit of "outside" before the search: a higher one lets more names
    through, with scores that say how sure they are.
    """

    def __init__(self, folder: Path = _OWN, threads: int = 1, bias: float = 1.0) -> None:
        self._threads, self._bias, self._folder = threads, np.float32(bias), folder

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
        for rows, logits, lengths in answers(texts, self._run, _BATCH_CHARS):
            for at, spans in self._decode(logits, lengths):
                found[rows[at]] = spans
        return found

    def _run(self, texts: list[str]) -> Floats:
        """The network on texts of one length."""
        ids, pairs, codes = self._encoder.encode(texts)
        marks = marks_of(self._known.starting(codes))
        inputs = {"ids": ids, "pairs": pairs, "marks": marks}
        logits: Floats = self._session.run(None, inputs)[0]
        return logits

    def _decode(self, logits: Floats, lengths: Lengths) -> Iterator[tuple[int, list[NameSpan]]]:
        inside = np.arange(logits.shape[1])[None, :] < lengths[:, None]
        biased = logits.copy()
        biased[:, :, _OUTSIDE] -= self._bias
        near = (biased[:, :, 1:].max(axis=2) >= biased[:, :, _OUTSIDE]) & inside
        worth = np.flatnonzero(near.any(axis=1))
        if not len(worth):
            return
        paths = _paths(biased[worth], lengths[worth])
        for at, path in zip(worth.tolist(), paths, strict=True):
            spans = _spans(path[: lengths[at]], logits[at])
            if spans:
                yield at, spans


def _paths(logits: Floats, lengths: Any) -> Tags:
    """The best allowed tag path of each row."""
    rows, width, _ = logits.shape
    back = np.zeros((rows, width, 5), dtype=np.int8)
    start = np.array([0, 0, _FORBIDDEN, _FORBIDDEN, 0], dtype=np.float32)
    score = logits[:, 0] + start
    stay = np.arange(5, dtype=np.int8)
    for at in range(1, width):
        moves = score[:, :, None] + _MOVES
        best = moves.argmax(axis=1)
        alive = (at < lengths)[:, None]
        step = moves.max(axis=1) + logits[:, at]
        back[:, at] = np.where(alive, best, stay)
        score = np.where(alive, step, score)
    score[:, [_BEGIN, _INSIDE]] += _FORBIDDEN
    path = np.zeros((rows, width), dtype=np.int8)
    state = score.argmax(axis=1)
    every = np.arange(rows)
    for at in range(width - 1, -1, -1):
        path[:, at] = state
        state = back[every, at, state]
    return path


def _spans(path: Tags, logits: Floats) -> list[NameSpan]:
    spans = []
    for start in np.flatnonzero((path == _BEGIN) | (path == _SINGLE)).tolist():
        end = start + 1
        while path[start] == _BEGIN and path[end - 1] != _END:
            end += 1
        score = _chance(logits[start:end], path[start:end])
        if score >= POSSIBLE:
            spans.append(NameSpan(start, end, score))
    return spans


def _chance(logits: Floats, tags: Tags) -> float:
    """Mean probability of the path's tags over a span, without any bias."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    return float(odds[np.arange(len(tags)), tags].mean())
