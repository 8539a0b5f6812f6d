"""Names in Latin letters: John Smith beside a role word or a label, or in brackets behind a name.

Letters alone say nothing: products, units and firms are written with them too.
"""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.lexicon.surnames import TRANSLITERATED
from recognizers.names import cues
from recognizers.names.cues import Cue
from recognizers.names.words import is_dotted
from recognizers.patterns import late

_WORD = "[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)?"
_MORE = f"(?:[ ·.]{{1,2}}(?:{_WORD}|[A-Z](?![A-Za-z])[.]?)){{0,3}}"
_CAPITALS = "[A-Z]{2,20}(?:[ ,]{1,2}[A-Z]{2,20}){1,3}"
_EDGE = "[A-Za-z0-9@_/&+]"
_IN_TEXT = late(f"(?<!{_EDGE})(?<![A-Za-z0-9][ .-])({_WORD}{_MORE})(?!{_EDGE}|[ -][A-Za-z0-9])")
_WHOLE = late(f"{_WORD}{_MORE}|{_CAPITALS}")
_SEVERAL = late(f"{_WORD}[ ·.].+|{_CAPITALS}")
_BEHIND = late("[ ]?[(][ ]?([A-Za-zà-ÿ][A-Za-zà-ÿ .·'’-]{2,40}[A-Za-zà-ÿ])[ ]?[),;]")
_SHAPE = late("[A-Za-zà-ÿ]+(?:[ .'’·-]{1,2}[A-Za-zà-ÿ]+){0,4}[.]?")
_ROLES = (
    *("选手", "球员", "运动员", "球星", "前锋", "后卫", "中场", "门将", "外援", "教练", "主帅"),
    *("导演", "演员", "歌手", "影星", "主演", "编剧", "制片人", "作家", "画家", "诗人", "艺术家"),
    *("设计师", "摄影师", "建筑师", "教授", "博士", "外教", "外籍教师", "专家", "学者", "创始人"),
    *("总统", "总理", "首相", "大使", "部长", "记者", "领队", "队长", "乘客", "患者", "死者"),
)
_ADDRESSED = ("先生", "女士", "小姐", "教授", "博士", "夫人", "老师", "爵士")
_NO_NAMES = frozenset(
    [
        *("email", "mail", "tel", "mobile", "phone", "fax", "null", "none", "name", "wechat"),
        *("weixin", "http", "https", "www", "unknown", "total"),
    ]
)
_BESIDE = 0.8  # what a role word or a form of address counts for


def looks_latin(name: str) -> bool:
    """Whether it has the shape of a name in Latin letters; not an abbreviation (CEO, GDP)."""
    if _SHAPE.fullmatch(name) is None or name.lower() in _NO_NAMES:
        return False
    return len(name) > 2 and (not name.isupper() or len(name) > 4)


def is_latin_name(cell: str) -> bool:
    """Whether a whole cell or value under 姓名 is one: John Smith, SMITH JOHN, Maria."""
    return _WHOLE.fullmatch(cell) is not None and cell.lower() not in _NO_NAMES


def has_surname(cell: str) -> bool:
    """Whether it is more than one word: it needs no label of its own."""
    return _SEVERAL.fullmatch(cell) is not None and is_latin_name(cell)


def from_letters(text: str) -> Iterator[tuple[int, int, Cue]]:
    """Names right behind a role word, or before a form of address: 制片人Steven, Berg先生."""
    for found in _IN_TEXT.finditer(text):
        start, end = found.span(1)
        if not looks_latin(found[1]):
            continue
        at = end + 1 if text.startswith(" ", end) else end
        form = next((word for word in _ADDRESSED if text.startswith(word, at)), "")
        if form:
            yield start, end, Cue(form, "honorific", cues.UNKNOWN, f"honorific:{form}", _BESIDE)
            continue
        left = start - 1 if text[start - 1 : start] == " " else start
        role = next((word for word in _ROLES if text.endswith(word, 0, left)), "")
        if role:
            yield start, end, Cue(role, "role", cues.UNKNOWN, f"role_word:{role}", _BESIDE)


def bracketed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a foreigner's own name stands behind the one written in Han: 博瓦德(Bogvad)."""
    found = _BEHIND.match(text, end)
    word = text[start:end]
    if found is None or not looks_latin(found[1]):
        return None
    foreign = is_dotted(word) or (len(word) > 2 and TRANSLITERATED.issuperset(word))
    return found.span(1) if foreign else None
