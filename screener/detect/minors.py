"""Who in a paper is a child: by a day of birth, by an ID number, by the list of a school.

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
from screener.model.document import Document, SegmentKind

BY_BIRTH = "minor_by_birth"
BY_LIST = "list_of_minors"
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
_CHILDREN = re.compile(
    "(幼儿园|托儿所|小学|义务教育|小升初|初中|幼升小|学前班|儿童福利院|孤儿|困境儿童|留守儿童|未成年人)"
    "[^\n]{0,40}(?:名单|录取|招生|新生|入学|入园|分班|花名册|名册|公示|发放表|明细表|登记表|一览表|学生|受助)"
)
_GROWN_UPS = re.compile(
    "教师|教职|老师|校长|园长|保育员|招聘|聘用|聘任|评委|专家|骨干|名师|代课|职称|拟任|家委|采购|中标"
    "|机构|学校名单|院校|设置|帮扶干部|工作人员|志愿者|督导"
)
_GROWN_UP_COLUMN = re.compile(
    "教师|老师|班主任|监护|家长|父|母|联系人|负责人|校长|园长|经办|审核|指导|推荐人|资助人|帮扶|责任人"
)
_LISTED = ("column_header", "list", "spaced", "name_label")
_TITLE_LINES = 8
_TITLE_LENGTH = 60


def mark_minors(
    layout: DocumentLayout, matches: Sequence[Match], records: Sequence[int | None]
) -> list[Match]:
    """The matches with ``minor_by_birth`` where a birth in their record tells of a child.

    Persons in the list of a school or of children (by the paper's title) get ``list_of_minors``
    with the word that says so. ``records`` is parallel to ``matches``; None stands alone.
    """
    listed = _title_of_children(layout.document)
    born = [n for n, match in enumerate(matches) if match.entity in _BORN]
    if not listed and not born:
        return list(matches)
    births = {n: _birth(layout.text[matches[n].start : matches[n].end]) for n in born}
    day = _day_of(layout.document, [known for known in births.values() if known])
    young = {n for n, known in births.items() if known and _is_child(known, day)}
    groups = {records[n] for n in young} - {None}
    marked = []
    for number, match in enumerate(matches):
        person = match.entity == _PERSON and match.role != "official"
        codes = []
        if number in young or (person and records[number] in groups):
            codes.append(BY_BIRTH)
        if listed and person and _in_list(layout, match):
            codes.append(f"{BY_LIST}:{listed}")
        marked.append(_with(match, codes) if codes else match)
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


def _title_of_children(document: Document) -> str:
    """The word in a title that makes the paper a list of children, or the empty string."""
    for title in (document.facts.title, document.source.name, *_top_lines(document)):
        found = _CHILDREN.search("".join(title.split()))
        if found and not _GROWN_UPS.search(title):
            return found[1]
    return ""


def _top_lines(document: Document) -> list[str]:
    kinds = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.TABLE_CELL)
    lines: list[str] = []
    for index in range(min(len(document.segments), _TITLE_LINES)):
        if document.segments.kind(index) in kinds:
            start, end = document.segments.starts[index], document.segments.ends[index]
            lines += document.text[start : min(end, start + 600)].split("\n")
    return [line for line in lines[:_TITLE_LINES] if 4 <= len(line.strip()) <= _TITLE_LENGTH]


def _in_list(layout: DocumentLayout, match: Match) -> bool:
    codes = {code.partition(":")[0] for code in match.evidence}
    if codes.isdisjoint(_LISTED):
        return False
    index = layout.index_at(match.start)
    header = layout.header(index) if index is not None else None
    return not (header and _GROWN_UP_COLUMN.search(header))


def _with(match: Match, codes: Sequence[str]) -> Match:
    role = "private" if match.entity == _PERSON else match.role
    return replace(match, evidence=(*match.evidence, *codes), role=role)
