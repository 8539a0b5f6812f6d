"""Numbers that only a word or a column tells apart: ``said`` finds them beside their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late

EDGE_LEFT = r"(?<![0-9A-Za-z_])"
EDGE_RIGHT = r"(?![0-9A-Za-z_])"
JOINT = r"[ \-]?\n?"
"""What may stand between two characters of one number."""

_WIDTH = 60
_OTHER = (
    "电话|手机|传真|日期|时间|有效|期限|[年月]|订单|合同|受理|流水|邮编|邮政|金额|身份证|护照|车牌"
    "|号牌|QQ|微信"
)
_GLUE = late(rf"(?:No[.:]?|ID|(?!{_OTHER})[^0-9A-Za-z。;!?]){{0,16}}")
"""What may stand between a word and its value: nothing that names another value."""
_DIRECT = late(
    r"[号码证件编No.#卡, ]{0,10}(?:[(][^()]{0,12}[)])?[ \n\t:=是为\"'“‘(<\[【]*", re.IGNORECASE
)
_CHAIN = late(r"[ ]?[、,;/和及与或][ ]?")


class Said(NamedTuple):
    """``text[start:end]`` has the shape that was asked for, and ``evidence`` says it is the thing.

    ``direct``: nothing but 号, a colon and the like stands between, or the value fills its cell.
    """

    start: int
    end: int
    evidence: str
    direct: bool


def columns(artifacts: ChineseArtifacts) -> dict[str, list[int]]:
    """The table cells under each header (folded, without white space)."""
    return artifacts.columns


def said(
    artifacts: ChineseArtifacts,
    words: Iterable[str],
    shape: re.Pattern[str],
    glue: re.Pattern[str] = _GLUE,
) -> Iterator[Said]:
    """Values of this shape behind one of the words, in the cell beside it, or under it in a table.

    ``words`` are registered terms. A list behind a word (``、`` between) is found whole. Each value
    comes once, by start.
    """
    found: dict[int, Said] = {}
    for place, word in _words(artifacts, words):
        artifacts.check_clock()
        end = place + len(word)
        evidence = f"context_word:{word}"
        window = artifacts.after(end, _WIDTH)
        match = next(
            (m for m in shape.finditer(window) if glue.fullmatch(window, 0, m.start())), None
        )
        if match is None:
            beside = _cell_beside(artifacts, place, window, shape)
            if beside is not None:
                found.setdefault(beside[0], Said(*beside, evidence, True))
            continue
        direct = _DIRECT.fullmatch(window, 0, match.start()) is not None
        while match is not None:
            start = end + match.start()
            found.setdefault(start, Said(start, end + match.end(), evidence, direct))
            chain = _CHAIN.match(window, match.end())
            match = shape.match(window, chain.end()) if chain else None
    for value in _under(artifacts, words, shape):
        found.setdefault(value.start, value)
    yield from _apart(found)


def _apart(found: dict[int, Said]) -> Iterator[Said]:
    done = 0
    for start in sorted(found):
        if start >= done:
            done = found[start].end
            yield found[start]


def _words(artifacts: ChineseArtifacts, words: Iterable[str]) -> list[tuple[int, str]]:
    """The places of the words; where two overlap, the first and longest."""
    places = sorted((p, -len(w), w) for w, p in artifacts.scan.occurring(words))
    kept: list[tuple[int, str]] = []
    done = -1
    for place, _, word in places:
        if place >= done and not (word.isascii() and _in_code(artifacts, place)):
            kept.append((place, word))
            done = place + len(word)
    return kept


def _in_code(artifacts: ChineseArtifacts, place: int) -> bool:
    """Whether Latin letters are part of a longer code, as WX in 91653125MA9KAWXAQY."""
    before = artifacts.view.text[place - 1 : place]
    return before.isascii() and before.isalnum()


def _cell_beside(
    artifacts: ChineseArtifacts, place: int, window: str, shape: re.Pattern[str]
) -> tuple[int, int] | None:
    """The value that fills the next cell of the row, when the word ends its own cell."""
    if len(window) > 8 or any(c.isdigit() for c in window):
        return None
    cells = artifacts.row_cells(place)
    text = artifacts.view.text
    for start, end in cells:
        if start > place and text[start:end].strip():
            return _fills(text, start, end, shape)
    return None


def _fills(text: str, start: int, end: int, shape: re.Pattern[str]) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    match = shape.match(text, start, end)
    return (start, match.end()) if match else None


def _under(
    artifacts: ChineseArtifacts, words: Iterable[str], shape: re.Pattern[str]
) -> Iterator[Said]:
    """The cells under a header with one of the words that begin with the shape."""
    if not artifacts.columns:
        return
    words = sorted(words, key=len, reverse=True)
    for header, starts in artifacts.columns.items():
        word = next((word for word in words if word in header), None)
        if word is None:
            continue
        for start in starts:
            artifacts.check_clock()
            value = _fills(artifacts.view.text, *artifacts.stretch(start), shape)
            if value is not None:
                yield Said(*value, f"column_header:{word}", True)
