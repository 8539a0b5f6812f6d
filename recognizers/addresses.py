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

import numpy as np

from recognizers.artifacts import ChineseArtifacts
from recognizers.places import regions, same_region
from recognizers.view import BREAK, Codes

_LEFT, _RIGHT = 96, 80
"""How far an address reaches from its anchor, in code points of the view."""

_HAN = "一-鿿㐀-䶿〇"
_NUMERALS = "一二三四五六七八九十百千零〇两廿"
_ANCHORS = "号幢栋座弄组室社队单楼院户层"
_BEFORE_UNIT = frozenset("0123456789" + _NUMERALS)
_BARE_AFTER = "路街道巷弄村园区城苑府庄厦寓楼湾庭居邸郡院座里墅组国场浜港ABCDEFGHabcdefg"
_NOT_A_NUMBER = ".%年月日时分秒点米公里元万亿人名平亩个件条次吨岁届天周小倍余多起辆台套度℃,:/"

NUMBER = (
    r"(?:第?(?:[0-9]{1,5}(?:-[0-9]{1,5}){0,3}[A-Za-z]?|[A-Za-z]{1,2}-?[0-9]{0,4}(?:-[0-9]{1,4}){0,3}"
    rf"|[{_NUMERALS}]{{1,6}}|[甲乙丙丁戊]))"
)
_FIRST = re.compile(rf"(?<![0-9A-Za-z]){NUMBER}\Z")
_UNIT = (
    "(?:号楼|号院|号库|号房|号店|号铺|号|弄|支弄|幢|栋|座|单元|单(?=[0-9])|村民小组|居民小组|小组|组团|组|社|生产队|队|户"
    "|室|层|楼|排|院|区|期|门|库|房|梯|楹)"
)
_PLAIN_UNIT = re.compile(_UNIT)
_NEXT = re.compile(rf"[-_,]?(?P<number>{NUMBER}){_UNIT}(?:之[0-9{_NUMERALS}]{{1,2}})?")
_BARE = re.compile(
    r"[-_]?(?:[0-9]{1,4}(?:-[0-9]{1,4}){0,2}[A-Za-z]?|[A-Za-z]{1,2}[0-9]{1,4}(?:-[0-9]{1,4}){0,2}|[A-Za-z](?![A-Za-z]))"
    rf"(?![0-9A-Za-z{re.escape(_NOT_A_NUMBER)}])"
)
_SIDE = re.compile(
    "(?:[东西南北中左右](?:侧|边|单元|户|室|屋|厢房?|头|首)?|[上下]层)(?![" + _HAN + "])"
)
_STOPS = "的了在被将把向并且由因已与及或者是"
_NAME = rf"[{_HAN}·A-Za-z]"
_NAMED_NEXT = re.compile(
    rf"[-_]?(?:附|内)?(?P<name>(?:(?![{_STOPS}]){_NAME}){{0,14}}?)(?P<number>{NUMBER})(?P<unit>{_UNIT})"
)
_ESTATE = (
    "(?:小区|花园|花苑|家园|新村|公寓|大厦|广场|庄园|山庄|名苑|嘉园|佳苑|雅苑|国际|华府|豪庭|公馆|豪苑"
    "|宿舍|家属院|大院|安置点|安置房|[园苑城府湾庭居阁轩邸郡墅厦楼院寓里])"
)
_NAMED_NUMBER = re.compile(
    rf"(?:(?![{_STOPS}]){_NAME}){{1,12}}?(?:{_ESTATE}{_BARE.pattern}"
    rf"|[-_]?[A-Za-z]?[0-9]{{1,4}}(?:-[0-9]{{1,4}}){{0,2}}(?![0-9A-Za-z{_HAN}.%]))"
)
_TRAILING = re.compile(
    rf"(?:(?![{_STOPS}]){_NAME}){{1,8}}?(?:小区|花园|花苑|家园|新村|公寓|大厦|嘉园|佳苑|名苑|山庄|花城|新城|家属院)"
    rf"(?![{_HAN}0-9])"
)
_ROAD = "(?:大道|公路|胡同|路|街|道|巷|弄|里|段|支路|横|条)"
_VILLAGE = "(?:村|庄|屯|寨|社区|居委会|村委会|大队|农场|林场|牧场|连队|嘎查|[坪湾坳沟堡塘洼营集埠圩墩冲坡岭岔垸浜埭桥家组社队])"
_TOWN = "(?:镇|乡|街道|街道办事处|苏木|开发区|园区|工业区|新区|经开区|高新区|矿区|管理区)"
_ENDS_ROAD = re.compile(_ROAD + r"\Z")
_ENDS_VILLAGE = re.compile(_VILLAGE + r"\Z")
_ENDS_TOWN = re.compile(f"(?:{_TOWN}|[区县市旗])\\Z")
_ENDS_ESTATE = re.compile(f"(?:{_ESTATE}|中心|市场|园区|[区期])\\Z")
_ENDS_GROUPED = re.compile(
    "(?:村|庄|屯|社区|居委会|大队|嘎查|农场|林场|镇|乡|街道|[0-9]社|[湾坪沟堡塘组])\\Z"
)
_HOLDS_ROAD = re.compile(rf"[{_HAN}]{_ROAD}")
_HOLDS_TOWN = re.compile(rf"[{_HAN}]{{1,6}}?(?:镇|乡|街道|苏木)")
_HOLDS_VILLAGE = re.compile(rf"[{_HAN}](?:村|社区|庄|屯|嘎查)")
_MAY_BREAK = re.compile(
    rf"(?:[省市区县州盟旗镇乡]|街道|{_ROAD}|{_VILLAGE}|{_ESTATE}|[号幢栋座元组层楼]|[0-9{_NUMERALS}])\Z"
)
_EDGE = re.compile(
    rf"[^{_HAN}0-9A-Za-z\-—·]|{BREAK}|[0-9]{{6}}|(?<=[0-9])[年月日元岁时](?=[{_HAN}])"
)
_LEAD = re.compile(
    "(?:(?:家庭|现|常|户籍|户口|经常|实际|居住|通[讯信]|联系|邮寄|收[货件]|寄件|配送|取件|送达|房屋|详细|身份证|单位|办公"
    "|公司|注册|经营)*(?:住址|住所地|住所|居住地|地址|所在地|户籍地|住地)|户籍|户口|家住|现住|现居|居住|居于|租住|暂住|借住"
    "|住|位于|坐落|座落|地处|设于|设在|家在|老家|寄到|寄往|寄至|寄送|送到|送至|送往|发往|发到|搬到|搬至|迁至|迁往|迁入"
    "|回到|来到|前往|赴|途经|抵达|窜至|驶至|行至|至|到)(?:现|地)?(?:为|是|系|在|于|至|到)*"
)
_WEAK = re.compile("[在于为是系从由向以将对因及或了的]|男|女|[汉满回苗壮]族")
_AFTER_NO = re.compile(
    "线|令|文件|公告|地块|宗地|台风|口|机|车|井|坑|泵|闸|桥|信|样|码|球|标|批|图|议|提案|通知|国道|墩|机组|灯"
    "|[0-9]|馆|公路|选手|种子|检查井|点位"
)
_COUNTED = "座栋幢组户社队院"
_HOME_LEAD = re.compile("住|户籍|户口|家|收[货件]|寄|送|配送")


