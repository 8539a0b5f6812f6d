"""Where an address ends: its numbers with their units, and what stands behind the last one."""

from __future__ import annotations

import re

from recognizers import address_shapes as shapes
from recognizers.address_window import Window


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
    if trailing and not any(place <= b < trailing.end() for b in window.breaks):
        place = trailing.end()
    return place, units


def _step(window: Window, place: int, units: list[str]) -> tuple[int, str] | None:
    """The end and unit of the next number of the same address, if there is one."""
    text = window.text
    broken = place in window.breaks
    match = shapes.NEXT.match(text, place)
    if match and not (text[place] == "," and broken) and text[place] != ",":
        return match.end(), _unit_of(match.group())
    if units[-1] not in ("组", "社", "队") or text[place : place + 1] in "-":
        bare = shapes.BARE.match(text, place)
        if bare and not broken:
            return bare.end(), ""
    if broken:
        return None
    side = shapes.SIDE.match(text, place)
    if side:
        return side.end(), "户"
    named = shapes.NAMED_NEXT.match(text, place)
    if named and not any(place < b <= named.end("name") for b in window.breaks):
        name, unit = named.group("name"), named.group("unit")
        residential = unit[:1] in "幢栋座单室层楼号" or unit in ("户", "组团", "区", "期")
        if residential and (len(name) <= 4 or re.search(shapes.ESTATE, name) or unit != "号"):
            return named.end(), unit
    return _estate_number(window, place)


def _estate_number(window: Window, place: int) -> tuple[int, str] | None:
    """星光大厦1204, 阳光花园5-2-301: a bare number behind the name of an estate or at the end."""
    match = shapes.NAMED_NUMBER.match(window.text, place)
    if match is None or any(place < b < match.end() for b in window.breaks):
        return None
    return match.end(), ""


def _unit_of(token: str) -> str:
    token = re.sub(r"之.{1,2}\Z", "", token)
    return next(reversed(shapes.PLAIN_UNIT.findall(token)), "")
