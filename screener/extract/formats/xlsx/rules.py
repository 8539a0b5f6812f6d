"""Conditional formats that hide what a cell holds (ISO/IEC 29500-1, 18.3.1.18).

Conditions that always hold, that ask for a cell with something in it, or that compare it with a
constant are told from the rule; other formulas are worked out for each cell (``xlsx_formula``).
What is not understood may show or hide, and counts as shown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from screener.extract.formats.cell_looks import Dress
from screener.extract.formats.cells import split_reference
from screener.extract.formats.xlsx.formula import Value, holds
from screener.extract.formats.xlsx.looks import TEXT_TYPE, HidingStyles
from screener.extract.looks import ALL, NUMBERS, TEXTS
from screener.extract.package import Node, attribute, local

_REFERENCE = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_ALWAYS = re.compile(
    r"TRUE(?:\(\))?|[1-9][0-9]*|([0-9]+)=\1|1>0|ROW\(\)>0|COLUMN\(\)>0"
    rf"|LEN\({_REFERENCE}\)(?:>0|<>0|>=1)?|{_REFERENCE}<>\"\"|NOT\(ISBLANK\({_REFERENCE}\)\)"
    rf"|ISBLANK\({_REFERENCE}\)=FALSE|COUNTA\({_REFERENCE}\)(?:>0)?"
)
_TYPES = ("notContainsBlanks", "notContainsErrors", "uniqueValues")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
}
_WITH_FORMULA = ("expression", "containsText", "notContainsText", "beginsWith", "endsWith")
_COST = 50
"""What working out a formula counts as among looks."""
_VALUE_TYPE = re.compile(rb"[ \t\r\n]t=[\"']([A-Za-z]+)[\"']")
_MOST_CELLS = 200_000
_MOST_LOOKS = 3_000_000
"""Areas that cells are held against; a sheet made to cost time has thousands for each cell."""
_PLACE = re.compile(rb"[ \t\r\n]r=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_STYLE = re.compile(rb"[ \t\r\n]s=[\"']([0-9]{1,6})[\"']")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule: where it looks, how cells are dressed by it, and what it asks of a number.

    ``texts`` tells whether it holds for every text. ``formula`` is one to be worked out instead.
    """

    areas: tuple[tuple[int, int, int, int], ...]
    dress: Dress
    holds: Callable[[float], bool]
    texts: bool
    formula: str = ""

    def covers(self, row: int, column: int) -> bool:
        return any(a <= row <= c and b <= column <= d for a, b, c, d in self.areas)


def hidden_by_rule(
    outside: Node,
    cells: bytes,
    prefix: bytes,
    styles: HidingStyles,
    strings: Callable[[], list[str]],
) -> dict[tuple[int, int], str]:
    """Cells of a sheet (row, column from 0) that a conditional format hides, and why.

    ``strings`` gives the workbook's texts, which cells name by number.
    """
    found: dict[tuple[int, int], str] = {}
    hiding = _HidingRules(list(_rules(outside, styles)), styles)
    if not hiding.rules:
        return found
    values = _values(cells, prefix, strings) if any(r.formula for r in hiding.rules) else {}
    looks = 0
    for number, match in enumerate(_cell(prefix).finditer(cells)):
        if number > _MOST_CELLS or looks > _MOST_LOOKS:
            break
        written = _PLACE.search(match.group(1))
        place = split_reference(written.group(1).decode()) if written else None
        if place is None:
            continue
        style = _STYLE.search(match.group(1))
        is_text = TEXT_TYPE.search(match.group(1)) is not None
        value = 0.0 if is_text else _as_number(match.group(2))
        rules = hiding.of(int(style.group(1)) if style else 0, is_text)
        looks += sum(len(rule.areas) for rule, _state in rules)
        for rule, state in rules:
            if not rule.covers(*place):
                continue
            looks += _COST if rule.formula else 0
            if rule.formula:
                hides = _worked_out(rule, place, values)
            else:
                hides = rule.texts if is_text else rule.holds(value)
            if hides:
                found[place] = state
    return found


def _worked_out(
    rule: _Rule, place: tuple[int, int], values: Mapping[tuple[int, int], Value]
) -> bool:
    """Whether a rule's formula holds for a cell: it is written for the first one of its areas."""
    first = min((area[:2] for area in rule.areas), default=place)
    shift = place[0] - first[0], place[1] - first[1]
    return bool(holds(rule.formula, *place, shift, lambda row, column: values.get((row, column))))


