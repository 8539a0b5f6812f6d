"""One sheet's XML: which rows and columns are hidden, what stands beside the cells.

The cells' values come from calamine; here only what it does not tell is looked for, by scanning the
bytes once: 100,000 rows must not be parsed twice.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from screener.extract.formats.cells import split_reference, under_merged
from screener.extract.formats.xlsx.looks import HidingStyles
from screener.extract.formats.xlsx.rules import hidden_by_rule
from screener.extract.formats.xlsx.runs import Runs
from screener.extract.package import Node, attribute, local, parse_xml

DENSE_CELLS = 20_000_000
"""A sheet whose first and last cell span more than this is read cell by cell."""

_TRUE = rb"=[\"'](?:1|true|on)[\"']"
_ROW_HIDDEN = re.compile(rb"(?:hidden|zeroHeight)" + _TRUE)
_ROW_FLAT = re.compile(rb"[ \t\r\n]ht=[\"'][01](?:\.[0-9]*)?[\"']")
_ROWS, _COLUMNS = 1_048_576, 16_384
"""The most that a sheet has."""
_FLAT_WIDTH = 0.3
"""A column narrower than this, in characters, is a line."""
_ROW_SHOWN = re.compile(rb"hidden=[\"'](?:0|false|off)[\"']")
_ROW_NUMBER = re.compile(rb"[ \t\r\n]r=[\"']([0-9]{1,7})[\"']")
_REFERENCE = re.compile(rb"[ \t\r\n]r=[\"']([A-Z]{1,3})[0-9]+[\"']")
_LITERAL = re.compile('"((?:[^"]|""){2,})"')


_FILLING = ("TableStyleMedium", "TableStyleDark")
"""Table styles that fill their head and total row, the dark ones all rows."""


@dataclass(slots=True)
class SheetScan:
    """What the scan of one sheet found. Rows and columns from 0.

    ``filtered`` are the rows under a filter, ``looks`` the cells whose style shows nothing,
    ``merged`` the columns of a row that merged cells take.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    filtered: list[range] = field(default_factory=list)
    looks: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    long_digits: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: list[tuple[str, str]] = field(default_factory=list)
    outside: Node | None = None


