"""Names in tables: columns headed 姓名 or with a role, and columns whose cells are all names."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from recognizers.layout import Layout
from recognizers.lexicon.surnames import TRANSLITERATED, common_words
from recognizers.names.cues import OFFICIAL, PRIVATE, UNKNOWN, Cue
from recognizers.names.flow import Flow
from recognizers.names.latin import is_latin_name
from recognizers.names.words import (
    all_han,
    is_dotted,
    is_masked,
    is_minority,
    is_word,
    looks_like_name,
    minority_characters,
    roles,
    surname_length,
)
from recognizers.patterns import late
from recognizers.view import View, fold

_LABELS = ("姓名", "名字", "户名", "人名", "开户名", "账户名", "名单", "签名", "签字")
_TAILS = ("姓名", "名字", "名单", "签名", "签字", "名称")
_PLAIN = frozenset({"姓名", "人员", "名单", "人员姓名", "人员名单", "对象", "户名"})
_LATIN = frozenset({"name", "fullname", "names"})
_NOTES = ("备注", "说明", "事由", "内容", "原因", "情况", "简介", "事迹", "摘要", "标题", "文")
_CADRES = late(
    r"现任|拟任|原任|任免|职务|职称|分管|分工|办公电话|办公室电话|警号|执法证|行政职级|工作证"
    r"|分机|直拨|内线|短号|房间号|部门|[科股处]室"
)
_SUBJECTS = late(
    r"身份证|公民身份|卡号|账号|帐号|金额|补助|补贴|救助|住址|住所|家庭|准考证|报考|成绩|得分|笔试|面试|残疾|年级|班级|学号|"
    r"监护|手机|病|低保|户籍|与户主关系|人口|面积|亩|房号|车牌"
)
DRIVERS = frozenset(("司机", "驾驶员"))
ON_DUTY = late("值班|带班|值守")
_STAFF = late("办公电话|办公室电话|职务|职级|警号|分机|直拨|内线")
_POSTS = late("职务|职称|职级|岗位")
_KIN = late("与[一-鿿]{1,4}关系|家属|亲属")
_PAPERS = late("身份证|公民身份|残疾|一卡通|惠农|社保卡|学籍|逝者|死者")
_WHO = (
    *("领导", "医生", "医师", "护士", "人员", "导师", "教师", "老师", "教练", "主持工作", "请假人"),
    *("报备人", "代班人", "值守人", "替岗人"),
)
"""With what a header ends that asks who does something, besides the role words."""
_ASKS_WHO = ("人", "者", "员", "对象", "户", "乡贤", "失主")
"""With what a header ends that asks for a person, whatever it is about."""
_ASKS_WHAT = late(
    r"[村组镇乡路街址地品项]|社区|单位|机构|学校|公司|企业|店|名称|专业|小区|部门|科室|类|种|型|日期|时间"
)
_NO_NAME_ENDS = frozenset("村路街镇乡县区市局委办组班队")
_NO_NAMES = frozenset(
    (
        *("合计", "小计", "总计", "姓名", "户主", "本人", "同上", "以上", "以下", "空白", "单位"),
        *(
            "备注",
            "性别",
            "户名",
            "不详",
            "待定",
            "暂无",
            "汉族",
            "住址",
            "地址",
            "年龄",
            "电话",
            "民族",
        ),
        *(
            "职务",
            "学历",
            "职业",
            "金额",
            "日期",
            "时间",
            "籍贯",
            "手机",
            "邮箱",
            "婚姻",
            "专业",
            "学校",
        ),
        *(
            "班级",
            "年级",
            "编号",
            "序号",
            "类别",
            "类型",
            "状态",
            "结果",
            "事项",
            "内容",
            "项目",
            "名称",
        ),
    )
)
_SPLIT = late(
    r"[^、,，;；/\n\t ]+(?: (?=[^、,，;；/\n\t ](?:[、,，;；/\n\t ]|$))[^、,，;；/\n\t ])?"
)
_LONGEST_LABEL = 10
_LONGEST_STRANGE = 9  # characters of a name without a surname
_GUESS_FEWEST, _GUESS_SHARE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says: its cells hold names (``cue``), no names (``vetoed``), or anything."""

    cue: Cue | None = None
    vetoed: bool = False
    sure: bool = False  # only what is clearly written as a name is one


@dataclass(frozen=True, slots=True)
class Cell:
    """A name's place in a cell, in flow coordinates; ``cue`` is the column's."""

    start: int
    end: int
    cue: Cue


