"""Workbooks: every sheet, hidden ones too, every cell with its column's header, and the rest.

Values come from calamine, hidden rows and columns from a scan of the sheets' XML; segments are
kept in columns, places are made when asked for.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from typing import Any

from screener.extract import opc_parts
from screener.extract.builder import DocumentBuilder
from screener.extract.drawing_looks import palette_of, picture_hides
from screener.extract.formats.cell_colors import Colours
from screener.extract.formats.cells import CellWriter, Cover, SheetPlaces, as_shown
from screener.extract.formats.xlsx.drawing import Grid, add_drawing, covers
from screener.extract.formats.xlsx.looks import HidingStyles
from screener.extract.formats.xlsx.runs import Runs
from screener.extract.formats.xlsx.sheet import (
    DENSE_CELLS,
    SheetScan,
    add_table,
    as_utf8,
    filtered_rows,
    scan_sheet,
    sparse_rows,
)
from screener.extract.package import (
    Node,
    Package,
    Relationship,
    attribute,
    local,
    readable_type,
    texts,
)
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Cell, Paragraph, Property

_STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]{1,3}|[LCRPNDTAFGZBIUESXYHO])')
_PLAIN_SHEET = re.compile("(?:Sheet|工作表|表)[0-9]*", re.IGNORECASE)
_SHEET_WORDS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    state: str | None
    kind: str


class XlsxReader:
    """Cells with header, hidden rows, columns and sheets, comments, shapes, names, properties."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Read sheet by sheet, then the parts beside them."""
        package = Package(data, context.limits)
        _Reading(package, data, builder).run()
        opc_parts.read_properties(package, builder)
        opc_parts.report_unread(package, builder, context)


