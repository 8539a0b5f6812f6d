"""The shapes of names: what a span of the network is cut to, and what no name looks like."""

from __future__ import annotations

from functools import cache

from recognizers.lexicon.surnames import COMPOUND, TRANSLITERATED
from recognizers.names import cues
from recognizers.names.latin import looks_latin
from recognizers.names.words import (
    LONGEST_PART,
    LONGEST_ROLE,
    all_han,
    is_dotted,
    is_han,
    is_masked,
    is_only_a_word,
    minority_parts,
    roles,
    sections,
    surname_length,
    title_at,
)
from recognizers.patterns import late
from recognizers.view import BREAK

_NEVER_GIVEN = frozenset("的了是这那哪们您你我他她它很没")
_NUMERALS = frozenset("零壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十百千万亿〇圆元整角分")
_KANA = late("[\u3040-\u30ff]")
_LONGEST_NAME = 18  # characters of a dotted name
_LONGEST_PART = 4  # … of one part that is not known
_NUMBERED = late(
    "[发字函办]?[(](?:19|20)[0-9]{2}[)]|[㐀-鿿]{0,3}[〔【\\[](?:19|20)[0-9]{2}[〕】\\]]"
)
TITLE_VERBS = "任为兼同"
"""Verbs that stand between a name and a title: 董健任组长."""
_GRADE = late(
    "高[一二三](?:[(]?[0-9一二三四五六七八九十]{1,3}[)]?班|年级|学[年段生]|[上下]学期|[文理]科|班主任)"
)
_ADDED = late("[加找跟][㐀-鿿](?:女士|先生|老师|经理|小姐)")
"""Whom to add or to find: 加|樊女士微信."""
_SAYS = "说称在是曾"
_LONGEST_TITLE = 30
_NO_TITLE_ENDS = frozenset("》\n" + BREAK)
_PAPER = late(
    "关于|同志|有限公司|通知|决定|公告|公示|通报|报告|请示|批复|意见|申请|协议|合同|证明|承诺|判决|裁定|"
    "起诉|诉状|鉴定|名单|登记|备案|材料|[书表证令函]$|[书表证令函][(]"
)


def dotted(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole of a dotted name that ``text[start:end]`` is a part of.

    Grows over dots and over characters that transliterated names are written with, so far as the
    name then begins and ends where one may.
    """
    left = start
    while left > max(0, start - _LONGEST_NAME):
        if text[left - 1] in TRANSLITERATED or (text[left - 1] == "·" and left > 1):
            left -= 1
        else:
            break
    if text[left] == "·":
        left = _part_before(text, left)
    while left < start and text[left] == "·":
        left += 1
    right = end
    while right < min(len(text), end + _LONGEST_NAME):
        if text[right] in TRANSLITERATED or text[right] == "·":
            right += 1
        else:
            break
    last = text.rfind("·", start, right) + 1
    part_end = _part_behind(text, last, right)
    known = part_end if text[last:part_end] in minority_parts() else end
    right = max(right, part_end)
    while right > max(end, known) and (text[right - 1] == "·" or cues.border(text, right) == 0):
        right -= 1
    behind = text[right : right + 1] or " "
    if text[right - 2 : right - 1] == "·" and is_han(behind) and behind not in _SAYS:
        right += 1  # 巴图·苏和: a part of one character is none
    crosses = "·" in text[left:start]
    begins = left == 0 or not is_han(text[left - 1]) or _after_role(text, left)
    return (left if crosses or begins else start), right


def _part_before(text: str, dot: int) -> int:
    """Where the part before a dot begins: a known one, or all Han up to something else."""
    for length in range(LONGEST_PART, 1, -1):
        part = text[max(0, dot - length) : dot]
        if part in minority_parts():
            return dot - len(part)
    begin = dot
    while begin > max(0, dot - _LONGEST_PART - 1) and is_han(text[begin - 1]):
        begin -= 1
    return begin if dot - begin <= _LONGEST_PART else dot


def _part_behind(text: str, start: int, reached: int) -> int:
    """Where the part behind a dot ends: a known one, or all Han up to something else; else 0.

    ``reached`` is how far the characters of transliterated names go from ``start`` on.
    """
    if start == 0:
        return 0
    for length in range(LONGEST_PART, 1, -1):
        part = text[start : start + length]
        if part in minority_parts():
            return start + len(part)
    end = start
    while end <= start + _LONGEST_PART and is_han(text[end : end + 1] or " "):
        end += 1
    return end if reached == start and end - start <= _LONGEST_PART else 0


def _after_role(text: str, start: int) -> bool:
    """Whether a role word ends right before this place."""
    return any(text[max(0, start - size) : start] in roles() for size in range(2, LONGEST_ROLE + 1))


@cache
def _address_words() -> frozenset[str]:
    """What follows a bare surname where a person is spoken of politely."""
    titles = {word for word, section in roles().items() if section == "official"}
    return frozenset(
        titles | sections("after_names.txt")["honorific"] | {"总", "工", "氏", "姓", "老"}
    )


def acceptable(text: str, start: int, end: int) -> bool:
    """Whether a span has a form that a name can have, and nothing that shows it is not one."""
    return _well_formed(text, start, end) and not _something_else(text, start, end)


def _well_formed(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if len(name) < 2 or BREAK in name or "\n" in name:
        return False
    if name[0].isascii():
        return looks_latin(name)
    if is_masked(name, text[end : end + 1]) or _KANA.search(text, max(0, start - 1), end + 1):
        return False
    return all_han(name.replace(" ", "")) or is_dotted(name.replace("-", "·"))


def in_title(text: str, start: int, end: int) -> bool:
    """Whether it stands in the title of a work (《吴三桂演义》), which names nobody.

    The title of a paper does: 《关于任命吴三桂同志的通知》.
    """
    opened = text.rfind("《", max(0, start - _LONGEST_TITLE), start)
    if opened < 0 or not _NO_TITLE_ENDS.isdisjoint(text[opened:start]):
        return False
    closed = text.find("》", end, end + _LONGEST_TITLE)
    if closed < 0 or not _NO_TITLE_ENDS.isdisjoint(text[end:closed]):
        return False
    return _PAPER.search(text, opened + 1, closed) is None


def _something_else(text: str, start: int, end: int) -> bool:
    """A role word, a verb with its title, a polite address, an office, digits, a paper's number."""
    name = text[start:end]
    surname = surname_length(name)
    return (
        name in roles()
        or (name[0] in TITLE_VERBS and bool(title_at(text, start + 1)))  # 任副组长
        or (0 < surname < len(name) and name[surname:] in _address_words())  # 陈老师, 李总
        or (len(name) == 2 and (name[0] in "小老阿" or name[1] == "科"))  # 内科
        or not _NEVER_GIVEN.isdisjoint(name[1:])
        or name in COMPOUND
        or _GRADE.match(text, start) is not None
        or (len(name) == 2 and _ADDED.match(text, start) is not None)
        or (is_only_a_word(name) and bool(title_at(text, end)))  # 卫福部长
        or name.replace(" ", "") in ("年月", "月日")  # of a date to be filled in
        or _NUMERALS.issuperset(name)
        or _NUMBERED.match(text, end) is not None  # 安平政〔2019〕18号
    )
