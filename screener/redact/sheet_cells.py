"""Cells of a sheet as source text: chosen ones are written anew, all others keep their bytes.

A sheet may have a million cells, so its cells are scanned, not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

Place = tuple[int, int]
"""Row and column from 0."""

_NAME = r"(?:[A-Za-z0-9_]+:)?"
_TOKEN = re.compile(
    rf"<{_NAME}row(?=[\s/>])(?P<row>[^>]*)>"
    rf"|<(?P<prefix>{_NAME})c(?=[\s/>])(?P<attributes>[^>]*?)"
    r"(?:/>|>(?P<body>.*?)</(?P=prefix)c\s*>)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"\sr\s*=\s*[\"']\$?([A-Za-z]{0,3})\$?([0-9]{1,7})[\"']")
_KIND = re.compile(r"\s(?:t|vm|cm|ph)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_SHARED = re.compile(r"\st\s*=\s*[\"']s[\"']")
_VALUE = re.compile(rf"<{_NAME}v(?:\s[^>]*)?>\s*([0-9]+)\s*</")
_FORMULA = re.compile(
    rf"<(?P<f>{_NAME}f)(?=[\s/>])(?P<attributes>[^>]*?)(?:/>|>(?P<text>.*?)</(?P=f)\s*>)", re.DOTALL
)
_GROUP = re.compile(r"\ssi\s*=\s*[\"']([0-9]+)[\"']")


@dataclass(slots=True)
class Rewriting:
    """What happened to the cells of one sheet."""

    text: str
    done: set[Place] = field(default_factory=set)
    formulas_dropped: bool = False
    strings_left: set[int] = field(default_factory=set)
    strings_kept: set[int] = field(default_factory=set)


def rewrite(
    cells: str,
    rich: Callable[[Place, int | None], str | None],
    new: Mapping[Place, str],
    clean: Callable[[Place, str], str | None],
) -> Rewriting:
    """Write the cells of ``new`` as inline strings and put every other formula through ``clean``.

    ``clean`` gives the formula as it may stay, or None for one that must go. ``rich`` may give the
    inner XML of a string (with its runs) for a cell and the number of its shared string. Cells of a
    shared formula whose first cell is written anew keep their values.
    """
    result = Rewriting("")
    orphaned = _orphaned_groups(cells, new, clean)
    parts, last = [], 0
    for place, match in _cells(cells):
        body = match["body"] or ""
        number = _string_number(match["attributes"], body)
        if place in new:
            result.done.add(place)
            if number is not None:
                result.strings_left.add(number)
            result.formulas_dropped |= bool(_FORMULA.search(body))
            written = _inline(match, rich(place, number), new[place])
        else:
            if number is not None:
                result.strings_kept.add(number)
            kept, dropped = _cleaned(place, body, orphaned, clean)
            if kept == body:
                continue
            result.formulas_dropped |= dropped
            written = match[0].replace(body, kept, 1)
        parts += [cells[last : match.start()], written]
        last = match.end()
    result.text = "".join((*parts, cells[last:]))
    return result


def formula_at(cells: str, wanted: Place) -> str:
    """The formula of a cell, or the empty string."""
    for place, match in _cells(cells):
        if place == wanted and (found := _FORMULA.search(match["body"] or "")):
            return unescape(found["text"] or "")
    return ""


def column_number(letters: str) -> int:
    """The column from 0 of A, B … Z, AA …"""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _cells(cells: str) -> list[tuple[Place, re.Match[str]]]:
    """All cells with their places; rows and cells without a reference follow the one before."""
    found = []
    row, column = -1, -1
    for match in _TOKEN.finditer(cells):
        if match["prefix"] is None:
            named = _REFERENCE.search(match["row"])
            row, column = (int(named[2]) - 1 if named else row + 1), -1
            continue
        named = _REFERENCE.search(match["attributes"])
        if named and named[1]:
            row, column = int(named[2]) - 1, column_number(named[1])
        else:
            column += 1
        found.append(((row, column), match))
    return found


def _string_number(attributes: str, body: str) -> int | None:
    if not _SHARED.search(attributes):
        return None
    value = _VALUE.search(body)
    return int(value[1]) if value else None


def _inline(match: re.Match[str], rich: str | None, text: str) -> str:
    prefix = match["prefix"]
    attributes = _KIND.sub("", match["attributes"]).rstrip().rstrip("/")
    inner = rich or f'<{prefix}t xml:space="preserve">{escape(_valid(text))}</{prefix}t>'
    return f'<{prefix}c{attributes} t="inlineStr"><{prefix}is>{inner}</{prefix}is></{prefix}c>'


def _valid(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


def _orphaned_groups(
    cells: str, new: Mapping[Place, str], clean: Callable[[Place, str], str | None]
) -> set[str]:
    groups = set()
    for place, match in _cells(cells):
        formula = _FORMULA.search(match["body"] or "")
        if formula is None or not formula["text"]:
            continue
        group = _GROUP.search(formula["attributes"])
        if group and (place in new or clean(place, unescape(formula["text"])) is None):
            groups.add(group[1])
    return groups


def _cleaned(
    place: Place, body: str, orphaned: set[str], clean: Callable[[Place, str], str | None]
) -> tuple[str, bool]:
    """A cell's inside with its formula cleaned, and whether the formula was dropped."""
    formula = _FORMULA.search(body)
    if formula is None:
        return body, False
    group = _GROUP.search(formula["attributes"])
    text = unescape(formula["text"] or "")
    new = None if group and group[1] in orphaned else clean(place, text)
    if new is None:
        return body[: formula.start()] + body[formula.end() :], True
    if new == text:
        return body, False
    start, end = formula.span("text")
    return body[:start] + escape(new) + body[end:], False
