"""Comma, semicolon, tab or pipe separated values: fields are segments inside the decoded text."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, replace

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import decode
from screener.extract.formats.text import report_broken
from screener.extract.registry import ReadContext
from screener.model.document import SegmentKind
from screener.model.headers import LOOK_AT, find_header, is_label
from screener.model.place import CsvCell, Place

DELIMITERS = (",", "\t", ";", "|", "，")
_QUOTED = r'"((?:[^"]++|"")*+)"'
_FIELD = {m: re.compile(_QUOTED + "|([^" + re.escape(m) + "\r\n]*)") for m in DELIMITERS}


@dataclass(frozen=True, slots=True)
class CsvPlaces:
    """Places of all fields: the line on which each record begins."""

    record_lines: array[int]

    def at(self, row: int, column: int) -> Place:
        return CsvCell(self.record_lines[row], column + 1)


class CsvReader:
    """Every field, quoted ones without their quotes, with the header of its column."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Decode, find the delimiter, mark the fields."""
        decoded = decode(data, context.declared_charset)
        builder.set_encoding(decoded.encoding)
        text = decoded.text
        offset = builder.add_raw(text)
        table = builder.start_table()
        lines = array("q")
        places = CsvPlaces(lines)
        top: list[list[str]] = []
        for row, (line, fields) in enumerate(_records(text, find_delimiter(text))):
            lines.append(line)
            if row < LOOK_AT:
                top.append([text[start:end] for start, end in fields])
            for column, (start, end) in enumerate(fields):
                if end > start:
                    builder.mark(
                        offset + start,
                        offset + end,
                        SegmentKind.TABLE_CELL,
                        places,
                        table=table,
                        row=row,
                        column=column,
                    )
        found = find_header(top)
        builder.set_headers(table, found.headers, first_row=found.first_row)
        if found.form:
            builder.set_form(table)
        if found.title:
            builder.set_facts(replace(builder.facts, title=found.title))
        report_broken(decoded, builder)


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the most even number of fields."""
    lines = [line for line in text[:64_000].splitlines()[:50] if line.strip()]
    best, most = ",", 0.0
    for mark in DELIMITERS:
        counts = Counter(_outside_quotes(line, mark) for line in lines)
        count, times = max(counts.items(), key=lambda pair: (pair[1] * min(pair[0], 1), pair[0]))
        if count and times * (1 + count / 100) > most:
            best, most = mark, times * (1 + count / 100)
    return best


def looks_like_csv(text: str) -> bool:
    """Whether a text without the suffix is a table: even fields and a header row of labels."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]
    if text and len(text) >= 64_000:
        lines = lines[:-1]
    if len(lines) < 2:
        return False
    mark = find_delimiter("\n".join(lines))
    counts = {_outside_quotes(line, mark) for line in lines}
    if len(counts) != 1 or counts == {0}:
        return False
    header = [field.strip().strip('"') for field in lines[0].split(mark)]
    return all(is_label(cell) for cell in header) and len(set(header)) == len(header)


def _outside_quotes(line: str, mark: str) -> int:
    return re.sub('"[^"]*"', "", line).count(mark) if '"' in line else line.count(mark)


def _records(text: str, mark: str) -> list[tuple[int, list[tuple[int, int]]]]:
    """Records as ``(line from 1, [(start, end) of each field])``, quotes left out."""
    field_at = _FIELD[mark].match
    records = []
    position, line, size = 0, 1, len(text)
    while position < size:
        fields: list[tuple[int, int]] = []
        first_line = line
        while True:
            match = field_at(text, position)
            if match is None:  # cannot be: the second branch takes the empty field
                raise ValueError("field")
            start, end = match.span(1) if match.start(1) >= 0 else match.span(2)
            position = match.end()
            if match.start(1) >= 0:
                line += text.count("\n", start, end)
                # what stands between a closing quote and the next delimiter belongs to the field
                rest = _rest(text, position, mark)
                end = rest if rest > position else end
                position = rest
            fields.append((start, end))
            if position < size and text[position] == mark:
                position += 1
                continue
            break
        if text.startswith("\r\n", position):
            position += 2
        elif position < size:
            position += 1
        line += 1
        records.append((first_line, fields))
    return records


def _rest(text: str, position: int, mark: str) -> int:
    while position < len(text) and text[position] not in (mark, "\r", "\n"):
        position += 1
    return position
