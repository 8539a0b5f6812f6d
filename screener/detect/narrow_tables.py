"""Tables whose columns stand apart by single blanks, as text taken from a page without rules is.

Nothing but words and their order tells: labels over lines with as many words, lines that begin with
a label each, labels and values in turn, or lines with as many words and a number in each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from screener.detect.stacked_heads import MOST_LINES, heads
from screener.detect.typed_lines import Line
from screener.model.headers import LOOK_AT, HeaderRow, find_header, is_label

_NUMBER = re.compile("(?<![0-9])[0-9]{6,19}[0-9Xx]?(?![0-9])")
_SERIAL = re.compile("[0-9]{1,5}[.、]?")
_NO_HEAD = re.compile("[0-9０-９。；！？：:]")
_FEWEST = 5  # lines without a header that make a table
_FEWEST_HEADED = 2  # lines under a header of several lines
_FEWEST_WORDS = 3  # lines without numbers under a header that is nothing but labels
_FEWEST_COLUMNS = 3
_LONGEST_WORD = 12
_LONGEST_HEAD = 60


class Found(NamedTuple):
    """Lines that are rows, the column of each of their fields, and what heads the columns."""

    rows: Sequence[Line]
    columns: Sequence[Sequence[int]]
    header: HeaderRow


def narrow_tables(text: str, run: Sequence[Line]) -> Iterator[Found]:
    """The tables in lines that follow each other."""
    if _is_form(text, run):
        yield _found(run, HeaderRow(form=True))
        return
    found = [*_headed(text, run)] or [*_labelled_rows(text, run)] or [*_stacked(text, run)]
    yield from found or _bare(text, run)


def _found(rows: Sequence[Line], header: HeaderRow) -> Found:
    return Found(rows, [range(len(line.fields)) for line in rows], header)


def _is_form(text: str, run: Sequence[Line]) -> bool:
    """Labels and values in turn, from the first line to the last."""
    pairs = all(len(line.fields) % 2 == 0 for line in run)
    return pairs and len(run) > 1 and find_header([ln.words(text) for ln in run[:LOOK_AT]]).form


def _headed(text: str, run: Sequence[Line]) -> Iterator[Found]:
    """A line of labels heads the lines with as many words, a running number aside."""
    at = 0
    while at < len(run):
        head = run[at]
        at += 1
        if not _mostly_labels(text, head):
            continue
        first = at
        while at < len(run) and not _mostly_labels(text, run[at]):
            at += 1
        counted = _counter(text, head)
        rows = [line for line in run[first:at] if counted(line) is not None]
        if not rows or len(rows) * 2 < at - first or not _hold_values(text, head, rows):
            continue
        columns = [[*range(len(head.fields))], *(counted(line) or [] for line in rows)]
        headers = dict(enumerate(head.words(text)))
        yield Found([head, *rows], columns, HeaderRow(headers, 1))


def _hold_values(text: str, head: Line, rows: Sequence[Line]) -> bool:
    """Whether most lines hold numbers, or words as short as values under nothing but labels."""
    digits = sum(1 for line in rows if any(c.isdigit() for c in text[line.start : line.end]))
    if digits * 2 >= len(rows):
        return True
    words = [word for line in rows for word in line.words(text)]
    sure = len(rows) >= _FEWEST_WORDS and all(map(is_label, head.words(text)))
    return sure and not any(len(word) > _LONGEST_WORD or is_label(word) for word in words)


def _labelled_rows(text: str, run: Sequence[Line]) -> Iterator[Found]:
    """Lines that begin with a label, with as many values each: people stand side by side."""
    for width, lines in groupby(run, key=lambda line: len(line.fields)):
        rows = [*lines]
        if width < _FEWEST_COLUMNS or len(rows) < _FEWEST_COLUMNS:
            continue
        words = [line.words(text) for line in rows]
        if not all(is_label(row[0]) for row in words):
            continue
        values = [word for row in words for word in row[1:]]
        numbered = sum(1 for row in words if all(map(_NUMBER.fullmatch, row[1:])))
        if numbered and not any(map(is_label, values)):
            yield _found(rows, HeaderRow())


def _stacked(text: str, run: Sequence[Line]) -> Iterator[Found]:
    """Lines with as many words and a number among them, under a head of several lines."""
    numbered = [line for line in run if _NUMBER.search(text, line.start, line.end)]
    counts = Counter(len(line.fields) for line in numbered)
    width, times = counts.most_common(1)[0] if counts else (0, 0)
    if width < _FEWEST_COLUMNS or times < _FEWEST_HEADED:
        return
    rows = [line for line in numbered if len(line.fields) in (width, width + 1)]
    names = heads(_lines_above(text, rows[0].start), width)
    if names is None:
        return
    known = [line for line in rows if len(line.fields) == width]
    yield _found(known, HeaderRow(dict(enumerate(names))))


def _lines_above(text: str, start: int) -> list[list[str]]:
    """The words of the lines right above, first to last, as long as they may be a head's."""
    above: list[list[str]] = []
    while start > 0 and len(above) < MOST_LINES:
        low = max(0, start - 1 - _LONGEST_HEAD)
        begin = text.rfind("\n", low, start - 1) + 1
        line = text[begin : start - 1].strip(" \r\x1e\u3000")
        if not line or (not begin and low) or _NO_HEAD.search(line):
            break
        above.append(re.split("[ \xa0]+", line))
        start = begin
    return above[::-1]


def _bare(text: str, run: Sequence[Line]) -> Iterator[Found]:
    """Lines with as many words each and a number among them: a table without its header."""
    numbered = [line for line in run if _NUMBER.search(text, line.start, line.end)]
    counts = Counter(len(line.fields) for line in numbered)
    width, times = counts.most_common(1)[0] if counts else (0, 0)
    if times >= _FEWEST and times * 5 >= len(run) * 4:
        yield _found([line for line in numbered if len(line.fields) == width], HeaderRow())


def _mostly_labels(text: str, line: Line) -> bool:
    """Whether a line of single words is a header: labels half of them, none long, no digits."""
    words = line.words(text)
    if any(len(word) > _LONGEST_WORD or any(c.isdigit() for c in word) for word in words):
        return False
    return sum(map(is_label, words)) >= max((len(words) + 1) // 2, 1 + (len(words) < 3))


def _counter(text: str, head: Line) -> Callable[[Line], list[int] | None]:
    """The columns of a line under this header; a running number without one comes behind."""
    width = len(head.fields)

    def columns(line: Line) -> list[int] | None:
        if len(line.fields) == width:
            return [*range(width)]
        numbered = _SERIAL.fullmatch(text, *line.fields[0])
        return [width, *range(width)] if numbered and len(line.fields) == width + 1 else None

    return columns
