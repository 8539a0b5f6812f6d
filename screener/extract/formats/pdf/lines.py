"""From the characters of a PDF page to lines and table cells, seen and hidden ones apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from screener.extract.formats.pdf.frame import Box, Frame
from screener.extract.formats.pdf.grid import Grid
from screener.extract.formats.pdf.hidden import STATES

_CONTROL = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None, "\0": " ", "\ufeff": " "})
_BLANK = " \u3000\xa0"
_WORD = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ@._*-]")
GAP = 0.2
"""A gap wider than this part of a line's height, where something hidden stands, parts words."""


@dataclass(slots=True)
class Line:
    """A line of text: the characters' numbers on the page run from ``first``.

    Where hidden characters were left out of it, ``pieces`` holds the offset and number from which
    each further part runs. ``state`` tells why a person does not see the line.
    """

    text: str
    first: int
    box: Box
    state: str = ""
    pieces: list[tuple[int, int]] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Points between the bottom and top of its characters."""
        return max(self.box[3] - self.box[1], 1.0)


@dataclass(slots=True)
class PageTable:
    """A ruled table: cells as ``(row, column, text, state)`` in reading order.

    What is hidden in a cell follows what is seen in it.
    """

    cells: list[tuple[int, int, str, str]]
    columns: int
    top: float
    edges: list[float]


class Glyphs:
    """The boxes of a page's characters."""

    def __init__(self, page: Any, textpage: Any) -> None:
        import pypdfium2.raw as pdfium

        self.frame = Frame.of(page)
        self._textpage = textpage
        self._pdfium = pdfium
        self._rectangle = pdfium.FS_RECTF()

    def box(self, at: int) -> Box | None:
        """The box of a character as high as its font, None for one that pdfium made up."""
        found = self._rectangle
        if not self._pdfium.FPDFText_GetLooseCharBox(self._textpage, at, found):
            return None
        if found.right <= found.left and found.top <= found.bottom:
            return None
        return self.frame.box(found.left, found.bottom, found.right, found.top)


Character = tuple[str, Box | None, int]
"""A character of a cell with its box and the code of its state."""


class Writing:
    """Collects lines and cells. ``codes`` holds a state for every character of the page."""

    def __init__(self, glyphs: Glyphs, codes: bytes | None) -> None:
        self.glyphs = glyphs
        self.codes = codes
        self.lines: list[Line] = []
        self.hidden: list[Line] = []
        self.joined: list[Line] = []

    def add(self, text: str, first: int) -> None:
        """Add the lines of a text whose characters are numbered from ``first``."""
        for match in re.finditer("[^\r\n]+", text):
            raw, start = match.group(), first + match.start()
            codes = self.codes[start : start + len(raw)] if self.codes is not None else b""
            codes = _settled(raw, codes) if any(codes) else b""
            if any(codes):
                self._apart(raw, start, codes)
            else:
                self._keep(self.lines, self._line(raw, start))

    def fill(self, grids: list[Grid], text: str) -> list[PageTable]:
        """Put characters into the cells that hold their middle; the rest stays in lines."""
        cells: list[dict[tuple[int, int], list[Character]]] = [{} for _ in grids]
        outside: list[tuple[int, str]] = []
        last: tuple[int, tuple[int, int]] | None = None
        for at, character in enumerate(text):
            box = self.glyphs.box(at) if character > " " else None
            found = None
            if box is not None:
                found = last = _slot(grids, box)
            elif last is not None and character in _BLANK:
                found = last
            if found is None:
                outside.append((at, character))
                continue
            code = self.codes[at] if self.codes is not None else 0
            cells[found[0]].setdefault(found[1], []).append((character, box, code))
            if outside and outside[-1][1] != "\n":
                outside.append((at, "\n"))
        self._outside(outside)
        tables = []
        for grid, filled in zip(grids, cells, strict=True):
            table = [
                (row, column, *entry)
                for row, column in sorted(filled)
                for entry in _cell(filled[row, column])
            ]
            if filled:
                columns = len(grid.edges_x) - 1
                tables.append(PageTable(table, columns, grid.edges_y[0], grid.edges_x))
        return tables

    def _outside(self, outside: list[tuple[int, str]]) -> None:
        """Lines of what stands in no table. Characters of a line follow each other on the page."""
        start = 0
        for index in range(1, len(outside) + 1):
            broken = index == len(outside) or outside[index][0] != outside[index - 1][0] + 1
            if broken or outside[index][1] in "\r\n":
                piece = "".join(character for _at, character in outside[start:index])
                self.add(piece, outside[start][0])
                start = index

    def _apart(self, raw: str, first: int, codes: bytes) -> None:
        """A line of which a part is hidden: what is seen, what is not, and words that hold both."""
        seen: list[Line] = []
        for start, end in stretches(codes, hidden=False):
            self._keep(seen, self._line(raw[start:end], first + start))
        if seen:
            self.lines.append(_one_line(seen))
        for start, end in stretches(codes, hidden=True):
            if not _says_something(raw[start:end]):
                continue
            state = STATES[codes[start]]
            self._keep(self.hidden, self._line(raw[start:end], first + start, state))
        for start, end, code in words_with_both(raw, codes):
            self._keep(self.joined, self._line(raw[start:end], first + start, STATES[code]))

    def _keep(self, kept: list[Line], line: Line | None) -> None:
        if line is not None:
            kept.append(line)

    def _line(self, raw: str, first: int, state: str = "") -> Line | None:
        stripped = raw.rstrip(_BLANK)
        lead = len(stripped) - len(stripped.lstrip(" \xa0"))
        stripped = stripped.lstrip(" \xa0")
        if not stripped.strip(_BLANK + "\x02\ufffe"):
            return None
        inner = stripped.lstrip("\u3000")
        start = first + lead
        begin = self.glyphs.box(start + len(stripped) - len(inner))
        end = self.glyphs.box(start + len(stripped) - 1)
        begin = begin or end or (0.0, 0.0, 0.0, 0.0)
        end = end or begin
        box = (
            min(begin[0], end[0]),
            min(begin[1], end[1]),
            max(begin[2], end[2]),
            max(begin[3], end[3]),
        )
        return Line(stripped.translate(_CONTROL), start, box, state)


