"""Persons in one text: the network's spans, the words beside them, tables, lists, mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from recognizers.layout import Layout
from recognizers.names import cues
from recognizers.names.bare import bare_surnames, from_spans
from recognizers.names.belief import believed
from recognizers.names.borders import hyphened, parted, trimmed
from recognizers.names.candidates import (
    Candidate,
    from_colons,
    from_dots,
    from_figures,
    from_honorifics,
    from_parts,
    from_phrases,
    from_role_words,
    from_spaces,
)
from recognizers.names.columns import Tables
from recognizers.names.cues import Cue
from recognizers.names.flow import Flow
from recognizers.names.latin import bracketed, from_letters, looks_latin
from recognizers.names.lists import expand, heading_role, share_headings
from recognizers.names.mentions import propagate, share_roles
from recognizers.names.model import SURE, NameModel
from recognizers.names.openings import from_openings
from recognizers.names.rows import names_in_rows
from recognizers.names.shapes import acceptable
from recognizers.names.telling import tell
from recognizers.names.words import minority_parts
from recognizers.view import View

_BATCH = 1024  # windows handed to the network at once
_END_COUNTS = 0.45  # how much a clear end weighs against the score of an overlapping name
_BRACKETED = 0.8  # what a foreigner's own name in brackets counts for
_CLEARLY_SEEN = 0.75  # the network's score for a name that no rule makes longer: 王娴|以684环
_NO_END = 0.5  # what a single character that may follow a name counts for, and less
_FIGURE = Cue("", "figure", cues.OFFICIAL, "public_figure", 0.9)
_DOTTED_KNOWN = 0.8  # what dots between parts of minorities' names count for
_DOTTED = 0.3  # what dots between Han count for: places and book titles have them too
_KNOWN_PARTS = 0.85  # … for such parts without dots: 才让多杰
_SPACED = 0.5  # what a name of two characters set apart counts for


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
        proposed, bare = self._candidates(flow, tables, tick)
        candidates = [name for name in proposed if acceptable(flow.text, name.start, name.end)]
        names = _resolved(flow.text, candidates)
        names = _without_overlaps(flow.text, [*names, *expand(flow.text, names)])
        tick()
        mentions = []
        for start, end in propagate(flow, names, tick):
            mention = Candidate(start, end)
            mention.support("propagated", 0.7)
            _look_around(flow.text, mention)
            mentions.append(mention)
        names = _without_overlaps(flow.text, [*names, *mentions])
        names = _without_overlaps(flow.text, [*names, *_own_names(flow.text, names)])
        for name in names:
            if name.cue is not None and name.cue.section == "contact" and name.role == cues.UNKNOWN:
                name.role = cues.contact_role(flow.text, name.start, name.end)
        share_headings(flow.text, names)
        share_roles(flow.text, names)
        names += bare_surnames(flow.text, bare, names)
        names.sort(key=lambda name: name.start)
        tell(flow, proposed, candidates, names)
        return [_person(flow, name) for name in names]

    def _candidates(
        self, flow: Flow, tables: Tables | None, tick: Callable[[], None]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Whatever may be a name, and what may be no more than a surname."""
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
        for start, end in from_parts(flow):
            propose(start, end, None)
            found[start, end].support("known_parts", _KNOWN_PARTS)
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
        bare = [name for name in from_spans(flow.text, found.values()) if name.model > 0]
        for name in found.values():
            _look_around(flow.text, name)
        return [*found.values()], bare

    def _spans(self, flow: Flow, tick: Callable[[], None]) -> Iterable[tuple[int, int, float]]:
        windows = flow.windows()
        for first in range(0, len(windows), _BATCH):
            tick()
            batch = windows[first : first + _BATCH]
            texts = [flow.text[start:end] for start, end in batch]
            for (base, _), piece, spans in zip(batch, texts, self._model.find(texts), strict=True):
                for head, tail in hyphened(piece, spans):
                    for low, high in parted(flow.text, base + head.start, base + tail.end):
                        if looks_latin(flow.text[low:high]):
                            yield low, high, min(head.score, tail.score)
                            continue
                        start, end = trimmed(flow.text, low, high)
                        if end > start:
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
    yield from from_openings(flow)
    yield from from_letters(flow.text)
    for start, end in from_figures(flow):
        yield start, end, _FIGURE


def _look_around(text: str, name: Candidate) -> None:
    """Take the words before and behind into account."""
    for cue in (cues.before(text, name.start), cues.after(text, name.start, name.end)):
        if cue is not None and cue.code not in name.codes:
            name.take(cue)


def _own_names(text: str, names: list[Candidate]) -> Iterator[Candidate]:
    """Of foreigners, in brackets behind their names."""
    for name in names:
        span = bracketed(text, name.start, name.end)
        if span is not None:
            own = Candidate(*span, role=name.role)
            own.support("own_letters", _BRACKETED)
            yield own


def _resolved(text: str, names: list[Candidate]) -> list[Candidate]:
    """Those that are believed, without overlaps, by start."""
    return _without_overlaps(text, [name for name in names if believed(text, name)])


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
    seen = {name.start: name.end for name in group if name.model >= _CLEARLY_SEEN}
    group = [
        name
        for name in group
        if name.model > 0
        or name.end <= seen.get(name.start, name.end)
        or _whole(name)
        or _cut_short(text, seen[name.start], name.end)
    ]
    whole = {name.end: name.start for name in group if "known_parts" in name.codes}
    group = [name for name in group if name.start <= whole.get(name.end, name.start)]  # 才让|多杰
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


def _whole(name: Candidate) -> bool:
    """Whether something besides the network tells where the name ends: its cell, its parts."""
    return any(code == "known_parts" or code.startswith("column_header:") for code in name.codes)


def _cut_short(text: str, seen: int, end: int) -> bool:
    """Whether a verb begins at ``end`` and nothing that may follow a name does before it."""
    return cues.border(text, seen) == 0 and _NO_END < cues.border(text, end) < 1


def _person(flow: Flow, name: Candidate) -> Person:
    start, end = flow.view_span(name.start, name.end)
    role = name.role
    if role == cues.UNKNOWN and name.cue is not None and name.cue.section == "honorific":
        role = heading_role(flow.text, name.start) if name.cue.word == "同志" else role
    codes = list(name.codes)
    if name.model >= SURE or not codes:
        codes.append("model")
    return Person(start, end, round(min(name.score, 0.99), 2), role, tuple(codes))
