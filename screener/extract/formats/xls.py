"""Old workbooks (.xls, .et; BIFF5 and BIFF8): cells as in new ones, what hides them, the rest.

Values and formats come from xlrd, the words that it passes over from a walk of the records.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from screener.extract import compound
from screener.extract.builder import DocumentBuilder
from screener.extract.compound_open import COMPOUND, is_whole, opened
from screener.extract.formats.cell_looks import Dress, Hiding
from screener.extract.formats.cells import (
    FLAT_COLUMN,
    FLAT_ROW,
    CellWriter,
    SheetPlaces,
    as_shown,
    column_name,
    under_merged,
)
from screener.extract.formats.xls_records import MACROS, pictures, sheet_list, texts_beside
from screener.extract.inside import read_inside
from screener.extract.looks import ALL, BLACK, NUMBERS, TEXTS, WHITE, Colour
from screener.extract.macros import add_macros
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.unlock import with_known_password
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Cell, Paragraph, Property

_STATES = (None, "hidden", "very_hidden")
_PLAIN_SHEET = re.compile("(?:Sheet|工作表|表)[0-9]*", re.IGNORECASE)
_CODES = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|[LCRPNDTAFGZBIUESXYHO])')
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOL, _ERROR, _BLANK = range(7)
_SYSTEM_INK, _SYSTEM_PAPER = 64, 65
_TWIPS = 20


class XlsReader:
    """Cells with header and state, comments, links, names, shapes, pictures, objects, the rest."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Sheet by sheet, then what lies beside the cells."""
        if not data.startswith(COMPOUND):  # the oldest are no more than their records
            _cells(data, builder)
            _beside(data, builder, context)
            return
        try:
            self._read(data, builder, context)
        except _Locked:
            self._read(with_known_password(data), builder, context)

    def _read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        with opened(data) as streams:
            name = "Workbook" if streams.exists("Workbook") else "Book"
            records = streams.openstream(name).read()
            if not is_whole(streams, name):
                builder.unread(_("part {part}").format(part=name), UnreadReason.CORRUPT)
            _cells(records, builder)
            _beside(records, builder, context)
            add_macros(streams, builder, context.limits.file_bytes)
            compound.read_objects(streams, builder, context)
            compound.read_properties(streams, builder)
            compound.left_behind(streams, builder)


class _Locked(Unreadable):
    """The records are enciphered; the password that locks nothing may still open them."""


