"""Homes that a table parts over its columns: 村, 组 and 门牌, or 小区, 幢, 单元 and 室.

A cell that says ``3`` is a home's group only under 组, beside a column of villages and one of
people. Each cell that is finer than the village or the estate is told by itself, since each has to
be masked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from recognizers.addresses.shapes import HAN, NUMERALS
from recognizers.artifacts import ChineseArtifacts
from recognizers.papers import columns
from recognizers.patterns import late

_NUMBER = rf"(?:第?(?:[0-9]{{1,4}}|[{NUMERALS}]{{1,4}})|[甲乙丙丁东西南北A-Ha-h][0-9]{{0,2}})"
_GROUP = late(
    "(?:所在|户籍)?(?:(?:村|居)民)?小?组(?:别|名|名称|号)?|[社屯队]|生产队|自然[村屯]|村民小组名称|组[(]社[)]|村组"
)
_DOOR = late("门牌号?码?|门号|门牌编号")
_BUILDING = late("(?:楼?[栋幢座]|楼|楼宇)[号数]?|楼[栋幢]号?|楼号|栋楼号|房屋?[栋幢]号")
_UNIT = late("单元[号数]?")
_ROOM = late("(?:房|室|房间|房屋|户室|门室|房室|住房|公租房房)号?|室|房间|户号|房屋编号|公租房房号")
_VILLAGE = late("村|社区|居委会|嘎查|乡镇|街道|镇")
_ESTATE = late("小区|楼盘|项目|地址|坐落|小区名称|安置点|房源")
_PERSON = late(
    "姓名|户主|业主|权利人|申请人|承租人|选房人|农户|村民|产权人|住户|领取人|受益人|户名|人员|对象|房主"
)
_GROUP_CELL = late(
    rf"{_NUMBER}(?:(?:村民|居民)?小?组|[社队屯])?|[{HAN}]{{1,6}}(?:小?组|[社队屯湾村庄坪沟冲坡寨坝塆岭坳塘])"
)
_DOOR_CELL = late(rf"{_NUMBER}?[附-]?{_NUMBER}号?|{_NUMBER}号?")
_FLAT_CELL = late(
    rf"{_NUMBER}?(?:-[0-9A-Za-z]{{1,4}}){{0,3}}(?:[幢栋座楼室户房号#]|单元|号楼|#楼)?"
)
_PARTS = {
    "小组": (_GROUP, _GROUP_CELL),
    "门牌": (_DOOR, _DOOR_CELL),
    "楼栋": (_BUILDING, _FLAT_CELL),
    "单元": (_UNIT, _FLAT_CELL),
    "室": (_ROOM, _FLAT_CELL),
}
"""How the header and the cells of each part are written."""
_SAYS_VILLAGERS = late("自然[村屯]|村民小组|村民小组名称|居民小组|村组")
_ONLY_VILLAGE = late(f"[{HAN}]{{2,6}}(?:村|社区)")
"""In a column for villages and their groups, one that names no group."""
_MOST = 10
_NONE = frozenset(("", "-", "无", "略"))


class Cell(NamedTuple):
    """``view.text[start:end]`` is a part of a home: which one, and what says so."""

    start: int
    end: int
    part: str
    evidence: str


def parted(artifacts: ChineseArtifacts) -> Iterator[Cell]:
    """The cells that are finer than a village or an estate, in tables of people."""
    heads = columns(artifacts)
    if not any(_PERSON.search(header) for header in heads):
        return
    for header, starts in heads.items():
        part = next((part for part, (named, _) in _PARTS.items() if named.fullmatch(header)), "")
        if not part:
            continue
        for place in starts:
            artifacts.check_clock()
            if not _beside(artifacts, place, header, part):
                continue
            first, last = artifacts.stretch(place)
            text = artifacts.view.text[first:last]
            value = text.strip()
            if header == "村组" and _ONLY_VILLAGE.fullmatch(value):
                continue
            if value not in _NONE and len(value) <= _MOST and _PARTS[part][1].fullmatch(value):
                start = first + len(text) - len(text.lstrip())
                yield Cell(start, start + len(value), part, f"column_header:{header}")


def _beside(artifacts: ChineseArtifacts, place: int, header: str, part: str) -> bool:
    """Whether the row's other columns hold people, and what this one is a part of."""
    headers = [h for h in (artifacts.row_headers(place) or "").split() if h != header]
    if not any(_PERSON.search(other) for other in headers):
        return False
    if part in ("小组", "门牌"):
        villages = any(_VILLAGE.search(other) for other in headers)
        return villages or _SAYS_VILLAGERS.fullmatch(header) is not None
    flats = [_PARTS[name][0] for name in ("楼栋", "单元", "室")]
    parts = sum(any(flat.fullmatch(other) for flat in flats) for other in headers)
    return parts > 0 or any(_ESTATE.search(other) for other in headers) or "租房" in header
