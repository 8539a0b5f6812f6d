"""Records of old workbooks ([MS-XLS], BIFF8) that hold words but no cells, which xlrd skips."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_HEADER, _FOOTER, _CONTINUE, _SHEET, _BOF = 0x14, 0x15, 0x3C, 0x85, 0x809
_TEXT, _VALIDATION, _SERIES, _PICTURES = 0x1B6, 0x1BE, 0x100D, 0xEB
_CACHED, _OUTSIDE, _WRITER = 0xCD, 0x5A, 0x5C
_STATES = (None, "hidden", "very_hidden")
_TEXT_TOKEN = 0x17
_PICTURE = re.compile(b"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xc0-\xfe]")
MACROS = 1
"""Kind of a sheet that holds macros of the oldest sort."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text beside the cells: what it is, and the sheet with its state, if it is on one.

    ``what`` is header, footer, shape, hint, chart, cache or user.
    """

    what: str
    text: str
    sheet: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A line of the workbook's list of sheets: where it begins, its name, state and kind."""

    at: int
    name: str
    state: str | None
    kind: int


def records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, number and body of each record."""
    at = 0
    while at + 4 <= len(data):
        number, size = struct.unpack_from("<HH", data, at)
        yield at, number, data[at + 4 : at + 4 + size]
        at += 4 + size


def sheet_list(data: bytes) -> list[SheetEntry]:
    """Every sheet of the workbook, also those that hold no cells."""
    found = []
    for _at, number, body in records(data):
        if number == _SHEET and len(body) > 8:
            start, state, kind = struct.unpack_from("<IBB", body)
            name, _end = _string(body, 6, 1)
            found.append(SheetEntry(start, name, _STATES[min(state & 3, 2)], kind))
    return found


def texts_beside(data: bytes) -> Iterator[Found]:
    """Headers, footers, shapes, input hints, chart texts, caches, the last user."""
    starts = {entry.at: entry for entry in sheet_list(data)}
    sheet: SheetEntry | None = None
    shape = 0
    for at, number, body in records(data):
        if number == _BOF:
            sheet = starts.get(at, sheet)
        name, state = (sheet.name, sheet.state) if sheet else (None, None)
        if number == _CONTINUE and shape:
            # one text may go on over several records, each with a flag of its own
            text, _end = _characters(body, 0, shape)
            shape -= len(text)
            yield Found("shape", text, name, state)
            continue
        shape = struct.unpack_from("<H", body, 10)[0] if number == _TEXT and len(body) > 11 else 0
        for what, text in _texts(number, body):
            if text.strip("\0 "):
                yield Found(what, text, name, state)


def _texts(number: int, body: bytes) -> Iterator[tuple[str, str]]:
    if number in (_HEADER, _FOOTER) and len(body) > 3:
        yield ("header" if number == _HEADER else "footer"), _string(body, 0, 2)[0]
    elif number == _VALIDATION:
        yield from (("hint", text) for text in _hints(body))
    elif number == _SERIES:
        yield "chart", _string(body, 2, 1)[0]
    elif number == _CACHED:
        yield "cache", _string(body, 0, 2)[0]
    elif number == _WRITER:
        yield "user", _string(body, 0, 2)[0]
    elif number == _OUTSIDE:
        yield from (("cache", text) for text in _values(body))


def _string(body: bytes, at: int, width: int) -> tuple[str, int]:
    """A text with its length before it (one or two bytes) and where it ends."""
    if at + width + 1 > len(body):
        return "", len(body)
    return _characters(body, at + width, int.from_bytes(body[at : at + width], "little"))


def _characters(body: bytes, at: int, count: int) -> tuple[str, int]:
    """So many characters after a flag that tells one byte from two for each."""
    if at >= len(body):
        return "", len(body)
    flag, start = body[at], at + 1
    if flag & 8:
        start += 2
    if flag & 4:
        start += 4
    end = start + count * (2 if flag & 1 else 1)
    raw = body[start:end]
    return (raw.decode("utf-16-le", "replace") if flag & 1 else raw.decode("latin-1")), end


def _hints(body: bytes) -> Iterator[str]:
    """Titles and messages of an input check, then the words of its list."""
    at = 4
    for _part in range(4):
        text, at = _string(body, at, 2)
        yield text
    for _part in range(2):
        size = int.from_bytes(body[at : at + 2], "little")
        formula, at = body[at + 4 : at + 4 + size], at + 4 + size
        if formula[:1] == bytes([_TEXT_TOKEN]):
            yield _string(formula, 1, 1)[0].replace("\0", "\n")


def _values(body: bytes) -> Iterator[str]:
    """Texts that are kept of another workbook's cells."""
    at = 4
    while at < len(body):
        kind, at = body[at], at + 1
        if kind == 2:
            text, at = _string(body, at, 2)
            yield text
        elif kind in (0, 1, 4, 16):
            at += 8
        else:
            return


def pictures(data: bytes) -> Iterator[bytes]:
    """Pictures on the sheets, each from its first byte on; what follows one is the next."""
    drawn = bytearray()
    inside = False
    for _at, number, body in records(data):
        inside = number == _PICTURES or (inside and number == _CONTINUE)
        if inside:
            drawn += body
    starts = [found.start() for found in _PICTURE.finditer(drawn)]
    for start, end in pairwise([*starts, len(drawn)]):
        yield bytes(drawn[start:end])
