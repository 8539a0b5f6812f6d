"""Addresses finer than a township: read from a number with its unit to both sides.

A number such as 12号, 3组 or 5幢 is the anchor. To the left, as far as one run of a name goes, the
address begins at its first region, behind a word that leads to it (家住, 位于) or at the edge; to
the right it goes on while numbers with units, or the name of an estate with them, follow. Blanks
and line ends inside are dropped for reading and remembered, since they may also part two values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from recognizers import trace
from recognizers.addresses import shapes
from recognizers.addresses.start import edge_of, start_of
from recognizers.addresses.tail import tail_of
from recognizers.addresses.window import Window, anchors, window_of
from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK

_LINE = 60

_GROUP_REACH = 24
_LOOKED_AT = 12  # code points before a unit, for those who watch
_FIELD_END = late("[,。;!?]")
_CHAIN_GAP, _LONGEST_CHAIN = 8, 12
"""After so many numbers right behind each other that make no address, the next ones make none."""


class Address(NamedTuple):
    """``view.text[start:end]`` is an address.

    ``parts``: what it is made of: 区划 乡镇 村 路 小区, its numbers: 门牌 小组 楼栋 单元 楼层 室.
    """

    start: int
    end: int
    parts: tuple[str, ...]


def addresses(artifacts: ChineseArtifacts) -> Iterator[Address]:
    """All addresses of a text, by start, not overlapping, whoever lives or works there."""
    done = last = chained = 0
    text = artifacts.view.text
    for place in anchors(artifacts):
        if place < done:
            continue
        chained = chained + 1 if place - last < _CHAIN_GAP else 0
        last = place
        if chained > _LONGEST_CHAIN:
            continue
        artifacts.check_clock()
        window, anchor = window_of(text, place, done)
        found = _read(artifacts, window, anchor) or _named_group(window, anchor)
        if found is None:
            _turned_down(artifacts, place)
        else:
            done, chained = found.end, 0
            yield found


def _turned_down(artifacts: ChineseArtifacts, place: int) -> None:
    """For those who watch: the unit at this place, with what stands before it on its line."""
    if trace.current() is not None:
        trace.look(max(artifacts.line(place)[0], place - _LOOKED_AT), place + 1)
        trace.objection("address_unplaced")


def _read(artifacts: ChineseArtifacts, window: Window, anchor: int) -> Address | None:
    text = window.text
    first = shapes.FIRST.search(text, max(0, anchor - 16), anchor)
    if first is None:
        return None
    number = first.start()
    edge = edge_of(window, number)
    led, start, known = start_of(window, edge, number)
    if text[start:number].endswith("的"):  # 业主王小明的3栋2单元501室
        start = number
    head = text[start:number]
    end, units = tail_of(window, number)
    if len(head) > 60 or shapes.HARD_STOP_AT.search(head, 2) or end <= number:
        return None
    if len(head) < 2:
        addressed = not head and _door(units)
    else:
        said = led, text[max(0, edge - 10) : edge]
        addressed = _addressed(
            artifacts, window, (start, number, end), units, known=known, said=said
        )
    if not addressed:
        return None
    whole = begins_line(artifacts, window.at[start])
    if len(units) == 1 and units[0].startswith("号") and (whole or text[start - 1] == ":"):
        places = shapes.TRAILING_PLACE if whole else shapes.TRAILING_BUILDING
        end = _place_behind(artifacts, window, end, places)
    return Address(window.at[start], window.at[end - 1] + 1, _parts(head, units, known))


def _addressed(
    artifacts: ChineseArtifacts,
    window: Window,
    span: tuple[int, int, int],
    units: list[str],
    *,
    known: int,
    said: tuple[str, str],
) -> bool:
    """Whether what stands before the number, behind it and over it makes it an address.

    ``span``: where it begins, where its number begins, where it ends. ``said``: the word that leads
    to it and what stands before that.
    """
    start, number, end = span
    after = "" if end in window.breaks else window.text[end : end + 4]
    if len(units) == 1 and shapes.NOT_BEHIND.match(after):
        return False
    head = window.text[start:number]
    if len(units) == 1 and shapes.DECREE.search(head):
        return False
    if units[0] in ("栋", "幢", "座", "号楼", "#楼") and shapes.RESIDENTS_BEHIND.match(after):
        return True
    whole = begins_line(artifacts, window.at[start])
    led, before = said
    if _valid(head, units, known, home=shapes.HOME_LEAD.search(led) is not None, whole=whole):
        return True
    over = before + "\n" + (artifacts.header(window.at[number]) or "")
    labelled = shapes.HOME_LABEL.search(over) is not None
    return labelled and _valid(head, units, known, home=True, whole=whole)


def _door(units: list[str]) -> bool:
    """Whether these numbers say by themselves where somebody lives: building, then unit or room."""
    return (
        len(units) > 1
        and (units[0][:1] in shapes.DOORS and units[0] != "号")
        and any(unit[:1] in ("室", "单", "户") or unit == "" for unit in units[1:])
    )


def _named_group(window: Window, anchor: int) -> Address | None:
    """李庄村湾东组: a village's group by its name, at its last character."""
    text = window.text
    if text[anchor : anchor + 1] not in tuple(shapes.GROUP_ENDS) or not _ends_group(
        window, anchor + 1
    ):
        return None
    found = shapes.NAMED_GROUP.search(text, max(0, anchor - _GROUP_REACH), anchor + 1)
    if found is None:
        return None
    number = found.start("name")
    led, start, known = start_of(window, edge_of(window, number), number)
    head = text[start:number]
    home = shapes.HOME_LEAD.search(led)
    alone = shapes.VILLAGE.fullmatch(head) and (start == 0 or text[start - 1] in ",(:;、")
    known_place = known or alone or shapes.HOLDS_TOWN.search(head)
    placed = home or (text[anchor] in "组屯" and known_place)
    if len(head) < 2 or not placed or shapes.HARD_STOP_AT.search(head, 2):
        return None
    end = anchor + 1
    return Address(window.at[start], window.at[end - 1] + 1, _parts(head, ["组"], known))


