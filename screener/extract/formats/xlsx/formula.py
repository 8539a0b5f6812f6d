"""Conditions of formats worked out for one cell (ISO/IEC 29500-1, 18.17): what offices write.

Comparisons, joined texts, sums and the functions below; references move with the cell. What else a
formula says (other sheets, names, ranges) is not known, and ``holds`` says so.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from screener.extract.formats.cells import split_reference

Value = str | float | bool | None
"""What a cell or a part of a formula holds; None for an empty cell."""
Lookup = Callable[[int, int], Value]
_TOKEN = re.compile(
    r'[ ]*(?:"((?:[^"]|"")*)"|([0-9]+(?:\.[0-9]+)?)|(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?![A-Z0-9(_.!:])'
    r"|([A-Z][A-Z.]*)|(<=|>=|<>|[-+*/&=<>(),]))",
    re.IGNORECASE,
)
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_LONGEST, _DEEPEST = 500, 30


class Unknown(Exception):
    """Part of a formula that is not worked out here."""


class Failed(Exception):
    """An error value such as #VALUE!."""


def holds(formula: str, row: int, column: int, shift: tuple[int, int], cell: Lookup) -> bool | None:
    """Whether a condition holds for a cell (row and column from 0); None where nobody can say.

    ``shift`` are the rows and columns by which its references move.
    """
    try:
        tokens = _tokens(formula)
        reading = _Reading(tokens, row, column, shift, cell)
        found = reading.comparison(0)
        return _truth(found) if reading.at == len(tokens) else None
    except Unknown:
        return None
    except (Failed, ZeroDivisionError, OverflowError):
        return False


@lru_cache(maxsize=256)
def _tokens(formula: str) -> tuple[tuple[str, str], ...]:
    if len(formula) > _LONGEST:
        raise Unknown
    tokens = []
    at = 0
    while at < len(formula.rstrip()):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise Unknown
        text, number, reference, word, sign = match.groups()
        if text is not None:
            tokens.append(("text", text.replace('""', '"')))
        elif number is not None:
            tokens.append(("number", number))
        elif reference is not None:
            tokens.append(("reference", reference.upper()))
        else:
            tokens.append(("word", word.upper()) if word else ("sign", sign))
        at = match.end()
    return tuple(tokens)


class _Reading:
    """Works a formula out as it is read."""

    def __init__(
        self,
        tokens: tuple[tuple[str, str], ...],
        row: int,
        column: int,
        shift: tuple[int, int],
        cell: Lookup,
    ) -> None:
        self.tokens = tokens
        self.place = row, column
        self.shift = shift
        self.cell = cell
        self.at = 0

    def _take(self, *signs: str) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "sign" and text in signs:
            self.at += 1
            return text
        return ""

    def comparison(self, depth: int) -> Value:
        """Two sides and what stands between them."""
        if depth > _DEEPEST:
            raise Unknown
        left = self._joined(depth)
        while sign := self._take(*_COMPARE):
            left = _compared(sign, left, self._joined(depth))
        return left

    def _joined(self, depth: int) -> Value:
        left = self._sum(depth)
        while self._take("&"):
            left = _text(left) + _text(self._sum(depth))
        return left

    def _sum(self, depth: int) -> Value:
        left = self._product(depth)
        while sign := self._take("+", "-"):
            right = _number(self._product(depth))
            left = _number(left) + (right if sign == "+" else -right)
        return left

    def _product(self, depth: int) -> Value:
        left = self._atom(depth)
        while sign := self._take("*", "/"):
            right = _number(self._atom(depth))
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def _atom(self, depth: int) -> Value:
        if self._take("-"):
            return -_number(self._atom(depth + 1))
        if self._take("("):
            found = self.comparison(depth + 1)
            self._close()
            return found
        if self.at >= len(self.tokens):
            raise Unknown
        kind, text = self.tokens[self.at]
        self.at += 1
        return self._leaf(kind, text, depth)

    def _leaf(self, kind: str, text: str, depth: int) -> Value:
        if kind == "text":
            return text
        if kind == "number":
            return float(text)
        if kind == "reference":
            return self.cell(*self._moved(text))
        if kind != "word":
            raise Unknown
        if text in ("TRUE", "FALSE") and not self._peek("("):
            return text == "TRUE"
        return self._function(text, depth)

    def _peek(self, sign: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] == ("sign", sign)

    def _close(self) -> None:
        if not self._take(")"):
            raise Unknown

    def _moved(self, reference: str) -> tuple[int, int]:
        place = split_reference(reference)
        if place is None:
            raise Unknown
        letters = reference.lstrip("$").rstrip("0123456789")
        down = 0 if letters.endswith("$") else self.shift[0]
        right = 0 if reference.startswith("$") else self.shift[1]
        return place[0] + down, place[1] + right

    def _function(self, name: str, depth: int) -> Value:
        if not self._take("("):
            raise Unknown
        if name in ("ROW", "COLUMN"):
            place = self.place
            if not self._peek(")"):
                kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
                if kind != "reference":
                    raise Unknown
                self.at += 1
                place = self._moved(text)
            self._close()
            return float(place[name == "COLUMN"] + 1)
        parts: list[Callable[[], Value]] = []
        while not self._peek(")"):
            parts.append(self._part(depth + 1))
            if not self._take(","):
                break
        self._close()
        work = _FUNCTIONS.get(name)
        if work is None:
            raise Unknown
        try:
            return work(*parts)
        except TypeError as error:  # too many or too few parts
            raise Unknown from error

    def _part(self, depth: int) -> Callable[[], Value]:
        """One part of a function, its error kept for functions that ask for errors."""
        try:
            found = self.comparison(depth)
        except Failed:
            self._skip()
            return _fail
        return lambda: found

    def _skip(self) -> None:
        """Go to the end of a part that failed half way."""
        open_ = 0
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if kind == "sign" and text in ",)" and not open_:
                return
            open_ += (text == "(") - (text == ")") if kind == "sign" else 0
            self.at += 1


