"""Names of provinces, prefectures and counties inside a text.

Addresses begin with them, and they are what tells an address that is glued to other words from
those words: 王小明安徽省合肥市… begins at 安徽.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("lexicon") / "regions.txt"
_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "新区")
_LONGEST_SHORT = 4
_WORDS = frozenset(
    ("和平", "新华", "长安", "光明", "高明", "城中", "城关", "中原", "新城", "新安", "建设")
)
"""Short names of regions that are as well names of roads, estates or plain words."""


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """All names by their first two characters, longest first; short ones of the upper levels."""
    names: set[str] = set()
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        level, _, words = line.partition(": ")
        for name in words.split(" "):
            names.add(name)
            if level != "county" or name.endswith("市"):
                names.add(_short(name))
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1 and name not in _WORDS:
            found.setdefault(name[:2], []).append(name)
    return {head: tuple(tails) for head, tails in found.items()}


def _short(name: str) -> str:
    """安徽 for 安徽省, 内蒙古 for 内蒙古自治区; a name of many parts stays as it is."""
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    short = name[:-1] if name[-1] in "省市盟" and len(name) > 2 else name
    return short if len(short) <= _LONGEST_SHORT else name


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
    found = []
    place = 0
    while place < len(text) - 1:
        end = region_end(text, place)
        if end is None:
            place += 1
        else:
            found.append((place, end))
            place = end
    return found
