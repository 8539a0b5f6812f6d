"""Finds the source of a segment: which stretches of a file the reader made its text from.

A writer lists the file's *pieces* (text nodes, attribute values, comments) in blocks (paragraphs)
and groups of blocks (cells, notes). A reader made a segment from the pieces of one such unit,
perhaps from those of one channel only (deleted, inserted, hidden text apart). Both sides may treat
white space differently, so they are compared without it. No reader is needed for that, and what
cannot be found is told, never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from screener.model.document import Document, SegmentKind
from screener.redact.text import Edit, occurrences, squeeze
from screener.redact.values import Values

_MANY_CHANNELS = 4  # of one block; more than these are tried only all together and one by one
_CONTEXT = 40  # characters left and right that tell two occurrences apart
_COMPARED = 2000  # characters up to which two texts are compared as a whole

_WHOLE, _CHANNELS, _PIECE = range(3)
"""What a unit is of its block: all of it, some channels, a single piece."""

_ORDER = (
    *((_WHOLE, True), (_CHANNELS, True), (_WHOLE, False)),
    *((_CHANNELS, False), (_PIECE, True), (_PIECE, False)),
)
"""Which units are looked at first for one of the right rank: how much of a block, same sort."""

_LINES = frozenset(
    (
        *(SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.HEADER, SegmentKind.FOOTER),
        *(SegmentKind.NOTE, SegmentKind.COMMENT, SegmentKind.INSERTED),
    )
)


@dataclass(slots=True, eq=False)
class Piece:
    """A stretch of text that can be changed. ``edits`` are what shall be changed in it."""

    text: str
    channel: str = ""
    edits: list[Edit] = field(default_factory=list)

    def changed(self) -> str:
        """The text after the edits. Overlapping edits go together under the first."""
        parts, last = [], 0
        for start, end, new in sorted(set(self.edits)):
            if start >= last:
                parts += [self.text[last:start], new]
            last = max(last, end)
        return "".join((*parts, self.text[last:]))


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces that a reader may have made one segment from."""

    number: int
    pieces: tuple[Piece, ...]
    sort: str = "other"
    part: int = _WHOLE

    @property
    def raw(self) -> str:
        """The text with white space."""
        return "".join(piece.text for piece in self.pieces)

    def replace(self, start: int, end: int, new: str) -> None:
        """Replace a stretch given in squeezed offsets, and the white space inside it."""
        for piece, first, last in self._shares(start, end):
            piece.edits.append((first, last, new))
            new = ""

    def touched(self, start: int, end: int) -> bool:
        """Whether an edit already changes some of a stretch given in squeezed offsets."""
        return any(
            low < last and first < high
            for piece, first, last in self._shares(start, end)
            for low, high, _new in piece.edits
        )

    def _shares(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """What each piece has of a stretch, in its own offsets."""
        if start >= end:
            return
        inked = [offset for offset, c in enumerate(self.raw) if not c.isspace()]
        first, last = inked[start], inked[end - 1] + 1
        begin = 0
        for piece in self.pieces:
            finish = begin + len(piece.text)
            low, high = max(first, begin), min(last, finish)
            if low < high:
                yield piece, low - begin, high - begin
            begin = finish


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Spans of one segment, in squeezed offsets."""

    segment: int
    text: str
    edits: tuple[Edit, ...]


class Alignment:
    """Matches segments with units and puts the edits into the pieces."""

    def __init__(self) -> None:
        self._units: list[tuple[Unit, str]] = []
        self._by_text: dict[str, list[Unit]] = defaultdict(list)
        self._known: set[tuple[int, ...]] = set()
        self._stories: list[tuple[Piece, ...]] = []

    def add(self, pieces: Iterable[Piece], sort: str = "other") -> None:
        """A block or group: as a whole, every selection of its channels, every piece alone.

        ``sort``: ``line`` of running text, table ``cell``, ``entry`` of data with several texts,
        or ``other`` (attributes, properties).
        """
        whole = tuple(piece for piece in pieces if piece.text)
        for selected in _selections(whole):
            self._add_unit(selected, sort, _WHOLE if selected is whole else _CHANNELS)
        if len(whole) > 1:
            for piece in whole:
                self._add_unit((piece,), sort, _PIECE)

    def add_story(self, pieces: Iterable[Piece]) -> None:
        """All text of a part in order: looked at for what no block or group holds whole."""
        self._stories.append(tuple(pieces))

    def _add_unit(self, pieces: tuple[Piece, ...], sort: str, part: int) -> None:
        key = tuple(id(piece) for piece in pieces)
        unit = Unit(len(self._units), pieces, sort, part)
        text = squeeze(unit.raw)
        if not text or key in self._known:
            return
        self._known.add(key)
        self._units.append((unit, text))
        self._by_text[text].append(unit)

    def apply(self, document: Document, spans: Sequence[Edit]) -> list[int]:
        """Put the edits for spans of ``Document.text`` into the pieces.

        Returns the indices of segments for which no source was found.
        """
        if not spans:
            return []
        wanted = _by_segment(document, spans)
        twins = self._twins(document, wanted)
        missing = []
        for entry in wanted.values():
            targets = self._choose(document, entry, twins[entry.text])
            if targets:
                for unit in targets:
                    for start, end, new in entry.edits:
                        unit.replace(start, end, new)
            elif not all(self._by_context(entry, edit) for edit in entry.edits):
                missing.append(entry.segment)
        return missing

    def sweep(self, values: Values) -> None:
        """Replace values wherever they stand, whether a reader looks there or not."""
        for unit, text in self._units:
            if unit.sort in ("entry", "story"):
                continue  # their parts are units too; nothing reaches from one into the next
            for at, value in values.hits(text):
                if not unit.touched(at, at + len(value)):
                    unit.replace(at, at + len(value), values[value])

    @staticmethod
    def _twins(document: Document, wanted: dict[int, _Wanted]) -> dict[str, list[int]]:
        """All segments that have the same text as a wanted one."""
        texts = {entry.text for entry in wanted.values()}
        lengths = {len(text) for text in texts}
        twins: dict[str, list[int]] = {text: [] for text in texts}
        segments = document.segments
        for index, (start, end) in enumerate(zip(segments.starts, segments.ends, strict=True)):
            if end - start < min(lengths):
                continue
            text = squeeze(document.text[start:end])
            if text in twins:
                twins[text].append(index)
        return twins

    def _choose(self, document: Document, entry: _Wanted, twins: Sequence[int]) -> list[Unit]:
        """The unit of a segment; of several alike the one of the same sort and rank."""
        units = _distinct(self._by_text.get(entry.text, ()))
        sort = _sort(document, entry.segment)
        rivals = [t for t in twins if _sort(document, t) == sort]
        for part, same_sort in _ORDER:
            alike = [u for u in units if u.part <= part and (u.sort == sort or not same_sort)]
            peers = rivals if same_sort else twins
            if len(alike) == len(peers):
                return [alike[peers.index(entry.segment)]]
        return units  # when in doubt too much goes, never too little

    def _everywhere(self) -> list[tuple[Unit, str]]:
        """All units, and whole parts with every selection of their channels."""
        if self._stories:
            for story in self._stories:
                for selected in _selections(story):
                    self._add_unit(selected, "story", _WHOLE)
            self._stories = []
        return self._units

    def _by_context(self, entry: _Wanted, edit: Edit) -> bool:
        """The value where its surroundings look most alike; False when it stands nowhere."""
        start, end, new = edit
        value = entry.text[start:end]
        best, found = (-1, 0.0, 0.0), list[tuple[Unit, int]]()
        for unit, text in self._everywhere():
            for at in occurrences(text, value):
                around = _common(reversed(entry.text[:start]), reversed(text[:at])) + _common(
                    entry.text[end:], text[at + len(value) :]
                )
                if around < best[0]:
                    continue
                score = (around, *_likeness(entry.text, text))
                if score > best:
                    best, found = score, []
                if score == best:
                    found.append((unit, at))
        for unit, at in found:
            unit.replace(at, at + len(value), new)
        return bool(found)


def _sort(document: Document, segment: int) -> str:
    if document.segments.cell(segment) is not None:
        return "cell"
    return "line" if document.segments.kind(segment) in _LINES else "other"


def _selections(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    yield pieces
    channels = sorted({piece.channel for piece in pieces})
    if len(channels) > 1:
        sizes = range(1, len(channels)) if len(channels) <= _MANY_CHANNELS else (1,)
        for size in sizes:
            for kept in combinations(channels, size):
                yield tuple(piece for piece in pieces if piece.channel in kept)


def _by_segment(document: Document, spans: Sequence[Edit]) -> dict[int, _Wanted]:
    edits: dict[int, list[Edit]] = defaultdict(list)
    for start, end, new in spans:
        index = document.segments.index_at(start)
        if index is None or end > document.segments.ends[index]:
            raise ValueError("a span must lie inside one segment")
        offset = document.segments.starts[index]
        before = len(squeeze(document.text[offset:start]))
        inside = len(squeeze(document.text[start:end]))
        edits[index].append((before, before + inside, new))
    segments = document.segments
    return {
        index: _Wanted(
            index,
            squeeze(document.text[segments.starts[index] : segments.ends[index]]),
            tuple(entry),
        )
        for index, entry in edits.items()
    }


def _distinct(units: Iterable[Unit]) -> list[Unit]:
    """Units that share no piece: of two that do, the first."""
    taken: set[int] = set()
    distinct = []
    for unit in units:
        keys = {id(piece) for piece in unit.pieces}
        if not keys & taken:
            taken |= keys
            distinct.append(unit)
    return distinct


def _likeness(wanted: str, text: str) -> tuple[float, float]:
    """How much of the wanted text another one holds in order, and how alike both are."""
    if max(len(wanted), len(text)) > _COMPARED:
        return 0.0, 0.0
    matcher = SequenceMatcher(None, wanted, text, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted), matcher.ratio()


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b or count >= _CONTEXT:
            break
        count += 1
    return count
