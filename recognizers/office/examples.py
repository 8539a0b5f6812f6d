"""Hits and misses of a pack: they must pass before it loads.

An example is a text; lines that all begin with ``|`` are a table whose first line is the header.
``‹`` and ``›`` mark what a hit must find; without them it must find anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import RULE_SECONDS
from recognizers.layout import Layout, PlainLayout
from recognizers.office.pack import Example, OfficeInfo, OfficePack
from recognizers.office.problems import PackProblem
from recognizers.view import BREAK

OPEN, CLOSE = "‹", "›"
_APART = BREAK + "\n"


class Table(PlainLayout):
    """A written table as a layout: the cells of all lines, headed by those of the first."""

    def __init__(self, lines: Sequence[list[str]]) -> None:
        texts = [cell for cells in lines for cell in cells]
        self.text = _APART.join(texts)
        super().__init__(self.text)
        lengths = [len(text) + len(_APART) for text in texts]
        self.starts = [sum(lengths[:index]) for index in range(len(texts))]
        self.ends = [start + len(text) for start, text in zip(self.starts, texts, strict=True)]
        self._headers = lines[0]
        self._cells = [
            (row, column) for row, cells in enumerate(lines) for column in range(len(cells))
        ]
        self.grid = (
            [0] * len(texts),
            [row for row, _ in self._cells],
            [column for _, column in self._cells],
        )

    def index_at(self, offset: int) -> int | None:
        """The cell that holds this offset."""
        for index, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start <= offset < max(end, start + 1):
                return index
        return None

    def kind(self, index: int) -> str:
        """``table_cell``"""
        return "table_cell"

    def header(self, index: int) -> str | None:
        """The cell of the first line over it."""
        row, column = self._cells[index]
        return self._headers[column] if row and column < len(self._headers) else None

    def cell(self, index: int) -> tuple[int, int, int] | None:
        """Table, row and column."""
        return (0, *self._cells[index])

    def row(self, index: int) -> range:
        """The cells of its line."""
        row, column = self._cells[index]
        first = index - column
        return range(first, first + sum(other == row for other, _ in self._cells))


@dataclass(frozen=True, slots=True)
class Proof:
    """How the examples of one rule came out."""

    rule: OfficeInfo
    hits: int
    misses: int
    problems: tuple[PackProblem, ...]


def prove(pack: OfficePack, seconds: float = RULE_SECONDS) -> list[Proof]:
    """Run all examples of a pack, each against its own rule."""
    return [_prove(rule, seconds) for rule in pack.rules]


def _prove(info: OfficeInfo, seconds: float) -> Proof:
    try:
        recognizer = info.make(seconds)
    except PackProblem as problem:
        return Proof(info, 0, 0, (problem,))
    problems: list[PackProblem] = []
    passed = []
    for examples, hit in ((info.rule.hits, True), (info.rule.misses, False)):
        before = len(problems)
        for example in examples:
            try:
                text, marked, layout = written(example)
                found = _spans(recognizer, text, layout)
            except PackProblem as problem:
                problems.append(problem)
            except Exception as error:  # whatever a rule does is told with its place in the pack
                kind = type(error).__name__
                problems.append(PackProblem("example_broke", example.place, kind=kind))
            else:
                problems += _judge(example, text, marked, found, hit=hit)
        passed.append(len(examples) - (len(problems) - before))
    return Proof(info, passed[0], passed[1], tuple(problems))


def _spans(recognizer: object, text: str, layout: Layout | None) -> set[tuple[int, int]]:
    from recognizers.base import ChineseRecognizer

    assert isinstance(recognizer, ChineseRecognizer)
    results = recognizer.analyze(text, [], ChineseArtifacts(text, layout))
    return {(result.start, result.end) for result in results}


def _judge(
    example: Example,
    text: str,
    marked: set[tuple[int, int]],
    found: set[tuple[int, int]],
    *,
    hit: bool,
) -> list[PackProblem]:
    shown = shorten(text)
    if not hit:
        if marked:
            return [PackProblem("marked_miss", example.place, example=shown)]
        if not found:
            return []
        said = _quoted(text, found)
        return [PackProblem("miss_found", example.place, example=shown, found=said)]
    if not found:
        return [PackProblem("hit_missed", example.place, example=shown)]
    if marked and marked != found:
        said, wanted = _quoted(text, found), _quoted(text, marked)
        return [
            PackProblem("hit_elsewhere", example.place, example=shown, found=said, wanted=wanted)
        ]
    return []


def _quoted(text: str, spans: set[tuple[int, int]]) -> str:
    return "、".join(f"“{shorten(text[start:end])}”" for start, end in sorted(spans))


def shorten(text: str) -> str:
    """An example on one line, for a message."""
    line = text.replace(_APART, " | ").replace("\n", "⏎")
    return line if len(line) <= 60 else line[:59] + "…"


def written(example: Example) -> tuple[str, set[tuple[int, int]], Layout | None]:
    """The text without marks, the marked spans, and its layout when it is a table."""
    lines = [line.strip() for line in example.text.strip("\n").split("\n")]
    layout: Table | None = None
    text = example.text
    if len(lines) > 1 and all(line.startswith("|") for line in lines):
        cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines]
        text = Table(cells).text
        layout = Table([[_plain(c) for c in row] for row in cells])
    spans: set[tuple[int, int]] = set()
    length, start = 0, None
    for character in text:
        if character == OPEN and start is None:
            start = length
        elif character == CLOSE and start is not None and length > start:
            spans.add((start, length))
            start = None
        elif character in (OPEN, CLOSE):
            raise PackProblem("unpaired", example.place)
        else:
            length += 1
    if start is not None:
        raise PackProblem("unpaired", example.place)
    return _plain(text), spans, layout


def _plain(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
