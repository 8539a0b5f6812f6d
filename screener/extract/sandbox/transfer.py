"""A Document on its way out of a reading process: columns as raw bytes, the rest as JSON.

Places that are plain data go along. Those that need the file itself (boxes on a page, worked out
when asked for) stay behind with the reader and are asked for over the line.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from operator import le
from typing import Any, cast

from screener.extract.sandbox.frames import Message
from screener.model.document import (
    Document,
    GridPlaces,
    SegmentColumns,
    SegmentTable,
    Source,
    Unread,
    UnreadReason,
)
from screener.model.facts import Facts
from screener.model.place import Place
from screener.model.tables import Table

STAYS = -1
"""The number of a place that stays with the reader."""

_HOMES = re.compile(
    r"screener\.model\.(?:place|part_places|document)|screener\.extract\.formats(?:\.[a-z0-9_]+){1,2}"
)
_WIDE, _NARROW = "q", "i"
Held = Place | GridPlaces


class Damaged(Exception):
    """What came over the line is no Document."""


class _NotPlain(Exception):
    """A place that holds more than plain data."""


def pack_value(value: Any) -> Any:
    """A place's field as JSON. Raises _NotPlain for whatever is not plain data."""
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return value
    if kind is tuple:
        return ["tuple", [pack_value(part) for part in value]]
    if kind is frozenset:
        return ["set", [pack_value(part) for part in value]]
    if kind is array:
        return ["array", value.typecode, value.tolist()]
    if is_dataclass(kind) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        home = kind.__module__
        if _HOMES.fullmatch(home):
            packed = [pack_value(getattr(value, field.name)) for field in fields(kind)]
            return ["object", home, kind.__qualname__, packed]
    raise _NotPlain


def unpack_value(packed: Any) -> Any:
    """The value again. Raises Damaged for anything that ``pack_value`` does not make."""
    match packed:
        case str() | int() | float() | bool() | None:
            return packed
        case ["tuple", list(parts)]:
            return tuple(unpack_value(part) for part in parts)
        case ["set", list(parts)]:
            return frozenset(unpack_value(part) for part in parts)
        case ["array", str(code), list(numbers)]:
            return array(code, numbers)
        case ["object", str(home), str(name), list(parts)]:
            return _class_of(home, name)(*(unpack_value(part) for part in parts))
    raise Damaged


@cache
def _class_of(home: str, name: str) -> Callable[..., Any]:
    """A frozen data class that tells places: nothing else can be made from the line."""
    if not _HOMES.fullmatch(home):
        raise Damaged
    found = getattr(import_module(home), name, None)
    if not isinstance(found, type) or not is_dataclass(found) or found.__module__ != home:
        raise Damaged
    frozen = found.__dataclass_params__.frozen  # type: ignore[attr-defined]
    if not frozen or not (hasattr(found, "locate") or hasattr(found, "at")):
        raise Damaged
    return cast(Callable[..., Any], found)


def pack(document: Document) -> tuple[dict[str, Any], list[bytes]]:
    """Head and blocks of a document; what is asked for later has the number of its segment."""
    columns = document.segments.columns()
    numbers, packed = _pack_places(columns.places)
    head = {
        "kind": "document",
        "media_type": document.source.media_type,
        "encoding": document.source.encoding,
        "tables": [
            [table.caption, list(table.headers.items()), table.first_row, table.form]
            for table in document.tables
        ],
        "facts": asdict(document.facts),
        "unread": [[u.id, u.what, u.reason.value, u.detail] for u in document.unread],
        "places": packed,
    }
    blocks = [
        document.text.encode("utf-8", "surrogatepass"),
        columns.starts.tobytes(),
        columns.ends.tobytes(),
        bytes(columns.kinds),
        bytes(columns.visible),
        columns.tables.tobytes(),
        columns.rows.tobytes(),
        columns.columns.tobytes(),
        numbers.tobytes(),
        _pages(columns.places, numbers).tobytes(),
    ]
    return head, blocks


