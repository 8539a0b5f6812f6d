"""The recognizer of an office's rule: words, patterns and columns, without what is excluded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from recognizers import words as edges
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import RULE_SECONDS, ChineseRecognizer, Hit
from recognizers.office.pack import OfficeInfo, OfficeRule
from recognizers.office.shapes import Shape
from recognizers.office.texts import covered, folded, joined
from recognizers.papers import columns
from recognizers.patterns import late
from recognizers.trace import look, objection

WIDTH = 24
"""How far from a find the words that ask for it or silence it may stand, in characters."""

_SENTENCE = late("[。！？\n\x1e]")
_NOTHING = frozenset(("", "无", "暂无", "空", "没有", "略", "不详", "否"))
"""What people write into a cell that has no value."""
_WIDEST = 200
"""The longest value of a column with a shape, in characters."""
_GLUE = late(r"[号码 ]{0,3}(?:[(][^()\n]{0,12}[)])?[ ]?[:=为是][ ]?")
"""What stands between a label and its value in running text."""
_LABEL_ENDS = late(r"[号码 :]{0,4}")
_SURE, _HEADED = 0.95, 0.9


class OfficeRecognizer(ChineseRecognizer):
    """One rule of a pack."""

    def __init__(self, info: OfficeInfo, seconds: float = RULE_SECONDS) -> None:
        self._office = info
        self._shapes = [Shape(pattern) for pattern in info.rule.patterns]
        self._values = Shape(info.rule.values) if info.rule.values is not None else None
        super().__init__(info, seconds)

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Everything the rule looks for; hits that overlap are one."""
        sight = _Sight(artifacts, self._office)
        found = [
            *self._terms(sight),
            *self._patterns(sight),
            *self._columns(sight),
            *self._labelled(sight),
        ]
        yield from _apart(found)

    def _terms(self, sight: _Sight) -> Iterator[Hit]:
        rule, text = self._office.rule, sight.text
        for term in rule.terms:
            for start in sight.places.get(term, ()):
                sight.artifacts.check_clock()
                end = start + len(term)
                first, last = text.to_view(start, end)
                if self._cut_from_a_word(text.text, start, end) or text.torn(start, end):
                    look(first, last)
                    objection("cut_from_a_word")
                else:
                    yield from sight.kept(first, last, "office_term")

    def _cut_from_a_word(self, text: str, start: int, end: int) -> bool:
        """Whether letters or digits go on, or a word of the dictionary crosses an edge."""
        if _goes_on(text[start - 1 : start + 1]) or _goes_on(text[end - 1 : end + 1]):
            return True
        whole = self._office.rule.whole_words
        return whole and edges.straddled(text, start, end, self._office.dictionary)

    def _patterns(self, sight: _Sight) -> Iterator[Hit]:
        artifacts = sight.artifacts
        for shape in self._shapes:
            for start, end in shape.find(artifacts.view.text, artifacts.check_clock):
                yield from sight.kept(start, end, "office_pattern")

    def _columns(self, sight: _Sight) -> Iterator[Hit]:
        """The values under headers with a word of ``columns``."""
        words = self._office.rule.columns
        if not words:
            return
        for header, cells in columns(sight.artifacts).items():
            plain = _close(folded(header))
            word = next((word for word in words if _close(word) in plain), None)
            for cell in cells if word is not None else ():
                sight.artifacts.check_clock()
                span = self._value(sight.artifacts, *sight.artifacts.stretch(cell))
                if span is not None and not sight.excluded(*span):
                    yield Hit(*span, _HEADED, (f"column_header:{word}",))

    def _labelled(self, sight: _Sight) -> Iterator[Hit]:
        """Values of a known shape behind the same words in running text and in forms."""
        if self._values is None:
            return
        artifacts = sight.artifacts
        for word in self._office.rule.columns:
            for place in sight.places.get(word, ()):
                artifacts.check_clock()
                _, end = sight.text.to_view(place, place + len(word))
                span = self._behind(artifacts, end) or self._beside(artifacts, end)
                if span is not None and not sight.excluded(*span):
                    yield Hit(*span, _HEADED, (f"context_word:{word}",))

    def _behind(self, artifacts: ChineseArtifacts, end: int) -> tuple[int, int] | None:
        window = artifacts.after(end, _WIDEST)
        glue = _GLUE.match(window)
        if glue is None or self._values is None:
            return None
        length = self._values.begins(window[glue.end() :])
        return (end + glue.end(), end + glue.end() + length) if length else None

    def _beside(self, artifacts: ChineseArtifacts, end: int) -> tuple[int, int] | None:
        """The value that fills the next filled cell of the row, when the word ends its own."""
        rest = artifacts.after(end, len("号码：") + 2)
        if not _LABEL_ENDS.fullmatch(rest.strip()):
            return None
        for start, last in artifacts.row_cells(end - 1):
            if start >= end and artifacts.view.text[start:last].strip():
                return self._value(artifacts, start, last)
        return None

    def _value(self, artifacts: ChineseArtifacts, start: int, end: int) -> tuple[int, int] | None:
        """A cell's text without the blanks around it, when it is a value."""
        value = artifacts.view.text[start:end]
        start += len(value) - len(value.lstrip())
        value = value.strip()
        if value in _NOTHING or not any(map(str.isalnum, value)):
            return None
        if self._values is not None:
            fits = len(value) <= _WIDEST and self._values.fills("".join(value.split()))
            if not fits:
                return None
        return start, start + len(value)