def _fail() -> Value:
    raise Failed


def _compared(sign: str, left: Value, right: Value) -> bool:
    """Excel's order: numbers before texts before truths; an empty cell is 0 and no text."""
    pairs = {str: "", float: 0.0, bool: False}
    one = pairs.get(type(right), 0.0) if left is None else left
    other = pairs.get(type(one), 0.0) if right is None else right
    ranks = [(float, str, bool).index(type(side)) for side in (one, other)]
    if ranks[0] != ranks[1]:
        return _COMPARE[sign](*ranks)
    if isinstance(one, str) and isinstance(other, str):
        return _COMPARE[sign](one.casefold(), other.casefold())
    return _COMPARE[sign](one, other)


def _number(value: Value) -> float:
    if value is None or isinstance(value, bool | float):
        return float(value or 0)
    try:
        return float(value)
    except ValueError:
        raise Failed from None


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return value or ""


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise Failed
    return bool(value)


Part = Callable[[], Value]


def _is_error(part: Part) -> bool:
    try:
        part()
    except Failed:
        return True
    return False


def _find(part: Part, whole: Part, start: Part | None = None, *, fold: bool) -> float:
    what, where = _text(part()), _text(whole())
    if fold:
        what, where = what.casefold(), where.casefold()
        if any(sign in what for sign in "*?~"):
            raise Unknown
    found = where.find(what, int(_number(start())) - 1 if start else 0)
    if found < 0:
        raise Failed
    return float(found + 1)


def _middle(whole: Part, start: Part, count: Part) -> str:
    at = max(int(_number(start())) - 1, 0)
    return _text(whole())[at : at + max(int(_number(count())), 0)]


def _count(part: Part | None) -> int:
    return max(int(_number(part())), 0) if part else 1


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "AND": lambda *parts: all(_truth(part()) for part in parts),
    "OR": lambda *parts: any(_truth(part()) for part in parts),
    "NOT": lambda part: not _truth(part()),
    "IF": lambda test, yes, no=lambda: False: yes() if _truth(test()) else no(),
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "ISBLANK": lambda part: part() is None,
    "ISNUMBER": lambda part: not _is_error(part) and type(part()) is float,
    "ISTEXT": lambda part: not _is_error(part) and isinstance(part(), str),
    "ISERROR": _is_error,
    "LEN": lambda part: float(len(_text(part()))),
    "TRIM": lambda part: " ".join(_text(part()).split(" ")).strip(),
    "LEFT": lambda whole, count=None: _text(whole())[: _count(count)],
    "RIGHT": lambda whole, count=None: _text(whole())[-_count(count) or len(_text(whole())) :],
    "MID": _middle,
    "EXACT": lambda one, other: _text(one()) == _text(other()),
    "SEARCH": lambda *parts: _find(*parts, fold=True),
    "FIND": lambda *parts: _find(*parts, fold=False),
    "MOD": lambda one, other: _number(one()) % _number(other()),
    "VALUE": lambda part: _number(part()),
}