def as_utf8(data: bytes) -> bytes:
    """An XML part in UTF-16 as UTF-8, so that its bytes can be scanned."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        return re.sub(r"^<\?xml[^>]*\?>", "", text).encode()
    return data


def scan_sheet(
    data: bytes,
    name: str,
    styles: HidingStyles,
    runs: Runs,
    strings: Callable[[], list[str]],
) -> SheetScan:
    """Scan a sheet part. Raises Unreadable when what stands around its cells is no XML."""
    data = as_utf8(data)
    prefix = _prefix(data)
    scan = SheetScan()
    start = data.find(b"<" + prefix + b"sheetData")
    closing = b"</" + prefix + b"sheetData>"
    end = data.rfind(closing)
    cells = b""
    if start >= 0 and end > start:
        open_end = data.find(b">", start) + 1
        cells = data[open_end:end]
        outside = data[:start] + data[end + len(closing) :]
    else:
        outside = data
    scan.outside = parse_xml(outside, name)
    _columns(scan)
    _rows(scan, cells, prefix)
    _cells(scan, cells, prefix)
    scan.looks = hidden_by_rule(scan.outside, cells, prefix, styles, strings)
    scan.looks |= runs.cells(cells, prefix) | styles.cells(cells, prefix)
    scan.merged = under_merged(_merges(scan.outside))
    return scan


def _merges(outside: Node) -> Iterator[tuple[int, int, int, int]]:
    for node in outside.iter("{*}mergeCell"):
        first, _, last = (attribute(node, "ref") or "").partition(":")
        start, end = split_reference(first), split_reference(last)
        if start and end:
            yield start[0], end[0], start[1], end[1]


def _prefix(data: bytes) -> bytes:
    match = re.search(rb"<([A-Za-z0-9_]+:)?(?:worksheet|chartsheet|dialogsheet|macrosheet)", data)
    return match.group(1) or b"" if match else b""


def _columns(scan: SheetScan) -> None:
    assert scan.outside is not None
    flat = any(_is_flat(n.get("defaultColWidth")) for n in scan.outside.iter("{*}sheetFormatPr"))
    hides = bytearray(b"\1" * _COLUMNS) if flat else bytearray(_COLUMNS)
    for node in scan.outside.iter():
        if local(node) == "autoFilter":
            scan.filtered.append(_rows_of(attribute(node, "ref") or ""))
        if local(node) == "col":
            first, last = _integer(node.get("min")), _integer(node.get("max"))
            hidden = (node.get("hidden") or "") in ("1", "true", "on")
            if first:
                last = min(last, _COLUMNS)
                unseen = b"\1" if hidden or _is_flat(node.get("width")) else b"\0"
                hides[first - 1 : last] = unseen * (last - first + 1)
    scan.hidden_columns.update(column for column, hidden in enumerate(hides) if hidden)


def _is_flat(width: str | None) -> bool:
    """Whether a column of this width, in characters, is a line."""
    try:
        return width is not None and float(width) < _FLAT_WIDTH
    except ValueError:
        return False


def _rows_of(reference: str) -> range:
    """The rows of a range below its first one, the header."""
    first, _, last = reference.partition(":")
    start, end = split_reference(first), split_reference(last)
    return range(start[0] + 1, end[0] + 1) if start and end else range(0)


def filtered_rows(scan: SheetScan) -> frozenset[int]:
    """The hidden rows that stand under a filter."""
    under = bytearray(_ROWS)
    for below in scan.filtered:
        start, stop = min(below.start, _ROWS), min(below.stop, _ROWS)
        under[start:stop] = b"\1" * (stop - start)
    return frozenset(row for row in scan.hidden_rows if row < _ROWS and under[row])


def add_table(table: Node, scan: SheetScan) -> None:
    """Mark what a table of the sheet filters out; leave white letters where its style is dark."""
    for node in table:
        if local(node) == "autoFilter":
            scan.filtered.append(_rows_of(attribute(node, "ref") or ""))
    style = next((node for node in table if local(node) == "tableStyleInfo"), None)
    name = (attribute(style, "name") if style is not None else "") or ""
    first, _, last = (attribute(table, "ref") or "").partition(":")
    start, end = split_reference(first), split_reference(last)
    if not start or not end or not name.startswith(_FILLING):
        return
    whole = name.startswith("TableStyleDark")
    for row, column in [place for place, state in scan.looks.items() if state == "white"]:
        inside = start[1] <= column <= end[1] and start[0] <= row <= end[0]
        if inside and (whole or row == start[0] or row == end[0]):
            del scan.looks[row, column]


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _rows(scan: SheetScan, cells: bytes, prefix: bytes) -> None:
    assert scan.outside is not None
    default = any(
        local(node) == "sheetFormatPr" and (node.get("zeroHeight") or "") in ("1", "true", "on")
        for node in scan.outside
    )
    number = -1
    for match in re.finditer(rb"<" + prefix + rb"row(?=[ \t\r\n/>])([^>]*)>", cells):
        attributes = match.group(1)
        named = _ROW_NUMBER.search(attributes)
        number = int(named.group(1)) - 1 if named else number + 1
        scan.rows = max(scan.rows, number + 1)
        hidden = _ROW_HIDDEN.search(attributes) or _ROW_FLAT.search(attributes)
        if hidden or (default and not _ROW_SHOWN.search(attributes)):
            scan.hidden_rows.add(number)


def _cells(scan: SheetScan, cells: bytes, prefix: bytes) -> None:
    if scan.rows * 702 > DENSE_CELLS:
        names = {match.group(1) for match in _REFERENCE.finditer(cells)}
        found = [split_reference(name.decode() + "1") for name in names]
        scan.columns = max((place[1] + 1 for place in found if place), default=0)
    else:
        scan.columns = 702 if not re.search(rb"r=[\"'][A-Z]{3}[0-9]", cells) else _COLUMNS
    value = rb"<" + prefix + rb"c(?=[ \t\r\n])([^>]*)>(?:<" + prefix + rb"f[^<]*(?:</[^>]*>)?)?"
    long_value = re.compile(value + rb"<" + prefix + rb"v>(-?[0-9]{16,})(?:\.0*)?</")
    if re.search(rb">[0-9]{16,}(?:\.0*)?<", cells):
        for match in long_value.finditer(cells):
            reference = re.search(rb"r=[\"']([A-Z]+[0-9]+)[\"']", match.group(1))
            place = split_reference(reference.group(1).decode()) if reference else None
            if place:
                scan.long_digits[place] = match.group(2).decode()
    if b"<" + prefix + b"f" in cells:
        _formulas(scan, cells, prefix)


def _formulas(scan: SheetScan, cells: bytes, prefix: bytes) -> None:
    """Texts inside formulas: a cached value may be missing, or show something else."""
    from html import unescape

    pattern = rb"<" + prefix + rb"c(?=[ \t\r\n])([^>]*)>[ \t\r\n]*<" + prefix + rb"f[^>]*>([^<]+)<"
    for match in re.finditer(pattern, cells):
        if b"&quot;" not in match.group(2) and b'"' not in match.group(2):
            continue
        formula = unescape(match.group(2).decode("utf-8", "replace"))
        words = [found.replace('""', '"') for found in _LITERAL.findall(formula)]
        reference = re.search(rb"r=[\"']([A-Z]+[0-9]+)[\"']", match.group(1))
        if words and reference:
            scan.formulas.append((reference.group(1).decode(), "\n".join(words)))


def sparse_rows(data: bytes, strings: list[str]) -> Iterator[tuple[int, dict[int, str]]]:
    """Rows of a sheet as ``(row, {column: text})``, parsed one by one, for far-apart cells."""
    row_number = -1
    parsing = etree.iterparse(
        io.BytesIO(as_utf8(data)),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    row: dict[int, str] = {}
    for _event, element in parsing:
        tag = local(element)
        if tag == "c":
            place = split_reference(attribute(element, "r") or "")
            text = _cell_text(element, strings)
            column = place[1] if place else max(row, default=-1) + 1
            if text:
                row[column] = text
            element.clear()
        elif tag == "row":
            named = _integer(attribute(element, "r"))
            row_number = named - 1 if 0 < named <= _ROWS else row_number + 1
            if row:
                yield row_number, row
            row = {}
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _cell_text(cell: Node, strings: list[str]) -> str:
    kind = cell.get("t") or "n"
    value = "".join(n.text or "" for n in cell if local(n) == "v")
    if kind == "s":
        number = _integer(value)
        return strings[number] if number < len(strings) else ""
    if kind == "inlineStr":
        return "".join(n.text or "" for n in cell.iter() if local(n) == "t")
    return value
