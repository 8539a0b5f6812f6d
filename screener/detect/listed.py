"""Whom a paper lists: children, and people in need, by its title or by the word beside a name.

The list of a school tells that its people are children, one of a subsidy for the disabled that they
are disabled: no cell of the row has to say so again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recognizers.match import Match
from screener.detect.layout import DocumentLayout
from screener.model.document import Document, SegmentKind

CHILD = "list_of_minors"
NEED = "in_need"
_PERSON = "PERSON"
_LIST = (
    "(?:名单|公示|花名册|名册|清册|发放|明细|登记|一览表|录取|招生|新生|入学|入园|分班|学生|受助)"
)
_CHILDREN = re.compile(
    "(幼儿园|托儿所|小学|义务教育|小升初|初中|幼升小|学前班|儿童福利院|孤儿|困境儿童|留守儿童|未成年人"
    f"|事实无人抚养儿童)[^\n]{{0,40}}{_LIST}"
    "|([一二三四五六七八九]年级|初[一二三])[^\n]{0,12}(?:分班|新生|名单|学生)"
    "|(三好学生|少先队员|好少年|美德少年|中小学生|优秀学生)[^\n]{0,40}(?:名单|公示|决定|表彰|通报)"
    "|(?:表彰|表扬)[^\n]{0,30}(三好学生|少先队员|好少年|美德少年|中小学生|优秀学生)"
)
_GROWN_UPS = re.compile(
    "教师|教职|老师|校长|园长|保育员|招聘|聘用|聘任|评委|专家|骨干|名师|代课|职称|拟任|家委|采购|中标"
    "|机构|学校名单|院校|设置|帮扶干部|工作人员|志愿者|督导|大学|学院|高校|本专科|研究生"
)
_OF_NEED = re.compile(
    "(大病救助|低保|最低生活保障|特困|五保|残疾|慢特病|慢性病|特殊疾病|尘肺|职业病|精神障碍|艾滋"
    "|困境|孤儿|贫困户|脱贫户|监测户)[^\n]{0,40}"
    "(?:名单|对象|公示|花名册|名册|清册|发放|明细|榜|登记|认定|核发|公告|审批|公开表|汇总)"
)
_NEEDY = re.compile(_OF_NEED.pattern.partition(")")[0] + ")")
_OF_OTHERS = re.compile(
    "招聘|就业|采购|中标|招标|项目|机构|企业|工作人员|专家|志愿|先进|爱心|捐|资金分配|标准|政策|解读"
    "|办法|方案|意见|答复|岗位|助残|拟任|任前|选举|代表|理事|评审|干部"
)
_OFFICES = re.compile("残疾人联合会|残联|特困供养服务中心|慈善总会")
_SCHOOLS = re.compile("小学|幼儿园|初中|中学")
_CHILD_WORDS = frozenset(
    (
        *("幼儿", "儿童", "婴儿", "新生儿", "孤儿", "留守儿童", "困境儿童", "未成年人", "男童"),
        *("女童", "患儿", "幼儿姓名", "受种者"),
    )
)
_NEED_WORDS = frozenset(
    (
        *(
            "低保户",
            "低保对象",
            "特困人员",
            "特困供养人员",
            "五保户",
            "五保老人",
            "贫困户",
            "脱贫户",
        ),
        *("监测户", "困难户", "残疾人", "重度残疾人", "低收入人员", "困难群众", "失独老人", "患者"),
        *("病人", "患儿", "病员", "确诊病例", "密切接触者", "戒毒人员"),
    )
)
_OTHER_PERSON = re.compile(
    "教师|老师|班主任|监护|家长|父|母|联系人|负责人|校长|园长|经办|审核|指导|推荐人|资助人|帮扶|责任人|照料"
    "|代领|护理|医生|担保|抚养|干部|配偶|家属"
)
"""A column or a word beside a name that says: not the child, not the one in need."""
_LISTED = ("column_header", "list", "spaced", "name_label")
_IN_OFFICE = frozenset(
    (
        *("role_word", "title", "appointed", "badge", "contact", "legal_representative"),
        *("office_list", "column_header"),
    )
)
_LINE_HEAD = re.compile(
    "[ \\u3000]*(?:[(（]?[0-9一二三四五六七八九十]{1,4}[)）.、．]?)?[ \\u3000]*"
    "(?:[^,，。;；:：\n]{0,12}[:： \\u3000]+)?"
)
_REACH = 32  # code points between the begin of a line and a name in it that it lists
_TITLE_LINES = 8
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Lists:
    """The word of a title that makes the paper one of children, of people in need; or empty."""

    children: str
    need: str


def mark_listed(layout: DocumentLayout, matches: Sequence[Match]) -> list[Match]:
    """The matches; persons who are children get ``list_of_minors``, those in need ``in_need``.

    Both with the word that tells. An official stays one, unless nothing but the list said so.
    """
    titles = list(_titles(layout.document))
    lists = _Lists(_of_children(layout.document, titles), _of_need(titles))
    return [
        _marked(layout, match, lists) if match.entity == _PERSON else match for match in matches
    ]


def _marked(layout: DocumentLayout, match: Match, lists: _Lists) -> Match:
    if match.role == "official" and not _by_list_only(match):
        return match
    words = [code.partition(":")[2] for code in match.evidence]
    codes = [f"{CHILD}:{word}" for word in words if word in _CHILD_WORDS]
    codes += [f"{NEED}:{word}" for word in words if word in _NEED_WORDS]
    if (lists.children or lists.need) and _is_listed(layout, match, words):
        codes += [f"{CHILD}:{lists.children}"] if lists.children else []
        codes += [f"{NEED}:{lists.need}"] if lists.need else []
    if not codes:
        return match
    fresh = [code for code in dict.fromkeys(codes) if code not in match.evidence]
    return replace(match, evidence=(*match.evidence, *fresh), role="private")


def _by_list_only(match: Match) -> bool:
    """Whether an official is one only because others in the list are."""
    return _IN_OFFICE.isdisjoint(code.partition(":")[0] for code in match.evidence)


def _is_listed(layout: DocumentLayout, match: Match, words: Sequence[str]) -> bool:
    """Whether a name stands where the paper lists its people."""
    if any(_OTHER_PERSON.search(word) for word in words):
        return False
    index = layout.index_at(match.start)
    header = layout.header(index) if index is not None else None
    if header and _OTHER_PERSON.search(header):
        return False
    if any(code.partition(":")[0] in _LISTED for code in match.evidence):
        return True
    begin = max(0, match.start - _REACH) if index is None else layout.starts[index]
    line = layout.text[max(begin, match.start - _REACH) : match.start].rpartition("\n")[2]
    return match.role == "private" and _LINE_HEAD.fullmatch(line) is not None


def _of_children(document: Document, titles: Sequence[str]) -> str:
    """The word in a title that makes the paper a list of children, or the empty string."""
    for title in _fitting(titles, _CHILDREN):
        found = _CHILDREN.search("".join(title.split()))
        if found and not _GROWN_UPS.search(title):
            word = next(group for group in found.groups() if group)
            if word != "优秀学生" or _SCHOOLS.search(document.text):
                return word
    return ""


def _of_need(titles: Sequence[str]) -> str:
    """The word in a title that makes the paper a list of people in need, or the empty string."""
    for title in _fitting(titles, _NEEDY):
        bare = _OFFICES.sub("", "".join(title.split()))
        found = _OF_NEED.search(bare)
        if found and not _OF_OTHERS.search(bare):
            return found[1]
    return ""


def _fitting(titles: Sequence[str], pattern: re.Pattern[str]) -> Sequence[str]:
    """All titles, if the pattern fits one of them: mostly it fits none, and one look tells."""
    together = "\n".join("".join(title.split()) for title in titles)
    return titles if pattern.search(together) else ()


def _titles(document: Document) -> Iterator[str]:
    """What may be the title: as the file says, its name, its first short lines."""
    yield document.facts.title
    yield document.source.name
    kinds = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.TABLE_CELL)
    lines: list[str] = []
    for index in range(min(len(document.segments), _TITLE_LINES)):
        if document.segments.kind(index) in kinds:
            start, end = document.segments.starts[index], document.segments.ends[index]
            lines += document.text[start : min(end, start + 600)].split("\n")
    yield from (line for line in lines[:_TITLE_LINES] if 4 <= len(line.strip()) <= _TITLE_LENGTH)
