"""Tables typed as lines of text: columns behind tabs, between bars, or lined up with spaces.

A file without cells still shows a table to whoever reads it. Here the lines of such a table become
rows of cells, so that header words count for what stands below them, and a line is a record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from screener.detect.narrow_tables import narrow_tables
from screener.detect.typed_lines import Line, Span
from screener.model.headers import LOOK_AT, HeaderRow, find_header, is_label
from screener.model.tables import Table

_BARS = re.compile("[│┃┆┇┊┋║｜|]")
_RULE = re.compile(r"[ \t\u3000\-—–─━═=+_|:│┃║├┤┼┌┐└┘┬┴┝┥┿┯┷╔╗╚╝╠╣╬╦╩]{3,}")
_WIDE = re.compile("[ \u3000\xa0]{2,}")
_WIDER_THAN_BLANK = re.compile("  |\u3000[ \u3000]|[ \u3000]\u3000|\xa0\xa0")
_IDEOGRAPHIC = re.compile("[ \xa0]*\u3000[ \u3000\xa0]*")
_GROUPED = re.compile(
    r"(?<![0-9])(?:[+]?86 [0-9]{11}|1[0-9]{2} [0-9]{4} [0-9]{4}|[0-9]{6} [0-9]{8} [0-9]{3}[0-9Xx]"
    r"|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?|(?:[0-9] ){10,18}[0-9Xx])(?![0-9])"
)
"""Numbers as people group them: a blank inside parts no columns."""
_LABELLED = re.compile("^[^：:0-9]{1,10}[：:]|[。；！？]")
_TORN = re.compile("(?<=[0-9])[ \u3000\xa0]{2,}(?=[0-9Xx])")
_NUMBER = re.compile("(?<![0-9])[0-9]{6,19}[0-9Xx]?(?![0-9])")
_HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST_LINE = 400
_MOST_FIELDS = 60
_LONGEST_TORN = 9  # digits: shorter runs left and right of a gap may be groups of one number
_FEWEST_BARE = 3  # lines without a header that make a table


@dataclass(frozen=True, slots=True)
class TextCell:
    """``text[start:end]`` is a cell; row and column count from 0."""

    start: int
    end: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table found in lines: its cells in the order of the text, and what heads them."""

    table: Table
    cells: tuple[TextCell, ...]
    lines: tuple[Span, ...]


def find_tables(text: str, stretches: Iterable[tuple[int, int, int]]) -> Iterator[TextTable]:
    """The tables in these stretches (``number, start, end``), which follow each other in the text.

    A table may go on from one stretch to the next one.
    """
    run: list[Line] = []
    gap, spaced = False, True  # a line without anything before this one; between all so far
    for line in _lines(text, stretches):
        if line is not None and line.style == "gap" and not gap and spaced:
            gap = bool(run)
            continue
        if line is None or line.style == "gap":
            yield from _tables(text, run)
            run, gap, spaced = [], False, True
        elif line.style == "rule":
            gap = False
        else:
            if run and not _goes_on(run[-1], line, gap=gap):
                yield from _tables(text, run)
                run, gap, spaced = [], False, True
            if gap:
                run[-1] = replace(run[-1], end=line.start - 1)
            spaced = gap or not run
            gap = False
            run.append(line)
    yield from _tables(text, run)


def _goes_on(last: Line, line: Line, *, gap: bool) -> bool:
    """Whether a table's next line is one of its rows."""
    return last.style == line.style and (not gap or len(last.fields) == len(line.fields))


def _lines(text: str, stretches: Iterable[tuple[int, int, int]]) -> Iterator[Line | None]:
    """Lines that may belong to a table, also empty ones; None where any other line stands."""
    for number, start, end in stretches:
        offset = start
        for line in text[start:end].split("\n"):
            begin, offset = offset, offset + len(line) + 1
            if not (" " in line or "\t" in line or "|" in line or "\u3000" in line or "│" in line):
                if not line.strip("\r"):
                    yield Line(begin, begin + len(line), number, "gap", ())
                elif len(line) < 3 or not _RULE.fullmatch(line):
                    yield None
                continue
            yield _line(line, begin, number)


def _line(line: str, start: int, stretch: int) -> Line | None:
    if len(line) > _LONGEST_LINE:
        return None
    if _RULE.fullmatch(line):
        return Line(start, start + len(line), stretch, "rule", ())
    shown = line.strip(" \r\u3000")
    if len(_BARS.findall(line)) >= (1 if _BARS.match(shown) else 2):
        style, spans = "bars", _between(line, _BARS)
        spans = spans[int(bool(_BARS.match(shown))) :]
        spans = spans[:-1] if _BARS.search(shown[-1:]) else spans
    elif "\t" in line.strip("\r\n"):
        style, spans = "tabs", _between(line, re.compile("\t"))
    elif _WIDER_THAN_BLANK.search(shown):
        style, spans = "wide", _between(line, _WIDE)
        spans = _unspread(line, [span for span in spans if line[slice(*span)].strip()])
        if any(_LABELLED.search(line[first:last]) for first, last in spans):
            return None
    else:
        wide = "\u3000" in shown
        style = "ideographic" if wide else "narrow"
        spans = _between(line, _IDEOGRAPHIC) if wide else _apart(line)
        if _LABELLED.search(line):
            return None
    if not 2 <= len(spans) <= _MOST_FIELDS:
        return None
    fields = tuple((start + first, start + last) for first, last in spans)
    return Line(start, start + len(line), stretch, style, fields)


def _between(line: str, pattern: re.Pattern[str]) -> list[Span]:
    """What stands between the matches, without blanks around it."""
    spans, last = [], 0
    for match in pattern.finditer(line):
        spans.append(_trimmed(line, last, match.start()))
        last = match.end()
    spans.append(_trimmed(line, last, len(line)))
    return spans


