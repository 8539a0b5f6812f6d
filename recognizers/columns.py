"""What a table column holds, told from its own values: a header may be missing, vague or wrong.

When nearly all of a column are valid ID numbers, the header 备注 over it changes nothing, and what
is left of the column is suspicious. When they only look like ID numbers and few are valid, they are
running numbers that begin with a region and a day.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from recognizers.artifacts import ChineseArtifacts
from recognizers.checksums import id_valid, luhn_valid, plausible_birth
from recognizers.patterns import late
from recognizers.regions import PROVINCES
from recognizers.view import BREAK

SHARE = 0.8
"""A column is of a kind when so much of it is."""
_SAMPLE = 240  # cells looked at, spread evenly over the column
_HEAD = 3  # cells at the top that may be title or header
_FEWEST = {"id": 3, "card": 5, "mobile": 5, "old_id": 5, "serial": 8}
_SHORTEST = min(_FEWEST.values())
_SERIAL_SHARE = 0.4  # by chance one in eleven passes the check of ID numbers
_SQUEEZED = late("[ \n-]")
_AROUND = BREAK + " \n"
_ID = late("[1-8][0-9]{16}[0-9Xx]")
_OLD_ID = late("[1-8][0-9]{14}")
_CARD = late("(?:6|9558|4|5[1-5]|35)[0-9]{14,18}")
_MOBILE = late("(?:[+]?86)?1[3-9][0-9]{9}")

WORDS = {"id": "身份证号", "card": "银行卡号", "mobile": "手机号码", "serial": "编号"}
"""What a column of each kind would be headed."""


class Typed(NamedTuple):
    """A cell in view coordinates, and the evidence that its column holds a kind of numbers."""

    start: int
    end: int
    evidence: str


Key = tuple[int, int]
_known: WeakKeyDictionary[ChineseArtifacts, _Columns] = WeakKeyDictionary()


class _Columns:
    """The kinds of all columns of a text, worked out once."""

    def __init__(self, artifacts: ChineseArtifacts) -> None:
        self.kinds: dict[Key, str] = {}
        self.members: dict[Key, array[int]] = {}
        tables, _rows, columns = artifacts.layout.grid
        if max(tables, default=-1) < 0:
            return
        groups: dict[Key, array[int]] = {}
        for index, (table, number) in enumerate(zip(tables, columns, strict=True)):
            if table >= 0:
                groups.setdefault((table, number), array("q")).append(index)
        for key in sorted(groups):
            group = groups[key]
            if len(group) < _SHORTEST:
                continue
            artifacts.check_clock()
            kind = _kind(artifacts, group[:: max(1, len(group) // _SAMPLE)])
            if kind:
                self.kinds[key] = kind
                self.members[key] = group


def _columns(artifacts: ChineseArtifacts) -> _Columns:
    known = _known.get(artifacts)
    if known is None:
        known = _known[artifacts] = _Columns(artifacts)
    return known


def kind_at(artifacts: ChineseArtifacts, index: int) -> str:
    """``id``, ``card``, ``mobile``, ``serial`` or nothing: what the column of this cell holds."""
    place = artifacts.layout.cell(index)
    return "" if place is None else _columns(artifacts).kinds.get((place[0], place[2]), "")


def typed_cells(artifacts: ChineseArtifacts, kind: str, headed: re.Pattern[str]) -> Iterator[Typed]:
    """All cells of columns of this kind, by their values or by a header that ``headed`` finds."""
    view = artifacts.view
    seen: set[int] = set()
    found = _columns(artifacts)
    for key, group in found.members.items():
        if found.kinds[key] != kind:
            continue
        for index in group:
            start = view.position(artifacts.layout.starts[index])
            seen.add(start)
            yield Typed(*_bounds(artifacts, start), f"column_values:{WORDS[kind]}")
    for header, starts in artifacts.columns.items():
        named = headed.search(header)
        if named is None:
            continue
        for start in starts:
            if start not in seen:
                yield Typed(*_bounds(artifacts, start), f"column_header:{named.group()}")


def _bounds(artifacts: ChineseArtifacts, start: int) -> tuple[int, int]:
    text = artifacts.view.text
    first, last = artifacts.stretch(start)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _kind(artifacts: ChineseArtifacts, sample: Sequence[int]) -> str:
    view, layout = artifacts.view, artifacts.layout
    counts = dict.fromkeys((*_FEWEST, "shaped"), 0)
    filled = 0
    text, starts, ends = view.text, layout.starts, layout.ends
    for at, index in enumerate(sample):
        start, end = view.position(starts[index]), view.position(ends[index])
        written = text[start : min(end, start + 40)].strip(_AROUND)
        if not written or (at < _HEAD and not any(map(str.isdigit, written))):
            continue
        filled += 1
        _count(_SQUEEZED.sub("", written), counts)
    return _decided(counts, filled)


def _count(value: str, counts: dict[str, int]) -> None:
    size = len(value)
    if size == 18 and _ID.fullmatch(value):
        shaped = _plausible(value[:2], value[6:14])
        counts["shaped"] += shaped
        counts["id"] += shaped and id_valid(value.upper())
    elif size == 15 and _OLD_ID.fullmatch(value):
        counts["old_id"] += _plausible(value[:2], "19" + value[6:12])
    if 16 <= size <= 19 and _CARD.fullmatch(value):
        counts["card"] += luhn_valid(value)
    elif 11 <= size <= 14 and _MOBILE.fullmatch(value):
        counts["mobile"] += 1


def _decided(counts: dict[str, int], filled: int) -> str:
    enough = SHARE * filled
    if counts["id"] >= max(_FEWEST["id"], enough):
        return "id"
    shaped = counts["shaped"]
    if shaped >= max(_FEWEST["serial"], enough) and counts["id"] < _SERIAL_SHARE * shaped:
        return "serial"
    if counts["old_id"] and counts["old_id"] + counts["id"] >= max(_FEWEST["old_id"], enough):
        return "id"
    for kind in ("card", "mobile"):
        if counts[kind] >= max(_FEWEST[kind], enough):
            return kind
    return ""


@cache
def _today() -> date:
    return date.today()


def _plausible(province: str, birth: str) -> bool:
    return province in PROVINCES and plausible_birth(birth, _today())
