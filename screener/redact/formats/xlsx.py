"""Workbooks: cells of all sheets, strings, formulas, comments, names, headers, caches, properties.

A cell that is changed becomes an inline string of its own, whatever it was before (shared string,
number, formula with a cached value); its formula goes, and so does a shared string that no cell
shows any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from screener.model.document import Document, SegmentKind
from screener.model.place import Cell, Property
from screener.redact.office import redact_parts, refuse_leftovers
from screener.redact.package import Package
from screener.redact.pieces import Piece, Unit
from screener.redact.sheet_cells import Place, column_number, formula_at, rewrite
from screener.redact.sheet_names import carry_names
from screener.redact.text import Edit, squeeze
from screener.redact.unreachable import unreachable
from screener.redact.values import Values, vanishing
from screener.redact.workbook import Workbook, decoded

_STRING = re.compile(
    r"<(?P<prefix>(?:[A-Za-z0-9_]+:)?)si(?=[\s/>])[^>]*?(?:/>|>(?P<inner>.*?)</(?P=prefix)si\s*>)",
    re.DOTALL,
)
_TEXT = re.compile(r"<((?:[A-Za-z0-9_]+:)?t)(?:\s[^>]*)?>([^<]*)</\1\s*>")
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_SHEET_REFERENCE = re.compile(r"'(?:[^']|'')*'!|[\w.]+!")
_PHONETIC = re.compile(
    r"<((?:[A-Za-z0-9_]+:)?(?:rPh|phoneticPr))(?=[\s/>])[^>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL
)


class XlsxWriter:
    """Writes .xlsx and its siblings (templates, files with macros)."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy with the spans replaced and without preview picture and signatures."""
        return _Writing(data, document, spans).run()


class _Writing:
    def __init__(self, data: bytes, document: Document, spans: Sequence[Edit]) -> None:
        self.data = data
        self.document = document
        self.spans = spans
        self.values = vanishing(document, spans)
        self.cells: dict[str, dict[Place, int]] = defaultdict(dict)
        self.edits: dict[int, list[Edit]] = defaultdict(list)
        self.formulas: dict[int, list[Edit]] = defaultdict(list)
        self.beside: list[Edit] = []
        self.in_formula: dict[tuple[str, Place], dict[str, str]] = defaultdict(dict)
        self.lost_strings = False

    def run(self) -> bytes:
        self._sort()
        before = Workbook(self.data)
        self._find_formulas(before)
        package = redact_parts(self._load, self.document, self.beside, self.values, _parts)
        assert isinstance(package, Workbook)
        self._cells(package)
        carry_names(package, before.sheets)
        package.drop_derived()
        refuse_leftovers(package, self.values)
        return package.to_bytes()

    def _load(self) -> Package:
        return Workbook(self.data)

    def _sort(self) -> None:
        """Spans in cells, in texts of formulas, in strings no cell shows, and all others."""
        segments = self.document.segments
        for start, end, new in self.spans:
            index = segments.index_at(start)
            if index is None or end > segments.ends[index]:
                raise ValueError("a span must lie inside one segment")
            place = segments.place(index).locate(0, 1)
            offset = segments.starts[index]
            at = segments.cell(index)
            if isinstance(place, Cell) and at is not None:
                self.cells[place.sheet][at[1], at[2]] = index
                self.edits[index].append((start - offset, end - offset, new))
            elif place == Property("sharedStrings"):
                self.lost_strings = True
            elif isinstance(place, Cell) and segments.kind(index) is SegmentKind.HIDDEN:
                self.formulas[index].append((start, end, new))
            else:
                self.beside.append((start, end, new))

    def _find_formulas(self, book: Workbook) -> None:
        """Hidden texts at a cell stand in its formula, which then goes, or beside the cells."""
        parts = {sheet.name: sheet.part for sheet in book.sheets}
        for index, spans in list(self.formulas.items()):
            place = self.document.segments.place(index).locate(0, 1)
            assert isinstance(place, Cell)
            at = _split(place.ref)
            cells = book.cells.get(parts.get(place.sheet, ""), "")
            text = squeeze(formula_at(cells, at))
            for start, end, new in spans:
                value = squeeze(self.document.text[start:end])
                if value and value in text.replace('""', '"'):
                    self.in_formula[place.sheet, at][value] = new
                else:
                    self.beside.append((start, end, new))
        self.beside.sort()

    def _cells(self, book: Workbook) -> None:
        strings = _Strings(decoded(book.read(book.strings)) if book.strings else "")
        dropped, kept, left = False, set[int](), set[int]()
        for sheet in book.sheets:
            cells = book.cells.get(sheet.part)
            wanted = self.cells.pop(sheet.name, {})
            if cells is None and not wanted:
                continue
            new = {place: self._new_text(index) for place, index in wanted.items()}

            def rich(place: Place, number: int | None, wanted: dict[Place, int] = wanted) -> str:
                return strings.edited(number, self._text(wanted[place]), self.edits[wanted[place]])

            def clean(place: Place, formula: str, name: str = sheet.name) -> str | None:
                more = self.in_formula.get((name, place), {})
                return self._clean_formula(formula, self.values.with_more(more))

            done = rewrite(cells or "", rich, new, clean)
            for place in wanted.keys() - done.done:
                raise unreachable(self.document.segments.place(wanted[place]).locate(0, 1))
            if done.text != cells:
                book.put_cells(sheet.part, done.text)
            dropped |= done.formulas_dropped
            kept |= done.strings_kept
            left |= done.strings_left
        for found in self.cells.values():
            for index in found.values():
                raise unreachable(self.document.segments.place(index).locate(0, 1))
        if book.strings and strings.blank(left - kept, kept, self._stale(strings)):
            book.put(book.strings, strings.text().encode())
        if dropped:
            book.drop_linked(book.rels, ("/calcChain",))

    def _stale(self, strings: _Strings) -> set[str]:
        """Texts of strings that no cell shows and that hold what must go."""
        if not self.lost_strings and not self.values:
            return set()
        text = self.document.text
        gone = self.values.with_more({squeeze(text[a:b]): new for a, b, new in self.spans})
        return {t for t in strings.texts if gone.stand_in(squeeze(t))}

    @staticmethod
    def _clean_formula(formula: str, values: Values) -> str | None:
        """The formula with values in its literals replaced; None when one stands outside them."""
        if not values or not any(c.isdigit() or c == '"' for c in formula):
            return formula

        def literal(match: re.Match[str]) -> str:
            piece = Piece(match[0])
            unit = Unit(0, (piece,))
            for at, value in values.hits(squeeze(match[0])):
                unit.replace(at, at + len(value), values[value])
            return piece.changed()

        cleaned = _LITERAL.sub(literal, formula)
        outside = _SHEET_REFERENCE.sub("", cleaned)  # names of sheets are carried later
        return None if values.stand_in(squeeze(outside)) else cleaned

    def _text(self, index: int) -> str:
        segments = self.document.segments
        return self.document.text[segments.starts[index] : segments.ends[index]]

    def _new_text(self, index: int) -> str:
        text, parts, last = self._text(index), [], 0
        for start, end, new in self.edits[index]:
            parts += [text[last:start], new]
            last = end
        return "".join((*parts, text[last:]))


