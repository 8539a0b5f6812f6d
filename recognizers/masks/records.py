"""What the record of a masked number tells about its person: birth, age, sex, hometown, name.

A record is a table row, a form of label and value cells, or the sentence or lines around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.masks.counts import ANY, NOTHING, Told, both
from recognizers.patterns import late
from recognizers.regions import codes_of

_BEFORE, _AFTER = 120, 80
_OLDEST = 125
_NAMESAKES, _MASKED_NAMESAKES = 8, 2
"""How many numbers under one name may still be one person's."""
_MOST_CELLS = 200
_LONGEST_LABEL = 8
_FORM_REACH = 12
"""How many cells of a form around the number are looked at, to each side."""

_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_BORN = late(
    rf"{_YEAR}(?:[ ]?[年./\-][ ]?(?P<month>1[0-2]|0?[1-9])(?:[ ]?[月./\-][ ]?"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9]))?(?![0-9])"
    r"|(?P<month2>0[1-9]|1[0-2])(?P<day2>0[1-9]|[12][0-9]|3[01])?(?![0-9]))?"
)
_BIRTH_LABEL = late(r"(?:出生(?:日期|年月日?|时间|年份|于)?|生于|生日|出生年)[: ]?(?:为|是)?[ ]?$")
_BIRTH_BEHIND = late(r"[年月日号]?(?:出?生|出生)(?![产活态成效])")
_AGE = late(r"(?<![0-9第])(?P<age>1[01][0-9]|[1-9]?[0-9])[ ]?(?:周岁|岁)(?!以[上下内]|及以)")
_AGE_LABELLED = late(r"年龄[: ]{0,2}(?P<age>1[01][0-9]|[1-9]?[0-9])(?![0-9])")
_AGE_CELL = late(r"(?P<age>1[01][0-9]|[1-9]?[0-9])(?:周?岁)?")
_SEX = late(r"(?:^|性别[: ]?|[,;、( :\t\n])(?P<sex>[男女])(?:$|性|[,;、) :\t\n])")
_TITLE = late("(?P<title>先生|女士|小姐)")
_HOMETOWN = late(
    r"(?:籍贯|出生地|户籍(?:所在地|地)?|户口所在地|原籍)[: ]?(?:为|是|在)?[ ]?"
    r"(?P<place>[一-鿿]{2,20})|(?:^|[,;、( ])(?P<native>[一-鿿]{2,12})人(?=$|[,;、。) ])"
)
_PLACE_HEADERS = late("籍贯|出生地|户籍|户口所在|原籍")
_NAME_HEADERS = late("姓名|户主|申请人|当事人|持卡人|户名|人员|对象|学生|家长|监护人|名字|领款人")
_NAME = late("[一-鿿][一-鿿·某*×○]{1,11}")
_NAME_BEFORE = late(
    "(?:^|[一-鿿]{2,6}?[:]|[,;、。:( \n\t])(?P<name>[一-鿿][一-鿿某*×○]{1,3})"
    "[ ,:、(的]{0,3}(?:[男女][,、 ])?(?:公民)?(?:身份证?|证件|手机|联系|电话|银行|卡|账)?"
    "[一-鿿]{0,8}[ :(]{0,3}$"
)
_NO_NAMES = late("身份|证件|号码|电话|手机|联系|银行|账号|卡号|性别|出生|姓名|地址|住址")
_SENTENCE_END = late("[。;!?]|\n[ ]*\n")
_NUMBER_NEAR = late(r"[0-9]{6}[0-9*×xX]{9,12}")
_DATED = late(
    r"(?:^|[\n\x1e])[ \t]*(?P<year>20[0-9]{2})年(?P<month>1[0-2]|0?[1-9])月"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])日[ \t]*(?=[\n\x1e]|$)"
)


class Record(NamedTuple):
    """What is told, the words for what of it narrows, and the name if one is there."""

    told: Told
    name: str


def record(artifacts: ChineseArtifacts, start: int, end: int) -> Record:
    """What the record of the number ``view.text[start:end]`` tells."""
    fields = _Fields(artifacts)
    cells = artifacts.row_cells(start)[:_MOST_CELLS]
    if cells:
        for first, last in cells:
            header = artifacts.header(first) or ""
            fields.labelled(header, artifacts.view.text[first:last].strip())
        fields.form(start)
    fields.sentence(*_around(artifacts, start, end))
    return Record(fields.told, fields.name)


