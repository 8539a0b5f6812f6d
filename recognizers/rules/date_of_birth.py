"""出生日期: behind a word or in its column, or a date with 生 behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import said
from recognizers.patterns import late
from recognizers.view import BREAK

_WORDS = ("出生", "生于", "生日", "DOB", "born", "Born", "Birth", "birth")
_BEHIND = ("日生", "号生", "月生", "日出生", "号出生", "月出生")
_DIGITS_BEHIND = tuple(f"{digit}{word}" for digit in "0123456789" for word in ("生", "出生"))
_ALL_BEHIND = _BEHIND + _DIGITS_BEHIND
_SEX_THEN = ("男,", "女,")
_SEX = ("男 ", "女 ", "男\t", "女\t", f"男{BREAK}", f"女{BREAK}")
_ALL_SEX = _SEX + _SEX_THEN
_S = r"[ ]?\n?[ ]?"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?P<year>19[0-9]{2}|20[0-9]{2})"
_HAN = "[〇零一二三四五六七八九十○Ο]"
_WRITTEN = (
    rf"{_YEAR}{_S}(?:年{_S}{_MONTH}{_S}月(?P<day>{_S}{_DAY}{_S}[日号])?"
    rf"|[-./]{_S}{_MONTH}(?P<day2>{_S}[-./]{_S}{_DAY})?)(?![0-9])"
    rf"|(?P<short>[0-9]{{2}})年{_S}{_MONTH}月(?P<day3>{_S}{_DAY}[日号])?"
    rf"|{_HAN}{{4}}年{_HAN}{{1,2}}月(?P<day4>{_HAN}{{1,3}}[日号])?"
)
_SHAPE = late(
    rf"(?<![0-9.])(?:{_WRITTEN}"
    rf"|(?P<plain>(?:19|20)[0-9]{{2}})(?:0[1-9]|1[0-2])(?P<day5>0[1-9]|[12][0-9]|3[01])?(?![0-9]))"
)
_WHOLE_DAY = late(
    rf"[ \t]?(?P<date>{_YEAR}{_S}(?:年{_S}{_MONTH}{_S}月{_S}{_DAY}{_S}日"
    rf"|[-./]{_S}{_MONTH}{_S}[-./]{_S}{_DAY}))(?=[ \t\n{BREAK}]|$)"
)
_IDENTIFIED = late(
    rf"[ ]?(?P<date>{_YEAR}{_S}(?:年{_S}{_MONTH}{_S}月{_S}{_DAY}{_S}日"
    rf"|[-./]{_S}{_MONTH}{_S}[-./]{_S}{_DAY}))[,;]\n?(?:居民|公民)?(?:身份|证件|汉族|住|户籍)"
)
_ENDING = late(rf"(?<![0-9.])(?:{_WRITTEN})$")
_GLUE = late(r"(?:日期|年月日|年月|时间|[:为是于在(“\"' \n]|of|[Dd]ate|on){0,8}")
_NO_BIRTH = late("(?:[发产诞派衍滋寄再萌催伴]生于|[学医新产卫师先民花考招]生日(?:期)?)[: ]*$")
_BORN = late(r"(?:出生|生)(?=[于,;。)、 \n]|$)")
_DAYS = ("day", "day2", "day3", "day4", "day5")


class DateOfBirthRule(ChineseRecognizer):
    """Days of birth; months of birth carry the evidence ``birth_month``."""

    terms = _WORDS + _ALL_BEHIND + _ALL_SEX

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every date of birth once, by start."""
        found: dict[int, Hit] = {}
        text = artifacts.view.text
        for value in said(artifacts, _WORDS, _SHAPE, _GLUE):
            match = _SHAPE.match(text, value.start)
            if match is None or _NO_BIRTH.search(artifacts.before(value.start, 10)):
                continue
            if _plausible(match):
                found[value.start] = _hit(match, value.start, value.end, value.evidence)
        for _, place in artifacts.scan.occurring(_ALL_BEHIND):
            artifacts.check_clock()
            if not _BORN.match(text, place + 1):
                continue
            before = artifacts.before(place + 1, 24)
            match = _ENDING.search(before)
            if match and _plausible(match):
                start = place + 1 - len(before) + match.start()
                found.setdefault(start, _hit(match, start, place + 1, "context_word:生"))
        found |= {hit.start: hit for hit in _behind_sex(artifacts) if hit.start not in found}
        for start in sorted(found):
            yield found[start]


def _behind_sex(artifacts: ChineseArtifacts) -> Iterator[Hit]:
    """``姜若 女 2021.03.23``: a day right behind the sex, in a line of a list."""
    for term, place in artifacts.scan.occurring(_ALL_SEX):
        artifacts.check_clock()
        shape = _IDENTIFIED if term in _SEX_THEN else _WHOLE_DAY
        match = shape.match(artifacts.view.text, place + len(term))
        if match is None or not _plausible(match):
            continue
        if not artifacts.header(match.start("date")):
            yield Hit(match.start("date"), match.end("date"), 0.85, ("beside_sex",))


def _hit(match: re.Match[str], start: int, end: int, evidence: str) -> Hit:
    whole = any(match.groupdict().get(name) for name in _DAYS)
    return Hit(start, end, 0.9, (evidence,) if whole else (evidence, "birth_month"))


def _plausible(match: re.Match[str]) -> bool:
    year = match["year"] or match.groupdict().get("plain")
    return year is None or int(year) <= date.today().year
