"""Values of which no copy may stay anywhere in a file, and quick search for many of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screener.model.document import SEGMENT_BREAK, Document
from screener.redact.text import Edit, occurrences, squeeze

_WALL = "\uffff"  # no character: stands where no value may reach across
_FEW = 200  # values that are looked for one by one
_SHORTEST = 2
_SHORTEST_PLAIN = 6  # of letters and digits alone: shorter ones stand everywhere by chance


class Values:
    """Values (squeezed) with what is shown instead."""

    def __init__(self, shown: Mapping[str, str]) -> None:
        self._shown = dict(shown)
        self._lengths = sorted({len(value) for value in self._shown}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._shown)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown)

    def __getitem__(self, value: str) -> str:
        return self._shown[value]

    def with_more(self, shown: Mapping[str, str]) -> Values:
        """These and others."""
        return Values({**self._shown, **shown}) if shown else self

    def hits(self, text: str) -> Iterator[tuple[int, str]]:
        """Where values stand in a squeezed text, the longest first."""
        if len(self._shown) <= _FEW:
            for value in sorted(self._shown, key=len, reverse=True):
                yield from ((at, value) for at in occurrences(text, value))
            return
        for length in self._lengths:
            for at in range(len(text) - length + 1):
                if (found := text[at : at + length]) in self._shown:
                    yield at, found

    def stand_in(self, text: str) -> bool:
        """Whether a squeezed text holds any of them."""
        return any(True for _hit in self.hits(text))


def vanishing(document: Document, spans: Sequence[Edit]) -> Values:
    """Values that stand nowhere in the text but in spans.

    Of these no copy may stay. Short ones are left out: they could be anything.
    """
    shown: dict[str, str] = {}
    rest: list[str] = []
    last = 0
    for start, end, new in spans:
        value = squeeze(document.text[start:end])
        if len(value) >= (_SHORTEST_PLAIN if value.isascii() else _SHORTEST):
            shown.setdefault(value, new)
        rest += [document.text[last:start], _WALL]
        last = end
    rest.append(document.text[last:])
    kept = squeeze("".join(rest).replace(SEGMENT_BREAK, _WALL))
    stay = {value for _at, value in Values(shown).hits(kept)}
    return Values({value: new for value, new in shown.items() if value not in stay})