@lru_cache(maxsize=4096)
def column(header: str) -> Column:
    """What a folded header cell says about the cells under it."""
    household = header.rstrip(" *:").endswith("(户)")
    header = re.sub(r"\([^)]*\)|[:* \t\n]", "", header)
    if not header:
        return Column()
    if header in _PLAIN or header.lower() in _LATIN:
        return Column(Cue(header, "label", PRIVATE, f"column_header:{header}", 0.9))
    bare = header
    for tail in _TAILS:
        if header.endswith(tail) and len(header) > len(tail):
            bare = header[: -len(tail)].rstrip("的及和")
            break
    word, section = _role_at_end(bare)
    if section:
        role = {"private": PRIVATE, "label": PRIVATE, "contact": OFFICIAL}.get(section, OFFICIAL)
        code = "legal_representative" if section == "legal" else f"column_header:{word}"
        return Column(Cue(word, section, role, code, 0.9))
    if household:
        return Column(Cue("户", "private", PRIVATE, "column_header:户", 0.9))
    return _by_its_end(header, bare)


def _by_its_end(header: str, bare: str) -> Column:
    """What the end of a header without a role word says."""
    for label in _LABELS:
        if header.endswith(label) or (label == "姓名" and label in header):
            return Column(Cue(label, "label", PRIVATE, f"column_header:{label}", 0.9))
    if bare.endswith("或个人"):
        cue = Cue("个人", "private", PRIVATE, f"column_header:{header}", 0.9)
        return Column(cue, sure=True)
    if bare.endswith(_WHO):
        cue = Cue(header, "official", OFFICIAL, f"column_header:{header}", 0.9)
        return Column(cue, sure=True)
    if bare.endswith(_ASKS_WHO) and not _ASKS_WHAT.search(header):
        return Column(Cue(header, "label", PRIVATE, f"column_header:{header}", 0.9), sure=True)
    # Over a form, what is taken for a header may be a value: a name says nothing of its column.
    return Column(vetoed=not (any(word in header for word in _NOTES) or sure_shape(header)))


def whose(headers: str) -> str:
    """Whose names stand under 姓名, by all headers of the table: cadres' or private persons'."""
    subject = _SUBJECTS.search(headers.replace("手机", "") if _STAFF.search(headers) else headers)
    office = _CADRES.search(headers) and not subject
    return OFFICIAL if office or "拟任" in headers else PRIVATE


def subjects(headers: str) -> bool:
    """Whether the table is about private persons: whoever else is named in it is one too."""
    return _KIN.search(headers) is not None or _PAPERS.search(headers) is not None


def _role_at_end(header: str) -> tuple[str, str]:
    table = roles()
    for start in range(max(0, len(header) - 8), len(header) - 1):
        section = table.get(header[start:])
        if section:
            return header[start:], section
    return "", ""