class _Reading:
    def __init__(self, package: Package, data: bytes, builder: DocumentBuilder) -> None:
        self.package = package
        self.data = data
        self.builder = builder
        self.done: set[str] = set()
        self.used: set[str] = set()
        self.title = ""
        self.palette = palette_of(package)
        styles = self._styles()
        self.styles = HidingStyles.of(styles, self.palette)
        colours = Colours(styles, self.palette)
        self.runs = Runs(self._string_part(), colours, self.styles.dresses)

    def run(self) -> None:
        """All parts of the workbook, in the order a person meets them."""
        from python_calamine import CalamineWorkbook

        main = next(
            (i.target for i in self.package.relationships("") if i.kind == "officeDocument"),
            "xl/workbook.xml",
        )
        workbook = self.package.xml(main)
        self.done.add(main)
        book: Any = None
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except Exception:  # the cells are then read from the XML, one by one
            book = None
        for sheet in self._sheets(workbook, main):
            self.done.add(sheet.part)
            try:
                self._sheet(sheet, book)
            except Unreadable as problem:
                what = _("sheet “{sheet}”").format(sheet=sheet.name)
                self.builder.unread(what, problem.reason, problem.detail)
        self.builder.set_facts(replace(self.builder.facts, title=self.title))
        self._names(workbook)
        self._rest(main)

    def _sheets(self, workbook: Node, main: str) -> list[_Sheet]:
        links = {link.id: link for link in self.package.relationships(main)}
        found = []
        for node in workbook.iter():
            if local(node) != "sheet":
                continue
            name = node.get("name") or "?"
            link = links.get(_relation(node))
            if link is None or not self.package.has(link.target):
                what = _("sheet “{sheet}”").format(sheet=name)
                self.builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"))
                continue
            state = _STATES.get(node.get("state") or "")
            found.append(_Sheet(name, link.target, state, link.kind))
        return found

    def _sheet(self, sheet: _Sheet, book: Any) -> None:
        if not _PLAIN_SHEET.fullmatch(sheet.name):
            place = Cell(sheet.name, "A1", sheet.state)
            self.builder.add(sheet.name, SegmentKind.HEADING, place, visible=sheet.state is None)
        data = self.package.read(sheet.part)
        scan = scan_sheet(data, sheet.part, self.styles, self.runs, self._strings)
        self._tables(sheet, scan)
        if sheet.kind == "worksheet":
            assert scan.outside is not None
            places = SheetPlaces(
                sheet.name,
                sheet.state,
                frozenset(scan.hidden_rows),
                frozenset(scan.hidden_columns),
                filtered_rows(scan),
                scan.looks,
                self._covers(sheet, scan.outside),
                scan.merged,
            )
            cells = _Cells(self.builder, scan, places, self.used)
            dense = scan.rows * scan.columns <= DENSE_CELLS
            if not (dense and cells.add_dense(book, sheet.name)):
                cells.add_sparse(data, self._strings())
            self.title = self.title or cells.title
        self._around(sheet, scan)
        self._linked(sheet)

    def _around(self, sheet: _Sheet, scan: SheetScan) -> None:
        """Headers, footers, input hints, link tips and texts inside formulas."""
        add = self.builder.add
        for reference, literals in scan.formulas:
            if literals not in self.used:
                place = Cell(sheet.name, reference, sheet.state)
                add(literals, SegmentKind.HIDDEN, place, visible=False)
        assert scan.outside is not None
        for node in scan.outside.iter():
            tag = local(node)
            if tag in _SHEET_WORDS:
                part = "header" if tag.endswith("Header") else "footer"
                kind = SegmentKind.HEADER if part == "header" else SegmentKind.FOOTER
                text = _CODES.sub(" ", node.text or "").strip()
                add(text, kind, Paragraph(1, part))
            elif tag in ("dataValidation", "hyperlink", "sheetPr", "protectedRange", "scenario"):
                where = (attribute(node, "sqref") or attribute(node, "ref") or "A1").split(":")[0]
                words = [str(v) for k, v in node.attrib.items() if str(k) in _HINTS]
                words += [text for text in texts(node) if not re.fullmatch(r"[A-Z0-9$:!]+", text)]
                place = Cell(sheet.name, where.split(" ")[0], sheet.state)
                add("\n".join(filter(None, words)), SegmentKind.HIDDEN, place, visible=False)
            elif tag == "cfRule":
                where = (attribute(node.getparent(), "sqref") or "A1").split(":")[0].split(" ")[0]
                words = [text for text in texts(node) if '"' in text]
                place = Cell(sheet.name, where, sheet.state)
                add("\n".join(words), SegmentKind.HIDDEN, place, visible=False)
        opc_parts.add_spoken_in(scan.outside, self.builder, sheet.part)

    def _linked(self, sheet: _Sheet) -> None:
        """Comments and shapes of a sheet, at the cell they belong to."""
        for link in self.package.relationships(sheet.part):
            if link.external or not self.package.has(link.target):
                continue
            kind = readable_type(self.package.content_type(link.target))
            if kind in ("comments", "threadedcomments"):
                self._comments(sheet, link.target)
            elif kind == "drawing":
                self._drawing(sheet, link.target)
        opc_parts.add_links(self.package, self.builder, sheet.part)

    def _comments(self, sheet: _Sheet, part: str) -> None:
        self.done.add(part)
        root = opc_parts.safe_root(self.package, self.builder, part)
        for node in () if root is None else root.iter():
            tag = local(node)
            if tag in ("comment", "threadedComment"):
                text = "".join(n.text or "" for n in node.iter() if local(n) in ("t", "text"))
                place = Cell(sheet.name, node.get("ref") or "A1", sheet.state)
                shown = sheet.state is None
                self.builder.add(text.strip(), SegmentKind.COMMENT, place, visible=shown)
            elif tag == "author" and node.text:
                place = Cell(sheet.name, "A1", sheet.state)
                self.builder.add(node.text.strip(), SegmentKind.METADATA, place, visible=False)

    def _drawing(self, sheet: _Sheet, part: str) -> None:
        self.done.add(part)
        root = opc_parts.safe_root(self.package, self.builder, part)
        if root is not None:
            add_drawing(root, sheet.name, sheet.state, self.builder, self.palette)
        opc_parts.add_links(self.package, self.builder, part)

    def _covers(self, sheet: _Sheet, outside: Node) -> list[Cover]:
        """What lies over the cells of a sheet; torn drawings are named where they are read."""
        found: list[Cover] = []
        for link in self._inner_links(sheet.part, "drawing"):
            try:
                root = self.package.xml(link.target)
                inner = self.package.relationships(link.target)
            except Unreadable:
                continue
            pictures = {link.id: link.target for link in inner if not link.external}
            covering = partial(picture_hides, self.package, pictures)
            found += covers(root, Grid.of(outside), self.palette, covering)
        return found

    def _tables(self, sheet: _Sheet, scan: SheetScan) -> None:
        """Tables have filters of their own, and looks that cells under white letters may have."""
        for link in self._inner_links(sheet.part, "table"):
            try:
                root = self.package.xml(link.target)
            except Unreadable:
                continue  # named where its words are read
            add_table(root, scan)

    def _inner_links(self, part: str, kind: str) -> list[Relationship]:
        links = opc_parts.safe_links(self.package, self.builder, part)
        return [
            link
            for link in links
            if link.kind == kind and not link.external and self.package.has(link.target)
        ]

    def _styles(self) -> Node | None:
        for name in self.package.names():
            if self.package.content_type(name).endswith("styles+xml"):
                return opc_parts.safe_root(self.package, self.builder, name)
        return None

    def _names(self, workbook: Node) -> None:
        for node in workbook.iter():
            if local(node) == "definedName" and node.text:
                name = node.get("name") or ""
                if name.startswith(("_xlnm", "_xlfn")):
                    continue
                text = f"{name}\n{node.text}"
                self.builder.add(text, SegmentKind.HIDDEN, Property("definedName"), visible=False)

    def _rest(self, main: str) -> None:
        """Strings no cell shows, then caches, tables, charts and whatever else holds words."""
        for name in self.package.names():
            kind = self.package.content_type(name)
            word = readable_type(kind)
            is_xml = kind.endswith("xml") or name.endswith((".xml", ".vml"))
            if name in self.done or not is_xml or opc_parts.is_properties(kind):
                continue
            if word == "sharedStrings":
                self._orphans()
            elif word != "styles":
                opc_parts.read_loose(self.package, self.builder, name)
        opc_parts.add_links(self.package, self.builder, main)

    def _orphans(self) -> None:
        for text in dict.fromkeys(self._strings()):
            if text.strip() and text not in self.used:
                place = Property("sharedStrings")
                self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)

    def _strings(self) -> list[str]:
        return shared_strings(self._string_part())

    def _string_part(self) -> bytes:
        for name in self.package.names():
            if readable_type(self.package.content_type(name)) == "sharedStrings":
                return self.package.read(name)
        return b""