def reductions(told: Told) -> Iterator[tuple[Told, tuple[str, ...]]]:
    """What is told, then less and less of it, the least trustworthy first, with its words."""
    seen = set()
    for drop in ((), ("regions",), ("age",), ("regions", "age"), ("regions", "age", "sex"), None):
        kept = told
        if drop is None:
            kept = NOTHING
        if drop and "regions" in drop:
            kept = kept._replace(regions=())
        if drop and "age" in drop:
            kept = kept._replace(first=None, last=None)
        if drop and "sex" in drop:
            kept = kept._replace(sex="")
        if kept not in seen:
            seen.add(kept)
            yield kept, _words(kept)


def _words(told: Told) -> tuple[str, ...]:
    words = []
    if told.birth != NOTHING.birth:
        words.append("出生日期")
    if told.first is not None:
        words.append("年龄")
    if told.sex:
        words.append("性别")
    if told.regions:
        words.append("籍贯")
    return tuple(words)


def _around(artifacts: ChineseArtifacts, start: int, end: int) -> tuple[str, str]:
    """The words of the record before and behind a number in running text or in its own cell.

    The line of another number is another person's; what follows on a line that holds several
    belongs to the next one.
    """
    before = artifacts.before(start, _BEFORE)
    cut = max((m.end() for m in _SENTENCE_END.finditer(before)), default=0)
    before = before[cut:]
    other = max((m.end() for m in _NUMBER_NEAR.finditer(before)), default=0)
    if other:
        line = before.find("\n", other)
        before = before[line + 1 :] if line >= 0 else before[other:]
    after = artifacts.after(end, _AFTER)
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    if _NUMBER_NEAR.search(after):
        after = after.partition("\n")[0]
        after = "" if _NUMBER_NEAR.search(after) else after
    return before, after


class _Fields:
    """Collects what is told; the first word about a thing holds."""

    def __init__(self, artifacts: ChineseArtifacts) -> None:
        self._artifacts = artifacts
        self.told = NOTHING
        self.name = ""

    def labelled(self, label: str, value: str) -> None:
        """A cell under its header or beside its label."""
        if not value or len(label) > 24:
            return
        if ("出生" in label and "地" not in label) or "生日" in label:
            self._born(_BORN.match(value))
        elif "年龄" in label or label in ("周岁", "岁数"):
            self._aged(_AGE_CELL.fullmatch(value))
        elif "性别" in label and value in ("男", "女", "男性", "女性"):
            self._sexed(value[0])
        elif _PLACE_HEADERS.search(label):
            self._from(value)
        elif _NAME_HEADERS.search(label) and _NAME.fullmatch(value):
            self._named(value)

    def form(self, start: int) -> None:
        """Cells of a form around the number: a label, and its value in the next cell."""
        index = self._artifacts.index(start)
        if index is None:
            return
        layout = self._artifacts.layout
        place = layout.cell(index)
        if place is None:
            return
        last, label = None, ""
        for other in range(
            max(0, index - _FORM_REACH), min(len(layout.starts), index + _FORM_REACH)
        ):
            cell = layout.cell(other)
            if cell is None or cell[0] != place[0]:
                last = None
                continue
            text = self._cell(other)
            beside = last is not None and cell[1] == last[1] and cell[2] == last[2] + 1
            if beside and len(label) <= _LONGEST_LABEL and not any(map(str.isdigit, label)):
                self.labelled(label, text)
            last, label = cell, "".join(text.split())

    def _cell(self, index: int) -> str:
        known = self._artifacts.short_cells
        if index not in known:
            view, layout = self._artifacts.view, self._artifacts.layout
            start, end = view.position(layout.starts[index]), view.position(layout.ends[index])
            known[index] = view.text[start : min(end, start + 24)].strip(" \n\t\x1e:")
        return known[index]

    def sentence(self, before: str, after: str) -> None:
        """Running text around the number."""
        for text in (before, after):
            for match in _BORN.finditer(text):
                said = _BIRTH_LABEL.search(text[: match.start()])
                if said or _BIRTH_BEHIND.match(text, match.end()):
                    self._born(match)
            self._aged(_AGE_LABELLED.search(text) or _AGE.search(text))
            sex = _SEX.search(text)
            if sex:
                self._sexed(sex["sex"])
            place = _HOMETOWN.search(text)
            if place:
                self._from(place["place"] or place["native"])
        title = _TITLE.search(before)
        if title:
            self._sexed("男" if title["title"] == "先生" else "女")
        name = _NAME_BEFORE.search(before)
        if name:
            self._named(name["name"])

    def _named(self, name: str) -> None:
        if not self.name and not _NO_NAMES.search(name):
            self.name = name

    def _born(self, match: re.Match[str] | None) -> None:
        if match is None:
            return
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        parts = (part.zfill(2) if part else ANY * 2 for part in (month, day))
        birth = both(self.told.birth, match["year"] + "".join(parts))
        if birth is not None:  # another date is somebody else's
            self.told = self.told._replace(birth=birth)

    def _aged(self, match: re.Match[str] | None) -> None:
        if match is None or self.told.first is not None or not 0 < int(match["age"]) < _OLDEST:
            return
        day, age = written_on(self._artifacts), int(match["age"])
        first = _years_before(day, age + 1) + timedelta(days=1)
        self.told = self.told._replace(first=first, last=_years_before(day, age))

    def _sexed(self, sex: str) -> None:
        if not self.told.sex:
            self.told = self.told._replace(sex=sex)

    def _from(self, place: str) -> None:
        codes = codes_of(place)
        if codes and not self.told.regions:
            self.told = self.told._replace(regions=codes)


