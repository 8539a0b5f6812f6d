"""Homes named without any number: a village and the hamlet in it, where a home is said to follow.

``石桥村李家湾`` is finer than a township, and nothing in its shape tells it from other words: so
only the column of homes, or the word for a home right before it, makes it one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.papers import columns
from recognizers.patterns import late

_COLUMNS = ("住址", "家庭地址", "居住地", "户籍地", "户籍所在地", "户口所在地")
WORDS = (
    *_COLUMNS,
    *("送达地址", "甲方住所", "通信地址", "联系地址", "家住", "现住", "居住", "户籍"),
    *(",住", "(住", "住:"),
)
"""What leads to a home; the shorter ones only right before it."""
_HAMLET = late(
    r"(?:[一-鿿]{2,26}?(?:镇|乡|街道|苏木))[ ]?\n?"
    r"[一-鿿]{1,7}(?:村|社区|嘎查)(?![民委支干级组社队][^屯湾坡坝冲沟口院屋坳井头])"
    r"[一-鿿\n]{1,7}?(?:屯|湾|坡|坝|冲|沟|口|院子|屋场|屋里|坳|井坎|坎|河|头|庄|寨|岭|塘|洼|畈|坪|坞|岗|坑)"
    r"(?=[,，。;；、()（） \n\t\x1e]|$|居民|村民|人[,，。])"
)
_GLUE = late(r"(?:所在地|地址|地|址|在|于|为|是)?[: ]{0,3}\n?")
_WIDTH = 60
_MARKS = ",(:"


class Hamlet(NamedTuple):
    """``view.text[start:end]`` is a home, and ``evidence`` says why."""

    start: int
    end: int
    evidence: str


def hamlets(artifacts: ChineseArtifacts) -> Iterator[Hamlet]:
    """Homes without numbers behind a word for a home and in columns of homes, by start."""
    text = artifacts.view.text
    found: dict[int, Hamlet] = {}
    for word in WORDS:
        for place in artifacts.scan.terms(word):
            artifacts.check_clock()
            end = place + len(word)
            glue = _GLUE.match(text, end)
            start = glue.end() if glue else end
            match = _HAMLET.match(text, start, min(len(text), start + _WIDTH))
            if match:
                found.setdefault(
                    start, Hamlet(start, match.end(), f"context_word:{word.strip(_MARKS)}")
                )
    for header, starts in columns(artifacts).items():
        headed = next((w for w in _COLUMNS if w in header), None)
        for place in starts if headed else ():
            artifacts.check_clock()
            first, last = artifacts.stretch(place)
            match = _HAMLET.match(text, first, last)
            if match and not text[match.end() : last].strip():
                found.setdefault(first, Hamlet(first, match.end(), f"column_header:{headed}"))
    done = 0
    for start in sorted(found):
        if start >= done:
            done = found[start].end
            yield found[start]
