"""How marks are written: levels, stars, terms, labels and boxes, as patterns over a view."""

from __future__ import annotations

import re

from recognizers.patterns import late

HAN = "[一-鿿]"
G = r"[ \t]{0,8}"
"""Blanks inside a mark."""
OPEN = late(r"[(\[【〔〖{<「『][ ]*$")
CLOSED = late(r"[ ]*[)\]】〕〗}>」』]")


def any_of(words: str) -> str:
    """A group of alternatives from words parted by blanks, longest first."""
    return "(?:" + "|".join(sorted(set(words.split()), key=lambda w: (-len(w), w))) + ")"


def spaced(pattern: str) -> str:
    """The pattern with room for blanks between Han characters: marks are often set apart.

    The pattern must hold no class with Han beside Han.
    """
    edge = r"(?<=[一-鿿?)])(?=(?:\(\?:)?[一-鿿])"
    return re.sub(edge, r"[ \\t]{0,8}", pattern)


# --- levels and stars -------------------------------------------------------------------------

STAR = r"[★☆△▲⭐🌟✩✪✫✬✭✮✯✰⋆✦✧٭*﹡∗✱✲✳✴✵✶✷✸✹✻※]"
SPLIT = "[.·,、_|/-]"
"""What somebody put between the letters of a level: 机.密. Only what stands apart counts."""
SPLIT_LEVEL = late(rf"{G}{SPLIT}")
LEVEL = late(rf"(?:(?:极{G})?机|绝|秘){G}\n?{G}(?:{SPLIT}{G})?密(?:{G}级(?!{HAN}))?")
MORE_LEVELS_AFTER = late(r"[ ]*(?:[/、|或和及]|--?)[ ]*[绝机秘][ ]*密")
MORE_LEVELS_BEFORE = late(r"[绝机秘][ ]*密级?[ ]*(?:[/、|或和及]|--?)[ ]*$")

# --- terms ------------------------------------------------------------------------------------

_HAN_NUMBER = "[一二三四五六七八九十百两廿卅半壹贰叁肆伍陆柒捌玖拾]{1,4}"
_NUMBER = rf"(?:[0-9OolI]{{1,3}}(?:{G}[0-9])?|{_HAN_NUMBER})"
_UNIT = any_of("年 月 天 日 周 小时")
_NO_YEAR = rf"(?!{HAN}{{0,4}}[〔(\[][0-9])"  # 机密★10年云政〔2024〕… ends before the number
SPAN = rf"(?:{_NUMBER}{G}个?{G}{_UNIT}{_NO_YEAR}(?:以?内|止)?){{1,2}}"
_EVER = rf"(?:长{G}期|永{G}久|无{G}限{G}期)"
_DAY = rf"(?:{G}[月./-]{G}(?:[0-9]{{1,2}}{G}日?)?)?"
DATE = rf"(?:至|到)?{G}[0-9]{{4}}{G}[年./-]{G}[0-9]{{1,2}}{_DAY}{G}(?:前|止|解密|后)?"
_EVENT_END = any_of("前 以前 之前 后解密 以后解密 之后解密 时解密")
_EVENT = rf"(?!关于)[^,。;:!?()\[\]【】\n★]{{1,24}}?{_EVENT_END}(?:解密|公开)?"
TERM = rf"(?:{DATE}|{SPAN}|{_EVER}|{_EVENT})"
SURE_TERM = rf"(?:{SPAN}|{DATE}|{_EVER}|启{G}用{G}前)"
"""A term that stands for itself, without a star before it."""

STARRED = late(rf"{G}(?:{STAR}{G})+(?P<term>[(]{G}{TERM}{G}[)]|{TERM})?")
STAR_BEFORE = late(rf"{STAR}{G}$")
TERM_BELOW = late(rf"\n{G}{SURE_TERM}(?={G}(?:[\n\x1e]|$))")
_MISREAD_STAR = "[A-Za-z大女六文米太木+x×]"
LOST_STAR = late(
    rf"{G}[(]{G}{SURE_TERM}{G}[)](?!{HAN})|{G}(?:[:·.\-]|--)?{G}(?:{_MISREAD_STAR}{G})?(?:{SURE_TERM}|{HAN}{{2,12}}前)(?!{HAN})"
)
_LABEL_SPAN = rf"(?:{SPAN}|长{G}期)"
LABEL_TERM = late(
    rf"{G}(?:[(]{G}(?:保密期限)?:?{_LABEL_SPAN}{G}[)]|[/:★☆*]?{G}{_LABEL_SPAN})(?!{HAN})"
)

# --- labels -----------------------------------------------------------------------------------

_LABEL_LEAD = spaced(any_of("文件 资料 信息 材料 档案 载体 项目 保密 涉密 秘密 拟定 所定 原"))
_LABEL_MORE = rf"[ ]*[和及与/、][ ]*{any_of('保密期限 解密时间 编号 期限')}"
_LABEL_KINDS = (
    rf"(?:{_LABEL_LEAD}[ ]*)?密{G}级(?:{_LABEL_MORE})?",
    rf"{any_of('国家秘密 保密 秘密 涉密 机密 密')}[ ]*{any_of('等级 级别 程度')}",
    rf"密等(?:及{HAN}{{2,12}})?",
    rf"定密{any_of('情况 结果 意见')}",
    "涉密情况",
)
LABEL = late("|".join(_LABEL_KINDS))
"""密级 and its kin, which announce a level."""
_ANNOUNCES = r"(?:[ \t]*[:=][ \t\"'(\[【<]*|[ \t|]+[\"'(\[【]?)$"
LABEL_BEFORE = late(
    rf"(?:{LABEL.pattern})(?:为?(?=[ \t]*[:=])|[\"'])?(?:[\"'】\])>]?{_ANNOUNCES}|[】\])>][ \t]*$)"
)
_LABEL_END = late(rf"(?:{LABEL.pattern})$")

# --- boxes of options -------------------------------------------------------------------------

_EMPTY = "□☐○◯◻▢\uf0a8\uf0a3\uf06f¨"  # the last four are Wingdings, as Word keeps them
_TICKED = "☑☒✓✔√■▣⊠🗹✅●◉⬛◼\uf0fe\uf052\uf0fd\uf054\uf0fc"
_BOX = late(rf"[(\[][ ]*[{_TICKED}xXvV][ ]*[)\]]|[(\[][ ]*[)\]]|[{_TICKED}{_EMPTY}]")
_MISREAD_BOXES = late(r"密[ ]?口.*密[ ]?口")


def box_state(text: str, start: int, end: int) -> bool | None:
    """Whether the box of the option ``text[start:end]`` is ticked; None without a box for it.

    Boxes stand before all options of a line or behind all of them: the first one tells.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return False if _MISREAD_BOXES.search(text) else None
    lead = text[: boxes[0].start()].rstrip()
    if not lead or lead[-1] in ":|" or _LABEL_END.search(lead):
        box = next((box for box in reversed(boxes) if box.end() <= start), None)
        gap = text[box.end() : start] if box else ""
    else:
        box = next((box for box in boxes if box.start() >= end), None)
        gap = text[end : box.start()] if box else ""
    if box is None or len(gap.strip()) > 2:
        return None
    return any(c in box.group() for c in _TICKED + "xXvV")
