"""Coordinates with five decimals and more: about a metre, so a house."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.patterns import late

_NUMBER = r"(?<![0-9.])[0-9]{1,3}[.][0-9]{5,15}(?![0-9])"
_SIGN = "°?[ ]?(?:[NESWnesw](?![A-Za-z]))?"
_LABEL = "(?:东经|北纬|经度|纬度|[NESWnesw]|lng|lon|lat|longitude|latitude|Longitude|Latitude|E|N)"
_PAIR = late(
    rf"(?P<first>{_NUMBER}){_SIGN}(?P<between>[ ]?[,;、/ \n][ ]?)?(?:{_LABEL}[:为是=\" ]{{0,3}})?"
    rf"(?P<second>{_NUMBER})(?:°)?"
)
_ONE = late(rf"{_NUMBER}(?:°)?")
_WORD = late(
    r"东经|北纬|经度|纬度|经纬|坐标|定位|GPS|longitude|latitude|(?<![A-Za-z])(?:lng|lon|lat)(?![A-Za-z])"
    r"|位置|[NE][: ]?$",
    re.IGNORECASE,
)
_UNIT = late("[ ]?(?:万|亿|元|%|吨|米|公里|平方|亩|公顷|度电|千瓦|人|倍)")
_NEAR = 24


class GeoCoordinateRule(ChineseRecognizer):
    """A pair of longitude and latitude within China and around, or one of them beside its word."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks at every number of one to three digits with five decimals and more."""
        text = artifacts.view.text
        done = 0
        for start in self._places(artifacts):
            artifacts.check_clock()
            if start < done:
                continue
            near = artifacts.before(start, _NEAR) + artifacts.left_cell(start)
            near += artifacts.header(start) or ""
            word = _WORD.search(near)
            pair = _PAIR.match(text, start)
            told = word or (pair and "," in (pair["between"] or ""))
            if pair and told and self._point(pair) and not _UNIT.match(text, pair.end()):
                done = pair.end()
                evidence = (f"context_word:{word.group()}",) if word else ()
                yield Hit(start, done, 0.9, ("coordinate_pair", *evidence))
                continue
            one = _ONE.match(text, start)
            if one is None or word is None or _UNIT.match(text, one.end()):
                continue
            if _longitude(one.group()) or _latitude(one.group()):
                done = one.end()
                yield Hit(start, done, 0.85, (f"context_word:{word.group()}",))

    def _places(self, artifacts: ChineseArtifacts) -> list[int]:
        starts, ends = artifacts.scan.runs
        if len(starts) < 2:
            return []
        codes = artifacts.view.codes
        dotted = (starts[1:] - ends[:-1] == 1) & (codes[ends[:-1]] == ord("."))
        fits = dotted & (ends[:-1] - starts[:-1] <= 3) & (ends[1:] - starts[1:] >= 5)
        places: list[int] = starts[:-1][np.flatnonzero(fits)].tolist()
        return places

    def _point(self, pair: re.Match[str]) -> bool:
        first, second = pair["first"], pair["second"]
        return (_longitude(first) and _latitude(second)) or (
            _latitude(first) and _longitude(second)
        )


def _longitude(number: str) -> bool:
    return 73 <= float(number.rstrip("°")) <= 136


def _latitude(number: str) -> bool:
    return 3 <= float(number.rstrip("°")) <= 54