class Seen(NamedTuple):
    """A masked number of full size that stands in the record of somebody.

    ``row`` is the table row it stands in, as its first cell's place, or -1.
    """

    start: int
    end: int
    shown: str
    record: Record
    row: int


def seen(artifacts: ChineseArtifacts, start: int, end: int, shown: str) -> Seen:
    """The number with its record."""
    cells = artifacts.row_cells(start)
    return Seen(start, end, shown, record(artifacts, start, end), cells[0][0] if cells else -1)


def added_up(numbers: list[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Each number as it stands, and with what other masks of the same value show beside it.

    Two masks belong to one value when they name the same person and do not contradict each other,
    or stand in one row where nobody else is named.
    """
    groups: dict[object, list[Seen]] = {}
    for number in numbers:
        for key in _keys(number):
            groups.setdefault(key, []).append(number)
    for number in numbers:
        whole = number
        for key in _keys(number):
            others = groups[key]
            if len(others) > (_MASKED_NAMESAKES if _hidden(number.record.name) else _NAMESAKES):
                continue
            for other in others:
                whole = _with(whole, other)
        yield number, whole


def _keys(number: Seen) -> Iterator[object]:
    if number.record.name:
        yield number.record.name
    elif number.row >= 0:
        yield number.row


def _hidden(name: str) -> bool:
    return any(sign in name for sign in "某*×○")


def _with(one: Seen, other: Seen) -> Seen:
    """One number with what another one shows, unless they contradict each other."""
    if len(one.shown) != len(other.shown):
        return one
    shown = both(one.shown, other.shown)
    if shown is None or (shown == one.shown and one.record.told == other.record.told):
        return one
    mine, theirs = one.record.told, other.record.told
    joined = Told(
        birth=theirs.birth if mine.birth == NOTHING.birth else mine.birth,
        first=mine.first or theirs.first,
        last=mine.last or theirs.last,
        sex=mine.sex or theirs.sex,
        regions=mine.regions or theirs.regions,
    )
    return one._replace(shown=shown, record=one.record._replace(told=joined))


def written_on(artifacts: ChineseArtifacts) -> date:
    """The day a paper bears on a line of its own, the latest one; else today."""
    kept = artifacts.shared.get("written_on")
    if isinstance(kept, date):
        return kept
    today = date.today()
    days = [today]
    for match in _DATED.finditer(artifacts.view.text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if day <= today:
            days.append(day)
    found = max(days[1:], default=today)
    artifacts.shared["written_on"] = found
    return found


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