def stretches(codes: Sequence[int], *, hidden: bool) -> list[tuple[int, int]]:
    """Where characters of one state follow each other: either the hidden or the seen ones."""
    found, start = [], 0
    for code, group in groupby(codes):
        end = start + sum(1 for _code in group)
        if bool(code) is hidden:
            found.append((start, end))
        start = end
    return found


def words_with_both(text: str, codes: Sequence[int]) -> list[tuple[int, int, int]]:
    """Words (numbers, addresses) of which a part is seen and a part not: start, end and state."""
    found, start = [], 0
    for is_word, group in groupby(text, key=lambda character: bool(_WORD.match(character))):
        end = start + sum(1 for _character in group)
        states = {code for code in codes[start:end] if code}
        if is_word and len(set(codes[start:end])) > 1:
            found.append((start, end, min(states)))
        start = end
    return found


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _settled(text: str, codes: bytes) -> bytes:
    """Blanks take the state of what stands before them; lone signs are not worth hiding."""
    told, last = bytearray(codes), 0
    for at, character in enumerate(text):
        if character in _BLANK:
            told[at] = last
        last = told[at]
    for start, end in stretches(told, hidden=True):
        parts_number = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        if not parts_number and not _says_something(text[start:end]):
            told[start:end] = bytes(end - start)
    return bytes(told)


def _one_line(parts: list[Line]) -> Line:
    """Join what is seen of a line; a wide gap keeps its parts apart."""
    line = parts[0]
    for part in parts[1:]:
        if part.box[0] - line.box[2] > GAP * line.height:
            line.text += " "
        line.pieces.append((len(line.text), part.first))
        line.text += part.text
        line.box = (
            min(line.box[0], part.box[0]),
            min(line.box[1], part.box[1]),
            max(line.box[2], part.box[2]),
            max(line.box[3], part.box[3]),
        )
    return line


def _slot(grids: list[Grid], box: Box) -> tuple[int, tuple[int, int]] | None:
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for number, grid in enumerate(grids):
        slot = grid.slot(middle_x, middle_y)
        if slot is not None:
            return number, slot
    return None


def _cell(characters: list[Character]) -> list[tuple[str, str]]:
    """The texts of a cell with their states: what is seen, then what is not."""
    text = "".join(character for character, _box, _code in characters)
    codes = _settled(text, bytes(code for _character, _box, code in characters))
    seen: list[tuple[str, Box | None]] = []
    for start, end in stretches(codes, hidden=False):
        part = [(character, box) for character, box, _code in characters[start:end]]
        if seen and _apart(seen, part):
            seen.append((" ", None))
        seen += part
    found = [(_cell_text(seen), "")]
    spans = [
        (start, end, codes[start])
        for start, end in stretches(codes, hidden=True)
        if _says_something(text[start:end])
    ]
    for start, end, code in (*spans, *words_with_both(text, codes)):
        part = [(character, box) for character, box, _code in characters[start:end]]
        found.append((_cell_text(part), STATES[code]))
    return [entry for entry in found if entry[0].strip()]


def _apart(before: list[tuple[str, Box | None]], behind: list[tuple[str, Box | None]]) -> bool:
    ends = [box for _character, box in before if box is not None]
    begins = [box for _character, box in behind if box is not None]
    if not ends or not begins:
        return False
    return begins[0][0] - ends[-1][2] > GAP * (ends[-1][3] - ends[-1][1])


def _cell_text(characters: list[tuple[str, Box | None]]) -> str:
    """Characters of a cell with a line feed where they go down a line."""
    parts: list[str] = []
    last: Box | None = None
    for character, box in characters:
        if box is not None:
            if last is not None and _next_line(last, box):
                parts.append("\n")
            last = box
        parts.append(character)
    return re.sub(" *\n *", "\n", "".join(parts).translate(_CONTROL)).strip()


def _next_line(last: Box, box: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return middle < last[1] or middle > last[3]
