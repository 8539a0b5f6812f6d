"""Who in a paper is a child by a day of birth or an ID number.

An age counts on the day of the paper. A paper without a date is not from the future: whoever is a
child today was one when it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from recognizers.match import Match
from screener.detect.layout import DocumentLayout
from screener.model.document import Document

BY_BIRTH = "minor_by_birth"
_GROWN_UP = 18
_PERSON = "PERSON"
_BORN = frozenset({"CN_ID_CARD", "DATE_OF_BIRTH"})
_DATE = re.compile(
    r"((?:19|20)[0-9]{2})[ ]?[-/.年][ ]?([0-9]{1,2})[ ]?[-/.月][ ]?([0-9]{1,2})"
    r"|((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"
)
_WRITTEN_DATE = re.compile(
    "([二][〇○零O0][〇○零O0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月"
    "([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零O0", "0")
_CLOSING = 1500  # code points at the end where a paper is dated


def mark_minors(
    layout: DocumentLayout, matches: Sequence[Match], records: Sequence[int | None]
) -> list[Match]:
    """The matches with ``minor_by_birth`` where a birth in their record tells of a child.

    ``records`` is parallel to ``matches``; None stands alone.
    """
    born = [n for n, match in enumerate(matches) if match.entity in _BORN]
    if not born:
        return list(matches)
    births = {n: _birth(layout.text[matches[n].start : matches[n].end]) for n in born}
    day = _day_of(layout.document, [known for known in births.values() if known])
    young = {n for n, known in births.items() if known and _is_child(known, day)}
    groups = {records[n] for n in young} - {None}
    marked = []
    for number, match in enumerate(matches):
        person = match.entity == _PERSON and match.role != "official"
        of_child = number in young or (person and records[number] in groups)
        marked.append(_with(match) if of_child else match)
    return marked


def paper_date(document: Document) -> date | None:
    """The day a paper bears: the last of its dates, also one in Chinese digits at its end."""
    days = [found for written in document.facts.dates if (found := _day(written))]
    if not days:
        for match in _WRITTEN_DATE.finditer(document.text[-_CLOSING:]):
            year = "".join(_DIGITS[c] for c in match[1])
            found = _made(int(year), _number(match[2]), _number(match[3]))
            days += [found] if found else []
    return max(days, default=None)


def _number(han: str) -> int:
    """一 to 三十一."""
    tens, ten, units = han.rpartition("十")
    if not ten:
        return int(_DIGITS[units])
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[units]) if units else 0)


def _day(written: str) -> date | None:
    match = _DATE.search(unicodedata.normalize("NFKC", written))
    if match is None:
        return None
    year, month, day = (group for group in match.groups() if group)
    return _made(int(year), int(month), int(day))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of(document: Document, births: Sequence[date]) -> date:
    """The day on which ages count. No paper is older than who is named in it.

    Where the only dates are days of birth, nothing dates the paper, and today counts.
    """
    today = date.today()
    dated = paper_date(document)
    if dated is None or any(dated <= born <= today for born in births):
        return today
    return min(dated, today)


def _birth(value: str) -> date | None:
    """The day of birth that an ID number or a date tells."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())
    if re.fullmatch("[0-9]{17}[0-9Xx]", plain):
        return _made(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    return _day(value)


def _is_child(born: date, day: date) -> bool:
    """Whether who was born then is under 18 on that day."""
    if born > day:
        return False
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age < _GROWN_UP


def _with(match: Match) -> Match:
    role = "private" if match.entity == _PERSON else match.role
    return replace(match, evidence=(*match.evidence, BY_BIRTH), role=role)
