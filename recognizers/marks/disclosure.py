"""Finds what a paper says about its own publication: 此件公开发布, 公开属性：依申请公开.

Three shapes: a sentence about 此件; a label (公开属性, 信息公开选项 …) with its value, also as ticked
boxes or in the next cell or line; a value in brackets alone on one of the last lines. The bare words
主动公开 and 依申请公开 are talk, or the menu of a web page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.marks.context import look
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import Mark, settle
from recognizers.marks.secret import box_state
from recognizers.view import BREAK

TRIGGERS = ("公开", "公 ", "发布属性", "有删")

_VALUES: tuple[tuple[str, str], ...] = (
    ("disclosure_partial", r"(?:删减|删除|处理|遮盖|隐去|脱敏|去标识化?|区分处理)[一-鿿]{0,6}后(?:主动|予以|可以|可|再)?(?:公开|发布)(?:发布)?|部分(?:内容)?(?:主动)?公开|摘要公开"),
    ("disclosure_none", r"(?:不予|不得|不宜|暂不|免予|免于|不对外|不能|不可以?|不主动|缓)[ ]*(?:主动)?(?:对外|向社会)?公开(?:发布)?|不[ ]*公[ ]*开(?:发布)?|非[ ]*公[ ]*开|内部公开"),
    ("disclosure_on_request", r"依[ ]*(?:法|规)?(?:依)?[ ]*申[ ]*请[ ]*(?:予以)?公[ ]*开|(?:可|按|须)?(?:依)?申请公开"),
    ("disclosure_open", r"(?:略|稍)?有(?:所)?删(?:减|节|改)|(?:予以|可以|可|全文|全部|依法|及时|宜)?(?:主动|向社会|对社会|对外)?(?:全文)?公[ ]*开(?:[ ]*发[ ]*布)?|公[ ]*开[ ]*发[ ]*布|主[ ]*动[ ]*公[ ]*开"),
)  # fmt: skip
_VALUE = "|".join(f"(?P<v{i}>{pattern})" for i, (_code, pattern) in enumerate(_VALUES))
_THIS = re.compile(
    rf"(?:此|本)[ ]*(?:件|文件|文|公文)[ ]*(?:的)?(?:公开属性|公开方式)?[ ]*(?:为|系|属于?|是|应|按|拟|可|予以|:)?[ ]*(?P<value>{_VALUE})(?:类|件|文件)?"
)
_LABEL = (
    r"(?:(?:政府|政务|公文|文件|本文)?[ ]*(?:信[ ]*息)?[ ]*公[ ]*开[ ]*(?:属[ ]*性|选[ ]*项|方[ ]*式|形[ ]*式|类[ ]*型|类[ ]*别|分[ ]*类|程[ ]*度|性[ ]*质|标[ ]*识|情[ ]*况|意[ ]*见|与[ ]*否|范[ ]*围)"
    r"|是[ ]*否[ ]*(?:主动|同意)?[ ]*公[ ]*开|发布属性|(?:政府|政务)?信息公开)"
)
_LABEL_ONLY = re.compile(rf"[*]?(?:{_LABEL})[ ]*[:]?")
_LABELLED = re.compile(
    rf"(?P<label>{_LABEL})[\"'】\])>]?[ \t]*(?:[(][^()\n]{{0,12}}[)])?[ \t]*(?:[:=|][ \t\"'\[【(]*|[ \t]+)(?P<value>{_VALUE})(?:类|件|信息)?"
)
_PLAIN = re.compile(rf"(?P<value>{_VALUE})(?:类|件)?")
_YES_NO = re.compile(
    r"(?P<label>是[ ]*否[ ]*(?:主动|同意)?[ ]*公[ ]*开)[ \t]*[:][ \t]*(?P<value>是|否)(?![一-鿿])"
)
_BRACKETED = re.compile(rf"[ ]*[(\[【〔][ ]*(?P<value>{_VALUE})(?:类|件)?[ ]*[)\]】〕][ ]*")
_OPTION = re.compile(rf"(?:{_VALUE})")
_MORE_VALUES = re.compile(
    r"[ ]*(?:[/、|或和及,]|--?)[ ]*(?:主动公开|依申请公开|不予公开|不公开|公开|免予公开)"
)
_GOES_ON = re.compile(
    r"[ ]*(?:[的后等时至于在前栏目录信]|字样|工作|政府|范围|制度|方式|属性|情况|平台|[0-9]+[条件])"
)
_IMPRINT = re.compile(
    r"[ ]*(?:抄[ ]*送|主[ ]*送|印[ ]*发|[一-鿿]{4,24}(?:办公室|办公厅|秘书科)[ ]*[0-9]{4}年|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|联系人|附件)"
)
_END = re.compile(r"[ ]*(?:$|[)\]】〕\"',;。/|]|[ ]{2,}|[ \t])")
_LABEL_GOES_ON = tuple("属选方形类分程性标情意与范:|")
_LABEL_ENDS = (":", "|", "=", "\t", "\n", "  ", "□", "(", BREAK)
_THIS_PAPER = re.compile(r"[此本][ ]*(?:公?文|件)")
_OPEN, _CLOSED = re.compile(r"[(\[【〔][ ]*$"), re.compile(r"[ ]*[)\]】〕][ ]*$")


def worth_disclosure(text: str, place: int) -> bool:
    """Whether the word may belong to a mark: a label goes on behind it, brackets close behind it, or
    此件 stands before it. All other talk of 公开, and there is much of it, is turned down here.
    """
    behind = text[place + 2 : place + 16]
    if behind.lstrip(" 开")[:1] in _LABEL_GOES_ON and any(c in behind for c in _LABEL_ENDS):
        return True
    if any(c in behind[:6] for c in ")]】〕"):
        return True
    before = text[max(0, place - 14) : place]
    return _THIS_PAPER.search(before) is not None or "否" in before[-4:]


def find_disclosure(lines: Lines, line: Line) -> Iterator[Mark]:
    """All disclosure marks on one line."""
    text = line.text
    seen: set[int] = set()
    for found in _THIS.finditer(text):
        seen.add(found.end())
        mark = _this(lines, line, found)
        if mark is not None:
            yield mark
    if seen:
        return
    yield from _labelled(lines, line)


def _this(lines: Lines, line: Line, found: re.Match[str]) -> Mark | None:
    suffix = line.text[found.end() :]
    setting = look(lines, line, line.start + found.start(), line.start + found.end())
    codes = ["mark_phrase", _code(found), *setting.codes]
    if not setting.alone:
        if _GOES_ON.match(suffix) or not _END.match(suffix):
            return None
        if _OPEN.search(line.text[: found.start()]) and re.match(r"[ ]*[)\]】〕,;]", suffix):
            codes.append("mark_brackets")
            tail = suffix.lstrip(" )]】〕")
            if not tail or suffix.lstrip()[0] in ",;":
                codes = (
                    [code for code in codes if code != "in_sentence"]
                    if not _told(line.text[: found.start()])
                    else codes
                )
        elif line.text[: found.start()].strip(" (【[*") == "" and suffix.lstrip()[:1] in ",;。(":
            codes = [code for code in codes if code != "in_sentence"]
            codes.append("own_field")
    return settle(line.start + found.start(), line.start + found.end(), codes)


def _told(prefix: str) -> bool:
    """Whether the words before speak about such a mark: 文末标注（此件公开发布）."""
    return (
        re.search(
            r"(?:标注|注明|写明|标明|加注|填写|印有|如|例如|样式|为|是|和|或|、)[ ]*[:]?[ ]*[(\[【]?$",
            prefix,
        )
        is not None
    )


def _labelled(lines: Lines, line: Line) -> Iterator[Mark]:
    text = line.text
    label = re.search(_LABEL, text)
    boxes = label is not None and any(
        box_state(text, m.start(), m.end()) is not None for m in _OPTION.finditer(text, label.end())
    )
    if label is not None and boxes:
        for found in _PLAIN.finditer(text, label.end()):
            if box_state(text, found.start(), found.end()):
                codes = ["mark_label:公开属性", "mark_ticked", _code(found)]
                mark = settle(line.start + found.start("value"), line.start + found.end(), codes)
                if mark:
                    yield mark
        return
    for found in (*_LABELLED.finditer(text), *_YES_NO.finditer(text)):
        suffix = text[found.end() :]
        if _MORE_VALUES.match(suffix) or not _END.match(suffix):
            continue
        setting = look(lines, line, line.start + found.start(), line.start + found.end())
        codes = ["mark_label:公开属性", _code(found), *setting.codes]
        prefix = text[: found.start()]
        if not _told(prefix) and not re.search(r"[。!?;]", prefix):
            codes = [code for code in codes if code not in ("in_sentence", "numbered_item")]
        mark = settle(line.start + found.start("value"), line.start + found.end(), codes)
        if mark is not None:
            yield mark
        return
    name = text.strip(" \t*[]【】")
    in_cell = lines.kind(line) == "table_cell" and not name.endswith("信息公开")
    if _LABEL_ONLY.fullmatch(name) and (in_cell or name.endswith(":")):
        yield from _announced(lines, line)
    else:
        yield from _bracketed(lines, line)


def _announced(lines: Lines, line: Line) -> Iterator[Mark]:
    """The value in the cell to the right, or alone on the line below a label."""
    cells = lines.artifacts.row_cells(line.start)
    if cells:
        below = next((cell for cell in cells if cell[0] > line.start), None)
        place = below[0] if below is not None else None
    else:
        follows = next(lines.after(line), None)
        place = follows.start if follows is not None else None
    if place is None:
        return
    value = lines.at(place)
    found = _PLAIN.fullmatch(value.text.strip(" \t()[]【】〔〕.。"))
    if found is None:
        return
    start = value.start + value.text.index(found.group("value"))
    end = start + len(found.group("value"))
    mark = settle(start, end, [_code(found), "mark_label:公开属性"])
    if mark is not None:
        yield mark


def _bracketed(lines: Lines, line: Line) -> Iterator[Mark]:
    """A value in brackets, alone on one of the last lines."""
    found = _BRACKETED.fullmatch(line.text)
    if found is None:
        return
    start, end = line.start + found.start("value"), line.start + found.end("value")
    setting = look(lines, line, start, end)
    imprint = any(_IMPRINT.match(other.text) for other in lines.after(line, 2))
    if not imprint and setting.zone != "last_note":
        return
    mark = settle(start, end, [_code(found), "mark_brackets", *setting.codes])
    if mark is not None:
        yield mark


def _code(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if groups.get("value") in ("是", "否"):
        return "disclosure_open" if groups["value"] == "是" else "disclosure_none"
    return next(code for i, (code, _) in enumerate(_VALUES) if groups.get(f"v{i}"))
