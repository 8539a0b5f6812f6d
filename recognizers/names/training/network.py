"""The network: characters, pairs and known words embedded, seven convolutions, a tag for each
character.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from recognizers.names.encode import PAIRS
from recognizers.names.known import NUMBERS
from recognizers.names.training.lac import EMBEDDED

PAIR_WIDTH, MARK_WIDTH, WIDTH = 24, 40, 192
DILATIONS = (1, 2, 4, 8, 16, 1)
TAGS = "OBIES"
"""Outside, begin, inside, end, single."""
_AS_LARGE = 0.1  # standard deviation of the numbers of characters at the beginning


class Network(nn.Module):
    """Logits of the five tags; of the classes of words too, while training.

    ``chars`` are the numbers of each character to begin with, ``[char, EMBEDDED]``; the first
    stands for nothing. ``dropout`` is the share of numbers that are left out while training,
    between all layers.
    """

    def __init__(self, chars: np.ndarray, classes: int, dropout: float = 0.2) -> None:
        super().__init__()
        begun = torch.from_numpy(chars.astype(np.float32))
        self.chars = nn.Embedding.from_pretrained(
            begun / begun.std() * _AS_LARGE, freeze=False, padding_idx=0
        )
        self.pairs = nn.Embedding(PAIRS, PAIR_WIDTH)
        nn.init.normal_(self.pairs.weight, std=_AS_LARGE / 2)
        self.marks = nn.Embedding(NUMBERS, MARK_WIDTH)
        nn.init.normal_(self.marks.weight, std=_AS_LARGE)
        self.first = nn.Conv1d(EMBEDDED + PAIR_WIDTH + MARK_WIDTH, WIDTH, 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation)
            for dilation in DILATIONS
        )
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.words = nn.Linear(WIDTH, classes)
        self._dropout = dropout
        self._chance = np.random.default_rng(1)

    def embedded(self, ids: Tensor, pairs: Tensor, marks: Tensor) -> Tensor:
        """``[text, char]`` twice and ``[text, char, mark]``, to ``[text, number, char]``."""
        known = self.marks(marks).sum(dim=2)
        return torch.cat((self.chars(ids), self.pairs(pairs), known), dim=2).transpose(1, 2)

    def layers(self, inputs: Tensor) -> list[Tensor]:
        """What each convolution passes on: what it made of what went in, added to that."""
        found = [F.relu(self.first(self._dropped(inputs)))]
        for block in self.blocks:
            found.append(found[-1] + F.relu(block(self._dropped(found[-1]))))
        return found

    def forward(self, ids: Tensor, pairs: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """``[text, char]`` twice and ``[text, char, mark]``, to ``[text, char, tag]`` and
        ``[text, char, class]``.
        """
        hidden = self.layers(self.embedded(ids, pairs, marks))[-1]
        hidden = self._dropped(hidden).transpose(1, 2)
        return self.tags(hidden), self.words(hidden)

    def _dropped(self, values: Tensor) -> Tensor:
        """Dropout with random bytes, which are drawn several times faster than PyTorch's."""
        if not self.training:
            return values
        drawn = self._chance.integers(0, 256, size=values.shape, dtype=np.uint8)
        kept = (torch.from_numpy(drawn) >= round(self._dropout * 256)).to(values.dtype)
        return values * kept.mul_(1 / (1 - self._dropout))
