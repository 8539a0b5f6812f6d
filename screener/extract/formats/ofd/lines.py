"""From characters on an OFD page to lines, paragraphs and ruled tables.

Many programs write one object for each character; what stands side by side is joined again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

from screener.extract.formats.ofd.cover import judge
from screener.extract.formats.ofd.geometry import Box, box_of
from screener.extract.formats.ofd.objects import Drawn, Run
from screener.extract.formats.ofd.package import child, words
from screener.extract.formats.pdf.grid import Grid, Rules, find_grids
from screener.extract.package import Node
from screener.model.place import Locator, OfdObject

_POINTS = 72 / 25.4
"""Points in a millimetre: the grids are found in points, upwards."""


@dataclass(slots=True)
class Text:
    """A paragraph or a cell: its text, and for each run in it where it begins."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    state: str = ""

    def add(self, run: Run, between: str = "") -> None:
        """Go on with a run."""
        self.text += between
        self.starts.append(len(self.text))
        self.runs.append(run)
        self.text += run.text

    @property
    def box(self) -> Box:
        """The box around the last line's runs."""
        return self.runs[-1].box(0, len(self.runs[-1].text))


@dataclass(frozen=True, slots=True)
class OfdPlace:
    """The place of a paragraph or cell on a page; boxes are worked out when asked for."""

    page: int
    text: Text
    part: str | None = None

    def on_page(self) -> int:
        """The page alone, without any box."""
        return self.page

    def locate(self, start: int, end: int) -> Locator:
        first = max(bisect_right(self.text.starts, start) - 1, 0)
        last = max(bisect_right(self.text.starts, max(end - 1, start)) - 1, first)
        boxes = []
        for at in range(first, last + 1):
            run, begin = self.text.runs[at], self.text.starts[at]
            size = len(run.text)
            left = min(max(start - begin, 0), size - 1)
            boxes.append(run.box(left, min(max(end - begin, left + 1), size)))
        box = (
            round(min(b[0] for b in boxes), 2),
            round(min(b[1] for b in boxes), 2),
            round(max(b[2] for b in boxes), 2),
            round(max(b[3] for b in boxes), 2),
        )
        return OfdObject(self.page, box, self.part)


@dataclass(slots=True)
class PageText:
    """What a page says: paragraphs in reading order, hidden ones, and tables."""

    shown: list[Text] = field(default_factory=list)
    hidden: list[Text] = field(default_factory=list)
    tables: list[list[tuple[int, int, Text]]] = field(default_factory=list)


def read_text(drawn: Drawn, area: Box) -> PageText:
    """Order and join all characters of a page; ``area`` is the part of it that is shown."""
    words = judge(drawn, area)
    page = PageText()
    shown = [run for run in drawn.runs if not run.state]
    grids = _grids(drawn.strokes)
    cells: list[dict[tuple[int, int], list[Run]]] = [defaultdict(list) for _grid in grids]
    outside = []
    for run in shown:
        left, top, right, bottom = run.box(0, len(run.text))
        x, y = (left + right) / 2 * _POINTS, -(top + bottom) / 2 * _POINTS
        for grid, filled in zip(grids, cells, strict=True):
            if (slot := grid.slot(x, y)) is not None:
                filled[slot].append(run)
                break
        else:
            outside.append(run)
    for filled in cells:
        table = [(r, c, text) for (r, c) in sorted(filled) for text in [_cell(filled[r, c])]]
        if len(table) > 1:
            page.tables.append(table)
        else:
            outside += [run for runs in filled.values() for run in runs]
    page.shown = _paragraphs(outside)
    by_state: dict[str, list[Run]] = defaultdict(list)
    for run in drawn.runs:
        if run.state:
            by_state[run.state].append(run)
    for state, runs in by_state.items():
        for text in _paragraphs(runs):
            text.state = state
            page.hidden.append(text)
    for word in words:
        page.hidden.append(Text(state=word.state))
        page.hidden[-1].add(word)
    return page


