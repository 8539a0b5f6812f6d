"""Ruled tables on a page: from the lines that are drawn to cells, merged ones too.

pdfplumber does the same at 9 to 14 pages a second; whole lists of 200 pages must not wait for that.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

THIN = 3.0
"""Points: a filled box flatter than this is a line."""
TOLERANCE = 3.0
"""Points within which two lines count as one, or as touching."""
MOST_LINES = 600
"""More lines than this in one direction are a drawing, not a table."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along one axis: its position across, and where it begins and ends (points)."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The straight lines of a page; y grows upwards, as in the file."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def add_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A stroke between two points, if it runs along an axis."""
        if abs(y1 - y0) <= 1 < abs(x1 - x0):
            self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 1 < abs(y1 - y0):
            self.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def add_box(self, left: float, bottom: float, right: float, top: float) -> None:
        """A filled box that is so flat that it is a line."""
        if top - bottom <= THIN:
            self.add_line(left, (top + bottom) / 2, right, (top + bottom) / 2)
        elif right - left <= THIN:
            self.add_line((left + right) / 2, bottom, (left + right) / 2, top)


@dataclass(slots=True)
class Grid:
    """One table: column edges from the left, row edges from the top, and which slots are merged.

    ``owner[row][column]`` is the slot (row, column) that begins the cell.
    """

    edges_x: list[float]
    edges_y: list[float]
    owner: list[list[tuple[int, int]]]

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell that holds a point, as its first row and column; None outside."""
        column = bisect_right(self.edges_x, x) - 1
        row = bisect_right([-edge for edge in self.edges_y], -y) - 1
        if 0 <= row < len(self.edges_y) - 1 and 0 <= column < len(self.edges_x) - 1:
            return self.owner[row][column]
        return None


def find_grids(rules: Rules) -> list[Grid]:
    """Tables of at least two cells, from the top of the page down."""
    across, down = _merged(rules.across), _merged(rules.down)
    if len(across) < 2 or len(down) < 2 or max(len(across), len(down)) > MOST_LINES:
        return []
    grids = []
    for rows, columns in _components(across, down):
        edges_x = _positions(columns)
        edges_y = _positions(rows)[::-1]
        if len(edges_x) < 2 or len(edges_y) < 2 or len(edges_x) + len(edges_y) < 5:
            continue
        grids.append(Grid(edges_x, edges_y, _owners(edges_x, edges_y, rows, columns)))
    grids.sort(key=lambda grid: (-grid.edges_y[0], grid.edges_x[0]))
    return grids


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join pieces of one line: cell borders are often drawn one by one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        for index in range(len(merged) - 1, max(-1, len(merged) - 4), -1):
            last = merged[index]
            if abs(last.at - rule.at) <= 1.5 and rule.start <= last.end + TOLERANCE:
                merged[index] = Rule(last.at, min(last.start, rule.start), max(last.end, rule.end))
                break
        else:
            merged.append(rule)
    return [rule for rule in merged if rule.end - rule.start >= 5]


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch each other."""
    parents = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for i, row in enumerate(across):
        for j, column in enumerate(down):
            touches_x = row.start - TOLERANCE <= column.at <= row.end + TOLERANCE
            if touches_x and column.start - TOLERANCE <= row.at <= column.end + TOLERANCE:
                parents[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, row in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _positions(rules: list[Rule]) -> list[float]:
    positions: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not positions or at - positions[-1] > TOLERANCE:
            positions.append(at)
    return positions


def _owners(
    edges_x: list[float], edges_y: list[float], across: list[Rule], down: list[Rule]
) -> list[list[tuple[int, int]]]:
    """The first slot of every slot's cell: slots without a line between them are one cell."""
    owner = [[(r, c) for c in range(len(edges_x) - 1)] for r in range(len(edges_y) - 1)]
    for row in range(len(edges_y) - 1):
        middle_y = (edges_y[row] + edges_y[row + 1]) / 2
        for column in range(len(edges_x) - 1):
            middle_x = (edges_x[column] + edges_x[column + 1]) / 2
            if column and not _drawn(down, edges_x[column], middle_y):
                owner[row][column] = owner[row][column - 1]
            elif row and not _drawn(across, edges_y[row], middle_x):
                owner[row][column] = owner[row - 1][column]
    return owner


def _drawn(rules: list[Rule], at: float, middle: float) -> bool:
    return any(
        abs(rule.at - at) <= TOLERANCE and rule.start <= middle <= rule.end for rule in rules
    )