def _values(
    cells: bytes, prefix: bytes, strings: Callable[[], list[str]]
) -> dict[tuple[int, int], Value]:
    """What the cells of a sheet hold."""
    texts = strings()
    found: dict[tuple[int, int], Value] = {}
    for number, match in enumerate(_cell(prefix).finditer(cells)):
        if number > _MOST_CELLS:
            break
        written = _PLACE.search(match.group(1))
        place = split_reference(written.group(1).decode()) if written else None
        told = _VALUE_TYPE.search(match.group(1))
        kind = told.group(1) if told else b"n"
        value = (match.group(2) or match.group(3) or b"").decode("utf-8", "replace")
        if place is None or not value:
            continue
        if kind == b"s":
            at = int(value) if value.isdecimal() else -1
            found[place] = texts[at] if 0 <= at < len(texts) else None
        elif kind == b"n":
            found[place] = _as_number(value.encode())
        else:
            found[place] = value == "1" if kind == b"b" else unescape(value)
    return found


@dataclass(slots=True)
class _HidingRules:
    """Which of a sheet's rules hide a cell, for each style that cells have."""

    rules: list[_Rule]
    styles: HidingStyles
    _known: dict[tuple[int, bool], list[tuple[_Rule, str]]] = field(default_factory=dict)

    def of(self, style: int, is_text: bool) -> list[tuple[_Rule, str]]:
        """Rules that would hide a text or a number in a cell of a style, and how."""
        known = self._known.get((style, is_text))
        if known is None:
            dresses = self.styles.dresses
            own = dresses[style] if style < len(dresses) else Dress()
            wanted = (ALL, TEXTS if is_text else NUMBERS)
            dressed = ((rule, rule.dress.over(own).hides()) for rule in self.rules)
            known = [(rule, why.state) for rule, why in dressed if why and why.what in wanted]
            self._known[style, is_text] = known
        return known


def _cell(prefix: bytes) -> re.Pattern[bytes]:
    """A cell's attributes and value, a formula before it passed over."""
    start = rb"<" + prefix
    formula = start + rb"f[^>]*/>|" + start + rb"f[^<]*</[^>]*>"
    inline = start + rb"is>(?:<[^t>][^>]*>)*" + start + rb"t[^>]*>([^<]*)"
    value = rb"(?:" + start + rb"v>([^<]*)|" + inline + rb")?"
    return re.compile(start + rb"c(?=[ \t\r\n])([^>]*)>(?:" + formula + rb")?" + value)


def _as_number(value: bytes | None) -> float:
    try:
        return float(value or b"")
    except ValueError:
        return 0.0


def _rules(outside: Node, styles: HidingStyles) -> Iterator[_Rule]:
    for block in outside.iter():
        if local(block) != "conditionalFormatting":
            continue
        areas = tuple(filter(None, map(_area, (attribute(block, "sqref") or "").split())))
        for node in block:
            number = attribute(node, "dxfId") or ""
            if local(node) != "cfRule" or not (number.isascii() and number.isdigit()):
                continue
            condition = _condition(node)
            if int(number) >= len(styles.conditional):
                continue
            dress = styles.conditional[int(number)]
            if condition is not None:
                yield _Rule(areas, dress, *condition)
            elif formula := _formula(node):
                yield _Rule(areas, dress, lambda _value: False, False, formula)


def _condition(rule: Node) -> tuple[Callable[[float], bool], bool] | None:
    """What a rule asks of a number, and whether it holds for texts; None if nobody can say."""
    kind = attribute(rule, "type")
    formulas = [(node.text or "").strip() for node in rule if local(node) == "formula"]
    first = re.sub("[ \t\r\n]", "", formulas[0]).lstrip("=") if formulas else ""
    always: tuple[Callable[[float], bool], bool] = (lambda _value: True), True
    if kind in _TYPES or (kind == "expression" and _ALWAYS.fullmatch(first.upper())):
        return always
    compare = attribute(rule, "operator") or ""
    if kind != "cellIs" or first.startswith('"'):
        return always if kind == "cellIs" and compare == "notEqual" else None
    try:
        return _comparison(compare, [float(formula) for formula in formulas])
    except ValueError:
        return None


def _formula(rule: Node) -> str:
    """The formula of a rule that is worked out for each cell, or nothing."""
    formulas = [(node.text or "").strip() for node in rule if local(node) == "formula"]
    if not formulas or attribute(rule, "type") not in _WITH_FORMULA:
        return ""
    return formulas[0].lstrip("=")


def _comparison(compare: str, limits: list[float]) -> tuple[Callable[[float], bool], bool] | None:
    if compare in _COMPARE and limits:
        test, limit = _COMPARE[compare], limits[0]
        # a text is greater than any number
        return (lambda value: test(value, limit)), compare.startswith(("greater", "notEqual"))
    if compare in ("between", "notBetween") and len(limits) > 1:
        low, high = sorted(limits[:2])
        inside = compare == "between"
        return (lambda value: (low <= value <= high) is inside), not inside
    return None


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    if whole := re.fullmatch(r"\$?([A-Z]{1,3})", first):
        first, last = f"{whole.group(1)}1", f"{last.replace('$', '')}1048576"
    start, end = split_reference(first), split_reference(last or first)
    return (*start, *end) if start and end else None