def _cells(records: bytes, builder: DocumentBuilder) -> None:
    """Everything that xlrd finds in the records. Raises _Locked, or Unreadable for torn ones."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=records,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,  # else it forgets the strings that no cell shows
            logfile=io.StringIO(),  # its messages may hold values
        )
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error):
            raise _Locked(UnreadReason.ENCRYPTED, _("protected by a password")) from None
        raise Unreadable(UnreadReason.CORRUPT, _("the file is torn")) from None
    _Reading(book, builder, xlrd).run()


class _Reading:
    def __init__(self, book: Any, builder: DocumentBuilder, xlrd: Any) -> None:
        self.book = book
        self.builder = builder
        self.xlrd = xlrd
        self.used: set[str] = set()
        self.title = ""
        self.hiding = {
            at: hiding for at, style in enumerate(book.xf_list) if (hiding := self._hides(style))
        }

    def run(self) -> None:
        """Every sheet, then names and strings that no cell shows."""
        for sheet in self.book.sheets():
            self._sheet(sheet)
        self.builder.set_facts(replace(self.builder.facts, title=self.title))
        for name in self.book.name_obj_list:
            if not name.builtin:
                told = getattr(name.result, "text", "") or ""
                text = f"{name.name}\n{told}".strip()
                place = Property("definedName")
                self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)
        for text in dict.fromkeys(getattr(self.book, "_sharedstrings", ())):
            if text.strip() and text not in self.used:
                place = Property("sharedStrings")
                self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)

    def _hides(self, style: Any) -> Hiding | None:
        """Why cells of a style show nothing, None where they do."""
        code = self.book.format_map.get(style.format_key)
        font = self.book.font_list[style.font_index]
        ground = WHITE
        if style.background.fill_pattern == 1:
            ground = self._colour(style.background.pattern_colour_index, WHITE)
        ink = self._colour(font.colour_index, BLACK)
        text = code.format_str if code is not None else ""
        return Dress(text, ink, ground, True, font.height / _TWIPS).hides()

    def _colour(self, number: int, otherwise: Colour) -> Colour:
        if number in (_SYSTEM_INK, 0x7FFF):
            return BLACK
        if number == _SYSTEM_PAPER:
            return WHITE
        known = self.book.colour_map.get(number)
        return (known[0], known[1], known[2]) if known else otherwise

    def _sheet(self, sheet: Any) -> None:
        state = _STATES[min(sheet.visibility & 3, 2)]
        if not _PLAIN_SHEET.fullmatch(sheet.name):
            place = Cell(sheet.name, "A1", state)
            self.builder.add(sheet.name, SegmentKind.HEADING, place, visible=state is None)
        merged = ((a, b - 1, c, d - 1) for a, b, c, d in sheet.merged_cells)
        places = SheetPlaces(
            sheet.name,
            state,
            _hidden_rows(sheet),
            _hidden_columns(sheet),
            looks=self._looks(sheet),
            merged=under_merged(merged),
        )
        cells = CellWriter(self.builder, places, self.used)
        for row in range(sheet.nrows):
            self._row(sheet, row, cells)
        cells.finish()
        self.title = self.title or cells.title
        self._comments(sheet, state)
        self._links(sheet, state)

    def _looks(self, sheet: Any) -> Mapping[tuple[int, int], str]:
        if not self.hiding:
            return {}
        found = {}
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                hiding = self.hiding.get(sheet.cell_xf_index(row, column))
                if hiding and hiding.what in (ALL, TEXTS if kind == _TEXT else NUMBERS):
                    found[row, column] = hiding.state
        return found

    def _row(self, sheet: Any, row: int, cells: CellWriter) -> None:
        columns, texts = [], []
        values = sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), values, strict=True)):
            if kind not in (_EMPTY, _BLANK) and (text := self._shown(kind, value)):
                columns.append(column)
                texts.append(text)
        if texts:
            cells.add(row, columns, texts)

    def _shown(self, kind: int, value: Any) -> str:
        if kind == _TEXT:
            return str(value)
        if kind == _DATE:
            try:
                return as_shown(self.xlrd.xldate_as_datetime(value, self.book.datemode))
            except (ValueError, OverflowError, self.xlrd.xldate.XLDateError):
                return as_shown(float(value))
        if kind == _BOOL:
            return as_shown(bool(value))
        if kind == _ERROR:
            return str(self.xlrd.error_text_from_code.get(value, "#?"))
        return as_shown(value)

    def _comments(self, sheet: Any, state: str | None) -> None:
        for (row, column), note in sorted(sheet.cell_note_map.items()):
            place = Cell(sheet.name, f"{column_name(column)}{row + 1}", state)
            self.used.add(note.text)
            shown = state is None
            self.builder.add(note.text.strip(), SegmentKind.COMMENT, place, visible=shown)
            self.builder.add(note.author, SegmentKind.METADATA, place, visible=False)

    def _links(self, sheet: Any, state: str | None) -> None:
        for link in sheet.hyperlink_list:
            place = Cell(sheet.name, f"{column_name(link.fcolx)}{link.frowx + 1}", state)
            target = link.url_or_path
            if isinstance(target, bytes):
                target = target.decode("gb18030", "replace")
            words = (target, link.textmark, link.quicktip, link.desc)
            told = dict.fromkeys(word for word in words if word and word not in self.used)
            self.builder.add("\n".join(told), SegmentKind.HIDDEN, place, visible=False)


def _hidden_rows(sheet: Any) -> frozenset[int]:
    hidden = {r for r, info in sheet.rowinfo_map.items() if info.hidden or info.height < FLAT_ROW}
    if sheet.default_row_hidden:
        hidden |= set(range(sheet.nrows)) - set(sheet.rowinfo_map)
    return frozenset(hidden)


def _hidden_columns(sheet: Any) -> frozenset[int]:
    columns = sheet.colinfo_map.items()
    return frozenset(c for c, info in columns if info.hidden or info.width < FLAT_COLUMN)


def _beside(data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
    """Shapes, headers, hints, charts, caches and pictures: what the records hold beside cells."""
    read = builder.text
    for found in texts_beside(data):
        text = found.text.strip()
        if found.what in ("shape", "cache", "chart") and text in read:
            continue
        if found.what in ("header", "footer"):
            kind = SegmentKind.HEADER if found.what == "header" else SegmentKind.FOOTER
            builder.add(_CODES.sub(" ", text).strip(), kind, Paragraph(1, found.what))
        elif found.what in ("shape", "chart") and found.sheet:
            place = Cell(found.sheet, "A1", found.state)
            builder.add(text, SegmentKind.BODY, place, visible=found.state is None)
        elif found.what == "hint" and found.sheet:
            place = Cell(found.sheet, "A1", found.state)
            builder.add(text, SegmentKind.HIDDEN, place, visible=False)
        else:
            builder.add(text, SegmentKind.METADATA, Property(found.what), visible=False)
    for number, content in enumerate(pictures(data), 1):
        suffix = ".png" if content.startswith(b"\x89") else ".jpg"
        name = _("picture {number}").format(number=number) + suffix
        read_inside(builder, context, content, name)
    if any(entry.kind == MACROS for entry in sheet_list(data)):
        builder.unread(_("macros"), UnreadReason.UNSUPPORTED, _("macros are not read"))
