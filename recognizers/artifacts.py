"""What the rules share about one text, handed to every recognizer as presidio's ``nlp_artifacts``.

All offsets here are view coordinates, unless a name says raw. Windows never cross a break between
two stretches of the layout.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from recognizers.layout import Layout, PlainLayout
from recognizers.match import RuleFailure
from recognizers.scan import Scan
from recognizers.view import BREAK, View, fold

LANGUAGE = "zh"
_MOST_COLUMNS = 64
_CELL_LIMIT = 80  # code points of a cell that may be a label or a name
_ROW_LIMIT = 4000  # code points of a table row that a rule looks at


class RuleTimeout(Exception):
    """A rule ran longer than it may on one text. Its findings are missing: never ignore this."""


class ChineseArtifacts(NlpArtifacts):
    """One text with its view, its scan, its layout, and windows around a place.

    ``failures`` collects the rules that broke, when the engine runs them; ``shared`` keeps what
    several rules read off the text, by the name of what it is, and ``short_cells`` how the table
    cells begin that were looked at. ``plain`` holds by raw span what rules found that the view
    writes otherwise than the text.
    """

    def __init__(self, text: str, layout: Layout | None = None) -> None:
        super().__init__(
            entities=[],
            tokens=[],  # type: ignore[arg-type]  # no Doc of spaCy: there is no model
            tokens_indices=[],
            lemmas=[],
            nlp_engine=None,
            language=LANGUAGE,
        )
        self.text = text
        self.layout: Layout = layout if layout is not None else PlainLayout(text)
        self.failures: list[RuleFailure] = []
        self.labels: dict[int, object] = {}
        self.shared: dict[str, object] = {}
        self.plain: dict[tuple[int, int], str] = {}
        self.short_cells: dict[int, str] = {}
        self._headers: dict[str, str] = {}
        self._deadline = float("inf")

    @cached_property
    def view(self) -> View:
        """The normalised view of the text."""
        return View(self.text, self.layout)

    @cached_property
    def scan(self) -> Scan:
        """What the pre-filter saw in the view."""
        return Scan(self.view)

    def read_as(self, start: int, end: int, plain: str) -> None:
        """A rule found ``text[start:end]`` (raw) and read it as ``plain``."""
        if not self.text.startswith(plain, start) or end - start != len(plain):
            self.plain[start, end] = plain

    def to_json(self) -> str:
        """Nothing: presidio's decision log must not hold the text."""
        return "{}"

    def start_clock(self, seconds: float) -> None:
        """A rule begins and has this long."""
        self._deadline = time.monotonic() + seconds

    def check_clock(self) -> None:
        """Call inside every loop that may be long. Raises RuleTimeout when the time is over."""
        if time.monotonic() > self._deadline:
            raise RuleTimeout

    def before(self, start: int, width: int) -> str:
        """Up to ``width`` characters of the view before ``start``, of the same stretch."""
        text = self.view.text[max(0, start - width) : start]
        return text[text.rfind(BREAK) + 1 :]

    def after(self, end: int, width: int) -> str:
        """Up to ``width`` characters of the view from ``end`` on, of the same stretch."""
        text = self.view.text[end : end + width]
        cut = text.find(BREAK)
        return text if cut < 0 else text[:cut]

    def index(self, start: int) -> int | None:
        """The layout's number of the stretch that holds this place."""
        raw = self.view.raw(start)
        return None if raw is None else self.layout.index_at(raw)

    def kind(self, start: int) -> str:
        """The kind of the stretch (``body``, ``table_cell``, ``header`` …)."""
        index = self.index(start)
        return "body" if index is None else self.layout.kind(index)

    def stretch(self, start: int) -> tuple[int, int]:
        """The bounds of the stretch that holds this place."""
        index = self.index(start)
        if index is None:
            return start, start
        return self._bounds(index)

    def line(self, start: int) -> tuple[int, int]:
        """The bounds of the line that holds this place, inside its stretch."""
        text = self.view.text
        first, last = self.stretch(start)
        begin = text.rfind("\n", first, start) + 1
        end = text.find("\n", start, last)
        return max(first, begin), last if end < 0 else end

    def header(self, start: int) -> str | None:
        """The header cell over this table cell, folded and without white space, or None."""
        index = self.index(start)
        return None if index is None else self._header(index)

    def _header(self, index: int) -> str | None:
        raw = self.layout.header(index)
        if raw is None:
            return None
        header = self._headers.get(raw)
        if header is None:
            header = self._headers[raw] = "".join(fold(raw).split())
        return header

    @cached_property
    def columns(self) -> dict[str, list[int]]:
        """Where the table cells under each header (as ``header`` has it) begin."""
        found: dict[str, list[int]] = {}
        layout, view = self.layout, self.view
        for index, table in enumerate(layout.grid[0]):
            if table >= 0 and (header := self._header(index)) is not None:
                start = view.position(layout.starts[index])
                at = self.index(start)  # another one's, where nothing of this one is in the view
                if at != index:
                    header = None if at is None else self._header(at)
                if header:
                    found.setdefault(header, []).append(start)
        return found

    def row_cells(self, start: int) -> list[tuple[int, int]]:
        """The bounds of all cells of the table row, this one too; empty outside a table."""
        index = self.index(start)
        if index is None or self.layout.cell(index) is None:
            return []
        return [self._bounds(i) for i in self.layout.row(index)]

    def row_text(self, start: int) -> str:
        """The cells of the table row with a space between; empty outside a table."""
        index = self.index(start)
        if index is None or self.layout.cell(index) is None:
            return ""
        row = self.layout.row(index)
        first, last = self._bounds(row.start)[0], self._bounds(row.stop - 1)[1]
        cells = self.view.text[first : min(last, first + _ROW_LIMIT)]
        return " ".join(cells.replace(BREAK, " ").split())

    def row_headers(self, start: int) -> str | None:
        """The header cells over this table row with a space between.

        None outside a table, and for a cell that is alone in its row and headed by nothing: a line
        of text above or below the list of a worksheet.
        """
        index = self.index(start)
        if index is None or self.layout.cell(index) is None:
            return None
        row = self.layout.row(index)[:_MOST_COLUMNS]
        headers = " ".join(filter(None, (self._header(other) for other in row)))
        return headers if headers or len(row) > 1 else None

    def row_cell(self, start: int, headed: re.Pattern[str]) -> str | None:
        """The text of the first filled cell of this table row whose header matches."""
        index = self.index(start)
        if index is None or self.layout.cell(index) is None:
            return None
        for other in self.layout.row(index)[:_MOST_COLUMNS]:
            if headed.search(self._header(other) or ""):
                begin, end = self._bounds(other)
                text = self.view.text[begin : min(end, begin + _CELL_LIMIT)].strip()
                if text:
                    return text
        return None

    def left_cell(self, start: int) -> str:
        """The text of the next filled cell to the left in the same row, or the empty string."""
        index = self.index(start)
        if index is None or self.layout.cell(index) is None:
            return ""
        row = self.layout.row(index)
        for other in range(index - 1, max(row.start, index - 8) - 1, -1):
            begin, end = self._bounds(other)
            text = self.view.text[begin : min(end, begin + _CELL_LIMIT)].strip()
            if text:
                return text
        return ""

    def _bounds(self, index: int) -> tuple[int, int]:
        view, layout = self.view, self.layout
        text = view.text
        start, end = view.position(layout.starts[index]), view.position(layout.ends[index])
        # Where two stretches touch, the break stands at the end of the first one.
        while end > start and text[end - 1] == BREAK:
            end -= 1
        while start < end and text[start] == BREAK:
            start += 1
        return start, end


