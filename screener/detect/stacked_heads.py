"""Which word heads which column where a head is typed over several lines, without cells.

Text taken from a page keeps the words of a head and their order, not what stood over what. How many
columns the rows below have tells the rest: 证件 over 类型 and 号码 heads two of them, 开户行及账号
stands over two, 身份证 and 号码 on lines of their own are one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screener.model.headers import is_label, tidy

MOST_LINES = 6
"""A head has no more lines than this."""

_GROUP = re.compile(
    "情况|信息|基本|资料|明细|联系方式|(?:证件|账户|帐户|成绩|标准|家庭|住址|补贴|补助|金额|人员|对象)$"
)
"""What is written over several columns."""
_SEVERAL = re.compile("[及和与、/]")
_BRACKET = re.compile("[（(【].*")
_RESTS = (
    *("号", "号码", "名称", "姓名", "日期", "时间", "账号", "帐号", "金额", "情况", "住址", "地址"),
    *("电话", "编号", "元", "标准"),
)
"""What a narrow column wraps to a line of its own."""
_MOST_GROUPS = 4
_LONGEST = 16

Words = tuple[str, ...]


def heads(lines: Sequence[Sequence[str]], width: int) -> Words | None:
    """The heads of ``width`` columns from the words of the lines above them, or None."""
    tidied = [line for line in map(_tidied, lines) if line]
    for first in reversed(range(len(tidied))):  # what stands above the head is a title
        found = _heads(tidied[first:], width)
        if found is not None:
            return found
    return None


def _heads(lines: Sequence[Words], width: int) -> Words | None:
    if any(len(word) > _LONGEST for line in lines for word in line):
        return None
    wrapped = all(len(line) == 1 for line in lines[1:])
    for read in (*_trees(lines), *([_glued(lines, width)] if wrapped else [])):
        whole = _spread(read, width)
        if whole is not None and _telling(whole):
            return whole
    return None


def _telling(words: Words) -> bool:
    return sum(map(is_label, words)) * 2 >= len(words)


def _tidied(line: Sequence[str]) -> Words:
    """The words of a line: characters set apart joined, a bracket behind the word it belongs to."""
    words: list[str] = []
    for written in line:
        word = tidy(written)
        single = words and len(words[-1]) == 1 and len(word) == 1
        if words and (single or _BRACKET.fullmatch(word)):
            words[-1] += word
        elif word:
            words.append(word)
    return tuple(words)


def _trees(lines: Sequence[Words]) -> Iterator[Words]:
    """Every reading in which the words of a line stand under groups of the line above."""
    if len(lines) == 1:
        yield lines[0]
        return
    upper = lines[0]
    for lower in _trees(lines[1:]):
        groups = [at for at, word in enumerate(upper) if _GROUP.search(word) or not is_label(word)]
        for first, last in _runs(groups):
            parents = upper[first:last]
            below = tuple(f"{parents[0]}{word}" for word in lower) if len(parents) == 1 else lower
            yield (*upper[:first], *below, *upper[last:])


def _runs(groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Groups that follow each other, the most of them first."""
    for count in range(min(len(groups), _MOST_GROUPS), 0, -1):
        for at in range(len(groups) - count + 1):
            if groups[at + count - 1] - groups[at] == count - 1:
                yield groups[at], groups[at] + count


def _glued(lines: Sequence[Words], width: int) -> Words:
    """All words in a row; where they are too many, one alone on its line ends the one before."""
    words: list[str] = []
    brackets = sum(len(line) == 1 and bool(_BRACKET.fullmatch(line[0])) for line in lines)
    spare = sum(map(len, lines)) - brackets - width
    for line in lines:
        ends = len(line) == 1 and bool(words)
        bracket = ends and bool(_BRACKET.fullmatch(line[0]))
        rest = ends and spare > 0 and line[0] in _RESTS
        if bracket or rest:
            words[-1] += line[0]
            spare -= not bracket
        else:
            words.extend(line)
    return tuple(words)


def _spread(words: Words, width: int) -> Words | None:
    """The words over their columns: one that names several things may stand over two."""
    missing = width - len(words)
    several = [at for at, word in enumerate(words) if _SEVERAL.search(word)]
    if missing == 0:
        return words
    if missing < 0 or len(several) != missing:
        return None
    return tuple(word for at, word in enumerate(words) for _ in range(1 + (at in several)))
