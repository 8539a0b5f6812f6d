"""Names of provinces, prefectures and counties inside a text.

Addresses begin with them, and they are what tells an address that is glued to other words from
those words: 王小明安徽省合肥市… begins at 安徽.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from recognizers.patterns import late

_LIST = Path(__file__).with_name("lexicon") / "regions.txt"
_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "新区")
_LONGEST_SHORT = 4
_PEOPLES = (
    "布依族|土家族|傈僳族|景颇族|哈尼族|柯尔克孜|哈萨克|维吾尔|朝鲜族|蒙古族|蒙古|苗族|侗族|藏族|羌族"
    "|彝族|傣族|白族|壮族|回族"
)
_ALSO_PROVINCES = frozenset(("海南", "黄南", "海北", "海西", "红河", "文山", "大理", "楚雄"))
"""Short names of prefectures that are words or other places too: with 州 only."""
_OF_PEOPLES = late(f"(?:{_PEOPLES})+\\Z")
_DIRECTIONS = frozenset(("东区", "西区", "城区", "郊区", "矿区"))
"""Counties of these names are too few for what else the words say."""


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """All names by their first two characters, longest first, with short ones."""
    names = set(_cities_in_short())
    for level, name in _listed():
        names.add(name)
        if level != "county":
            names.add(_short(name))
            names.update(_without_peoples(name))
    found: dict[str, list[str]] = {}
    for name in sorted(names - _DIRECTIONS, key=len, reverse=True):
        if len(name) > 1:
            found.setdefault(name[:2], []).append(name)
    return {head: tuple(tails) for head, tails in found.items()}


def _listed() -> Iterator[tuple[str, str]]:
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            level, _, words = line.partition(": ")
            yield from ((level, name) for name in words.split(" "))


@cache
def _cities_in_short() -> frozenset[str]:
    """Short names of cities that are counties (义乌, 东方): words too, so they need a place."""
    upper = {_short(name) for level, name in _listed() if level != "county"}
    cities = (name for level, name in _listed() if level == "county" and name.endswith("市"))
    return frozenset(_short(name) for name in cities) - upper


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    """安徽 for 安徽省, 内蒙古 for 内蒙古自治区; a name of many parts stays as it is."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    short = name[:-1] if name[-1] in "省市盟" and len(name) > 2 else name
    return short if len(short) <= _LONGEST_SHORT else name


def _without_peoples(name: str) -> Iterator[str]:
    """广西 for 广西壮族自治区; 恩施 and 恩施州 for 恩施土家族苗族自治州."""
    for ending in ("自治区", "自治州"):
        plain = _OF_PEOPLES.sub("", name.removesuffix(ending))
        if name.endswith(ending) and 1 < len(plain) < len(name) - len(ending):
            if plain not in _ALSO_PROVINCES:
                yield plain
            if ending == "自治州":
                yield plain + "州"


def region_end(text: str, start: int) -> int | None:
    """Where the longest name of a region that begins here ends, or None."""
    for name in _names().get(text[start : start + 2], ()):
        if text.startswith(name, start):
            return start + len(name)
    return None


def same_region(one: str, other: str) -> bool:
    """Whether both name one region, in full or short: 浙江 and 浙江省."""
    return _short(one) == _short(other)


def regions(text: str) -> list[tuple[int, int]]:
    """All names of regions in a short text, by start, not overlapping."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text) - 1:
        end = region_end(text, place)
        if end and place and text[place:end] in _cities_in_short():
            end = end if found and found[-1][1] == place else None
        if end is None:
            place += 1
        else:
            found.append((place, end))
            place = end
    return found
