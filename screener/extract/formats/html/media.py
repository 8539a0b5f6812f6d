"""Whether a rule for some screens only holds on the screen of an office (Media Queries 4)."""

from __future__ import annotations

import re

_WIDTH, _HEIGHT = 1280.0, 800.0
"""Pixels of the screen that a page is looked at on."""
_BOUND = re.compile(r"(min|max)-(?:device-)?(width|height) *: *([0-9]+(?:\.[0-9]+)?)(px|em|rem)?")
_RANGE = re.compile(r"(width|height) *(<=?|>=?) *([0-9]+(?:\.[0-9]+)?)(px|em|rem)?")
_OTHER_SCREENS = re.compile(
    "print|speech|prefers-color-scheme *: *dark|orientation *: *portrait|pointer *: *coarse"
    "|hover *: *none|forced-colors *: *active|prefers-contrast *: *more"
)
_PIXELS_AN_EM = 16


def applies(query: str) -> bool:
    """Whether a list of media queries, in small letters, holds on that screen."""
    return any(map(_holds, query.split(",")))


def _holds(query: str) -> bool:
    words = query.strip().removeprefix("only ")
    if words.startswith("not "):
        return not _holds(words.removeprefix("not "))
    if _OTHER_SCREENS.search(words):
        return False
    bounds = [
        (side, "<" if end == "max" else ">", number, unit)
        for end, side, number, unit in _BOUND.findall(words)
    ]
    return all(_within(*bound) for bound in (*bounds, *_RANGE.findall(words)))


def _within(side: str, sign: str, number: str, unit: str) -> bool:
    limit = float(number) * (_PIXELS_AN_EM if unit in ("em", "rem") else 1)
    have = _WIDTH if side == "width" else _HEIGHT
    return have <= limit if sign.startswith("<") else have >= limit