class _Sight:
    """One text as one rule looks at it: the joined text and the places of the pack's words."""

    def __init__(self, artifacts: ChineseArtifacts, info: OfficeInfo) -> None:
        self.artifacts = artifacts
        self._words = info.words
        self._rule: OfficeRule = info.rule
        self.text = joined(artifacts)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word of the pack begins (joined coordinates)."""
        return self.text.places(self._words)

    def kept(self, start: int, end: int, code: str) -> Iterator[Hit]:
        """The hit, unless it is excluded or the word that must stand near is not there."""
        look(start, end)
        said = self._word_near(start, end)
        if said is None:
            objection("word_missing")
        elif not self.excluded(start, end):
            yield Hit(start, end, _SURE, (code, *said))

    def excluded(self, start: int, end: int) -> bool:
        """Whether a longer word holds it, or a word beside it silences it."""
        if self._silenced(start, end):
            objection("excluded")
            return True
        return False

    def _silenced(self, start: int, end: int) -> bool:
        exclusions = self._rule.exclusions
        if exclusions.words:
            first, last = self.text.from_view(start, end)
            for word in exclusions.words:
                if word in self.places and covered(self.places[word], len(word), first, last):
                    return True
        if exclusions.near:
            around = self._around(start, end)
            return any(word in around for word in exclusions.near)
        return False

    def _word_near(self, start: int, end: int) -> tuple[str, ...] | None:
        """The word of ``near`` as evidence; nothing when none is asked for; None when none is."""
        if not self._rule.near:
            return ()
        header = _close(folded(self.artifacts.header(start) or ""))
        context = self._around(start, end) + "\x1e" + folded(self.artifacts.left_cell(start))
        for word in self._rule.near:
            if word in context:
                return (f"context_word:{word}",)
            if _close(word) in header:
                return (f"column_header:{word}",)
        return None

    def _around(self, start: int, end: int) -> str:
        """The joined text of the same sentence around a stretch of the view, without it."""
        text = self.text.text
        first, last = self.text.from_view(start, end)
        before = _SENTENCE.split(text[max(0, first - WIDTH) : first])[-1]
        after = _SENTENCE.split(text[last : last + WIDTH])[0]
        return before + "\x1e" + after


def _close(word: str) -> str:
    """Without blanks, as headers are."""
    return "".join(word.split())


def _goes_on(pair: str) -> bool:
    """Whether both characters are letters, or both are digits (ASCII)."""
    if len(pair) < 2 or not pair.isascii():
        return False
    return pair.isalpha() or pair.isdigit()


def _apart(found: Iterable[Hit]) -> Iterator[Hit]:
    """Hits that overlap as one, so that nothing of what was found stays when it is taken out."""
    last: Hit | None = None
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end, hit.evidence)):
        if last is None or hit.start >= last.end:
            if last is not None:
                yield last
            last = hit
        elif hit.end > last.end:
            evidence = tuple(dict.fromkeys((*last.evidence, *hit.evidence)))
            last = Hit(last.start, hit.end, max(last.score, hit.score), evidence)
    if last is not None:
        yield last
