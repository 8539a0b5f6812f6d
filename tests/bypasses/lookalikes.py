"""Figures of papers that look like numbers in disguise and are none: lists, sums, sizes, codes."""

from __future__ import annotations

import random
from collections.abc import Callable

Row = Callable[[random.Random], str]


def _joined(joint: str, count: int, digits: int) -> Row:
    return lambda r: joint.join(str(r.randint(0, 10 ** r.randint(1, digits))) for _ in range(count))


def _dice(joint: str, count: int) -> Row:
    return lambda r: joint.join(str(r.randint(0, 9)) for _ in range(count))


LOOK_ALIKES: dict[str, Row] = {
    "figures with commas": _joined(",", 12, 8),
    "figures with tabs": _joined("\t", 12, 8),
    "figures with blanks": _joined(" ", 14, 6),
    "figures with slashes": _joined("/", 8, 5),
    "figures in a table with bars": lambda r: "| " + _joined(" | ", 8, 6)(r) + " |",
    "sums": _joined("+", 8, 5),
    "sizes": lambda r: "×".join(str(r.randint(50, 9999)) for _ in range(3)) + "毫米",
    "scores": _dice("、", 30),
    "figures in brackets": lambda r: (
        f"得分（{'、'.join(str(n) for n in sorted(r.randint(0, 9) for _ in range(11)))}）"
    ),
    "long serial numbers": lambda r: f"流水号{r.randint(10**17, 10**18 - 1)}",
    "words and figures": lambda r: (
        f"one of {r.randint(1, 9)} three or four si er san {r.randint(1, 9)}"
    ),
    "a matrix": _dice(" ", 30),
    "thousands": lambda r: "\t".join(f"{r.randint(0, 10**9):,}" for _ in range(8)),
    "fractions": lambda r: ",".join(f"{r.random() * 10 ** r.randint(0, 5):.2f}" for _ in range(12)),
    "times": lambda r: " ".join(
        f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}" for _ in range(8)
    ),
    "dates": lambda r: "、".join(
        f"{r.randint(1990, 2026)}.{r.randint(1, 12)}.{r.randint(1, 28)}" for _ in range(6)
    ),
    "orders": lambda r: (
        f"2024{r.randint(1, 12):02}{r.randint(1, 28):02}-{r.randint(1, 9999):04}"
        f"_{r.randint(0, 10**8)}"
    ),
    "points of a list": lambda r: "".join(f"{c}补助{r.randint(100, 9999)}元" for c in "①②③④⑤⑥"),
    "points with figures": lambda r: "".join(f"{c}{r.randint(100, 99999)}" for c in "①②③④⑤⑥"),
    "years in Chinese": lambda r: f"二〇{r.choice('一二')}{r.choice('一二三四五六七八九')}年度",
    "amounts in Chinese": lambda r: (
        f"人民币{r.choice('壹贰叁肆伍')}佰{r.choice('壹贰叁肆伍')}拾{r.choice('壹贰叁肆伍')}万元整"
    ),
    "numbers counted out": lambda _: "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩",
    "formulas": lambda r: f"H₂SO₄ x²+y³=10²{r.randint(1, 99)} 10⁻³",
    "percentages": lambda r: "%、".join(str(r.randint(0, 100)) for _ in range(9)) + "%",
    "chapters": lambda r: "；".join(f"第{r.choice('一二三四五六')}章第{n}条" for n in range(1, 8)),
    "models": lambda r: "".join(r.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(12)),
    "address on the web": lambda r: (
        f"https://www.example.gov.cn/art/{r.randint(2010, 2026)}/{r.randint(1, 12)}/"
        f"{r.randint(1, 28)}/art_{r.randint(1, 9999)}_{r.randint(10**6, 10**7)}.html?q=%E6%94%BF"
    ),
}
"""By name, what makes one line."""


def rows(name: str, count: int, seed: int = 1) -> str:
    """So many lines of a kind, the same for the same seed."""
    chance = random.Random(seed)
    return (
        "关于有关数据的说明\n" + "\n".join(LOOK_ALIKES[name](chance) for _ in range(count)) + "\n"
    )
