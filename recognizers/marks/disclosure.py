"""Finds what a paper says about its own publication: 此件公开发布, 公开属性：依申请公开.

Three shapes: a sentence about 此件; a label (公开属性, 信息公开选项 …) with its value, in boxes
too, or in the next cell or line; a value in brackets alone on one of the last lines. The bare words
主动公开 and 依申请公开 are talk, or the menu of a web page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.marks.context import look
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import Mark, settle
from recognizers.marks.shapes import HAN, OPEN, any_of, box_state, spaced
from recognizers.patterns import late
from recognizers.view import BREAK

TRIGGERS = ("公开", "公 ", "发布属性", "有删")

_TO_ALL = "(?:主动|向社会|对社会|对外)?"
_MAY = any_of("予以 可以 可 全文 全部 依法 及时 宜")
_NOT = any_of("不予 不得 不宜 暂不 免予 免于 不对外 不能 不可 不可以 不主动 缓")
_CUT = any_of("删减 删除 处理 遮盖 隐去 脱敏 去标识 去标识化 区分处理")
_VALUES = {
    "disclosure_partial": (
        rf"{_CUT}{HAN}{{0,6}}后(?:主动|予以|可以|可|再)?(?:公开发布|公开|发布)"
        r"|部分(?:内容)?(?:主动)?公开|摘要公开"
    ),
    "disclosure_none": (
        rf"{_NOT}[ ]*(?:主动)?(?:对外|向社会)?公开(?:发布)?|不公开(?:发布)?|非公开|内部公开"
    ),
    "disclosure_on_request": "依(?:法|规)?依?申请(?:予以)?公开|(?:可|按|须)?依?申请公开",
    # 有删减: the paper is published, in a shortened form.
    "disclosure_open": (
        rf"(?:略|稍)?有所?删(?:减|节|改)|{_MAY}?{_TO_ALL}(?:全文)?公开(?:发布)?|主动公开"
    ),
}
_VALUE = "|".join(f"(?P<{code}>{spaced(pattern)})" for code, pattern in _VALUES.items())
_PLAIN = late(rf"(?P<value>{_VALUE})(?:类|件)?")
_BRACKETED = late(rf"[ ]*[(\[【〔][ ]*(?P<value>{_VALUE})(?:类|件)?[ ]*[)\]】〕][ ]*")
_ABOUT = rf"{spaced('(?:此|本)(?:件|文件|文|公文)')}[ ]*的?(?:公开属性|公开方式)?[ ]*"
_IS = any_of("为 系 属 属于 是 应 按 拟 可 予以 :")
_THIS = late(rf"{_ABOUT}{_IS}?[ ]*(?P<value>{_VALUE})(?:类|件|文件)?")

_WHOSE = spaced(rf"{any_of('政府 政务 公文 文件 本文')}?(?:信息)?")
_ASPECTS = any_of("属性 选项 方式 形式 类型 类别 分类 程度 性质 标识 情况 意见 与否 范围")
_LABELS = (
    rf"{_WHOSE}[ ]*{spaced('公开' + _ASPECTS)}",
    spaced("是否(?:主动|同意)?公开"),
    "发布属性",
    "(?:政府|政务)?信息公开",
)
_LABEL = f"(?:{'|'.join(_LABELS)})"
_NAMED = late(_LABEL)
_LABEL_ONLY = late(rf"[*]?{_LABEL}[ ]*:?")
_ANNOUNCES = r"[ \t]*(?:[(][^()\n]{0,12}[)])?[ \t]*(?:[:=|][ \t\"'\[【(]*|[ \t]+)"
_LABELLED = late(rf"{_LABEL}[\"'】\])>]?{_ANNOUNCES}(?P<value>{_VALUE})(?:类|件|信息)?")
_YES_NO = late(rf"{_LABELS[1]}[ \t]*:[ \t]*(?P<value>是|否)(?!{HAN})")

_STATES = any_of("主动公开 依申请公开 不予公开 不公开 公开 免予公开")
_STATE = late(spaced("主动公开|依申请公开|不予公开|不公开"))
_MORE_VALUES = late(rf"[ ]*(?:[/、|或和及,]|--?)[ ]*{_STATES}")
_TALK = any_of("字样 工作 政府 范围 制度 方式 属性 情况 平台")
_GOES_ON = late(rf"[ ]*(?:[的后等时至于在前栏目录信]|{_TALK}|[0-9]+[条件])")
_END = late(r"[ ]*(?:$|[)\]】〕\"',;。/|(])|[ \t]")
_TELLS = any_of("标注 注明 写明 标明 加注 填写 印有 如 例如 样式 为 是 和 或 、")
_TOLD = late(rf"{_TELLS}[ ]*:?[ ]*[(\[【]?$")
_DESK = any_of("办公室 办公厅 秘书科")
_IMPRINT = late(
    rf"[ ]*(?:{spaced(any_of('抄送 主送 印发 联系人 附件'))}|{HAN}{{2,24}}{_DESK}[ ]*[0-9]{{4}}年"
    rf"|[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日)"
)

_LABEL_GOES_ON = tuple("属选方形类分程性标情意与范:|")
_LABEL_ENDS = (":", "|", "=", "\t", "\n", "  ", "□", "(", BREAK)
_CLOSES = late(r"[)\]】〕☑☒✓✔√■□☐]")
_THIS_PAPER = late(r"[此本][ ]*公?[ ]*[文件]")


def worth_disclosure(text: str, place: int) -> bool:
    """Whether the word may belong to a mark.

    A label goes on behind it, brackets close behind it, or 此件 stands before it. All other talk of
    公开, and there is much of it, is turned down here.
    """
    if _CLOSES.search(text, place + 2, place + 8):
        return True
    behind = text[place + 2 : place + 16]
    if behind.lstrip(" 开")[:1] in _LABEL_GOES_ON and any(c in behind for c in _LABEL_ENDS):
        return True
    before = text[max(0, place - 14) : place]
    return _THIS_PAPER.search(before) is not None or "否" in before[-4:]


def find_disclosure(lines: Lines, line: Line) -> Iterator[Mark]:
    """All disclosure marks on one line."""
    notes = [found for found in _THIS.finditer(line.text) if line.wants(found.start())]
    for found in notes:
        yield from _note(lines, line, found)
    if notes:
        return
    label = _NAMED.search(line.text)
    if label is not None and _has_boxes(line, label.end()):
        yield from _ticked(line, label.end())
        return
    if label is None and len(_STATE.findall(line.text)) > 1 and _has_boxes(line, 0):
        yield from _ticked(line, 0)
        return
    yield from _labelled(lines, line)
    name = line.text.strip(" \t*[]【】")
    in_cell = lines.kind(line) == "table_cell" and not name.endswith("信息公开")
    if _LABEL_ONLY.fullmatch(name) and (in_cell or name.endswith(":")):
        yield from _value_beyond(lines, line)
    else:
        yield from _bracketed(lines, line)


def _note(lines: Lines, line: Line, found: re.Match[str]) -> Iterator[Mark]:
    """此件公开发布 and its kin."""
    setting = look(lines, line, line.start + found.start(), line.start + found.end())
    codes = ["mark_phrase", _code(found), *setting.codes]
    prefix, suffix = setting.prefix, setting.suffix.lstrip()
    if not setting.alone:
        if _GOES_ON.match(suffix) or not _END.match(suffix):
            return
        if OPEN.search(prefix) and suffix[:1] in (")", "]", "】", "〕", ",", ";"):
            codes.append("mark_brackets")
            free = not suffix.lstrip(")]】〕 ") or suffix[0] in ",;"
        else:
            free = not prefix.strip(" (【[*") and suffix[:1] in (",", ";", "。", "(")
            codes += ["own_field"] if free else []
        if free and not _TOLD.search(prefix):
            codes = [code for code in codes if code != "in_sentence"]
    yield from _settled(line, found.start(), found.end(), codes)


def _has_boxes(line: Line, start: int) -> bool:
    options = _PLAIN.finditer(line.text, start)
    return any(box_state(line.text, m.start(), m.end()) is not None for m in options)


def _ticked(line: Line, start: int) -> Iterator[Mark]:
    for found in _PLAIN.finditer(line.text, start):
        if box_state(line.text, found.start(), found.end()):
            codes = ["mark_ticked", _code(found)]
            yield from _settled(line, found.start("value"), found.end("value"), codes)


def _labelled(lines: Lines, line: Line) -> Iterator[Mark]:
    """公开属性：主动公开 on one line; a list of values is a form or a lesson, not a mark."""
    text = line.text
    for found in (*_LABELLED.finditer(text), *_YES_NO.finditer(text)):
        suffix, prefix = text[found.end() :], text[: found.start()]
        if _MORE_VALUES.match(suffix) or not _END.match(suffix):
            continue
        setting = look(lines, line, line.start + found.start(), line.start + found.end())
        codes = ["mark_label:公开属性", _code(found), *setting.codes]
        if not _TOLD.search(prefix) and not re.search(r"[。!?;]", prefix):
            codes = [code for code in codes if code not in ("in_sentence", "numbered_item")]
        yield from _settled(line, found.start("value"), found.end("value"), codes)
        return


def _value_beyond(lines: Lines, line: Line) -> Iterator[Mark]:
    """The value in the cell to the right of a label, or alone on the line below it."""
    cells = lines.artifacts.row_cells(line.start)
    if cells:
        place = next((start for start, _end in cells if start > line.start), None)
    else:
        place = next((below.start for below in lines.after(line)), None)
    if place is None:
        return
    value = lines.at(place)
    found = _PLAIN.fullmatch(value.text.strip(" \t()[]【】〔〕.。"))
    if found is not None:
        start = value.text.index(found.group("value"))
        codes = ["mark_label:公开属性", _code(found)]
        yield from _settled(value, start, start + len(found.group("value")), codes)


def _bracketed(lines: Lines, line: Line) -> Iterator[Mark]:
    """A value in brackets, alone on one of the last lines."""
    found = _BRACKETED.fullmatch(line.text)
    if found is None:
        return
    start, end = found.span("value")
    setting = look(lines, line, line.start + start, line.start + end)
    imprint = any(_IMPRINT.match(other.text) for other in lines.after(line, 2))
    if imprint or setting.zone == "last_note":
        yield from _settled(line, start, end, [_code(found), "mark_brackets", *setting.codes])


def _settled(line: Line, start: int, end: int, codes: list[str]) -> Iterator[Mark]:
    mark = settle(line.start + start, line.start + end, codes)
    if mark is not None:
        yield mark


def _code(found: re.Match[str]) -> str:
    """Which of the four kinds the value is."""
    groups = found.groupdict()
    if groups["value"] in ("是", "否"):
        return "disclosure_open" if groups["value"] == "是" else "disclosure_none"
    return next(code for code in _VALUES if groups.get(code))
