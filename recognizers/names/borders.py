"""Where a span of the network begins and ends: titles, particles and nicknames are cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recognizers.lexicon.surnames import COMPOUND, SINGLE, TRANSLITERATED
from recognizers.names import cues
from recognizers.names.model import NameSpan
from recognizers.names.shapes import TITLE_VERBS, dotted
from recognizers.names.words import (
    all_han,
    is_han,
    looks_like_name,
    minority_parts,
    roles,
    surname_length,
    title_at,
)
from recognizers.patterns import late

_NO_END = 0.5  # what a single character that may follow a name counts for, and less
_ACCOUNT = late("(?:支出|开支|支付|付款|摘要|用途)[^。;\n]{0,6}\\Z|[0-9]元[,;]\\Z")
_UNGAPPED = late("[^ \t]+")
_MONARCHS = ("天皇", "大帝", "皇帝")
_SMALL_WHAT = frozenset("泉林川野渊山岛池松笠室沢泽西坂栗田村原仓谷岩津出柳早汤")
"""With 小 before them, these are surnames of Japanese."""
_NEXT_WORDS = frozenset("都则以")
"""Hardly ever the end of a name of two characters and more, often the next word."""
_NEXT_WORDS_OF_FOREIGN = _NEXT_WORDS | frozenset("均各也曾将已和在并仍就")
_ADVERBS = frozenset("已也又仍均曾将便即")
_DONE = (
    *(
        "报告",
        "辅导",
        "动员",
        "讲话",
        "介绍",
        "说明",
        "汇报",
        "总结",
        "表态",
        "发言",
        "部署",
        "主题",
    ),
    "了",
)
_HARDLY_WORDS = frozenset(
    ("上官", "欧阳", "诸葛", "慕容", "皇甫", "令狐", "尉迟", "夏侯", "端木", "轩辕", "宇文", "呼延")
)
"""Compound surnames that are hardly ever parts of other words, as 司马 is of 公司马."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of the network without the titles it swallowed, with all parts of a dotted name."""
    while start < end and not is_han(text[start]):
        start += 1
    while end > start and not is_han(text[end - 1]):
        end -= 1
    if end - start > 3 and text[end - 1] in "男女" and text[end - 2] in " \t":
        end -= 2
        while end > start and text[end - 1] in " \t":
            end -= 1
    if start == end:
        return start, end
    if "·" in text[max(0, start - 1) : end + 1]:
        start, end = dotted(text, start, end)
    end = _without_tail(text, start, end)
    if text[start] == "由" and surname_length(text, start + 1) and end - start > 2:
        start += 1
    if text[start] == "付" and _pays(text, start, end):
        start += 1
    start = _behind_nickname(text, start, end)
    if text[start:end] in COMPOUND:
        end = _with_given(text, end)
    if end - start <= 2 and not surname_length(text[start:end]):
        start = _with_surname(text, start)
    if start and text[start - 1 : start + 1] in _HARDLY_WORDS:
        start -= 1
    return _without_titles(text, start, end)


def _without_tail(text: str, start: int, end: int) -> int:
    """Where a name ends, without the verb, the particle or the word of respect behind it."""
    if end - start >= 3 and text[end - 1] in TITLE_VERBS and title_at(text, end):
        end -= 1
    if end - start == 3 and text[end - 1] == "摄" and not is_han(text[end : end + 1] or " "):
        end -= 1  # who took a picture: 胡航|摄
    if _swallowed(text, start, end) or _called(text, start, end):
        end -= 1
    for title in _MONARCHS:
        if end - start > len(title) + 1 and text.endswith(title, start, end):
            end -= len(title)
    return end


def _without_titles(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a role word at its beginning and a title at its end."""
    for length in range(end - start - 1, 1, -1):
        word = text[start : start + length]
        if roles().get(word) in ("official", "private") and end - start - length >= 2:
            start += length
            break
    for at in range(start + 2, end - 1):
        if title_at(text, at) and at + len(title_at(text, at)) >= end:
            end = at
            break
    return start, end


def hyphened(text: str, spans: Sequence[NameSpan]) -> Iterator[tuple[NameSpan, NameSpan]]:
    """The first and last part of each name: 汤姆-克鲁斯 is one, 张三-李四 are two."""
    at = 0
    while at < len(spans):
        first = last = spans[at]
        while (
            at + 1 < len(spans)
            and text[last.end : spans[at + 1].start] == "-"
            and not (
                looks_like_name(text[last.start : last.end])
                and looks_like_name(text[spans[at + 1].start : spans[at + 1].end])
            )
        ):
            at += 1
            last = spans[at]
        yield first, last
        at += 1


def parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names of a span that a gap divides, unless it only sets two characters apart: 张　三."""
    parts = [found.span() for found in _UNGAPPED.finditer(text, start, end)]
    if len(parts) > 1 and all(looks_like_name(text[first:last]) for first, last in parts):
        yield from parts
    else:
        yield start, end


def _swallowed(text: str, start: int, end: int) -> bool:
    """Whether the last character belongs to what follows: 邱翰已|处理, 胡毅作|报告."""
    last = text[end - 1]
    part = text[start:end].rpartition("·")[2]
    if end - start > 3 and last in _NEXT_WORDS_OF_FOREIGN and part not in minority_parts():
        return len(part) > 3 and TRANSLITERATED.issuperset(part[:-1])
    if end - start != 3 or not surname_length(text[start:end]):
        return False
    begun = cues.border(text, end) == 0 and _NO_END < cues.border(text, end - 1) < 1
    if last in _NEXT_WORDS or begun:
        return True  # 秦静|帮我
    if not is_han(text[end : end + 1]):
        return False
    if cues.border(text, end) > 0:
        return False
    return last in _ADVERBS or (last == "作" and text.startswith(_DONE, end))


def _pays(text: str, start: int, end: int) -> bool:
    """Whether the first character is what an account pays, not a surname: 支出:付|常晓东工资."""
    paid = end - start > 2 and surname_length(text, start + 1) > 0
    return paid and _ACCOUNT.search(text, max(0, start - 12), start) is not None


def _called(text: str, start: int, end: int) -> bool:
    """Whether the last character only shows respect: 启功|老, 伏羲|氏; not the 氏 of 陈李氏."""
    if end - start < 3 or text[end - 1] not in "老氏":
        return False
    return text[end - 1] == "老" or not all(surname_length(text, at) for at in (start, start + 1))


def _behind_nickname(text: str, start: int, end: int) -> int:
    """Where a name begins behind 小 and 老, which are no part of it: 老|雷德克纳普, 小|俊平."""
    if text[start] not in "小老":
        return start
    rest = text[start + 1 : end]
    foreign = len(rest) > 2 and TRANSLITERATED.issuperset(rest)
    return start + 1 if foreign or (len(rest) == 2 and rest[0] not in _SMALL_WHAT) else start


def _with_given(text: str, end: int) -> int:
    """Where a name ends whose given name the network left out behind a compound surname."""
    for length in (2, 1):
        if all_han(text[end : end + length]) and cues.border(text, end + length) > 0:
            return end + length
    return end


def _with_surname(text: str, start: int) -> int:
    """Where a name begins whose surname the network left out, right behind something not Han."""
    for length in (2, 1):
        surname = text[max(0, start - length) : start]
        free = start - length <= 0 or not is_han(text[start - length - 1])
        if free and (surname in COMPOUND or surname in SINGLE):
            return start - length
    return start
