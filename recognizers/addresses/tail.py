"""Where an address ends: its numbers with their units, and what stands behind the last one."""

from __future__ import annotations

import re

from recognizers.addresses import shapes
from recognizers.addresses.window import Window
from recognizers.places import regions

_RESIDENTIAL = frozenset(("户", "组团", "区", "期", "排", "街坊"))
_ROOMS = frozenset(("室", "户", "房", ""))
_ABOVE_ROOMS = frozenset(("单元", "栋", "幢", "座", "楼", "号楼", "#楼", "门", "梯", "层"))
_AHEAD = 16
_NEIGHBOURHOODS = frozenset(("邻", "组", "社"))
"""Behind these a road and its number may follow: 福星里12邻福星路427巷88号."""


def tail_of(window: Window, number: int) -> tuple[int, list[str]]:
    """Where the address that has its first number here ends, and its units in order."""
    text, units, place = window.text, [], number
    match = shapes.NEXT.match(text, place)
    listed = shapes.LISTED.match(text, place)
    if listed:
        units.append("号")
        place = listed.end()
    elif match:
        units.append(_unit_of(match.group()))
        place = match.end()
    else:
        bare = shapes.BARE.match(text, place)
        if bare is None:
            return place, units
        units.append("-" if "-" in bare.group() else "")
        place = bare.end()
    while True:
        step = _step(window, place, units)
        if step is None:
            break
        place, unit = step
        units.append(unit)
    trailing = shapes.TRAILING.match(text, place)
    if trailing and not _crosses(window.breaks, place - 1, trailing.end() - 1):
        place = trailing.end()
    return place, units


def _step(window: Window, place: int, units: list[str]) -> tuple[int, str] | None:
    """The end and unit of the next number of the same address, if there is one."""
    text = window.text
    wrapped = place in window.wraps
    broken = wrapped or place in window.breaks
    match = shapes.NEXT.match(text, place)
    if match and not (text[place] == "," and broken) and text[place] != ",":
        return match.end(), _unit_of(match.group())
    if units[-1] not in ("组", "社", "队") or text[place : place + 1] in "-":
        bare = shapes.BARE.match(text, place)
        if bare and (not broken or (wrapped and units[-1] in _ABOVE_ROOMS)):
            return bare.end(), ""
    if broken and not (wrapped and _may_go_on(text, place, units)):
        return None
    side = shapes.SIDE.match(text, place)
    if side:
        return side.end(), "侧"
    return _named_number(window, place, units) or _estate_number(window, place)


def _named_number(window: Window, place: int, units: list[str]) -> tuple[int, str] | None:
    """和平里12号楼, 福星路427巷: a number behind another name of the same address."""
    text = window.text
    named = shapes.NAMED_NEXT.match(text, place)
    if named is None or _crosses(window.breaks, place, named.end("name")):
        return None
    if _crosses(window.wraps, place, named.end("name")) and not _may_go_on(text, place, units):
        return None
    name, unit = named.group("name"), named.group("unit")
    if units[-1] in _NEIGHBOURHOODS and shapes.ENDS_ROAD.search(name):
        return named.end(), unit
    residential = unit[:1] in "幢栋座单室层楼号" or unit in _RESIDENTIAL
    short = len(name) <= 4 or shapes.HOLDS_ESTATE.search(name) is not None
    return (named.end(), unit) if residential and (short or unit != "号") else None


def _crosses(breaks: frozenset[int], start: int, end: int) -> bool:
    return any(start < place <= end for place in breaks)


def _may_go_on(text: str, place: int, units: list[str]) -> bool:
    """Whether the next line can go on: the address has no room yet, and no town follows."""
    ahead = text[place : place + _AHEAD]
    return units[-1] not in _ROOMS and not shapes.HOLDS_TOWN.search(ahead) and not regions(ahead)


def _estate_number(window: Window, place: int) -> tuple[int, str] | None:
    """星光大厦1204, 阳光花园5-2-301: a bare number behind the name of an estate or at the end."""
    match = shapes.NAMED_NUMBER.match(window.text, place)
    if match is None or _crosses(window.breaks, place, match.end() - 1):
        return None
    return match.end(), ""


def _unit_of(token: str) -> str:
    token = re.sub(r"之.{1,2}\Z", "", token)
    return next(reversed(shapes.PLAIN_UNIT.findall(token)), "")
