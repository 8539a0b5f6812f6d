"""Binary workbooks (.xlsb, [MS-XLSB]): values from calamine, what hides them from the records.

Every other binary part is swept for its texts: comments, headers, names, hints, caches, strings
that no cell shows.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace

from screener.extract import opc_parts
from screener.extract.builder import DocumentBuilder
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
from screener.extract.looks import ALL, BLACK, NUMBERS, TEXTS, WHITE, Colour
from screener.extract.package import Package, readable_type
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Cell, Paragraph, Property

_ROW, _SHEET, _COLUMN = 0, 156, 60
_COMMENT, _COMMENT_TEXT = 635, 637
_FILTER, _MERGED, _HEADERS = 161, 176, 479
_CELLS, _TEXT_CELLS = (*range(1, 12), 62), (6, 7, 8, 62)
_FORMAT, _FONT, _FILL, _STYLE, _STYLES, _STYLES_END = 44, 43, 45, 47, 617, 618
_TINT = 1966
"""Change of a theme's colour, of 32,767, above which it is a shade between black and white."""
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]{1,3}|[LCRPNDTAFGZBIUESXYHO])')
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
        hiding = _hiding(package, builder)
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
                data_of_sheet = package.read(part)
                places = _places(name, state, data_of_sheet, hiding)
                title = _cells(book, places, builder, used) or title
                _headers(data_of_sheet, builder)
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


def _places(name: str, state: str | None, data: bytes, hiding: Mapping[int, Hiding]) -> SheetPlaces:
    rows, columns, filtered = set(), set(), range(0)
    looks: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int, int]] = []
    at = 0
    for number, body in records(data):
        if number == _ROW and len(body) >= 12:
            at, _style, height, flags = struct.unpack_from("<IIHH", body)
            if flags & _HIDDEN_ROW or height < FLAT_ROW:
                rows.add(at)
        elif number == _COLUMN and len(body) >= 18:
            first, last, width, _style, flags = struct.unpack_from("<IIIIH", body)
            if flags & _HIDDEN_COLUMN or width < FLAT_COLUMN:
                columns |= set(range(first, min(last, 16_383) + 1))
        elif number == _MERGED and len(body) >= 16:
            merged.append(struct.unpack_from("<IIII", body))
        elif number == _FILTER and len(body) >= 8:
            first, last = struct.unpack_from("<II", body)
            filtered = range(first + 1, last + 1)
        elif hiding and number in _CELLS and len(body) >= 8:
            column, style = struct.unpack_from("<II", body)
            found = hiding.get(style & 0xFFFFFF)
            if found and found.what in (ALL, TEXTS if number in _TEXT_CELLS else NUMBERS):
                looks[at, column] = found.state
    return SheetPlaces(
        name,
        state,
        frozenset(rows),
        frozenset(columns),
        frozenset(row for row in rows if row in filtered),
        looks,
        merged=under_merged(merged),
    )


def _hiding(package: Package, builder: DocumentBuilder) -> dict[int, Hiding]:
    """The cell styles that hide, by their number."""
    name = next((n for n in package.names() if posixpath.basename(n) == "styles.bin"), None)
    try:
        data = package.read(name) if name else b""
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return {}
    formats: dict[int, str] = {}
    fonts: list[tuple[Colour | None, float]] = []
    fills: list[Colour | None] = []
    dresses: list[Dress] = []
    inside = False
    for number, body in records(data):
        inside = number == _STYLES or (inside and number != _STYLES_END)
        if number == _FORMAT and len(body) > 2:
            formats[int.from_bytes(body[:2], "little")] = _text(body, 2)[0]
        elif number == _FONT and len(body) >= 20:
            fonts.append((_colour(body[12:20]), int.from_bytes(body[:2], "little") / 20))
        elif number == _FILL and len(body) >= 20:
            kind = int.from_bytes(body[:4], "little")
            fills.append(WHITE if kind == 0 else _colour(body[4:12]) if kind == 1 else None)
        elif number == _STYLE and inside and len(body) >= 8:
            code, font, fill = struct.unpack_from("<HHH", body, 2)
            letters, size = fonts[font] if font < len(fonts) else (None, 11.0)
            ground = fills[fill] if fill < len(fills) else WHITE
            dresses.append(Dress(formats.get(code, ""), letters, ground, True, size))
    return {at: hiding for at, dress in enumerate(dresses) if (hiding := dress.hides())}


def _colour(body: bytes) -> Colour | None:
    """A colour in eight bytes ([MS-XLSB] 2.5.4); None for one that is not known here."""
    kind, index, tint = body[0] >> 1, body[1], int.from_bytes(body[2:4], "little", signed=True)
    if kind == 2:
        return body[4], body[5], body[6]
    if abs(tint) > _TINT:
        return None
    if kind == 3:
        return (WHITE, BLACK)[index] if index < 2 else None
    return (
        {1: WHITE, 9: WHITE, 65: WHITE, 0: BLACK, 8: BLACK, 64: BLACK}.get(index) if kind else None
    )


def _headers(data: bytes, builder: DocumentBuilder) -> None:
    """Headers and footers of a sheet: of odd, even and first pages in turn."""
    for number, body in records(data):
        if number != _HEADERS:
            continue
        at = 2
        for step in range(6):
            if body[at : at + 4] == b"\xff\xff\xff\xff":
                at += 4
                continue
            text, at = _text(body, at)
            part = "footer" if step % 2 else "header"
            kind = SegmentKind.FOOTER if step % 2 else SegmentKind.HEADER
            builder.add(_CODES.sub(" ", text).strip(), kind, Paragraph(1, part))


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
            pieces = [piece.strip() for piece in _CODES.split(text) if _SAYS.search(piece)]
            if any(piece not in read and piece[1:] not in read for piece in pieces):
                builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)
    for name in package.names():
        kind = package.content_type(name)
        is_xml = kind.endswith("xml") or name.endswith((".xml", ".vml"))
        plain = name != main and is_xml and not opc_parts.is_properties(kind)
        if plain and readable_type(kind) != "styles":
            opc_parts.read_loose(package, builder, name)
