"""Finds marks of papers that stay inside: work secrets, internal papers, business secrets, drafts.

They are phrases (内部资料 注意保存, 阅后收回) or single words (内部文件, 工作秘密) that stand where
marks stand. 内部控制, 内部审计 and other words that begin like them are no such phrase.
A public consultation draft (征求意见稿) is published on purpose and no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.marks.context import KEEP, look, wrapped
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import Mark, settle
from recognizers.marks.shapes import (
    CLOSED,
    HAN,
    LABEL,
    LABEL_BEFORE,
    LEVEL,
    OPEN,
    STAR,
    any_of,
    box_state,
    spaced,
)
from recognizers.patterns import late
from recognizers.view import BREAK
from recognizers.words import straddled

TRIGGERS = (
    *("内部", "内 ", "收回", "收 ", "交回", "退回", "归还", "销毁", "清退", "回收", "缴回", "即焚"),
    *(
        "机密",
        "仅供",
        "只供",
        "外传",
        "外泄",
        "对外公",
        "扩散",
        "传阅",
        "秘密",
        "商密",
        "讨论稿",
        "初稿",
        "送审稿",
        "审议稿",
        "汇报稿",
        "代拟稿",
        "会签稿",
        "注意保",
        "妥善保",
        "明电",
    ),
    *("nfidential", "NFIDENTIAL", "Use Only", "use only", "USE ONLY"),
)

_B = r"[ \t]{0,4}"
_SEPARATOR = rf"{_B}(?:[,，、;。!+/|·\-]|--)?{_B}"
_DONE = any_of("外传 外泄 外借 外流 扩散 翻印 复制 复印 转载 转发 传播 上网 公开 引用 散发")
_WARNING = spaced(
    rf"(?:请|须|应|务必|敬请)?(?:{KEEP}|未经{HAN}{{1,10}}不得{_DONE}"
    rf"|不对外{any_of('公布 宣传 提供 散发')}"
    rf"|{any_of('不得 请勿 严禁 禁止 切勿 勿 不准 不可 不要')}"
    rf"{any_of('向外 对外 擅自 私自 随意')}?{_DONE}(?:(?:、|和|或|及)?{_DONE})*)"
    rf"(?:(?:、|和|或|及)?{_DONE})*"
)
_WHEN = any_of("会议结束 会议 本次会议 会 阅 阅读 传阅 看 学习 使用 用 讨论 审阅 审议")
_BACK = any_of("收回 交回 退回 归还 缴回 销毁 清退 回收 即焚")
_DESK = any_of("室 处 科 局 委 办 组 员")
_RETURN = spaced(
    rf"(?:请|请于|请在)?{_WHEN}(?:完毕|完|毕)?之?后"
    rf"(?:{any_of('请 须 应 即 立即 统一 当场 及时 予以 一律')}|由{HAN}{{2,8}})*"
    rf"{_BACK}(?:{HAN}{{2,8}}{_DESK})?"
)
_PAPERS = "文件 文 件 材料 资料 稿 册 书 报告 刊物 刊 课件 教材 简报 信息 页 表 文档 电子文档"
_LEAD = (
    rf"(?:{any_of('注 备注 说明 提示 注意 声明')}[ ]*:[ ]*)?"
    rf"(?:[此本该]{any_of(_PAPERS)}?(?:内容)?仅?(?:为|系|属于|属|是)?[ ]*)?"
)
_INNER = rf"内[ \t]{{0,8}}部{_B}"
_KINDS = spaced(
    any_of(
        "征求意见稿 会议材料 传真电报 参考资料 培训教材 培训资料 学习资料 传阅件 审议稿 讨论稿"
        " 送审稿 事项 交流 传真 传阅 使用 信息 公开 刊物 参考 参阅 发行 学习 情况 掌握 数据 文件"
        " 文档 文电 文稿 明电 材料 电报 稿件 简报 读物 资料 通报 版 用 稿"
    )
)
_PURPOSE = any_of("使用 参考 传阅 学习 交流 掌握 工作使用 工作参考 查阅 阅读 讨论 用")
_ONLY = rf"仅?只?(?:(?<!有)限于?|供){HAN}{{0,8}}?"
_READERS = any_of("领导 会议 与会人员 工作 本单位 本系统 机关")
_WORDS = (
    rf"(?:{_ONLY}{_INNER}(?:{_PURPOSE}|人员{HAN}{{2}})|{_INNER}{_KINDS}"
    rf"|[仅只]供{_READERS}(?:内部)?{any_of('参阅 参考 使用 传阅 学习')})"
)
_GIVEN = rf"(?:[仅只]?供{HAN}{{0,6}}{any_of('参考 参阅 使用 交流')}|免费{any_of('交流 赠阅')})"
_AND = "[ ]+(?:and|&)[ ]+"
_CONFIDENTIAL = (
    rf"(?i:(?:(?:strictly|highly|company|business|commercial[ -]+in)[ -]+)?(?:private{_AND})?"
    rf"(?:proprietary{_AND})?confidential(?:{_AND}proprietary)?)"
)
_WHOSE = any_of("核心 普通 重要 企业 公司 集团 一般")
_BUSINESS = rf"(?:{spaced(f'{_WHOSE}?商业秘密|(?:核心|普通)商密|商密')}|{_CONFIDENTIAL}"
_BUSINESS += rf"|{spaced('(?:商业|公司|企业|集团)机密')})"
_WORK = spaced("工作秘密(?:事项|文件|资料|材料)?")
_ENGLISH = r"(?i:(?:for[ ]+)?(?:internal|company|official)[ ]+use[ ]+only)"
_DRAFTS = any_of("讨论稿 初稿 送审稿 审议稿 汇报稿 代拟稿 会签稿")
_DRAFT = spaced(
    rf"(?:(?:内部|会议)?{_DRAFTS}|征求意见稿[ ]*[(]内部[)]|(?:[(]内部[)]|内部)[ ]*征求意见稿)"
)
_SYMBOL = rf"{_B}(?:{STAR}|[▲△◆◇●○■□◎※♦]){_B}"
_YEARS = rf"(?:[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})[ ]*个?{any_of('年 月 天 日')}"
_TERM = rf"(?:{_YEARS}|长期|永久|[^,。;()\n]{{1,16}}前)"
_NEXT = rf"{_LEAD}(?:{_WARNING}|{_RETURN}|{_WORDS}|{_GIVEN}|{_ENGLISH})"
_MORE = rf"(?:{_B}[(]{_NEXT}[)]|{_SEPARATOR}{_NEXT})*"
_BARE_END = rf"(?={_B}(?:{STAR}|[)\]】〕〗▲◆ \t,;、。_])|$)"

_PHRASE = late(
    rf"(?P<core>(?P<lead>{_LEAD})(?:(?P<words>{_WORDS})|(?P<business>{_BUSINESS})|(?P<work>{_WORK})"
    rf"|(?P<english>{_ENGLISH})|(?P<draft>{_DRAFT})|(?P<back>{_RETURN})|(?P<warning>{_WARNING})"
    rf"|(?P<bare>{_INNER}{_BARE_END}))(?P<symbol>{_SYMBOL}{_TERM}?|[ ]*{_YEARS})?)(?P<more>{_MORE})"
)
_LABELLED = late(rf"{_INNER}(?:公开|使用|资料|文件)?(?!{HAN})|{_WORK}|{_BUSINESS}")
_RESTRICTS = late(rf"{_ONLY}|(?i:for)")
_SENT = late(r"明[ ]*电$|传真|电报$|讨论稿$")
_OFFICE = any_of("局 厅 委 办 室 公司 集团 中心 院 部 处 校 学 府 行 站 社 会 所 队 馆")
_OWNER = late(rf"{HAN}{{2,20}}{_OFFICE}")
_ATTACHED = late(r"[ ]*附[ ]*件[ ]*[0-9]*[ ]*[:.、 ]")
_TITLE_PLACES = ("first_page_top", "page_top", "header", "footer", "file_name", "metadata")
_PLACES = ("first_page_top", "header", "footer", "file_name", "metadata")
_GROUPS = ("business", "work", "draft", "words", "bare", "warning", "english", "back")


_SIBLING = late(r"(?:国家|商业|工作|企业|技术)秘密|个人(?:隐私|信息)|内部(?:控制|审计|管理|监督)")
_OPENS = late(r"[(\[【〔 \t:]")
_SHORT = 80


def worth_internal(text: str, place: int) -> bool:
    """Whether a trigger may belong to a mark: its line is short, or a bracket, a label or a blank
    stands just before. Long prose that speaks of 内部 is turned down here.
    """
    if _OPENS.search(text, max(0, place - 16), place):
        return True
    low, high = max(0, place - _SHORT), min(len(text), place + _SHORT)
    start = max(text.rfind("\n", low, place), text.rfind(BREAK, low, place), low)
    ends = [
        end for end in (text.find("\n", place, high), text.find(BREAK, place, high)) if end >= 0
    ]
    return min(ends, default=high) - start < _SHORT


def find_internal(lines: Lines, line: Line) -> Iterator[Mark]:
    """All marks of internal papers on one line."""
    for found in _PHRASE.finditer(line.text):
        mark = _judge(lines, line, found) if line.wants(found.start()) else None
        if mark is not None:
            yield mark


def _judge(lines: Lines, line: Line, found: re.Match[str]) -> Mark | None:
    text, start, end = line.text, found.start(), found.end()
    kind = next(name for name in _GROUPS if found.group(name) is not None)
    if box_state(text, start, end) is False or (kind == "warning" and LEVEL.search(text)):
        return None
    setting = look(lines, line, line.start + start, line.start + end)
    codes = [*_shape(found, kind, setting.prefix, setting.suffix), *setting.codes]
    if kind == "business":
        codes.append("business_secret")
    if _siblings(lines, line):
        codes.append("other_levels_beside")
    if _announced(lines, line, setting.prefix) and _LABELLED.match(text, start):
        codes.append("mark_label:密级")
        if setting.alone != "line":
            codes = [code for code in codes if code != "in_sentence"]
    elif setting.alone:
        if wrapped(lines, line) or not _fits(found, setting.zone, codes):
            return None
    elif not _beside(lines, line, found, setting.zone, codes):
        return None
    return settle(line.start + start, line.start + end, codes)


def _siblings(lines: Lines, line: Line) -> bool:
    """Whether the lines around name other kinds of secrets, as enumerations and menus do."""
    own = re.sub(r"[^一-鿿]", "", line.text)
    for other in (*lines.before(line, 2), *lines.after(line, 2)):
        name = re.sub(r"[^一-鿿]", "", other.text) if len(other.text) < 30 else ""
        if name != own and _SIBLING.fullmatch(name):
            return True
    return False


def _shape(found: re.Match[str], kind: str, prefix: str, suffix: str) -> list[str]:
    codes = []
    core, symbol = found.group("core"), found.group("symbol")
    if symbol and re.search(STAR, symbol.replace("*", "")):
        codes.append("star_on_internal_mark")
    if (
        kind == "back"
        or found.group("more")
        or symbol
        or (found.group("lead") and kind != "draft")
        or (kind in ("words", "english") and _RESTRICTS.match(core))
        or (kind == "words" and _SENT.search(core))
    ):
        codes.append("mark_phrase")
    elif OPEN.search(prefix[-6:]) and CLOSED.match(suffix):
        codes.append("mark_brackets")
    else:
        codes.append("mark_word")
    if kind == "warning" and "外" in core:
        codes.append("mark_admonition")
    if re.search(r"内[ \t]+部|工[ \t]+作|商[ \t]+业", core):
        codes.append("mark_spaced")
    return codes


def _fits(found: re.Match[str], zone: str, codes: list[str]) -> bool:
    """A lone Chinese word of everyday use is a heading anywhere but where marks stand."""
    if "mark_word" not in codes or "mark_spaced" in codes or found.group().isascii():
        return True
    return zone in _PLACES


def _beside(lines: Lines, line: Line, found: re.Match[str], zone: str, codes: list[str]) -> bool:
    """Whether a term that shares its line is still a mark: in brackets behind a title, or behind
    the name of its owner (某某局内部资料). ``beside_title`` is added to the codes.
    """
    prefix, suffix = line.text[: found.start()], line.text[found.end() :]
    if line.cut or "in_sentence" in codes or "in_quotes" in codes:
        return False
    if OPEN.search(prefix[-6:]) and CLOSED.match(suffix) and not _ATTACHED.match(prefix):
        lead, tail = prefix.strip(" ([【〔〖"), suffix.strip(" )]】〕〗.")
        if lead and tail and zone != "file_name":
            return False
        codes.append("beside_title" if zone in _TITLE_PLACES else "mark_admonition")
        return True
    if found.group("draft") and found.group().endswith(")") and not suffix.strip():
        codes += ["mark_brackets", "beside_title"]
        return zone in _TITLE_PLACES
    owner = prefix.strip()
    absolute = line.start + found.start()
    if (
        not suffix.strip(" )]】.。!")
        and _OWNER.fullmatch(owner)
        and zone in (*_TITLE_PLACES, "last_note")
        and not straddled(lines.artifacts.view.text, absolute, absolute + 2)
    ):
        codes.append("own_field")
        return True
    return False


def _announced(lines: Lines, line: Line, prefix: str) -> bool:
    """Whether 密级 stands before: on the line, or in the cell to the left."""
    if LABEL_BEFORE.search(prefix[-40:]):
        return True
    if prefix.strip(" \t\"'([【"):
        return False
    return LABEL.fullmatch(lines.artifacts.left_cell(line.start).strip(" :")) is not None