_HINTS = ("promptTitle", "prompt", "errorTitle", "error", "tooltip", "display", "location", "name")


class _Cells(CellWriter):
    """Adds the cells of one sheet."""

    def __init__(
        self, builder: DocumentBuilder, scan: SheetScan, places: SheetPlaces, used: set[str]
    ) -> None:
        super().__init__(builder, places, used)
        self.long_digits = scan.long_digits

    def add_dense(self, book: Any, name: str) -> bool:
        """Cells as calamine gives them: rows of values from the first used cell on.

        False where it does not: one cell that it does not understand loses it the whole sheet.
        """
        try:
            sheet = book.get_sheet_by_name(name)
            grid = sheet.to_python(skip_empty_area=True)
        except Exception:  # calamine's own types are not exported
            return False
        first_row, first_column = sheet.start or (0, 0)
        long_digits = self.long_digits
        for row, values in enumerate(grid, first_row):
            columns, cells = [], []
            for column, value in enumerate(values, first_column):
                if value == "" and type(value) is str:
                    continue
                if type(value) is str:
                    cells.append(value)
                elif (row, column) in long_digits:
                    cells.append(long_digits[row, column])
                else:
                    cells.append(as_shown(value))
                columns.append(column)
            if cells:
                self.add(row, columns, cells)
        self.finish()
        return True

    def add_sparse(self, data: bytes, strings: list[str]) -> None:
        """Cells one by one from the XML, for a sheet whose cells lie far apart."""
        for row, cells in sparse_rows(data, strings):
            columns = sorted(cells)
            self.add(row, columns, [cells[column] for column in columns])
        self.finish()


def shared_strings(data: bytes) -> list[str]:
    """The workbook's strings in order, reading aids (phonetic runs) left out."""
    text = as_utf8(data).decode("utf-8", "replace")
    strings = []
    for item in re.split(r"<(?:[A-Za-z0-9_]+:)?si(?=[ \t\r\n/>])", text)[1:]:
        own = re.sub(r"<(?:[A-Za-z0-9_]+:)?rPh.*?</(?:[A-Za-z0-9_]+:)?rPh>", "", item, flags=re.S)
        parts = re.findall(r"<(?:[A-Za-z0-9_]+:)?t(?:[ ][^>]*)?>([^<]*)<", own)
        joined = unescape("".join(parts))
        strings.append(re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), joined))
    return strings


def _relation(node: Node) -> str:
    for key, value in node.attrib.items():
        if str(key).endswith("}id"):
            return str(value)
    return ""
