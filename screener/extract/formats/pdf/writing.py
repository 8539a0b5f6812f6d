"""From what the pages of a PDF hold to paragraphs and tables with their places."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from screener.extract import ocr_text
from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.frame import Box, around
from screener.extract.formats.pdf.hidden import COVERED
from screener.extract.formats.pdf.lines import Glyphs, Line, PageTable
from screener.extract.formats.pdf.page import PDFIUM, PageContent
from screener.extract.formats.pdf.pictures import PagePictures
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import LOOK_AT, find_header, is_label
from screener.model.place import Locator, PageBox, TableCell

_PAGE_NUMBER = re.compile(
    "[-—－–·•\u2014\u2015 \u3000]*(?:第[ ]?[0-9０-９]{1,4}[ ]?页(?:[ ，,/]*共[ ]?[0-9]{1,4}[ ]?页)?"
    "|[0-9０-９]{1,4}(?:[ ]?[/／][ ]?[0-9]{1,4})?)[-—－–·•\u2014\u2015 \u3000]*"
)
_EDGE = 0.09
"""Part of a page's height, from the top or bottom, where running headers and footers stand."""


class PdfPages:
    """The file kept at hand for boxes that are asked for later."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def box(self, page: int, first: int, last: int) -> tuple[float, float, float, float] | None:
        """The box around characters ``first`` to ``last`` (not included) of a page from 1."""
        import pypdfium2

        with PDFIUM:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data)
            opened = self._document[page - 1]
            textpage = opened.get_textpage()
            try:
                glyphs = Glyphs(opened, textpage)
                boxes = [glyphs.box(at) for at in range(first, last)]
                height = opened.get_height()
            finally:
                textpage.close()
                opened.close()
        known = [box for box in boxes if box is not None]
        if not known:
            return None
        return (
            round(min(box[0] for box in known), 1),
            round(height - max(box[3] for box in known), 1),
            round(max(box[2] for box in known), 1),
            round(height - min(box[1] for box in known), 1),
        )


@dataclass(frozen=True, slots=True)
class Block:
    """The place of a paragraph: where its lines begin in its text and on the page."""

    pages: PdfPages
    page: int
    paragraph: int | None
    state: str | None = None
    starts: array[int] = field(default_factory=lambda: array("l"))
    firsts: array[int] = field(default_factory=lambda: array("l"))

    def locate(self, start: int, end: int) -> Locator:
        first = self._character(start)
        last = self._character(max(end - 1, start)) + 1
        box = self.pages.box(self.page, first, last)
        return PageBox(self.page, box, self.paragraph, self.state)

    def on_page(self) -> int:
        """The page alone, for which nothing is opened."""
        return self.page

    def _character(self, offset: int) -> int:
        line = bisect_right(self.starts, offset) - 1
        return self.firsts[line] + offset - self.starts[line]


class PagesWriter:
    """Writes pages into the builder."""

    def __init__(
        self, builder: DocumentBuilder, pages: PdfPages, contents: list[PageContent]
    ) -> None:
        self.builder = builder
        self.pages = pages
        self.contents = contents
        self.running = _running_lines(contents)
        self.last_table: tuple[list[float], dict[int, str]] | None = None

    def run(self) -> None:
        """All pages in order, what is not read named page by page."""
        for content in self.contents:
            body, edges = [], []
            for line in content.lines:
                edge = self._edge(line, content)
                if edge is None:
                    body.append(line)
                else:
                    edges.append((edge, line))
            self._body(content, body)
            for kind, line in edges:
                place = self._block(content, None, [line])
                self.builder.add(line.text, kind, place)
            self._hidden(content)
            self._report(content)

    def _hidden(self, content: PageContent) -> None:
        """What a person does not see, in pieces of their own; a value that wraps stays in one."""
        page = [*content.lines, *content.hidden]
        for state, group in groupby(content.hidden, key=lambda line: line.state):
            for block in paragraphs(list(group), page):
                self._unseen(content, state, block)
        for line in content.joined:
            self._unseen(content, line.state, [line])

    def _unseen(self, content: PageContent, state: str, lines: list[Line]) -> None:
        text = "\n".join(line.text for line in lines)
        place = self._block(content, None, lines, state)
        self.builder.add(text, _unseen_kind(state), place, visible=False)

    def _report(self, content: PageContent) -> None:
        what = _("page {page}").format(page=content.number)
        shown = content.shown
        looked = shown is not None and shown.problem is None and bool(shown.seen)
        if content.unreadable and not looked:
            detail = _("{count} of {all} characters cannot be told by their fonts").format(
                count=content.unmapped, all=content.characters
            )
            self.builder.unread(what, UnreadReason.UNDECODABLE, detail)
        if content.piled:
            detail = _("{count} figures are drawn on one another, so not all of them were read")
            self.builder.unread(what, UnreadReason.UNDECODABLE, detail.format(count=content.piled))
        if content.shown is not None:
            self._pictures(content, content.shown)

    def _pictures(self, content: PageContent, shown: PagePictures) -> None:
        """What the pictures of a page show, or why that is not known."""
        what = _("page {page}").format(page=content.number)
        if content.characters > content.unseen:
            what = _("{count} pictures on page {page}").format(
                count=content.pictures, page=content.number
            )
        frame = ocr_text.Frame(page=content.number)
        ocr_text.write_page(shown.seen, self.builder, frame, what)
        hidden = replace(frame, state="picture_covered", seen=False)
        ocr_text.write_page(shown.covered, self.builder, hidden, what)
        below = replace(hidden, state="picture_below")
        ocr_text.write_page(shown.overlaid, self.builder, below, what)
        if shown.problem is not None:
            self.builder.unread(what, shown.problem.reason, shown.problem.detail)
        elif shown.blank:
            known = self.builder.facts
            self.builder.set_facts(replace(known, passed_over=known.passed_over + 1))

    def _edge(self, line: Line, content: PageContent) -> SegmentKind | None:
        zone = _zone(line, content)
        if zone is None:
            return None
        if (zone, _shape(line.text)) in self.running or _PAGE_NUMBER.fullmatch(line.text):
            return zone
        return None

    def _body(self, content: PageContent, lines: list[Line]) -> None:
        """Paragraphs and tables from the top of the page down."""
        tables = sorted(content.tables, key=lambda table: -table.top)
        kind = SegmentKind.OCR if content.recognised else SegmentKind.BODY
        for number, block in enumerate(paragraphs(lines), 1):
            while tables and tables[0].top > block[0].box[3]:
                self._table(tables.pop(0), content)
            text = "\n".join(line.text for line in block)
            self.builder.add(text, kind, self._block(content, number, block))
        for table in tables:
            self._table(table, content)

    def _block(
        self, content: PageContent, number: int | None, lines: list[Line], state: str | None = None
    ) -> Block:
        place = Block(self.pages, content.number, number, state)
        offset = 0
        for line in lines:
            for start, first in ((0, line.first), *line.pieces):
                place.starts.append(offset + start)
                place.firsts.append(first)
            offset += len(line.text) + 1
        return place

    def _table(self, table: PageTable, content: PageContent) -> None:
        number = self.builder.start_table()
        rows: dict[int, list[str]] = {}
        shown = sum(1 for other in content.tables if other.top >= table.top)
        for row, column, text, state in table.cells:
            line = rows.setdefault(row, [""] * table.columns)
            line[column] = line[column] or text
            place = TableCell(shown, row + 1, column + 1, page=content.number, state=state or None)
            kind = _unseen_kind(state) if state else SegmentKind.TABLE_CELL
            slot = {"table": number, "row": row, "column": column}
            self.builder.add(text, kind, place, visible=not state, **slot)
        height = min(max(rows, default=-1) + 1, LOOK_AT)
        grid = [rows.get(row, [""] * table.columns) for row in range(height)]
        found = find_header(grid)
        headers, first_row = dict(found.headers), found.first_row
        if self._continues(table, grid):
            assert self.last_table is not None
            headers, first_row = self.last_table[1], 0
        elif found.form:
            self.builder.set_form(number)
        self.builder.set_headers(number, headers, first_row=first_row)
        self.last_table = (table.edges, headers)

    def _continues(self, table: PageTable, grid: list[list[str]]) -> bool:
        """Whether a table goes on from the one before: same columns, no header of its own."""
        if self.last_table is None or not self.last_table[1]:
            return False
        edges = self.last_table[0]
        same = len(edges) == len(table.edges) and all(
            abs(a - b) <= 4 for a, b in zip(edges, table.edges, strict=True)
        )
        return same and not (grid and sum(map(is_label, grid[0])) * 2 >= len(grid[0]))


def paragraphs(lines: list[Line], page: list[Line] | None = None) -> list[list[Line]]:
    """Group lines into paragraphs: a value that wraps stays in one piece.

    ``page`` holds the lines that tell the margins, where these are not all of them.
    """
    if not lines:
        return []
    left = min(line.box[0] for line in page or lines)
    ends = sorted(line.box[2] for line in page or lines)
    right = ends[len(ends) * 9 // 10]  # a single line that sticks out is not the margin
    blocks = [[lines[0]]]
    for last, line in pairwise(lines):
        if _starts_paragraph(last, line, left, right):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _starts_paragraph(last: Line, line: Line, left: float, right: float) -> bool:
    height = max(last.height, line.height)
    same_size = min(last.height, line.height) * 1.6 >= height
    gap = last.box[1] - line.box[3]
    below = line.box[3] < last.box[3] and gap < 1.6 * height
    if not same_size or not below:
        return True
    full = last.box[2] >= right - 2.5 * height
    indented = line.box[0] > left + 1.2 * height and line.box[0] > last.box[0] + 0.6 * height
    return not full or indented


def said(content: PageContent) -> str:
    """All that was read of a page, in lines."""
    cells = [cell[2] for table in content.tables for cell in table.cells]
    lines = (*content.lines, *content.hidden, *content.joined)
    return "\n".join((*(line.text for line in lines), *cells))


def pieces(content: PageContent, lines: list[Line]) -> Iterator[tuple[str, Box]]:
    """Paragraphs of some lines of a page, and its cells, with boxes from the top left."""
    for block in paragraphs(lines):
        left, bottom, right, top = around([line.box for line in block])
        box = (left, content.height - top, right, content.height - bottom)
        rounded = (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
        yield "\n".join(line.text for line in block), rounded
    for table in content.tables:
        box = (table.edges[0], content.height - table.top, table.edges[-1], content.height)
        for _row, _column, text, _state in table.cells:
            yield text, box


def _unseen_kind(state: str) -> SegmentKind:
    return SegmentKind.COVERED if state in COVERED else SegmentKind.HIDDEN


def _zone(line: Line, content: PageContent) -> SegmentKind | None:
    middle = (line.box[1] + line.box[3]) / 2
    if middle > content.height * (1 - _EDGE):
        return SegmentKind.HEADER
    return SegmentKind.FOOTER if middle < content.height * _EDGE else None


def _shape(text: str) -> str:
    return re.sub("[0-9０-９ \u3000]+", "0", text)


def _running_lines(contents: list[PageContent]) -> set[tuple[SegmentKind, str]]:
    """Lines that stand in the same zone of two pages and of a third of all, but for their digits.

    A mark that stands on the first page only is never taken for a running header.
    """
    seen: Counter[tuple[SegmentKind, str]] = Counter()
    for content in contents:
        shapes = set()
        for line in content.lines:
            zone = _zone(line, content)
            if zone is not None:
                shapes.add((zone, _shape(line.text)))
        seen.update(shapes)
    return {key for key, count in seen.items() if count >= 2 and count * 3 >= len(contents)}