class _Strings:
    """The workbook's shared strings as source text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._items = list(_STRING.finditer(source))
        self._new: dict[int, str] = {}
        self.texts = [
            _unescaped("".join(t[1] for t in _TEXT.findall(_plain(item)))) for item in self._items
        ]

    def edited(self, number: int | None, text: str, edits: Sequence[Edit]) -> str:
        """A string's runs with their formatting and the edits, or nothing for a plain one."""
        if number is None or number >= len(self._items):
            return ""
        item = self._items[number]
        runs = list(_TEXT.finditer(inner := _plain(item)))
        if len(runs) < 2:
            return ""
        pieces = tuple(Piece(_unescaped(run[2])) for run in runs)
        unit = Unit(0, pieces)
        if squeeze(unit.raw) != squeeze(text):
            return ""
        for start, end, new in edits:
            before = len(squeeze(text[:start]))
            unit.replace(before, before + len(squeeze(text[start:end])), new)
        parts, last = [], 0
        for run, piece in zip(runs, pieces, strict=True):
            opening = f'<{run[1]} xml:space="preserve">'
            parts += [inner[last : run.start()], f"{opening}{_escaped(piece.changed())}</{run[1]}>"]
            last = run.end()
        return "".join((*parts, inner[last:]))

    def blank(self, left: set[int], kept: set[int], stale: set[str]) -> bool:
        """Empty the strings that no cell shows any more; True when there are any.

        ``left``: numbers whose last cell was written anew. ``kept``: numbers that cells show.
        """
        for number, item in enumerate(self._items):
            prefix = item["prefix"]
            if number in left or (number not in kept and self.texts[number] in stale):
                self._new[number] = f"<{prefix}si><{prefix}t></{prefix}t></{prefix}si>"
            elif number in kept and stale and _PHONETIC.search(item[0]):
                reading = _unescaped("".join(t[1] for t in _TEXT.findall(item[0])))
                if reading != self.texts[number]:
                    self._new[number] = _PHONETIC.sub("", item[0])
        return bool(self._new)

    def text(self) -> str:
        """The part with emptied strings; numbers stay what they were."""
        parts, last = [], 0
        for number, item in enumerate(self._items):
            if number in self._new:
                parts += [self._source[last : item.start()], self._new[number]]
                last = item.end()
        return "".join((*parts, self._source[last:]))


def _plain(item: re.Match[str]) -> str:
    """The inside of a string without reading aids."""
    return _PHONETIC.sub("", item["inner"] or "")


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(text)


def _split(reference: str) -> Place:
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", reference)
    return (int(found[2]) - 1, column_number(found[1])) if found else (-1, -1)


def _parts(package: Package) -> list[str]:
    assert isinstance(package, Workbook)
    apart = {package.strings}
    return [n for n in package.names() if n not in apart and package.is_xml(n)]
