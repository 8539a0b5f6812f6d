"""Lines of a text with their surroundings: what stands alone, above, below and in which zone.

All offsets are the view's. Lines are cut on demand around triggers, so prose without a term costs
nothing, and a line of a million characters costs no more than its windows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK

REACH = 160
"""Code points of a line kept on each side of a trigger; marks are far shorter."""

TOP_LINES = 14
"""Non-blank lines from the start of a text or page that count as its top: 份号, 密级, 紧急程度,
the red heads of several offices, 文号 and the title stand there in both editions of GB/T 9704."""

TAIL_LINES = 24
"""Non-blank lines at the end of the body among which 附注 and 版记 stand."""

_WINDOW = 8000  # code points searched for the top or the tail of a text
_BREAKS = late(f"[\n{BREAK}]")
_BODY = ("body", "heading", "table_cell", "ocr")


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` is ``[start, end)`` of the view; ``cut``: the line goes on beyond the window.

    Terms are wanted that begin in ``[first, last)`` of the view: the windows of one long line
    overlap, and each term is looked at once.
    """

    start: int
    end: int
    text: str
    cut: bool = False
    first: int = 0
    last: int = sys.maxsize

    def wants(self, start: int) -> bool:
        """Whether a term that begins there, counted from the start of the line, is wanted."""
        return self.first <= self.start + start < self.last


class Lines:
    """Reads the lines of one text."""

    def __init__(self, artifacts: ChineseArtifacts) -> None:
        self.artifacts = artifacts
        self._layout = artifacts.layout
        self._text = artifacts.view.text
        self._tops: dict[int, int] = {}
        self._tail: int | None = None

    def at(self, offset: int) -> Line:
        """The line around an offset of the view (at most ``REACH`` on each side)."""
        text = self._text
        low, high = max(0, offset - REACH), min(len(text), offset + REACH)
        behind_break = max(text.rfind("\n", low, offset), text.rfind(BREAK, low, offset)) + 1
        start = behind_break or low
        found = _BREAKS.search(text, offset, high)
        end = found.start() if found else high
        cut = (not behind_break and low > 0) or (found is None and high < len(text))
        return Line(start, end, text[start:end], cut)

    def before(self, line: Line, most: int = 1) -> Iterator[Line]:
        """Up to ``most`` non-blank lines above, nearest first, across stretches."""
        offset = line.start - 1
        for _ in range(4 * most):
            if most <= 0 or offset <= 0:
                return
            found = self.at(offset)
            if found.text.strip():
                yield found
                most -= 1
            offset = found.start - 1

    def after(self, line: Line, most: int = 1) -> Iterator[Line]:
        """Up to ``most`` non-blank lines below, nearest first, across stretches."""
        offset = line.end + 1
        for _ in range(4 * most):
            if most <= 0 or offset >= len(self._text):
                return
            found = self.at(offset)
            if found.text.strip():
                yield found
                most -= 1
            offset = found.end + 1

    def isolated(self, line: Line) -> bool:
        """Whether blank lines, or borders of its stretch, stand above and below."""
        above = self._text[max(0, line.start - 24) : line.start][::-1]
        return _free(above) and _free(self._text[line.end : line.end + 24])

    def same_stretch_before(self, line: Line) -> str:
        """What stands above in the same stretch, at most 80 code points, line ends kept."""
        head = self._text[max(0, line.start - 80) : line.start]
        return head[head.rfind(BREAK) + 1 :]

    def kind(self, line: Line) -> str:
        """The kind of the stretch that holds the line."""
        return self.artifacts.kind(line.start)

    def zone(self, line: Line) -> str:
        """Where the line stands.

        header, footer, file_name, metadata, note …: the stretch's own kind; for the body
        ``first_page_top``, ``page_top``, ``last_note`` or ``body``.
        """
        index = self.artifacts.index(line.start)
        if index is None:
            return "body"
        kind = self._layout.kind(index)
        if kind not in _BODY:
            return kind
        page = self._layout.page(index) or 1
        if line.start < self._top(page):
            return "first_page_top" if page == 1 else "page_top"
        return "last_note" if line.start >= self._tail_start() else "body"

    def _top(self, page: int) -> int:
        """The view offset behind the top lines of a page."""
        if page not in self._tops:
            self._tops[page] = self._behind_top(self._first_stretch(page))
        return self._tops[page]

    def _behind_top(self, stretch: int) -> int:
        starts, text, lines = self._layout.starts, self._text, TOP_LINES
        while stretch < len(starts) and self._layout.kind(stretch) not in _BODY:
            stretch += 1
        if stretch >= len(starts):
            return len(text)
        offset = self.artifacts.view.position(starts[stretch])
        limit = min(len(text), offset + _WINDOW)
        for found in _BREAKS.finditer(text, offset, limit):
            if text[offset : found.start()].strip():
                lines -= 1
            offset = found.end()
            if lines == 0:
                return offset
        return limit

    def _first_stretch(self, page: int) -> int:
        """Pages come in order, so the first stretch of one is found by halving."""
        low, high = 0, len(self._layout.starts)
        while page > 1 and low < high:
            middle = (low + high) // 2
            if (self._layout.page(middle) or 0) < page:
                low = middle + 1
            else:
                high = middle
        return low

    def _tail_start(self) -> int:
        """The view offset where the last lines of the body begin."""
        if self._tail is None:
            last = len(self._layout.starts) - 1
            while last > 0 and self._layout.kind(last) not in _BODY:
                last -= 1
            end = self.artifacts.view.position(self._layout.ends[last])
            low = max(0, end - _WINDOW)
            starts = [low, *(found.end() for found in _BREAKS.finditer(self._text, low, end))]
            ends = [*(start - 1 for start in starts[1:]), end]
            full = [s for s, e in zip(starts, ends, strict=True) if self._text[s:e].strip()]
            self._tail = full[-TAIL_LINES:][0] if full else end
        return self._tail


def _free(beyond: str) -> bool:
    """Whether what lies beyond a line (read away from it) is a border or a blank line."""
    if not beyond or BREAK in beyond[:2]:
        return True
    rest = beyond[1:].lstrip(" \t")
    return rest == "" or rest[0] in ("\n", BREAK)
