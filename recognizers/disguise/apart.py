"""Words whose characters are set apart: 欧-阳-秀-英, 安 徽 省 合 肥 市, a level in two lines.

Only where a value stands alone, behind a colon or in a cell of its own, and one sign parts all its
characters: elsewhere blanks part words and signs join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.disguise.edit import Edit
from recognizers.patterns import late

_HAN = "一-鿿㐀-䶿"
_SIGN = r"-|/+~."  # no star, no bar below: they stand in masked names
_END = rf"(?![ ]*[:{_HAN}0-9A-Za-z])"
_BLANKS = late(
    rf"(?<=[:\x1e\t])[ ]*(?P<value>[{_HAN}](?P<sign>[ ]{{1,2}})[{_HAN}0-9]"
    rf"(?:(?P=sign)[{_HAN}0-9]){{2,}}+){_END}"
)
"""Four and more: 张 三 and 姓 名 are how lists are set, and the rules read them so."""
_SIGNS = late(
    rf"(?<=[:\x1e\t])[ ]*(?P<value>[{_HAN}](?P<sign>[{_SIGN}])[{_HAN}](?:(?P=sign)[{_HAN}])++)"
    rf"{_END}"
)
_NAMED = late(rf"(?<=姓名:)[ ]*(?P<value>[{_HAN}](?P<sign>[{_SIGN}])[{_HAN}])(?!(?P=sign)){_END}")
_LEVEL = late(
    r"(?:^|(?<=[\n\x1e]))[ ]*(?P<value>[绝机秘](?P<sign>[ ]*[\n\x1e][ ]*|[^\w \t\n\x1e]{1,2})密)"
    r"(?=[ ]*(?:[★☆⭐*]|[\n\x1e]|$))"
)
"""A level that has its lines to itself, as narrow boxes and stamps are read."""
_FIRST_OF_LEVEL = ("绝", "机", "秘")


def set_apart(text: str) -> list[Edit]:
    """All of these in a view's text, by start, not overlapping."""
    found = [*_values(text), *_levels(text)]
    found.sort()
    kept: list[Edit] = []
    for edit in found:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _values(text: str) -> Iterator[Edit]:
    for pattern in (_BLANKS, _SIGNS, _NAMED):
        for found in pattern.finditer(text):
            yield _joined(found)


def _levels(text: str) -> Iterator[Edit]:
    if "密" in text and any(first in text for first in _FIRST_OF_LEVEL):
        for found in _LEVEL.finditer(text):
            if found["value"][1:-1].strip(" ") not in {"", ".", "·", ",", "、", "_", "|", "/", "-"}:
                yield _joined(found)


def _joined(found: re.Match[str]) -> Edit:
    """Every character but the signs between, each with its place."""
    start, sign, value = found.start("value"), found["sign"], found["value"]
    places = tuple(range(start, start + len(value), len(sign) + 1))
    plain = "".join(found.string[at] for at in places)
    return Edit(start, found.end("value"), plain, places, tuple(at + 1 for at in places))
