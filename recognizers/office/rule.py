"""The recognizer of an office's rule: words, patterns and columns, without what is excluded."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers import words as edges
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import RULE_SECONDS, ChineseRecognizer, Hit
from recognizers.office.pack import OfficeInfo
from recognizers.office.shapes import Shape
from recognizers.office.texts import Joined, covered, folded, joined
from recognizers.papers import columns
from recognizers.patterns import late

WIDTH = 24
"""How far from a find the words that ask for it or silence it may stand, in characters."""

_SENTENCE = late("[。！？\n\x1e]")
_NOTHING = frozenset(("", "无", "暂无", "空", "没有", "略", "不详", "否"))
"""What people write into a cell that has no value."""
_WIDEST_CELL = 200


class OfficeRecognizer(ChineseRecognizer):
    """One rule of a pack."""

    def __init__(self, info: OfficeInfo, seconds: float = RULE_SECONDS) -> None:
        self._rule = info.rule
        self._words = info.words
        self._dictionary = info.dictionary
        self._shapes = [Shape(pattern) for pattern in info.rule.patterns]
        self._values = Shape(info.rule.values) if info.rule.values is not None else None
        super().__init__(info, seconds)

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Everything the rule looks for, each stretch once, the longest where two overlap."""
        found = [*self._terms(artifacts), *self._patterns(artifacts), *self._columns(artifacts)]
        done = -1
        for hit in sorted(found, key=lambda hit: (hit.start, -hit.end, hit.evidence)):
            if hit.start >= done:
                done = hit.end
                yield hit

    def _terms(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        rule = self._rule
        if not rule.terms:
            return
        text = joined(artifacts)
        places = text.places(self._words)
        for term in rule.terms:
            for start in places.get(term, ()):
                artifacts.check_clock()
                end = start + len(term)
                if self._cut_from_a_word(text, start, end) or text.torn(start, end):
                    continue
                yield from self._kept(artifacts, text, *text.to_view(start, end), "office_term")

    def _cut_from_a_word(self, text: Joined, start: int, end: int) -> bool:
        """Whether letters or digits go on, or a word of the dictionary crosses an edge."""
        whole = text.text
        if _goes_on(whole[start - 1 : start + 1]) or _goes_on(whole[end - 1 : end + 1]):
            return True
        return self._rule.whole_words and edges.straddled(whole, start, end, self._dictionary)

    def _patterns(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        for shape in self._shapes:
            for start, end in shape.find(artifacts.view.text, artifacts.check_clock):
                yield from self._kept(artifacts, joined(artifacts), start, end, "office_pattern")

    def _kept(
        self, artifacts: ChineseArtifacts, text: Joined, start: int, end: int, code: str
    ) -> Iterator[Hit]:
        """The hit, unless it is excluded or the word that must stand near is not there."""
        said = self._word_near(artifacts, text, start, end)
        if said is not None and not self._excluded(artifacts, text, start, end):
            yield Hit(start, end, 0.95, (code, *said))

    def _columns(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        if not self._rule.columns:
            return
        for header, cells in columns(artifacts).items():
            plain = folded(header)
            word = next((word for word in self._rule.columns if word in plain), None)
            if word is None:
                continue
            for cell in cells:
                artifacts.check_clock()
                span = self._value(artifacts, cell)
                if span is not None and not self._excluded(artifacts, joined(artifacts), *span):
                    yield Hit(*span, 0.9, (f"column_header:{word}",))

    def _value(self, artifacts: ChineseArtifacts, cell: int) -> tuple[int, int] | None:
        """The cell's text without the blanks around it, when it is a value."""
        start, end = artifacts.stretch(cell)
        text = artifacts.view.text
        value = text[start:end]
        start += len(value) - len(value.lstrip())
        value = value.strip()
        if value in _NOTHING or not any(map(str.isalnum, value)):
            return None
        if self._values is not None:
            fits = len(value) <= _WIDEST_CELL and self._values.fills("".join(value.split()))
            if not fits:
                return None
        return start, start + len(value)

    def _word_near(
        self, artifacts: ChineseArtifacts, text: Joined, start: int, end: int
    ) -> tuple[str, ...] | None:
        """The word of ``near`` as evidence; nothing when none is asked for; None when none is."""
        if not self._rule.near:
            return ()
        around = _around(text, start, end)
        for word in self._rule.near:
            if word in around:
                return (f"context_word:{word}",)
        header = folded(artifacts.header(start) or "")
        left = folded(artifacts.left_cell(start))
        for word in self._rule.near:
            if word in header:
                return (f"column_header:{word}",)
            if word in left:
                return (f"context_word:{word}",)
        return None

    def _excluded(self, artifacts: ChineseArtifacts, text: Joined, start: int, end: int) -> bool:
        exclusions = self._rule.exclusions
        if exclusions.words:
            places = text.places(self._words)
            first, last = text.from_view(start, end)
            for word in exclusions.words:
                if word in places and covered(places[word], len(word), first, last):
                    return True
        if exclusions.near:
            around = _around(text, start, end)
            return any(word in around for word in exclusions.near)
        return False


def _goes_on(pair: str) -> bool:
    """Whether both characters are letters, or both are digits (ASCII)."""
    if len(pair) < 2 or not pair.isascii():
        return False
    return pair.isalpha() or pair.isdigit()


def _around(text: Joined, start: int, end: int) -> str:
    """The joined text of the same sentence around a stretch of the view, without the stretch."""
    first, last = text.from_view(start, end)
    before = _SENTENCE.split(text.text[max(0, first - WIDTH) : first])[-1]
    after = _SENTENCE.split(text.text[last : last + WIDTH])[0]
    return before + "\x1e" + after