def _ends_group(window: Window, end: int) -> bool:
    """Whether no longer word goes on behind a group's name."""
    rest = window.text[end : end + 4]
    if not rest or end in window.breaks or not "一" <= rest[0] <= "鿿":
        return not rest[:1].isdecimal()
    return shapes.GROUP_BEHIND.match(rest) is not None


def _place_behind(
    artifacts: ChineseArtifacts, window: Window, end: int, places: re.Pattern[str]
) -> int:
    """The end of a line or field that holds an address and the name of the place there."""
    rest = _FIELD_END.split(line_behind(artifacts, window.at[end - 1] + 1))[0].rstrip()
    return end + len(rest) if places.fullmatch(rest) else end


def begins_line(artifacts: ChineseArtifacts, start: int) -> bool:
    """Whether a line, a cell or the text begins here."""
    return start == 0 or artifacts.view.text[start - 1] in "\n\t" + BREAK


def line_before(artifacts: ChineseArtifacts, start: int) -> str:
    """The nearest part of the line before a place."""
    return re.split("[\n\t]", artifacts.before(start, _LINE))[-1]


def line_behind(artifacts: ChineseArtifacts, end: int) -> str:
    """The nearest part of the line behind a place."""
    return re.split("[\n\t]", artifacts.after(end, _LINE))[0]


def _valid(head: str, units: list[str], known: int, *, home: bool, whole: bool) -> bool:
    """Whether head and numbers make an address, and not a count, a line or a document's number."""
    unit = units[0]
    placed = known + bool(shapes.HOLDS_TOWN.search(head)) + bool(shapes.HOLDS_VILLAGE.search(head))
    road = shapes.ENDS_ROAD.search(head) is not None
    village = shapes.ENDS_VILLAGE.search(head) is not None
    estate = shapes.ENDS_ESTATE.search(head) is not None
    if unit == "-":
        return bool(placed or home or estate)
    if unit == "":
        return bool((placed or home or whole) and (road or village or estate))
    held = estate or shapes.HOLDS_ROAD.search(head) is not None
    if unit[0] in "号弄门#":
        good = road or village or (estate and len(head) > 2) or placed or home
    elif unit == "组团":
        good = placed and len(units) > 1
    elif "组" in unit or unit in ("社", "生产队", "队"):
        good = shapes.ENDS_GROUPED.search(head) is not None
    elif unit[0] in "幢栋座单院户排区期":
        good = home or len(units) > 1 or (placed and held)
    else:
        good = placed or home or road or (estate and held)
    return bool(good)


def _parts(head: str, units: list[str], known: int) -> tuple[str, ...]:
    """What the address is made of, in order."""
    parts = []
    if known:
        parts.append("区划")
    if shapes.HOLDS_TOWN.search(head):
        parts.append("乡镇")
    if shapes.HOLDS_VILLAGE.search(head):
        parts.append("村")
    if shapes.HOLDS_ROAD.search(head):
        parts.append("路")
    if shapes.NAMES_DWELLINGS.search(head):
        parts.append("小区")
    for place, unit in enumerate(units):
        name = _PART.get(unit, "") or _PART.get(unit[:1], "室" if place and not unit else "门牌")
        if name not in parts:
            parts.append(name)
    return tuple(parts)


_PART = {
    **dict.fromkeys("幢栋座", "楼栋"),
    **dict.fromkeys("组社队生", "小组"),
    **dict.fromkeys("室户房", "室"),
    **dict.fromkeys("层楼", "楼层"),
    **dict.fromkeys(("单", "门", "梯"), "单元"),
    **dict.fromkeys(("号楼", "#楼"), "楼栋"),
    "村": "小组",
    "居": "小组",
}