def _pages(places: Sequence[Held], numbers: array[int]) -> array[int]:
    """The page of each place that stays, 0 for none: many ask for the page, few for the box."""
    asked = (
        getattr(place, "on_page", None) if number == STAYS else None
        for place, number in zip(places, numbers, strict=True)
    )
    return array(_NARROW, ((ask() or 0) if ask else 0 for ask in asked))


def _pack_places(places: Sequence[Held]) -> tuple[array[int], list[Any]]:
    """For each segment the number of its place, and the places, each once."""
    numbers, packed = array(_NARROW), []
    known: dict[int, int] = {}
    for place in places:
        number = known.get(id(place))
        if number is None:
            try:
                packed.append(pack_value(place))
                number = len(packed) - 1
            except _NotPlain:
                number = STAYS
            known[id(place)] = number
        numbers.append(number)
    return numbers, packed


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A document that came over the line; ``remote`` tells whether some places stayed behind."""

    document: Document
    remote: bool


def unpack(
    message: Message, source: Source, stayed: Callable[[int, int | None], Place]
) -> Unpacked:
    """The document again; ``stayed`` makes the place of a segment that stayed with the reader.

    ``source`` is what the receiver itself knows of the bytes. Raises Damaged.
    """
    try:
        return _unpack(message, source, stayed)
    except Damaged:
        raise
    except Exception as error:  # a head of the wrong shape fails in a dozen ways
        raise Damaged from error


def _unpack(
    message: Message, source: Source, stayed: Callable[[int, int | None], Place]
) -> Unpacked:
    head, blocks = message.head, message.blocks
    text = blocks[0].decode("utf-8", "surrogatepass")
    numbers = _numbers(_NARROW, blocks[8])
    held = [cast(Held, unpack_value(place)) for place in head["places"]]
    remote = STAYS in numbers
    pages = _numbers(_NARROW, blocks[9])
    places = [
        held[number] if number >= 0 else stayed(index, page or None)
        for index, (number, page) in enumerate(zip(numbers, pages, strict=True))
    ]
    columns = SegmentColumns(
        starts=_numbers(_WIDE, blocks[1]),
        ends=_numbers(_WIDE, blocks[2]),
        kinds=bytearray(blocks[3]),
        visible=bytearray(blocks[4]),
        tables=_numbers(_NARROW, blocks[5]),
        rows=_numbers(_NARROW, blocks[6]),
        columns=_numbers(_NARROW, blocks[7]),
        places=places,
    )
    tables = tuple(
        Table(caption, {int(at): str(words) for at, words in headers}, int(first), bool(form))
        for caption, headers, first, form in head["tables"]
    )
    _check(columns, len(text), len(tables))
    facts = {**head["facts"], "dates": tuple(head["facts"]["dates"])}
    made = Document(
        source=Source(
            source.sha256,
            source.size,
            str(head["media_type"]),
            source.name,
            source.origin,
            str(head["encoding"]),
        ),
        text=text,
        segments=SegmentTable.of(columns),
        tables=tables,
        facts=Facts(**facts),
        unread=tuple(
            Unread(str(name), str(what), UnreadReason(reason), str(detail))
            for name, what, reason, detail in head["unread"]
        ),
    )
    return Unpacked(made, remote)


def _numbers(code: str, raw: bytes) -> array[int]:
    made: array[int] = array(code)
    made.frombytes(raw)
    return made


def _check(columns: SegmentColumns, length: int, tables: int) -> None:
    """Segments lie in the text, in order; every table they name is there. Raises Damaged."""
    count = len(columns.starts)
    same = {len(column) for column in (columns.ends, columns.kinds, columns.visible)}
    same |= {len(c) for c in (columns.tables, columns.rows, columns.columns, columns.places)}
    if same != {count}:
        raise Damaged
    if not count:
        return
    sound = (
        columns.starts[0] >= 0
        and columns.ends[-1] <= length
        and all(map(le, columns.starts, columns.ends))
        and all(map(le, columns.ends, islice(columns.starts, 1, None)))
        and max(columns.kinds) < SegmentColumns.KINDS
        and max(columns.tables) < tables
    )
    if not sound:
        raise Damaged