def _grids(strokes: list[Box]) -> list[Grid]:
    rules = Rules()
    for x0, y0, x1, y1 in strokes:
        if abs(x1 - x0) > 1 and abs(y1 - y0) > 1.5:
            continue  # the box of a fill; its edges are no lines
        rules.add_line(x0 * _POINTS, -y0 * _POINTS, x1 * _POINTS, -y1 * _POINTS)
    return find_grids(rules)


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Runs that stand on one baseline, each line from its beginning; double prints dropped."""
    by_angle: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_angle[run.angle].append(run)
    found: list[list[Run]] = []
    for turned in by_angle.values():
        turned.sort(key=lambda run: (run.across, run.along[0]))
        lines: list[list[Run]] = []
        base = size = 0.0
        for run in turned:
            if lines and abs(run.across - base) <= 0.4 * min(size, run.size):
                lines[-1].append(run)
            else:
                lines.append([run])
                base, size = run.across, run.size
        for line in lines:
            line.sort(key=lambda run: run.along[0])
            found.append(_without_double(line))
    return found


def _without_double(line: list[Run]) -> list[Run]:
    """Bold letters are often printed twice, hardly apart."""
    kept: list[Run] = []
    for run in line:
        near = [k for k in kept[-4:] if abs(k.along[0] - run.along[0]) < 0.2 * run.size]
        if not any(k.text == run.text for k in near):
            kept.append(run)
    return kept


def _pieces(line: list[Run]) -> list[Text]:
    """A line cut at gaps that are wider than a space: labels and values of a form."""
    pieces: list[Text] = []
    last: Run | None = None
    for run in line:
        gap = 0.0 if last is None else run.along[0] - last.along[-1]
        if last is None or gap > 1.6 * run.size:
            pieces.append(Text())
            pieces[-1].add(run)
        else:
            words = last.text[-1:].isascii() and run.text[:1].isascii()
            single = len(last.text) == len(run.text) == 1
            spaced = words and gap > 0.5 * run.size and not single
            pieces[-1].add(run, " " if spaced else "")
        last = run
    return pieces


def _paragraphs(runs: list[Run]) -> list[Text]:
    """Lines in reading order; a line that fills the text's width goes on in the next."""
    lines = [(line, _pieces(line)) for line in _lines(runs)]
    right = max((line[-1].along[-1] for line, _p in lines), default=0.0)
    done: list[Text] = []
    previous: list[Run] | None = None
    for line, pieces in lines:
        if previous is not None and len(pieces) == 1 and _goes_on(previous, line, right):
            first = True
            for run in line:
                done[-1].add(run, "\n" if first else "")
                first = False
        else:
            done += pieces
        previous = line
    return [text for text in done if text.text.strip()]


def _goes_on(upper: list[Run], lower: list[Run], right: float) -> bool:
    above, below = upper[-1], lower[0]
    step = below.across - above.across
    return (
        above.angle == below.angle
        and abs(above.size - below.size) <= 0.15 * above.size
        and 0 < step <= 2.6 * above.size
        and above.along[-1] >= right - 2.5 * above.size
        and below.along[0] <= upper[0].along[0] + 0.5 * above.size
    )


def _cell(runs: list[Run]) -> Text:
    """All of a cell; its lines wrap one another."""
    text = Text()
    for number, line in enumerate(_lines(runs)):
        for at, run in enumerate(line):
            wraps = number > 0 and at == 0
            text.add(run, "\n" if wraps else "")
    return text


def area_of(node: Node) -> Box:
    """The part of a page that is shown: left, top, right, bottom."""
    for name in ("PhysicalBox", "CropBox", "ApplicationBox"):
        if text := words(child(node, name)):
            left, top, width, height = box_of(text)
            return left, top, left + width, top + height
    return (0.0, 0.0, 0.0, 0.0)
