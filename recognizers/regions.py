"""Codes of GB/T 2260: provinces, and every county a region's digits may stand for.

A county code that is written out is never checked: codes were given up and merged by the thousand,
and numbers that carry retired ones are real. The table counts what hidden digits may have been, and
tells which codes a hometown has.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15"),
        *("21", "22", "23"),
        *("31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46"),
        *("50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65"),
        "71",
    }
)
RESIDENCE_PERMIT_REGIONS = frozenset({"810000", "820000", "830000"})
"""Hong Kong, Macao and Taiwan on residence permits (港澳台居民居住证)."""

_TABLE = Path(__file__).with_name("lexicon") / "region_codes.txt"
_NO_PLACES = frozenset({"市辖区", "县", "市", "县级单位"})
_SUFFIXES = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州")
_SHORTEST = 2


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """All codes of all editions with the names they had."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            province, _, entries = line.partition(":")
            for entry in entries.split():
                found[province + entry[:4]] = tuple(entry[4:].split("/"))
    return found


@cache
def county_codes() -> tuple[str, ...]:
    """The six digits that ID numbers begin with: counties, and cities without any, by value."""
    codes = _names()
    counties = {code for code in codes if not code.endswith("00")}
    with_counties = {code[:4] for code in counties}
    bare = {c for c in codes if c.endswith("00") and not c.endswith("0000")}
    bare = {code for code in bare if code[:4] not in with_counties}
    return tuple(sorted(counties | bare))


def codes_of(place: str) -> tuple[str, ...]:
    """Digits that the codes of a place begin with: 安徽合肥 gives ``("3401",)``; often nothing.

    ``place`` is a hometown as forms give it: one name or several from the province down, in full or
    without 省, 市 and the like, with or without blanks.
    """
    rest = "".join(place.split())
    prefixes: tuple[str, ...] = ("",)
    while rest:
        length, found = _longest(rest, prefixes)
        if not found:
            break
        rest, prefixes = rest[length:], found
    return () if prefixes == ("",) else prefixes


def _longest(text: str, within: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """The longest name that ``text`` begins with, and the digits of its codes inside ``within``."""
    for length in range(min(len(text), 12), _SHORTEST - 1, -1):
        codes = _by_name().get(text[:length], ())
        found = tuple(c for c in codes if any(c.startswith(w) and c != w for w in within))
        if found:
            return length, found
    return 0, ()


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for code, names in _names().items():
        digits = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        for name in names:
            if name not in _NO_PLACES:
                for written in {name, _short(name)}:
                    found.setdefault(written, set()).add(digits)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name[:-1] if name[-1] in "省市县区盟旗" and len(name) > _SHORTEST else name
