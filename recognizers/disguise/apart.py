"""Words whose characters are set apart: 欧-阳-秀-英, 安 徽 省 合 肥 市, a level in two lines.

Only where a value stands alone, behind a colon or in a cell of its own, and one sign parts all its
characters: elsewhere blanks part words and signs join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from recognizers.disguise.chain import Codes
from recognizers.disguise.edit import Edit, not_overlapping
from recognizers.patterns import late

_HAN = "一-鿿㐀-䶿"
_SIGN = r"-|/+~."  # no star, no bar below: they stand in masked names
_END = rf"(?![ ]*[:{_HAN}0-9A-Za-z])"
_BLANKS = late(
    rf"(?P<value>[{_HAN}](?P<sign>[ ]{{1,2}})[{_HAN}0-9]"
    rf"(?:(?P=sign)[{_HAN}0-9]){{2,}}+){_END}"
)
"""Four and more: 张 三 and 姓 名 are how lists are set, and the rules read them so."""
_SIGNS = late(
    rf"(?P<value>[{_HAN}](?P<sign>[{_SIGN}])[{_HAN}](?:(?P=sign)[{_HAN}])++)"
    rf"{_END}"
)
_NAMED = late(
    rf"(?:(?<=姓名:)|(?<=姓名: ))(?P<value>[{_HAN}](?P<sign>[{_SIGN}])[{_HAN}])(?!(?P=sign)){_END}"
)
_LEVEL = late(
    r"(?:\A|(?<=[\n\x1e])|(?<=[\n\x1e] ))"
    r"(?P<value>[绝机秘](?P<sign>[ ]?[\n\x1e][ ]?|[^\w \t\n\x1e]{1,2})密)"
    r"(?=[ ]*(?:[★☆⭐*]|[\n\x1e]|$))"
)
"""A level that has its lines to itself, as narrow boxes and stamps are read."""
_STARTS = ":\x1e\t"
_ALL_STARTS = frozenset(_STARTS)
_BLANKS_BEFORE = 3
_FIRST_HAN = 0x3400
_PARTS, _OPENS = 1, 2
_KINDS = np.zeros(128, dtype=np.uint8)
_KINDS[[ord(sign) for sign in _SIGN + " "]] |= _PARTS
_KINDS[[ord(sign) for sign in _STARTS + " "]] |= _OPENS
"""What each character below 128 may do: part the characters of a value, stand before one."""
_FIRST_OF_LEVEL = "绝机秘"
_REACH = 4  # how far before its second character a level begins at most
_READ_ANYWAY = frozenset((*".·,、_|/-", ""))
"""Signs that the rule for marks reads past by itself."""


def set_apart(text: str, codes: Codes) -> list[Edit]:
    """All of these in a view's text, by start, not overlapping; ``codes``: its code points."""
    return not_overlapping([*_values(text, codes), *_levels(text)])


def _values(text: str, codes: Codes) -> Iterator[Edit]:
    for at in _openings(text, codes):
        for pattern in (_BLANKS, _SIGNS, _NAMED):
            if found := pattern.match(text, at):
                yield _joined(found)


def _openings(text: str, codes: Codes) -> Iterator[int]:
    """Where a value begins with a Han character and a sign: to try each place takes too long."""
    small = np.minimum(codes, len(_KINDS) - 1)
    parts, opens = _KINDS[small] & _PARTS != 0, _KINDS[small] & _OPENS != 0
    begins = parts[2:] & (codes[1:-1] >= _FIRST_HAN) & opens[:-2]
    for place in np.flatnonzero(begins).tolist():
        if text[max(0, place - _BLANKS_BEFORE) : place + 1].rstrip(" ")[-1:] in _ALL_STARTS:
            yield place + 1


def _levels(text: str) -> Iterator[Edit]:
    at = text.find("密")
    while at >= 0:
        for first in range(max(0, at - _REACH), at - 1):
            found = _LEVEL.match(text, first) if text[first] in _FIRST_OF_LEVEL else None
            if found and found["sign"].strip(" ") not in _READ_ANYWAY:
                yield _joined(found)
        at = text.find("密", at + 1)


def _joined(found: re.Match[str]) -> Edit:
    """Every character but the signs between, each with its place."""
    start, sign, value = found.start("value"), found["sign"], found["value"]
    places = tuple(range(start, start + len(value), len(sign) + 1))
    plain = "".join(found.string[at] for at in places)
    return Edit(start, found.end("value"), plain, places, tuple(at + 1 for at in places))