class Tables:
    """All table cells of a text: which hold names by their column, and which cannot."""

    def __init__(self, view: View, flow: Flow, layout: Layout, tick: Callable[[], None]) -> None:
        self._flow, self._layout, self._tick = flow, layout, tick
        self._starts, self._ends = (
            array("q", flow.positions(view.positions(np.asarray(raw, dtype=np.int64))).tobytes())
            for raw in (layout.starts, layout.ends)
        )
        self._headers: dict[str, str] = {}
        self._whose: dict[int, str] = {}

    def index_at(self, offset: int) -> int:
        """The stretch that holds this place of the flow."""
        return bisect_right(self._starts, offset) - 1

    def vetoes(self, start: int) -> bool:
        """Whether the place is a cell of a column that holds something else."""
        index = self.index_at(start)
        return index >= 0 and column(self._header(index)).vetoed

    def cells(self) -> Iterator[Cell]:
        """The names in all cells of columns that hold names."""
        unknown: dict[tuple[int, int], list[int]] = {}
        for index in range(len(self._starts)):
            if index % 4096 == 0:
                self._tick()
            place = self._layout.cell(index)
            if place is None:
                continue
            table, _, number = place
            kind = column(self._header(index))
            if kind.sure and not sure_shape(self._text(index)):
                continue
            if kind.cue is not None:
                yield from self._names(index, self._cue(kind.cue, table, index))
                continue
            label = self._label(index)
            if label is not None and sure_shape(self._text(index)) and not self._post(index - 1):
                yield from self._names(index, label)
            elif not kind.vetoed:
                unknown.setdefault((table, number), []).append(index)
        for indexes in unknown.values():
            yield from self._guess(indexes)

    def _header(self, index: int) -> str:
        raw = self._layout.header(index)
        if not raw:
            return ""
        header = self._headers.get(raw)
        if header is None:
            header = self._headers[raw] = "".join(fold(raw).split())
        return header

    def _label(self, index: int) -> Cue | None:
        """In a form of cells, the cell to the left says what stands in this one."""
        if index == 0 or self._layout.row(index).start == index:
            return None
        left = "".join(self._text(index - 1).split())
        if not 0 < len(left) <= _LONGEST_LABEL or (left[0].isdigit() and left.isascii()):
            return None  # a figure is no label
        return column(left).cue

    def _post(self, index: int) -> bool:
        """Whether a cell holds somebody's post by its column: 高级工程师 is no label there."""
        return _POSTS.search(self._header(index)) is not None

    def _cue(self, cue: Cue, table: int, index: int) -> Cue:
        """姓名 alone does not tell whose: the other columns do."""
        if cue.word not in DRIVERS and (
            cue.section not in ("label", "contact", "legal", "member") and "经办" not in cue.word
        ):
            return cue
        others = " ".join(self._header(other) for other in self._layout.row(index))
        if cue.word in DRIVERS:
            on_duty = ON_DUTY.search(others) is not None
            return Cue(cue.word, "official", OFFICIAL, cue.code, cue.weight) if on_duty else cue
        if cue.section != "label":
            return (
                Cue(cue.word, "private", PRIVATE, cue.code, cue.weight) if subjects(others) else cue
            )
        if table not in self._whose:
            self._whose[table] = whose(others)
        return Cue(cue.word, cue.section, self._whose[table], cue.code, cue.weight)

    def _names(self, index: int, cue: Cue) -> Iterator[Cell]:
        start, end = self._starts[index], self._ends[index]
        if ":" in self._flow.text[start : min(end, start + _LONGEST_LABEL)]:
            cue = Cue("", "label", UNKNOWN, "list", 0.6)  # a note below the table: not the column's
        yield from names_in(self._flow.text, start, min(end, start + 4000), cue)

    def _guess(self, indexes: list[int]) -> Iterator[Cell]:
        """A column without a header whose cells are nearly all names is one of names."""
        filled = [i for i in indexes if self._text(i)]
        if len(filled) < _GUESS_FEWEST:
            return
        hits = [i for i in filled if sure_shape(self._text(i))]
        distinct = {self._text(i) for i in hits}
        if len(hits) < _GUESS_SHARE * len(filled) or len(distinct) < _GUESS_FEWEST:
            return
        cue = Cue("", "label", UNKNOWN, "list", 0.6)
        for index in hits:
            yield from self._names(index, cue)

    def _text(self, index: int) -> str:
        start = self._starts[index]
        return self._flow.text[start : min(self._ends[index], start + 24)].strip(" \n\x1e")


def names_in(text: str, start: int, end: int, cue: Cue) -> Iterator[Cell]:
    """The names in a cell or behind a label: one, or several with separators between."""
    whole = text[start:end].strip(" \t\n")
    if is_latin_name(whole):
        begin = text.index(whole, start)
        yield Cell(begin, begin + len(whole), cue)
        return
    for found in _SPLIT.finditer(text, start, end):
        word = found.group()
        begin = found.start()
        bracket = re.search(r"[(\[【〔]", word)
        if bracket:
            word = word[: bracket.start()]
        squeezed = word.replace(" ", "")
        if may_be_name(squeezed):
            yield Cell(begin, begin + len(word), cue)


def may_be_name(word: str) -> bool:
    """Whether a whole cell of a column of names holds one."""
    if is_masked(word) or word in _NO_NAMES:
        return False
    if is_dotted(word) or is_minority(word):
        return True
    if not 2 <= len(word) <= _LONGEST_STRANGE or not all_han(word):
        return False
    if not surname_length(word) or len(word) > 4:
        return not _organisation(word) if len(word) < 4 else _of_a_minority(word)
    if len(word) == 4:
        return word[:2] not in _NO_NAMES and word[2:] not in _NO_NAMES
    return not (is_word(word) and len(word) == 3)


def _of_a_minority(word: str) -> bool:
    """Whether a long name without a surname is mostly written as names of minorities are."""
    usual = sum(char in TRANSLITERATED or char in minority_characters() for char in word)
    if usual * 4 < len(word) * 3 or _organisation(word) or _ASKS_WHAT.search(word):
        return False
    return not any(word[at : at + 2] in common_words() for at in range(len(word) - 1))


def _organisation(word: str) -> bool:
    return word[-1] in "局科室处部站所村镇乡县市区院校厂店组队公司会办联委厅署社类级项"


def sure_shape(word: str) -> bool:
    """Whether a cell is clearly written as a name, whatever heads it."""
    squeezed = word.replace(" ", "")
    if not looks_like_name(squeezed) or squeezed[-1] in _NO_NAME_ENDS:
        return False
    return not is_word(squeezed) and squeezed not in _NO_NAMES
