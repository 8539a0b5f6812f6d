"""Persons in one text: the network's spans, the words beside them, tables, lists, mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from recognizers.layout import Layout
from recognizers.lexicon.surnames import common_words
from recognizers.names import cues
from recognizers.names.candidates import (
    Candidate,
    from_colons,
    from_dots,
    from_figures,
    from_honorifics,
    from_phrases,
    from_role_words,
    from_spaces,
)
from recognizers.names.columns import Tables
from recognizers.names.cues import Cue
from recognizers.names.flow import Flow
from recognizers.names.lists import expand, heading_role, share_headings
from recognizers.names.mentions import propagate, share_roles
from recognizers.names.model import SURE, NameModel
from recognizers.names.rows import names_in_rows
from recognizers.names.shapes import acceptable, hyphened, in_title, trimmed
from recognizers.names.words import (
    is_county,
    is_dotted,
    is_han,
    is_only_a_word,
    is_word,
    minority_parts,
    surname_length,
)
from recognizers.view import View

_BATCH = 1024  # windows handed to the network at once
_COUNTY_NEEDS = 0.97  # … for one that a county is called
_ODD_NEEDS = 0.9  # … for one that only a word should be, or that ends inside a word
_WORD_NEEDS = 0.8  # the network's score for a name that is also a word, when nothing else speaks
_END_COUNTS = 0.45  # how much a clear end weighs against the score of an overlapping name
_ROLE_CODES = ("role_word", "contact", "legal_representative", "name_label")
_FIGURE = Cue("", "figure", cues.OFFICIAL, "public_figure", 0.9)
_DOTTED_KNOWN = 0.8  # what dots between parts of minorities' names count for
_DOTTED = 0.3  # what dots between Han count for: places and book titles have them too
_USUAL_END = 0.6  # a word that often follows a name stands behind
_TITLES = ("长", "书记", "主任", "主席", "经理", "总监")
_PARTICLES = frozenset("都和于时那是全同来从能向当应所经多对将容曾会国童商干儿何方成")
"""Surnames that are particles or parts of common words too: 学生都喊着, 院长和大家."""
_PLACE_ENDS = frozenset("村路街")
_LINKS = frozenset("和于与及同向")
_SPACED = 0.5  # what a name of two characters set apart counts for
_STRANGE_NEEDS = 0.6  # … for a name that begins with no surname


@dataclass(frozen=True, slots=True)
class Person:
    """``view.text[start:end]`` names a person; see ``recognizers.match.Match`` for the rest."""

    start: int
    end: int
    score: float
    role: str
    evidence: tuple[str, ...]


def _never() -> None:
    """A clock that never runs out."""


class NameFinder:
    """Finds persons in a view. ``tick`` is called in long loops and may raise to stop."""

    def __init__(self, model: NameModel) -> None:
        self._model = model

    def find(self, view: View, layout: Layout, tick: Callable[[], None] = _never) -> list[Person]:
        """All persons of one text, by start, not overlapping, in view coordinates."""
        flow = Flow(view)
        tables = None
        if any(layout.cell(index) is not None for index in range(len(layout.starts))):
            tables = Tables(view, flow, layout, tick)
        names = self._candidates(flow, tables, tick)
        names = _resolved(flow.text, names)
        names = _without_overlaps(flow.text, [*names, *expand(flow.text, names)])
        tick()
        mentions = []
        for start, end in propagate(flow, names, tick):
            mention = Candidate(start, end)
            mention.support("propagated", 0.7)
            _look_around(flow.text, mention)
            mentions.append(mention)
        names = _without_overlaps(flow.text, [*names, *mentions])
        for name in names:
            if name.cue is not None and name.cue.section == "contact" and name.role == cues.UNKNOWN:
                name.role = cues.contact_role(flow.text, name.start, name.end)
        share_headings(flow.text, names)
        share_roles(flow.text, names)
        return [_person(flow, name) for name in names]

    def _candidates(
        self, flow: Flow, tables: Tables | None, tick: Callable[[], None]
    ) -> list[Candidate]:
        found: dict[tuple[int, int], Candidate] = {}

        def propose(start: int, end: int, cue: Cue | None) -> None:
            name = found.setdefault((start, end), Candidate(start, end))
            if cue is not None and cue.code not in name.codes:
                name.take(cue)

        for start, end, cue in _proposals(flow, tables, tick):
            propose(start, end, cue)
        for start, end in from_dots(flow):
            propose(start, end, None)
            known = minority_parts().issuperset(flow.text[start:end].split("·"))
            found[start, end].support("dotted", _DOTTED_KNOWN if known else _DOTTED)
        for start, end in from_spaces(flow):
            propose(start, end, None)
            found[start, end].support("spaced", _SPACED)
        for start, end, score in self._spans(flow, tick):
            if (
                tables is not None
                and tables.vetoes(start)
                and cues.before(flow.text, start) is None
            ):
                continue
            name = found.setdefault((start, end), Candidate(start, end))
            name.model = max(name.model, score)
        for name in found.values():
            _look_around(flow.text, name)
        return [name for name in found.values() if acceptable(flow.text, name.start, name.end)]

    def _spans(self, flow: Flow, tick: Callable[[], None]) -> Iterable[tuple[int, int, float]]:
        windows = flow.windows()
        for first in range(0, len(windows), _BATCH):
            tick()
            batch = windows[first : first + _BATCH]
            texts = [flow.text[start:end] for start, end in batch]
            for (base, _), piece, spans in zip(batch, texts, self._model.find(texts), strict=True):
                for head, tail in hyphened(piece, spans):
                    start, end = trimmed(flow.text, base + head.start, base + tail.end)
                    if end - start >= 2:
                        yield start, end, min(head.score, tail.score)


def _proposals(
    flow: Flow, tables: Tables | None, tick: Callable[[], None]
) -> Iterator[tuple[int, int, Cue | None]]:
    """Names that may be, by what stands beside or over them."""
    if tables is not None:
        for cell in tables.cells():
            yield cell.start, cell.end, cell.cue
    yield from from_colons(flow)
    yield from from_role_words(flow, tick)
    for cell in names_in_rows(flow.text, tick):
        yield cell.start, cell.end, cell.cue
    for start, end in from_honorifics(flow):
        yield start, end, None
    yield from from_phrases(flow)
    for start, end in from_figures(flow):
        yield start, end, _FIGURE


def _look_around(text: str, name: Candidate) -> None:
    """Take the words before and behind into account."""
    for cue in (cues.before(text, name.start), cues.after(text, name.start, name.end)):
        if cue is not None and cue.code not in name.codes:
            name.take(cue)


def _resolved(text: str, names: list[Candidate]) -> list[Candidate]:
    """Those that are believed, without overlaps, by start."""
    return _without_overlaps(text, [name for name in names if _believed(text, name)])


def _believed(text: str, name: Candidate) -> bool:
    if name.score < SURE:
        return False
    tight = name.cue is not None and name.cue.tight
    shortest = 2 if tight else 1
    if cues.part_of_place(text, name.end, shortest) or cues.part_of_firm(text, name.end):
        return False
    word = text[name.start : name.end].replace(" ", "")
    if _only_a_role_word(name) and name.model < _WORD_NEEDS:
        return _fits_a_role_word(text, name, word)
    if name.weight > 0.0:
        return True
    if name.model < _needed(text, name, word) or (len(word) > 2 and word[-1] in _PLACE_ENDS):
        return False
    return not in_title(text, name.start, name.end)


def _needed(text: str, name: Candidate, word: str) -> float:
    """The score that the network alone has to give."""
    if is_county(word):
        return _COUNTY_NEEDS
    if is_only_a_word(word) or _tears_words(text, name.start, name.end):
        return _ODD_NEEDS
    if is_word(word):
        return _WORD_NEEDS
    return SURE if surname_length(word) or is_dotted(word) else _STRANGE_NEEDS


def _fits_a_role_word(text: str, name: Candidate, word: str) -> bool:
    """Whether a name that a role word and at most a doubtful network speak for is believed."""
    if name.model == 0.0:
        linked = word[0] in _LINKS and is_han(text[name.start - 1])  # 低保对象和孤儿
        return not linked and _stands_clear(text, name, word)
    begins_as_word = surname_length(word) == 1 and is_only_a_word(word[:2])
    odd = begins_as_word or _tears_words(text, name.start, name.end)
    return not odd or cues.border(text, name.end) == 1.0  # 群众知晓惠民政策


def _tears_words(text: str, start: int, end: int) -> bool:
    """惠及群|众: whether the name would end or begin inside a very common word."""
    return (
        text[end - 1 : end + 1] in common_words() or text[start - 1 : start + 1] in common_words()
    )


def _stands_clear(text: str, name: Candidate, word: str) -> bool:
    """Whether what follows a role word must be a name: no other word, with a clear end."""
    apart, end = not is_han(text[name.start - 1]), cues.border(text, name.end)
    if apart and end == 1.0:
        return not is_only_a_word(word)
    if is_word(word):  # 县长高平主持: a word or a place elsewhere, hardly here
        return end == _USUAL_END and word not in common_words() and _is_title(name)
    if surname_length(word) == 1 and is_only_a_word(word[:2]):
        return False
    if word[0] in _PARTICLES and (end < 1.0 or len(word) < 3 or word[1:] in common_words()):
        return False  # 学生都喊着, 院长曾表示
    if name.cue is not None and name.cue.section == "label":
        return apart  # 姓名索引: nothing stands between the label and what follows
    return end >= _USUAL_END


def _is_title(name: Candidate) -> bool:
    """Whether the role word is the title of an office that one person holds."""
    cue = name.cue
    return cue is not None and cue.section == "official" and cue.word.endswith(_TITLES)


def _only_a_role_word(name: Candidate) -> bool:
    """Whether nothing but one role word, without a colon, speaks for it."""
    return (
        len(name.codes) == 1
        and name.cue is not None
        and not name.cue.tight
        and (name.codes[0].partition(":")[0] in ("role_word", "contact", "legal_representative"))
    )


def _without_overlaps(text: str, names: list[Candidate]) -> list[Candidate]:
    """The better of any two that overlap: the higher score and the clearer end, then the longer."""
    kept: list[Candidate] = []
    group: list[Candidate] = []
    end = 0
    for name in sorted(names, key=lambda name: name.start):
        if name.start >= end:
            kept += _best(text, group)
            group = []
        group.append(name)
        end = max(end, name.end)
    return kept + _best(text, group)


def _best(text: str, group: list[Candidate]) -> list[Candidate]:
    """Of names that overlap in a chain: the best, and what the better ones leave room for."""
    if len(group) < 2:
        return group
    kept: list[Candidate] = []
    starts: list[int] = []

    def rank(name: Candidate) -> tuple[float, int, int]:
        likely = name.score + _END_COUNTS * cues.border(text, name.end)
        return -round(likely, 2), name.start - name.end, name.start

    for name in sorted(group, key=rank):
        at = bisect_right(starts, name.start)
        if at > 0 and kept[at - 1].end > name.start:
            continue
        if at < len(kept) and kept[at].start < name.end:
            continue
        kept.insert(at, name)
        starts.insert(at, name.start)
    return kept


def _person(flow: Flow, name: Candidate) -> Person:
    start, end = flow.view_span(name.start, name.end)
    role = name.role
    if role == cues.UNKNOWN and name.cue is not None and name.cue.section == "honorific":
        role = heading_role(flow.text, name.start) if name.cue.word == "同志" else role
    codes = list(name.codes)
    if name.model >= SURE or not codes:
        codes.append("model")
    return Person(start, end, round(min(name.score, 0.99), 2), role, tuple(codes))
