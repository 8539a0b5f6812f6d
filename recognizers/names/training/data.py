"""What the network learns from: newspaper sentences with names drawn anew, and made-up lines."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from recognizers.lexicon.surnames import COMPOUND, SINGLE
from recognizers.names.encode import kind_of
from recognizers.names.training.corpus import Token, sentences
from recognizers.names.training.lines import Lines
from recognizers.names.training.people import People
from recognizers.view import fold

LONGEST = 128
REPLACED = 0.65  # of the names in newspaper sentences, in each epoch
CROPPED = 0.25  # of the sentences, as the gate's windows cut them
MADE_UP = 0.45  # characters of made-up lines for each character of the newspaper
_ENDS = frozenset("。！？；!?;\n")
NO_WORDS = -1
"""In ``words``: nothing is known of the words of this text."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text, the spans of its names, and for each character its word's class or ``NO_WORDS``."""

    text: str
    names: tuple[tuple[int, int], ...]
    words: tuple[int, ...]


class Material:
    """All that is needed to draw epochs. ``path`` is ``199801.txt``."""

    def __init__(self, path: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self._pieces = [piece for tokens in sentences(path) for piece in _cut(tokens)]
        listed, foreign, words = _dictionary()
        names = [token.word for piece in self._pieces for token in piece if token.tag == "nr"]
        foreign += [name for name in set(names) if _is_foreign(name)]
        self._people = People(self._chance, [*names, *names, *listed], sorted(set(foreign)))
        self._lines = Lines(self._chance, self._people, words)
        tags = Counter(token.tag for piece in self._pieces for token in piece)
        kept = [tag for tag, count in tags.most_common() if count >= 200]
        self._classes = {tag: number for number, tag in enumerate(kept)}
        self.classes = 2 * (len(kept) + 1)

    def characters(self) -> str:
        """The table of characters: what occurs in the material, the common ones first."""
        seen = Counter[str]()
        for piece in self._pieces:
            for token in piece:
                seen.update(map(kind_of, token.word))
        for text, _ in zip(self._lines.draw(), range(20000), strict=False):
            seen.update(map(kind_of, fold(text[0])))
        for char in (*SINGLE, *"".join(COMPOUND)):
            seen[char] += 2
        return "".join(char for char, count in seen.most_common() if count >= 2)

    def epoch(self) -> Iterator[Example]:
        """One pass over the newspaper with names drawn anew, and made-up lines among it."""
        order = list(range(len(self._pieces)))
        self._chance.shuffle(order)
        lines = self._lines.draw()
        owed = 0.0
        for number in order:
            example = self._newspaper(self._pieces[number])
            yield example
            owed += MADE_UP * len(example.text)
            while owed > 0:
                text, spans = next(lines)
                text = fold(text)
                owed -= len(text)
                if len(text) <= LONGEST:
                    yield Example(text, tuple(spans), (NO_WORDS,) * len(text))

    def _newspaper(self, piece: Sequence[Token]) -> Example:
        text, names, words = "", [], []
        for written, tag in piece:
            word = written
            if tag == "nr":
                if self._chance.random() < REPLACED:
                    word = fold(self._people.like(written))
                names.append((len(text), len(text) + len(word)))
            kind = 2 * self._classes.get(tag, len(self._classes))
            words += [kind] + [kind + 1] * (len(word) - 1)
            text += word
        if self._chance.random() < CROPPED and len(text) > 24:
            return self._cropped(text, names, words)
        return Example(text, tuple(names), tuple(words))

    def _cropped(self, text: str, names: list[tuple[int, int]], words: list[int]) -> Example:
        """A part of a sentence that cuts no name."""
        low = self._chance.randint(0, len(text) - 20)
        high = self._chance.randint(low + 12, len(text))
        for start, end in names:
            if start < low < end:
                low = start
            if start < high < end:
                high = end
        kept = tuple((s - low, e - low) for s, e in names if s >= low and e <= high)
        return Example(text[low:high], kept, tuple(words[low:high]))


def _cut(tokens: list[Token]) -> Iterator[list[Token]]:
    """Sentences of at most ``LONGEST`` characters, cut at an end mark or between words."""
    piece: list[Token] = []
    length = 0
    for token in tokens:
        if piece and length + len(token.word) > LONGEST:
            yield piece
            piece, length = [], 0
        if len(token.word) <= LONGEST // 4:
            piece.append(token)
            length += len(token.word)
        if token.word in _ENDS:
            yield piece
            piece, length = [], 0
    if piece:
        yield piece


def _is_foreign(name: str) -> bool:
    return (
        len(name) >= 3 and name[:1] not in SINGLE and name[:2] not in COMPOUND and "·" not in name
    )


def _dictionary() -> tuple[list[str], list[str], list[str]]:
    """From jieba: names, transliterated names, and words that begin with a surname."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    names, foreign, words = [], [], []
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if tag == "nr" and len(word) == 3:
            names.append(word)
        elif tag == "nrt" and len(word) >= 3:
            foreign.append(word)
        elif not tag.startswith("nr") and word[0] in SINGLE and int(count) >= 20:
            words += [word] * (1 + (int(count) > 200) + (int(count) > 1000))
    return names, foreign, words
