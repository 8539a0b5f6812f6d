"""Binary workbooks (.xlsb, [MS-XLSB]): values from calamine, what hides them from the records.

Every other binary part is swept for its texts: comments, headers, names, hints, caches, strings
that no cell shows.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from screener.extract import opc_parts
from screener.extract.builder import DocumentBuilder
from screener.extract.formats.cells import CellWriter, SheetPlaces, as_shown, column_name
from screener.extract.package import Package, readable_type
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Cell, Property

_ROW, _SHEET, _COLUMN = 0, 156, 60
_COMMENT, _COMMENT_TEXT = 635, 637
_STATES = (None, "hidden", "very_hidden")
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x1000, 0x0001
_PLAIN_SHEET = re.compile("(?:Sheet|工作表|表)[0-9]*", re.IGNORECASE)
_WIDE = re.compile(b"(?:[\\x20-\\x7e]\\0|[\\x00-\\xff][\\x4e-\\x9f]){3,}")
_SAYS = re.compile("[\u4e00-\u9fff]{2}|[0-9]{7}|@")
_SILENT = frozenset(("styles", "calcChain", "printerSettings", "theme"))
MOST_CELLS = 20_000_000


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record: both told in seven bits a byte."""
    at = 0
    while at < len(data):
        number, at = data[at], at + 1
        if number & 0x80 and at < len(data):
            number, at = number & 0x7F | data[at] << 7, at + 1
        size = 0
        for step in range(4):
            if at >= len(data):
                return
            byte, at = data[at], at + 1
            size |= (byte & 0x7F) << 7 * step
            if not byte & 0x80:
                break
        yield number, data[at : at + size]
        at += size


class XlsbReader:
    """Cells with header and state, comments at their cells, the words of all other parts."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Sheet by sheet, then part by part."""
        from python_calamine import CalamineWorkbook

        package = Package(data, context.limits)
        main = next(
            (link.target for link in package.relationships("") if link.kind == "officeDocument"),
            "xl/workbook.bin",
        )
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except Exception as error:  # calamine's own types are not exported
            raise Unreadable(UnreadReason.CORRUPT, _("the file is torn")) from error
        links = {link.id: link.target for link in package.relationships(main)}
        used: set[str] = set()
        title = ""
        for name, state, link in _sheets(package.read(main)):
            part = links.get(link, "")
            if not package.has(part):
                what = _("sheet “{sheet}”").format(sheet=name)
                builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"))
                continue
            if not _PLAIN_SHEET.fullmatch(name):
                place = Cell(name, "A1", state)
                builder.add(name, SegmentKind.HEADING, place, visible=state is None)
            if "/worksheets/" in part:
                places = _places(name, state, package.read(part))
                title = _cells(book, places, builder, used) or title
            _comments(package, part, name, state, builder)
        builder.set_facts(replace(builder.facts, title=title))
        _rest(package, builder, main)
        opc_parts.read_properties(package, builder)
        opc_parts.report_unread(package, builder, context, _binary_parts(package))


def _sheets(data: bytes) -> Iterator[tuple[str, str | None, str]]:
    """Name, state and relationship of every sheet."""
    for number, body in records(data):
        if number == _SHEET and len(body) > 12:
            (state,) = struct.unpack_from("<I", body)
            link, at = _text(body, 8)
            yield _text(body, at)[0], _STATES[min(state & 3, 2)], link


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    if at + 4 > len(body):
        return "", len(body)
    size = int.from_bytes(body[at : at + 4], "little")
    end = at + 4 + 2 * size
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _places(name: str, state: str | None, data: bytes) -> SheetPlaces:
    rows, columns = set(), set()
    for number, body in records(data):
        if number == _ROW and len(body) >= 12:
            row, _style, height, flags = struct.unpack_from("<IIHH", body)
            if flags & _HIDDEN_ROW or height == 0:
                rows.add(row)
        elif number == _COLUMN and len(body) >= 18:
            first, last, width, _style, flags = struct.unpack_from("<IIIIH", body)
            if flags & _HIDDEN_COLUMN or width == 0:
                columns |= set(range(first, min(last, 16_383) + 1))
    return SheetPlaces(name, state, frozenset(rows), frozenset(columns))


def _cells(book: object, places: SheetPlaces, builder: DocumentBuilder, used: set[str]) -> str:
    """Add the cells of a sheet; returns its title."""
    sheet = book.get_sheet_by_name(places.sheet)  # type: ignore[attr-defined]  # has no stubs
    writer = CellWriter(builder, places, used)
    if sheet.start is None:
        return ""
    if sheet.height * sheet.width > MOST_CELLS:
        what = _("sheet “{sheet}”").format(sheet=places.sheet)
        builder.unread(what, UnreadReason.TOO_LARGE)
        return ""
    first_row, first_column = sheet.start
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), first_row):
        filled = [(column, v) for column, v in enumerate(values, first_column) if v != ""]
        texts = [v if isinstance(v, str) else as_shown(v) for _column, v in filled]
        if texts:
            writer.add(row, [column for column, _value in filled], texts)
    writer.finish()
    return writer.title


def _comments(
    package: Package, part: str, name: str, state: str | None, builder: DocumentBuilder
) -> None:
    for link in opc_parts.safe_links(package, builder, part):
        if link.kind != "comments" or link.external or not package.has(link.target):
            continue
        place = Cell(name, "A1", state)
        for number, body in records(package.read(link.target)):
            if number == _COMMENT and len(body) >= 20:
                row, _last, column = struct.unpack_from("<III", body, 4)
                place = Cell(name, f"{column_name(min(column, 16_383))}{row + 1}", state)
            elif number == _COMMENT_TEXT:
                text = _text(body, 1)[0].strip()
                builder.add(text, SegmentKind.COMMENT, place, visible=state is None)
    opc_parts.add_links(package, builder, part)


def _binary_parts(package: Package) -> set[str]:
    return {
        name
        for name in package.names()
        if name.endswith(".bin")
        and not any(word in name for word in ("vbaProject", "embeddings/", "/media/"))
    }


def _rest(package: Package, builder: DocumentBuilder, main: str) -> None:
    """Texts of binary parts that were not read as cells, and all words of XML parts."""
    for name in sorted(_binary_parts(package)):
        if posixpath.basename(name).split(".")[0] in _SILENT:
            continue
        read = builder.text
        for match in _WIDE.finditer(package.read(name)):
            text = match.group().decode("utf-16-le", "replace")
            if _SAYS.search(text) and text not in read and text[1:] not in read:
                builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)
    for name in package.names():
        kind = package.content_type(name)
        is_xml = kind.endswith("xml") or name.endswith((".xml", ".vml"))
        plain = name != main and is_xml and not opc_parts.is_properties(kind)
        if plain and readable_type(kind) != "styles":
            opc_parts.read_loose(package, builder, name)
