"""What heads a table cell: the header of its column, repeated or new ones further down, labels
beside it in a form, the first cell of its row where people stand side by side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from screener.detect.cells import Cells
from screener.model.headers import find_header, is_label
from screener.model.tables import LONGEST_LABEL, Table

_ANCHORS = (
    *("姓名", "序号", "编号", "名称", "户主", "账号", "身份证", "电话", "号码", "关系", "户名"),
    *("金额", "意见", "日期", "地址", "单位", "职务", "性别", "备注", "时间", "理由", "年龄"),
)
"""A header further down holds one of these words as good as always."""
_COMPOUND = ("及", "和", "、", "/", "证件", "账户", "帐户", "银行", "身份证", "开户")
"""A header with one of these, and an empty one to its right, was merged over both columns."""
_LOOKED_AT = 60  # cells of a first column that tell whether it holds labels
_LABEL_SHARE = 0.8
_REMARK = 10  # code points: a longer text that is alone in the first column of its row is a remark

label = lru_cache(maxsize=4096)(is_label)


class Heads:
    """The heads of all cells of one text."""

    def __init__(self, text: str, cells: Cells, tables: Sequence[Table]) -> None:
        self._text = text
        self._cells = cells
        self._tables = tables
        self._sections: dict[int, list[tuple[int, Mapping[int, str]]]] = {
            number: [(table.first_row, _spread(table.headers))]
            for number, table in enumerate(tables)
        }
        self._later()
        self._row_labels: dict[int, bool] = {}

    def header(self, index: int) -> str | None:
        """The text of what heads this cell, or None; never that of a cell below or itself."""
        cells = self._cells
        number = cells.tables[index]
        if number < 0:
            return None
        table = self._tables[number]
        row, column = cells.rows[index], cells.columns[index]
        above = self._above(number, row, column)
        if table.form:
            return self._left(index, above) or above
        if self._labels_rows(number):
            row_start = self._cells.row(index).start
            return None if index == row_start else self._label_at(row_start) or above
        return None if above is not None and self._is_remark(index) else above

    def record(self, index: int) -> tuple[int, int] | None:
        """Table and number of the record a cell belongs to: mostly its row.

        A form is one record, but for the rows of a list inside it; where people stand side by side
        each column is one. A cell alone in its row, under no header, is as good as a line of text.
        """
        number, row = self._cells.tables[index], self._cells.rows[index]
        if not self._tables[number].headers and len(self._cells.row(index)) == 1:
            return None
        if not self._tables[number].form and self._labels_rows(number):
            return number, -2 - self._cells.columns[index]
        return number, row if self._in_list(number, row) else -1

    def _in_list(self, number: int, row: int) -> bool:
        """Whether a row is one of several under the same header."""
        sections = self._sections[number]
        if not self._tables[number].form and len(sections) == 1:
            return True
        at = bisect_right(sections, row, key=lambda section: section[0]) - 1
        if at < 0 or not sections[at][1]:
            return False
        if at + 1 == len(sections):
            rows = self._rows(number) - sections[at][0]
        else:
            rows = sections[at + 1][0] - sections[at][0] - 1
        return rows > 1

    def _rows(self, number: int) -> int:
        """How many rows a table has."""
        firsts = self._cells.firsts(number)
        return self._cells.rows[firsts[-1]] + 1 if firsts else 0

    def _above(self, number: int, row: int, column: int) -> str | None:
        sections = self._sections[number]
        if len(sections) == 1:
            first_row, headers = sections[0]
            return headers.get(column) if row >= first_row else None
        at = bisect_right(sections, row, key=lambda section: section[0]) - 1
        return sections[at][1].get(column) if at >= 0 else None

    def _left(self, index: int, above: str | None) -> str | None:
        """In a form: the label to the left, or at the row's begin."""
        row = self._cells.row(index)
        if index == row.start or label(self._short(index)):
            return None
        left = self._short(index - 1)
        if label(left):
            return left
        if above is not None:
            return None
        first = self._short(row.start)
        if label(first) and not any(label(self._short(i)) for i in range(row.start + 1, index)):
            return first
        return left if 0 < len(left) <= LONGEST_LABEL else None

    def _labels_rows(self, number: int) -> bool:
        """Whether the first column holds labels and the first row none: people side by side."""
        if number not in self._row_labels:
            headers = self._tables[number].headers.values()
            if sum(map(label, headers)) * 2 > len(headers):
                return self._row_labels.setdefault(number, False)
            firsts = self._cells.firsts(number)[:_LOOKED_AT]
            texts = [self._short(index) for index in firsts]
            labels = sum(map(label, texts))
            self._row_labels[number] = labels >= 2 and labels >= _LABEL_SHARE * len(texts)
        return self._row_labels[number]

    def _is_remark(self, index: int) -> bool:
        """Whether a long text alone in its row stands below or between the rows of a list."""
        cells = self._cells
        if cells.ends[index] - cells.starts[index] < _REMARK or cells.columns[index] > 0:
            return False
        return len(cells.row(index)) == 1 and len(self._tables[cells.tables[index]].headers) > 2

    def _label_at(self, index: int) -> str | None:
        words = self._short(index)
        return words if label(words) else None

    def _short(self, index: int) -> str:
        start, end = self._cells.starts[index], self._cells.ends[index]
        return self._text[start : min(end, start + 2 * LONGEST_LABEL)].strip()

    def _later(self) -> None:
        """Header rows below the first one, found by the words they hold."""
        seen: set[tuple[int, int]] = set()
        for anchor in _ANCHORS if any(t.headers or t.form for t in self._tables) else ():
            position = self._text.find(anchor)
            while position >= 0:
                index = self._cells.index_at(position)
                if index is not None and self._cells.tables[index] >= 0:
                    key = (self._cells.tables[index], self._cells.rows[index])
                    if key not in seen:
                        seen.add(key)
                        self._add(index, *key)
                position = self._text.find(anchor, position + 1)
        for sections in self._sections.values():
            sections.sort(key=lambda section: section[0])

    def _add(self, index: int, number: int, row: int) -> None:
        table = self._tables[number]
        if row < table.first_row:
            return
        cells = self._cells
        members = cells.row(index)
        if len(members) < 2 or cells.ends[members.stop - 1] - cells.starts[members.start] > 400:
            return
        texts = [self._short(at) for at in members]
        if not all(map(label, texts)) or (not table.form and 2 * len(texts) <= len(table.headers)):
            return
        below = self._row_below(members)
        found = find_header([self._line(members), self._line(below)])
        headers = found.headers or {cells.columns[at]: self._short(at) for at in members}
        self._sections[number].append((row + max(found.first_row, 1), _spread(headers)))

    def _row_below(self, members: range) -> range:
        if members.stop >= len(self._cells.starts):
            return range(0)
        below = self._cells.row(members.stop)
        same = self._cells.tables[members.stop] == self._cells.tables[members.start]
        return below if same else range(0)

    def _line(self, members: range) -> list[str]:
        line: list[str] = []
        for at in members:
            column = self._cells.columns[at]
            if 0 <= column < 2000:
                line += [""] * (column + 1 - len(line))
                line[column] = self._short(at)
        return line


def _spread(headers: Mapping[int, str]) -> Mapping[int, str]:
    """Headers that were merged over the empty ones to their right, where their words say so."""
    spread = dict(headers)
    for column, words in headers.items():
        if column + 1 not in headers and any(word in words for word in _COMPOUND):
            spread[column + 1] = words
    return spread
