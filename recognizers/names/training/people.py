"""Made-up names for training: drawn by how often surnames and given names' characters occur."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from recognizers.lexicon.surnames import COMPOUND, SINGLE, lines
from recognizers.names.training.lists import words
from recognizers.names.words import sections

_TURKIC, _TIBETAN, _MONGOL, _YI = (
    sorted(sections("minority_names.txt")[people])
    for people in ("turkic", "tibetan", "mongol", "yi")
)
_MASKS = words("masks")
_JAPANESE = words("japanese")
_TAILS_ABROAD = words("tails_abroad")
_STEEP = 1.2  # how much rarer each next surname is
_JAPANESE_GIVEN = words("japanese_given")


class People:
    """Names drawn anew at each call from one seeded chance."""

    def __init__(
        self, chance: random.Random, seen: Iterable[str], transliterated: Sequence[str]
    ) -> None:
        """``seen`` are real full names whose characters are counted, never used as they are.

        ``transliterated`` are foreign names as they are written in Chinese.
        """
        self._chance = chance
        self._foreign = list(transliterated)
        self._shortest = [name for name in self._foreign if len(name) == 2]
        self._follows: dict[str, list[str]] = defaultdict(list)
        for name in self._foreign:
            for char, following in pairwise(f"^{name}$"):
                self._follows[char].append(following)
        first, second, alone = Counter[str](), Counter[str](), Counter[str]()
        for name in seen:
            if name[:1] not in SINGLE or not 2 <= len(name) <= 3:
                continue
            if len(name) == 2:
                alone[name[1]] += 1
            else:
                first[name[1]] += 1
                second[name[2]] += 1
        self._first, self._second, self._alone = map(_Urn, (first, second, alone))
        ranked = [char for line in lines("surnames.txt") for char in line]
        self._surnames = _Urn({char: 1 / (rank + 6) ** _STEEP for rank, char in enumerate(ranked)})
        self._compound = sorted(COMPOUND)

    def name(self) -> str:
        """Any kind of name, most of them of the common kinds."""
        dice = self._chance.random()
        if dice < 0.88:
            return self.common()
        if dice < 0.92:
            return self.compound()
        if dice < 0.955:
            return self.minority()
        return self.japanese() if dice < 0.97 else self.foreign()

    def common(self) -> str:
        """Surname and one or two characters."""
        return self.surname() + self.given(1 if self._chance.random() < 0.24 else 2)

    def compound(self) -> str:
        """A surname of two characters and one or two more."""
        return self._chance.choice(self._compound) + self.given(self._chance.choice((1, 1, 2)))

    def minority(self) -> str:
        """Names of Uyghurs, Tibetans, Mongols and Yi, with and without a dot."""
        pick = self._chance.choice
        kind = self._chance.random()
        if kind < 0.5:
            return f"{pick(_TURKIC)}·{pick(_TURKIC)}"
        if kind < 0.7:
            return pick(_TIBETAN) + pick(("", "·")) + pick(_TIBETAN)
        if kind < 0.85:
            return pick(_MONGOL) + pick(("", "", "·")) + pick(_MONGOL)
        return pick(_YI) + pick(("", "·")) + pick(_YI)

    def japanese(self) -> str:
        """A Japanese name: whole, or the surname alone as newspapers write it later on."""
        pick = self._chance.choice
        return pick(_JAPANESE) + (pick(_JAPANESE_GIVEN) if self._chance.random() < 0.7 else "")

    def foreign(self) -> str:
        """A transliterated name: one part, or two and three with dots."""
        parts = self._chance.choice((1, 1, 2, 2, 3))
        return "·".join(self._foreign_part() for _ in range(parts))

    def surname_abroad(self) -> str:
        """One part of a foreigner's name, as newspapers write it after the first time."""
        return self._foreign_part() if self._chance.random() < 0.9 else self.japanese()

    def place_abroad(self) -> str:
        """No name: a place or an institution that is transliterated like one."""
        return self._foreign_part() + self._chance.choice(_TAILS_ABROAD)

    def latin(self) -> str:
        """A name in Latin letters, which are all alike to the network: only lengths matter."""
        begun = self._chance.choice("AAAa")
        parts = self._chance.choice((1, 1, 1, 2, 2, 3))
        lengths = (self._chance.randint(2, 8) for _ in range(parts))
        return self._chance.choice(("", " ")).join(begun + "a" * length for length in lengths)

    def _foreign_part(self) -> str:
        """One that is in use, or one put together from pairs of characters that are."""
        if self._chance.random() < 0.5:
            return self._chance.choice(self._foreign)
        for _ in range(20):
            part = ""
            while len(part) < 7 and (char := self._next(part)) != "$":
                part += char
            if 2 <= len(part) <= 6:
                return part
        return self._chance.choice(self._foreign)

    def _next(self, part: str) -> str:
        return self._chance.choice(self._follows[part[-1:] or "^"])

    def masked(self) -> str:
        """No name: one that is already masked."""
        return self.surname() + self._chance.choice(_MASKS)

    def surname(self) -> str:
        """One character."""
        return self._surnames.draw(self._chance)

    def given(self, length: int) -> str:
        """A given name of one or two characters; now and then any that occurs in one."""
        urns = (self._alone,) if length == 1 else (self._first, self._second)
        return "".join(
            self._chance.choice(urn.items)
            if self._chance.random() < 0.12
            else urn.draw(self._chance)
            for urn in urns
        )

    def like(self, name: str) -> str:
        """A name of the same kind as this one, to stand in its place."""
        if "·" in name:
            return self.foreign() if self._chance.random() < 0.7 else self.minority()
        if name[:1] not in SINGLE and name[:2] not in COMPOUND:
            dice = self._chance.random()
            if dice < 0.15:
                return self.japanese()
            return self._short() if len(name) == 2 and dice < 0.8 else self.foreign()
        return self.name() if len(name) > 1 else self.surname()

    def _short(self) -> str:
        """A transliterated name of two characters, which looks like a word."""
        return self._chance.choice(self._shortest)


class _Urn:
    """Weighted choice with the sums made once."""

    def __init__(self, weights: Counter[str] | dict[str, float]) -> None:
        self.items = sorted(weights)
        self._sums = list(accumulate(weights[item] for item in self.items))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self.items, cum_weights=self._sums)[0]