def artifacts_for(text: str, given: object | None) -> ChineseArtifacts:
    """The shared artifacts of this text: those given, or new ones that the given ones will hold.

    A stock AnalyzerEngine hands every recognizer the same foreign artifacts: ours are made once
    and kept on them, so they live exactly as long as the analysis.
    """
    if isinstance(given, ChineseArtifacts):
        return given
    kept = getattr(given, "chinese_artifacts", None)
    if isinstance(kept, ChineseArtifacts) and kept.text == text:
        return kept
    made = ChineseArtifacts(text)
    if given is not None:
        given.chinese_artifacts = made  # type: ignore[attr-defined]
    return made


class ChineseNlpEngine(NlpEngine):
    """presidio's NlpEngine for Chinese: makes artifacts, needs no model."""

    engine_name = "chinese"
    is_available = True

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> ChineseArtifacts:
        """The artifacts of one text; the work in them is done when a rule asks for it."""
        return ChineseArtifacts(text)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **_: Any
    ) -> Iterator[tuple[str, ChineseArtifacts]]:
        """The artifacts of each text."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """No: there is no such list here."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Whether no letter, digit or Han stands in it."""
        return not any(c.isalnum() for c in word)

    def get_supported_entities(self) -> list[str]:
        """None: names come from a rule of ours."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Chinese."""
        return [LANGUAGE]
