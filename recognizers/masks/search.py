"""Masked numbers: where digits and the signs that hide digits stand together.

Offices hide digits behind stars, crosses, circles, boxes, dots, dashes, letters and 某, with blanks
between or none, and often draw more or fewer of them than they hide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.masks.counts import ANY
from recognizers.patterns import late

MASK = "*×●○■□◯#✱✕✖✗✘╳﹡∗⁎⬛⬜◼◻◾◽⚫⚪▢☐▪▫█▇"
"""Signs that stand for a hidden character, as a view writes them."""
_LOOSE = "_?~^★☆△▲◆◇※…⋯"
"""Signs that hide where two and more stand in a row; alone they are bullets, blanks, ranges."""
_RUNS = "-.·"
"""Signs that hide where three and more stand in a row; fewer join groups."""
_BETWEEN = "某"
"""Hides only behind digits: 张某138… is a name and a number."""
_DRAWN = late(
    rf"(?P<run>[{re.escape(_RUNS)}]{{3,}})|(?P<han>(?<=[0-9]){_BETWEEN}{{1,12}}(?:(?=[0-9])|(?![一-鿿])))"
    rf"|(?P<exes>(?<=[0-9*])[xX]{{2,}}|(?<=[0-9*])[xX](?=[0-9*]))|[{re.escape(MASK)}]"
    rf"|[{re.escape(_LOOSE)}]{{2,}}|(?<=[0-9])[…⋯](?=[0-9])"
)
_PARTED = late(rf"[ \n{re.escape(_RUNS + _LOOSE)}]+")
_MOST_PARTS = 19
_JOINTS = (" ", "-")
_FEWEST = 4  # characters of a text that holds a masked number
_SHORTEST = 2
"""What a group of digits and signs has at least, unless each stands alone."""


class Masked(NamedTuple):
    """``text[start:end]`` of the view; ``shown`` has ``*`` for hidden characters, no separators."""

    start: int
    end: int
    shown: str

    @property
    def hidden(self) -> int:
        """How many characters are hidden, as far as they were drawn."""
        return self.shown.count(ANY)

    @property
    def visible(self) -> int:
        """How many characters are shown."""
        return len(self.shown) - self.shown.count(ANY)

    def stretched(self, size: int) -> str | None:
        """What is shown of ``size`` characters when the signs were not counted; None if unclear."""
        head, sign, tail = self.shown.partition(ANY)
        rest = tail.lstrip(ANY)
        if not sign or ANY in rest or self.visible >= size:
            return None
        return head + ANY * (size - self.visible) + rest


def masked(artifacts: ChineseArtifacts, sizes: Collection[int]) -> Iterator[Masked]:
    """Masked numbers by start: those drawn with one of these sizes, else each group as it stands.

    One number never begins or ends inside a group, and hides and shows at least one character.
    """
    for group in _groups(artifacts):
        yield from _numbers(artifacts.view.text, group, sizes)


def _groups(artifacts: ChineseArtifacts) -> list[tuple[Masked, ...]]:
    """The stretches of digits and signs with a sign in them, parted at their separators."""
    kept = artifacts.shared.get("masked")
    if isinstance(kept, list):
        return kept
    found: list[tuple[Masked, ...]] = []
    done = 0
    for count, place in enumerate(_places(artifacts)):
        if place < done:
            continue
        if count % 256 == 0:
            artifacts.check_clock()
        start, end = _stretch(artifacts.view.text, place, done)
        done = end
        parts = _parts(artifacts.view.text, start, end)
        if parts:
            found.append(parts)
    artifacts.shared["masked"] = found
    return found


_SIGNS = re.escape(MASK + _LOOSE + _BETWEEN + "xX")
_BESIDE = re.escape("0123456789 \n" + MASK + _LOOSE + _RUNS + _BETWEEN + "xX")
_SIGN = late(rf"(?s)[{_SIGNS}](?:(?<=[{_BESIDE}].)|(?=[{_BESIDE}]|\Z))")
"""A sign that hides, right behind or before what a number may hold."""


def _places(artifacts: ChineseArtifacts) -> list[int]:
    """Where such signs stand; of dots and dashes, which join far more often, three in a row."""
    text = artifacts.view.text
    if len(text) < _FEWEST:
        return []
    places = {sign.start() for sign in _SIGN.finditer(text, 1)}
    for sign in _RUNS:
        places.update(artifacts.scan.places(sign * 3))
    return sorted(places)


_HELD = frozenset("0123456789xX \n" + MASK + _LOOSE + _RUNS + _BETWEEN)


def _stretch(text: str, place: int, done: int) -> tuple[int, int]:
    start, end = place, place
    while start > done and text[start - 1] in _HELD:
        start -= 1
    while end < len(text) and text[end] in _HELD:
        end += 1
    return start, max(end, place + 1)


def _plain(match: re.Match[str]) -> str:
    """A sign for each hidden character."""
    return ANY * len(match.group())


def _parts(text: str, start: int, end: int) -> tuple[Masked, ...]:
    """The groups of one stretch, without what cannot belong to a number."""
    drawn = _DRAWN.sub(_plain, text[start:end])
    parts: list[Masked] = []
    place = 0
    for gap in (*_PARTED.finditer(drawn), None):
        stop = gap.start() if gap else len(drawn)
        piece = drawn[place:stop]
        kept = piece.strip(_BETWEEN)
        if kept:
            begin = start + place + piece.index(kept)
            parts.append(Masked(begin, begin + len(kept), kept))
        place = gap.end() if gap else stop
    if parts and _goes_on(text, parts[0].start - 1):
        parts = parts[1:]
    if parts and _goes_on(text, parts[-1].end):
        parts = parts[:-1]
    shown = "".join(part.shown for part in parts)
    hides = ANY in shown and any(map(str.isdigit, shown))
    return tuple(parts) if hides else ()


def _goes_on(text: str, place: int) -> bool:
    """Whether a letter or a digit stands there: what touches it is a piece of a longer code."""
    neighbour = text[place : place + 1] if place >= 0 else ""
    return neighbour.isascii() and neighbour.isalnum()


def _numbers(text: str, parts: tuple[Masked, ...], sizes: Collection[int]) -> Iterator[Masked]:
    longest = max(sizes)
    first = 0
    while first < len(parts):
        if first and len(parts[first].shown) == len(parts[first - 1].shown) == 1:
            first += 1  # inside a row of single signs no number begins
            continue
        found = _joined(text, parts, first, sizes, longest)
        if found is None and _hides(parts[first]):
            found = parts[first], first + 1
        if found is None:
            first += 1
            continue
        number, first = found
        yield number


def _joined(
    text: str, parts: tuple[Masked, ...], first: int, sizes: Collection[int], longest: int
) -> tuple[Masked, int] | None:
    """The number of one of the sizes that begins with this group, and the group behind it.

    A number is written in few groups of two and more with one kind of joint, or sign by sign.
    """
    shown, joint = "", ""
    spelled, short = True, False
    for last in range(first, min(len(parts), first + _MOST_PARTS)):
        group = parts[last].shown
        gap = text[parts[last - 1].end : parts[last].start] if last > first else "\n"
        if gap != "\n" and (gap not in _JOINTS or joint not in ("", gap)):
            return None
        joint = joint if gap == "\n" else gap
        spelled = spelled and len(group) == 1
        shown += group
        if len(shown) > longest or (short and not spelled):
            return None
        goes_on = spelled and last + 1 < len(parts) and len(parts[last + 1].shown) == 1
        number = Masked(parts[first].start, parts[last].end, shown)
        if len(shown) in sizes and not goes_on and _hides(number):
            return number, last + 1
        short = short or (len(group) < _SHORTEST and group != ANY)
    return None


def _hides(number: Masked) -> bool:
    return ANY in number.shown and any(map(str.isdigit, number.shown))
