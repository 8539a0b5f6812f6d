"""Conditions of formats: what holds for a cell, what does not, what nobody can say."""

from __future__ import annotations

import pytest

from screener.extract.formats.xlsx.formula import Value, holds

CELLS: dict[tuple[int, int], Value] = {
    (1, 0): "张某",
    (1, 1): "110101199003077758",
    (1, 2): "已核",
    (1, 3): 12.0,
    (2, 0): "张某",
    (2, 4): True,
}


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ('$C2="已核"', True),
        ('$C2<>"已核"', False),
        ("A2=A1", False),
        ("LEN(B2)=18", True),
        ('NOT(ISERROR(SEARCH("1990",B2)))', True),
        ('NOT(ISERROR(SEARCH("2001",B2)))', False),
        ('ISNUMBER(FIND("75",B2))', True),
        ("MOD(ROW(),2)=0", True),
        ("MOD(ROW(),2)=1", False),
        ("AND(D2>10,D2<=12)", True),
        ('OR(C2="未核",D2=0)', False),
        ("ISBLANK(E2)", True),
        ('E2=""', True),
        ("E2=0", True),
        ('D2>"甲"', False),
        ('LEFT(B2,6)="110101"', True),
        ('RIGHT(B2,1)="8"', True),
        ('MID(B2,7,4)&"年"="1990年"', True),
        ("IF(D2>10,TRUE,FALSE)", True),
        ("(D2+3)*2-6/2=27", True),
        ("-D2<0", True),
        ("B2+1>0", True),
        ("A2+1>0", False),
        ("COUNTIF(A:A,A2)>1", None),
        ("Sheet2!A1=1", None),
        ("SUM(A1:A3)>1", None),
        ("VLOOKUP(A2,B:C,2,0)=1", None),
        ("LEN(", None),
        ("1)", None),
        ("(" * 200 + "1" + ")" * 200, None),
        ("", None),
    ],
)
def test_conditions_of_the_second_row(formula: str, answer: bool | None) -> None:
    assert holds(formula, 1, 1, (0, 0), lambda row, column: CELLS.get((row, column))) is answer


def test_references_move_with_the_cell_but_for_those_held_fast() -> None:
    def cell(row: int, column: int) -> Value:
        return CELLS.get((row, column))

    assert holds("A2=A1", 2, 0, (1, 0), cell) is True
    assert holds("A2=A$1", 2, 0, (1, 0), cell) is False
    assert holds("$A2=B2", 1, 1, (0, 1), cell) is False
