"""Where an address begins: at its first region, behind a word that leads to it, or at an edge."""

from __future__ import annotations

from itertools import pairwise

from recognizers.addresses import shapes
from recognizers.addresses.window import Window
from recognizers.patterns import late
from recognizers.places import regions, same_region

_LONGEST_REST, _LONGEST_NAME = 48, 3
_AUTHORITY = late("人民政府|(?<!民)委员会|法院|检察院|公安局|财政局|教育局|民政局")


def edge_of(window: Window, number: int) -> int:
    """The end of the last thing left of the number that no address holds."""
    edge = 0
    for match in shapes.EDGE.finditer(window.text, 0, number):
        edge = match.end()
    return edge


def start_of(window: Window, edge: int, number: int) -> tuple[str, int, int]:
    """The word that leads to the address, where it begins, and how many regions it begins with."""
    text = window.text
    led = ""
    start = edge
    for match in shapes.LEAD.finditer(text, edge, number - 1):
        weak = match.group() in shapes.SHORT_LEADS
        at_edge = match.start() == edge
        shortest = 2 if at_edge and match.group() == "住" else 3
        if weak and ((at_edge and match.group() != "住") or number - match.end() < shortest):
            continue
        led, start = match.group(), match.end()
    known = 0
    for begin, end in regions(text[start:number]):
        if begin > 0 and shapes.ROAD_BEHIND.match(text, start + end):
            continue  # 中山路, 湖南东路
        if _follows(window, start + begin, start + end, number):
            town = shapes.TOWN_BEFORE_REGION.fullmatch(text, start, start + begin)
            if town is None or len(regions(text[start + begin : number])) > 1:
                start += begin
            known = 1
            break
    else:
        for match in shapes.WEAK_LEAD.finditer(text, start + 1, number):
            if number - match.end() >= 3:
                start = match.end()
    if known:
        start += _restart(text[start:number])
        known = len(regions(text[start:number]))
    else:
        if text[start] in "系是" and shapes.BEGINS_WITH_REGION.match(text[start + 1 : number]):
            start += 1  # 系云岭县青山镇李庄村四组居民
        known = int(shapes.BEGINS_WITH_REGION.match(text[start:number]) is not None)
    return led, _behind_breaks(window, start, number, bool(led) or start == edge, known), known


def _restart(head: str) -> int:
    """Where an address begins anew in its head: 浙江省温州市|浙江省温州市."""
    found = regions(head)
    restart = 0
    for index in range(1, len(found) - 1):
        begin, end = found[index]
        if found[index + 1][0] != end:
            continue  # a single name may be part of a road's or an estate's
        gap = head[found[index - 1][1] : begin].strip("-")
        again = index > 1 and same_region(head[begin:end], head[slice(*found[0])])
        full = head[end - 1] in "省市区县州" and head[found[index + 1][1] - 1] in "市区县州"
        if again or (len(gap) > 1 and full and not shapes.MAY_BREAK.search(gap)):
            restart = begin
    return max(restart, _behind_repeated(head, found))


def _behind_repeated(head: str, found: list[tuple[int, int]]) -> int:
    """Where an address goes on behind a county that was said twice: 宁波市慈溪市慈溪市|城区路."""
    for (before, until), (begin, end) in pairwise(found[1:]):
        full = head[end - 1] in "市区县" and len(head) - end > 1
        if begin == until and full and same_region(head[begin:end], head[before:until]):
            return end
    return 0


def _follows(window: Window, begin: int, end: int, number: int) -> bool:
    """Whether what stands between a region and the number can be the rest of one address."""
    rest = window.text[end:number]
    if len(rest) > _LONGEST_REST or shapes.HARD_STOP_AT.search(rest):
        return False
    return _AUTHORITY.search(rest) is None


def _behind_breaks(window: Window, start: int, number: int, plain: bool, known: int) -> int:
    """The begin, moved behind a blank or line end that parts the address from what precedes it."""
    for place in sorted(window.breaks | window.wraps):
        piece = window.text[start:place]
        named = place == number and len(piece) <= _LONGEST_NAME and not known  # 王小明 3栋501室
        if not (start < place < number or (named and start < place)):
            continue
        if place in window.wraps and (known or shapes.HOLDS_TOWN.search(piece)):
            continue
        if shapes.MAY_BREAK.search(piece) and not piece.isdecimal():
            continue
        gap = window.at[place] - window.at[place - 1]
        if not (plain and gap == 2 and regions(piece)):
            start = place
    return start