_TOWN_ONLY = re.compile(rf"\A[{_HAN}]{{1,5}}[市县区旗州][{_HAN}]")
_TOWN_BEFORE = re.compile(rf"[{_HAN}]{{1,5}}(?:镇|乡|街道|[市县区])")


class Address(NamedTuple):
    """``view.text[start:end]`` is an address.

    ``parts``: what it is made of, of 区划 乡镇 村 路 门牌 小组 楼栋 单元 室; ``led``: the word that leads
    to it, in the same run of text (空 when none).
    """

    start: int
    end: int
    parts: tuple[str, ...]
    led: str


class _Window(NamedTuple):
    """A stretch of the view without blanks and line ends. ``at[i]``: the view offset of ``text[i]``;
    ``breaks``: before which characters something was dropped."""

    text: str
    at: list[int]
    breaks: frozenset[int]


def addresses(artifacts: ChineseArtifacts) -> Iterator[Address]:
    """All addresses of a text, by start, not overlapping, whoever lives or works there."""
    done = 0
    text = artifacts.view.text
    for place in _anchors(artifacts):
        if place < done:
            continue
        artifacts.check_clock()
        window, anchor = _window(text, place, done)
        found = _read(window, anchor)
        if found is not None:
            done = found.end
            yield found


def _flags(characters: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    flags = np.zeros(0x110000, dtype=np.bool_)
    flags[[ord(c) for c in characters]] = True
    return flags


_UNIT_FLAGS = _flags(_ANCHORS)
_BARE_FLAGS = _flags(_BARE_AFTER)
_NOT_NUMBER_FLAGS = _flags(_NOT_A_NUMBER)


def _anchors(artifacts: ChineseArtifacts) -> list[int]:
    """Where a unit stands behind a number, and where a bare number ends behind a name."""
    codes: Codes = artifacts.view.codes
    text = artifacts.view.text
    if len(codes) < 4:
        return []
    units = np.flatnonzero(_UNIT_FLAGS[codes])
    found = []
    for place in units.tolist():
        before = text[place - 1 : place]
        if before in (" ", "\n"):
            before = text[place - 2 : place - 1]
        if before in _BEFORE_UNIT or before.isascii() and before.isalpha():
            found.append(place)
    starts, ends = artifacts.scan.runs
    if len(starts):
        near = _BARE_FLAGS[codes[np.maximum(starts - 1, 0)]] & (starts > 0) & (ends - starts < 6)
        behind = codes[np.minimum(ends, len(codes) - 1)]
        near &= ~(_NOT_NUMBER_FLAGS[behind] & (ends < len(codes)))
        near &= ~_UNIT_FLAGS[behind]
        before = codes[np.maximum(starts - 1, 0)]
        near |= (behind == ord("-")) & (before >= 0x4E00) & (before <= 0x9FFF) & (ends - starts < 4)
        found.extend(ends[near].tolist())
        found.sort()
    return found


def _window(text: str, place: int, done: int) -> tuple[_Window, int]:
    first = max(done, place - _LEFT)
    last = min(len(text), place + _RIGHT)
    begin = max(text.rfind(BREAK, first, place), text.rfind("\t", first, place)) + 1
    gap = text.rfind("\n\n", first, place) + 2 if "\n\n" in text[first:place] else 0
    first = max(first, begin, gap)
    for mark in (BREAK, "\t", "\n\n"):
        cut = text.find(mark, place, last)
        last = cut if cut >= 0 else last
    kept, at, breaks, anchor = [], [], [], -1
    dropped = False
    for index in range(first, last):
        character = text[index]
        if index >= place and anchor < 0 and character not in " \n_":
            anchor = len(kept)
        if character in " \n_":
            dropped = True
            continue
        if dropped:
            breaks.append(len(kept))
            dropped = False
        kept.append(character)
        at.append(index)
    window = _Window("".join(kept), at, frozenset(breaks))
    return window, len(kept) if anchor < 0 else anchor


def _read(window: _Window, anchor: int) -> Address | None:
    text = window.text
    first = _FIRST.search(text, max(0, anchor - 16), anchor)
    if first is None:
        return None
    number = first.start()
    edge = _edge(window, number)
    led, start, known = _start(window, edge, number)
    head = text[start:number]
    if len(head) < 2 or len(head) > 60 or any(c in _STOPS[:8] for c in head[2:]):
        return None
    end, units = _tail(window, number)
    if end <= number or not _valid(head, units, known, led, text[end : end + 4]):
        return None
    return Address(window.at[start], window.at[end - 1] + 1, _parts(head, units, known), led)


def _edge(window: _Window, number: int) -> int:
    """The end of the last thing left of the number that no address holds."""
    edge = 0
    for match in _EDGE.finditer(window.text, 0, number):
        edge = match.end()
    return edge


def _start(window: _Window, edge: int, number: int) -> tuple[str, int, int]:
    """The word that leads to the address, where it begins, and how many regions it begins with."""
    text = window.text
    led = ""
    start = edge
    for match in _LEAD.finditer(text, edge, number - 1):
        weak = match.group() in ("至", "到", "住", "赴")
        if weak and (match.start() == edge and match.group() != "住" or number - match.end() < 3):
            continue
        led, start = match.group(), match.end()
    known = 0
    for begin, end in regions(text[start:number]):
        if _follows(window, start + begin, start + end, number):
            if begin == 0 or not _TOWN_BEFORE.fullmatch(text, start, start + begin):
                start += begin
            known = 1
            break
    else:
        for match in _WEAK.finditer(text, start + 1, number):
            if number - match.end() >= 3:
                start = match.end()
    if known:
        start += _restart(text[start:number])
        known = len(regions(text[start:number]))
    elif _TOWN_ONLY.search(text[start:number]):
        known = 1
    return led, _behind_breaks(window, start, number, bool(led) or start == edge), known


def _restart(head: str) -> int:
    """Where an address begins anew in its own head: 浙江省温州市|浙江省温州市…, 新华书店|大连市中山区…"""
    found = regions(head)
    restart = 0
    for index in range(1, len(found) - 1):
        begin, end = found[index]
        if found[index + 1][0] != end:
            continue  # a single name may be part of a road's or an estate's
        gap = head[found[index - 1][1] : begin].strip("-")
        again = index > 1 and same_region(head[begin:end], head[slice(*found[0])])
        full = head[end - 1] in "省市区县州" and head[found[index + 1][1] - 1] in "市区县州"
        if again or gap and full and not _MAY_BREAK.search(gap):
            restart = begin
    return restart


def _follows(window: _Window, begin: int, end: int, number: int) -> bool:
    """Whether what stands between a region and the number can be the rest of one address."""
    rest = window.text[end:number]
    if len(rest) > 40 or re.search(f"[{_STOPS[:8]}]", rest):
        return False
    return re.search("人民政府|委员会|法院|检察院|公安局|财政局|教育局|民政局", rest) is None


def _behind_breaks(window: _Window, start: int, number: int, plain: bool) -> int:
    """The begin, moved behind a blank or line end that parts the address from what precedes it."""
    for place in sorted(window.breaks):
        if not start < place < number:
            continue
        piece = window.text[start:place]
        if _MAY_BREAK.search(piece):
            continue
        gap = window.at[place] - window.at[place - 1]
        if not (plain and gap == 2 and regions(piece)):
            start = place
    return start


def _tail(window: _Window, number: int) -> tuple[int, list[str]]:
    """Where the address that has its first number here ends, and its units in order."""
    text, units, place = window.text, [], number
    match = _NEXT.match(text, place)
    if match:
        units.append(_unit_of(match.group()))
        place = match.end()
    else:
        bare = _BARE.match(text, place)
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
    trailing = _TRAILING.match(text, place)
    if trailing and not any(place <= b < trailing.end() for b in window.breaks):
        place = trailing.end()
    return place, units


def _step(window: _Window, place: int, units: list[str]) -> tuple[int, str] | None:
    """The end and unit of the next number of the same address, if there is one."""
    text = window.text
    broken = place in window.breaks
    match = _NEXT.match(text, place)
    if match and not (text[place] == "," and broken) and text[place] != ",":
        return match.end(), _unit_of(match.group())
    if units[-1] not in ("组", "社", "队") or text[place : place + 1] in "-":
        bare = _BARE.match(text, place)
        if bare and not broken:
            return bare.end(), ""
    if broken:
        return None
    side = _SIDE.match(text, place)
    if side:
        return side.end(), "户"
    named = _NAMED_NEXT.match(text, place)
    if named and not any(place < b <= named.end("name") for b in window.breaks):
        name, unit = named.group("name"), named.group("unit")
        residential = unit[:1] in "幢栋座单室层楼号" or unit in ("户", "组团", "区", "期")
        if residential and (len(name) <= 4 or re.search(_ESTATE, name) or unit != "号"):
            return named.end(), unit
    return _estate_number(window, place)


def _estate_number(window: _Window, place: int) -> tuple[int, str] | None:
    """星光大厦1204, 阳光花园5-2-301: a bare number behind the name of an estate or at the end."""
    match = _NAMED_NUMBER.match(window.text, place)
    if match is None or any(place < b < match.end() for b in window.breaks):
        return None
    return match.end(), ""


def _unit_of(token: str) -> str:
    token = re.sub(r"之.{1,2}\Z", "", token)
    found = None
    for found in _PLAIN_UNIT.finditer(token):
        pass
    return found.group() if found else ""


def _valid(head: str, units: list[str], known: int, led: str, after: str) -> bool:
    """Whether head and numbers make an address, and not a count, a line or a document's number."""
    unit = units[0]
    home = _HOME_LEAD.search(led) is not None
    placed = known + bool(_HOLDS_TOWN.search(head)) + bool(_HOLDS_VILLAGE.search(head))
    if _AFTER_NO.match(after) and len(units) == 1:
        return False
    if unit in ("", "-"):
        named = _ENDS_ROAD.search(head) or _ENDS_ESTATE.search(head) or _ENDS_VILLAGE.search(head)
        if unit == "-" and (placed or home):
            return True
        return bool(named and (placed or home or unit == "-" and _ENDS_ESTATE.search(head)))
    if unit.startswith("号") or unit in ("弄", "门"):
        if _ENDS_ROAD.search(head) or _ENDS_VILLAGE.search(head):
            return True
        if _ENDS_ESTATE.search(head):
            return placed > 0 or len(units) > 1 or home or len(head) >= 3
        return (placed > 0 or home) and len(head) <= 40
    if "组" in unit or unit in ("社", "生产队", "队"):
        if unit == "组团":
            return bool(placed and len(units) > 1)
        return bool(_ENDS_GROUPED.search(head))
    if unit[:1] in "幢栋座单院户排区期":
        if len(units) > 1 or home:
            return True
        return bool(placed and (_ENDS_ESTATE.search(head) or _HOLDS_ROAD.search(head)))
    return bool(placed or home or _ENDS_ESTATE.search(head) and _HOLDS_ROAD.search(head))


def _parts(head: str, units: list[str], known: int) -> tuple[str, ...]:
    """What the address is made of, in order."""
    parts = []
    if known:
        parts.append("区划")
    if _HOLDS_TOWN.search(head):
        parts.append("乡镇")
    if _HOLDS_VILLAGE.search(head):
        parts.append("村")
    if _HOLDS_ROAD.search(head):
        parts.append("路")
    for unit in units:
        name = _PART.get(unit[:1], "门牌")
        if name not in parts:
            parts.append(name)
    return tuple(parts)


_PART = {
    **dict.fromkeys("幢栋座", "楼栋"),
    **dict.fromkeys("组社队生", "小组"),
    **dict.fromkeys("室户房", "室"),
    **dict.fromkeys("层楼", "楼层"),
    "单": "单元",
    "村": "小组",
    "居": "小组",
}