def _apart(line: str) -> list[Span]:
    """What stands between single blanks that are not inside a number written in groups."""
    groups = [found.span() for found in _GROUPED.finditer(line)]
    spans, last = [], 0
    for blank in re.finditer(" ", line):
        if not any(start < blank.start() < end for start, end in groups):
            spans.append(_trimmed(line, last, blank.start()))
            last = blank.end()
    spans.append(_trimmed(line, last, len(line)))
    return spans


def _unspread(line: str, spans: Sequence[Span]) -> list[Span]:
    """Words and names of two characters set apart, as in 账　　号, are one field."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and _HAN.fullmatch(line, *joined[-1]):
            whole = line[joined[-1][0] : end]
            if _HAN.fullmatch(line, start, end) or is_label(whole) > is_label(line[start:end]):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _trimmed(line: str, start: int, end: int) -> Span:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def _tables(text: str, run: Sequence[Line]) -> Iterator[TextTable]:
    """The tables in lines of one style that follow each other."""
    if len(run) < 2:
        return
    if run[0].style in ("narrow", "ideographic"):
        yield from (_table(*found) for found in narrow_tables(text, run))
        return
    if run[0].style == "wide" and not any(_all_labels(text, line) for line in run[:LOOK_AT]):
        run = [_mended(text, line) for line in run]
        run = [line for line in run if len(line.fields) > 1]
    if len(run) < 2:
        return
    columns = _by_place(text, run) if run[0].style == "wide" else _by_count(run)
    grid = [_texts(text, line, places) for line, places in zip(run, columns, strict=True)]
    found = find_header(grid[:LOOK_AT])
    labels = sum(map(is_label, found.headers.values()))
    firsts = [row[0] for row in grid if row and row[0]]
    beside = len(firsts) > 1 and all(map(is_label, firsts))
    if not (found.form or beside) and labels < max(2, len(found.headers) // 2):
        bare = [line for line in run if _NUMBER.search(text, line.start, line.end)]
        if len(bare) < _FEWEST_BARE or len(bare) * 3 < len(run) * 2 or not _even(run):
            return
        found = HeaderRow()
    yield _table(run, columns, found)


def _table(run: Sequence[Line], columns: Sequence[Sequence[int]], found: HeaderRow) -> TextTable:
    cells = tuple(
        TextCell(start, end, row, column)
        for row, (line, places) in enumerate(zip(run, columns, strict=True))
        for (start, end), column in zip(line.fields, places, strict=True)
        if end > start
    )
    table = Table(None, dict(found.headers), found.first_row, found.form)
    return TextTable(table, cells, tuple((line.start, line.end) for line in run))


def _all_labels(text: str, line: Line) -> bool:
    return all(is_label(text[start:end]) for start, end in line.fields)


def _even(run: Sequence[Line]) -> bool:
    """Whether most lines have the same number of fields."""
    counts = Counter(len(line.fields) for line in run)
    return counts.most_common(1)[0][1] * 3 >= len(run) * 2


def _mended(text: str, line: Line) -> Line:
    """Without a header that says so, a gap between short runs of digits is none of columns."""
    kept: list[Span] = []
    for start, end in line.fields:
        if kept and _TORN.fullmatch(text, kept[-1][1], start):
            before = re.search("[0-9]+$", text[kept[-1][0] : kept[-1][1]])
            behind = re.match("[0-9]+", text[start:end])
            if before and behind and max(len(before[0]), len(behind[0])) < _LONGEST_TORN:
                kept[-1] = (kept[-1][0], end)
                continue
        kept.append((start, end))
    return Line(line.start, line.end, line.stretch, line.style, tuple(kept))


def _by_count(run: Sequence[Line]) -> list[list[int]]:
    return [list(range(len(line.fields))) for line in run]


def _by_place(text: str, run: Sequence[Line]) -> list[list[int]]:
    """Columns of fields by where they stand on the line, as a person sees it (Han are wide)."""
    most = max(len(line.fields) for line in run)
    shown = [_shown(text, line) for line in run]
    full = [spans for spans in shown if len(spans) == most]
    edges = [
        (min(spans[at][0] for spans in full), max(spans[at][1] for spans in full))
        for at in range(most)
    ]
    apart = all(left[1] <= right[0] for left, right in pairwise(edges))
    columns = []
    for spans in shown:
        if len(spans) == most or not apart:
            columns.append(list(range(len(spans))))
        else:
            columns.append(_placed(spans, edges))
    return columns


def _placed(spans: Sequence[Span], edges: Sequence[Span]) -> list[int]:
    """The column each field overlaps most, each column once and in order."""
    columns: list[int] = []
    for first, last in spans:
        free = columns[-1] + 1 if columns else 0

        def overlap(at: int, first: int = first, last: int = last) -> int:
            return min(last, edges[at][1]) - max(first, edges[at][0])

        columns.append(max(range(free, len(edges)), key=overlap, default=free))
    return columns


def _shown(text: str, line: Line) -> list[Span]:
    """Where fields begin and end in half characters from the line's begin."""
    spans, at, column = [], line.start, 0
    for start, end in line.fields:
        begin = column + _width(text[at:start])
        column = begin + _width(text[start:end])
        at = end
        spans.append((begin, column))
    return spans


def _width(text: str) -> int:
    return sum(2 if c > "\u2e7f" else 1 for c in text)


def _texts(text: str, line: Line, places: Sequence[int]) -> list[str]:
    texts = [""] * (max(places, default=0) + 1)
    for (start, end), column in zip(line.fields, places, strict=True):
        texts[column] = text[start:end]
    return texts
