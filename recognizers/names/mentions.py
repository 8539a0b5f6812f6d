"""One document's evidence carried to the other mentions of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

import numpy as np

from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.names.flow import Flow
from recognizers.names.words import is_masked, is_word

_SURE = 0.8
_TICK = 4096
_BMP = 0x10000
_FEW = 16


def _places(flow: Flow, pairs: Collection[str]) -> list[int]:
    """Where one of these pairs of characters may stand, and none is left out.

    Few are looked for one by one, many by their characters in one pass.
    """
    if len(pairs) <= _FEW:
        text = flow.text
        found: list[int] = []
        for pair in pairs:
            at = text.find(pair)
            while at >= 0:
                found.append(at)
                at = text.find(pair, at + 1)
        return sorted(found)
    first, second = np.zeros(_BMP, dtype=np.bool_), np.zeros(_BMP, dtype=np.bool_)
    first[[min(ord(pair[0]), _BMP - 1) for pair in pairs]] = True
    second[[min(ord(pair[1]), _BMP - 1) for pair in pairs]] = True
    codes = np.minimum(flow.codes, _BMP - 1)
    places: list[int] = (first[codes[:-1]] & second[codes[1:]]).nonzero()[0].tolist()
    return places


def propagate(
    flow: Flow, known: list[Candidate], tick: Callable[[], None]
) -> Iterator[tuple[int, int]]:
    """Other places of names that are sure somewhere. ``known`` are by start, not overlapping."""
    text = flow.text
    by_pair: dict[str, set[str]] = defaultdict(set)
    for name in known:
        word = text[name.start : name.end]
        if name.score >= _SURE and " " not in word and (len(word) > 2 or not is_word(word)):
            by_pair[word[:2]].add(word)
    if not by_pair:
        return
    longest = {pair: sorted(words, key=len, reverse=True) for pair, words in by_pair.items()}
    taken = iter((name.start, name.end) for name in known)
    begin, end = next(taken, (len(text), len(text)))
    done = 0
    for number, at in enumerate(_places(flow, by_pair)):
        if number % _TICK == 0:
            tick()
        while end <= at:
            begin, end = next(taken, (len(text), len(text)))
        if at < done:
            continue
        for word in longest.get(text[at : at + 2], ()):
            stop = at + len(word)
            if text.startswith(word, at) and stop <= begin and not _goes_on(text, at, stop):
                yield at, stop
                done = stop
                break


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the characters are part of something else here: a word, a place, a masked name."""
    if text[start].isascii():
        around = text[start - 1 : start] + text[end : end + 1]
        return any(char.isascii() and char.isalnum() for char in around)
    if is_masked("", text[end : end + 1]) or cues.part_of_place(text, end):
        return True
    return end - start == 2 and (is_word(text[start : end + 1]) or is_word(text[end - 1 : end + 1]))


def share_roles(text: str, names: list[Candidate]) -> None:
    """A mention whose surroundings do not tell takes the role that the same name has elsewhere."""
    seen: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.role != cues.UNKNOWN:
            seen[_key(text, name)].add(name.role)
    for name in names:
        roles = seen.get(_key(text, name))
        if name.role == cues.UNKNOWN and roles is not None and len(roles) == 1:
            name.role = next(iter(roles))
            name.support("propagated", 0.0)


def _key(text: str, name: Candidate) -> str:
    return text[name.start : name.end].replace(" ", "")
