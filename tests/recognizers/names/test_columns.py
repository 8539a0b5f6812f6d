"""Names in real tables: by the header over the cells, and by the cells themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from recognizers.names.columns import column
from recognizers.names.finder import NameFinder
from recognizers.view import View
from tests.recognizers.names.test_finder import Knows, Silent


class Grid:
    """A table of cells, the first row of which may head the others."""

    def __init__(self, rows: Sequence[Sequence[str]], headed: bool = True) -> None:
        self._rows, self._headed = rows, headed
        self._places = [(r, c) for r, row in enumerate(rows) for c in range(len(row))]
        self.starts: list[int] = []
        self.ends: list[int] = []
        length = 0
        for row, number in self._places:
            self.starts.append(length)
            self.ends.append(length + len(rows[row][number]))
            length = self.ends[-1] + 2
        self.text = "\x1e\n".join(rows[row][number] for row, number in self._places)
        self.joints: list[tuple[int, int]] = []
        rows_of, columns_of = zip(*self._places, strict=True)
        self.grid = [0] * len(self._places), list(rows_of), list(columns_of)

    def index_at(self, offset: int) -> int | None:
        for index, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start <= offset < end:
                return index
        return None

    def kind(self, index: int) -> str:
        return "table_cell"

    def visible(self, index: int) -> bool:
        return True

    def header(self, index: int) -> str | None:
        row, number = self._places[index]
        return self._rows[0][number] if self._headed and row else None

    def cell(self, index: int) -> tuple[int, int, int] | None:
        return (0, *self._places[index])

    def row(self, index: int) -> range:
        row = self._places[index][0]
        inside = [at for at, place in enumerate(self._places) if place[0] == row]
        return range(inside[0], inside[-1] + 1)

    def page(self, index: int) -> int | None:
        return None

    def covered(self) -> Iterable[tuple[int, int, str | None]]:
        return ()


def found(grid: Grid, model: Silent | Knows | None = None) -> list[tuple[str, str]]:
    view = View(grid.text, grid)
    persons = NameFinder(model or Silent()).find(view, grid)
    return [(grid.text[slice(*view.raw_span(p.start, p.end))], p.role) for p in persons]


def test_short_cells_under_a_header_of_names_are_names() -> None:
    grid = Grid(
        [["姓名", "身份证号"], ["买买提", "1"], ["何　玲", "2"], ["阿依·古丽", "3"], ["合计", ""]]
    )
    assert found(grid) == [("买买提", "private"), ("何　玲", "private"), ("阿依·古丽", "private")]


def test_several_names_in_one_cell_and_masked_ones() -> None:
    grid = Grid(
        [["户主姓名", "住址"], ["张三丰、李四光", "某村"], ["王某某", "某村"], ["赵*", "某村"]]
    )
    assert found(grid) == [("张三丰", "private"), ("李四光", "private")]


def test_a_table_of_cadres_is_official() -> None:
    grid = Grid([["姓名", "现任职务", "拟任职务"], ["李建国", "科长", "副局长"]])
    assert found(grid) == [("李建国", "official")]


def test_a_column_of_something_else_vetoes_the_network() -> None:
    grid = Grid([["单位", "金额"], ["李宁", "100"]])
    assert found(grid, Knows("李宁")) == []


def test_a_column_without_header_that_holds_names_only_is_one() -> None:
    rows = [["张建华", "100"], ["李国庆", "200"], ["王晓东", "300"], ["何秀英", "400"]]
    assert [name for name, _ in found(Grid(rows, headed=False))] == [row[0] for row in rows]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("姓名", "private"),
        ("学生姓名", "private"),
        ("户主", "private"),
        ("申请人（签字）", "private"),
        ("法定代表人", "official"),
        ("项目负责人", "official"),
        ("审核人", "official"),
        ("联系人", "official"),
        ("开户名", "private"),
    ],
)
def test_headers_that_head_names(header: str, role: str) -> None:
    from recognizers.view import fold

    cue = column(fold(header)).cue
    assert cue is not None
    assert cue.role == role


@pytest.mark.parametrize("header", ["单位", "家庭住址", "项目名称", "类别", "申请日期", "身份证号"])
def test_headers_that_veto(header: str) -> None:
    assert column(header).vetoed


def test_a_column_of_remarks_may_hold_anything() -> None:
    assert not column("备注").vetoed
    assert column("备注").cue is None


def test_a_form_of_cells_labels_from_the_left() -> None:
    grid = Grid(
        [["姓名", "何秀英", "性别", "女"], ["配偶姓名", "李国庆", "联系人", "办公室"]], headed=False
    )
    assert found(grid) == [("何秀英", "private"), ("李国庆", "private")]
    headed = Grid([["姓名", "何秀英"], ["监护人", "李国庆"], ["住址", "石桥镇"]])
    assert [name for name, _ in found(headed)] == ["何秀英", "李国庆"]


def test_a_row_of_headers_is_no_form() -> None:
    grid = Grid([["申请人", "年龄", "户主", "于2020年", "负责人", "单位"]], headed=False)
    assert found(grid) == []


def test_a_column_of_households_holds_their_heads_and_no_farms() -> None:
    rows = [["养殖场（户）", "头数"], ["萧桂文", "3"], ["兴旺养殖场", "80"], ["于海文", "5"]]
    grid = Grid(rows)
    view = View(grid.text, grid)
    found = NameFinder(Silent()).find(view, grid)
    assert [grid.text[slice(*view.raw_span(p.start, p.end))] for p in found] == ["萧桂文", "于海文"]
    assert {p.role for p in found} == {"private"}


def test_a_header_that_asks_who_does_it_heads_names_and_nothing_else() -> None:
    rows = [
        ["团队", "全科医生", "主持工作"],
        ["第1团队", "孟永文", "孙文"],
        ["第2团队", "专职", "高台村"],
    ]
    grid = Grid(rows)
    view = View(grid.text, grid)
    found = NameFinder(Silent()).find(view, grid)
    assert [grid.text[slice(*view.raw_span(p.start, p.end))] for p in found] == ["孟永文", "孙文"]
    assert {p.role for p in found} == {"official"}


def test_members_with_numbers_of_papers_are_private_persons() -> None:
    grid = Grid([["户主", "成员", "身份证号码"], ["王丽", "李建民", "略"]])
    assert dict(found(grid))["李建民"] == "private"
    grid = Grid([["职责", "成员", "办公电话"], ["防汛", "李建民", "略"]])
    assert dict(found(grid))["李建民"] == "official"


def test_a_form_names_the_party_that_transfers_land() -> None:
    grid = Grid([["出让方（甲方）", "李建民"], ["甲方证件号", "略"]], headed=False)
    assert found(grid) == [("李建民", "private")]


def test_of_units_or_persons_only_the_persons_are_named() -> None:
    grid = Grid([["编号", "单位或个人"], ["1", "李建民"], ["2", "云山林场"]])
    assert found(grid) == [("李建民", "private")]
