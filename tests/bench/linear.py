"""``python -m tests.bench.linear [--size N] [--names] [NAME...]``: does the cost grow linearly?

Every hostile text is screened as a file at a size, twice and four times that; CPU seconds are
printed with the growth from the second to the third: 2 is linear, 4 is quadratic.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config

WORST = 2.6
"""More than this from one size to its double is not linear; caches and garbage cost a little."""
_PEOPLE = People(77)
_PERSONS = [_PEOPLE.person() for _ in range(500)]


def _repeat(unit: str) -> Callable[[int], bytes]:
    def build(size: int) -> bytes:
        return (unit * (size // len(unit) + 1))[:size].encode()

    return build


def _lines(row: Callable[[int], str]) -> Callable[[int], bytes]:
    def build(size: int) -> bytes:
        made: list[str] = []
        length = number = 0
        while length < size:
            made.append(row(number))
            length += len(made[-1]) + 1
            number += 1
        return "\n".join(made).encode()

    return build


def _person(number: int) -> str:
    person = _PERSONS[number % len(_PERSONS)]
    return f"{person.name},{person.id_number},{person.mobile},{person.bank_card}"


def _sheet(size: int) -> bytes:
    return ("姓名,身份证号,手机,银行卡号\n" + _lines(_person)(size).decode()).encode()


def _page(unit: str, close: str = "") -> Callable[[int], bytes]:
    def build(size: int) -> bytes:
        count = size // (len(unit) + len(close))
        head = '<!DOCTYPE html><meta charset="utf-8"><body>'
        return (head + unit * count + "内容" + close * count).encode()

    return build


UNITS = (
    *("1", "一", "密", "机密", "①", "O", "0", "a", "@", "a@", "1.", "1 ", "1\n", "13", "138*"),
    *(
        "王",
        "王某",
        "王小明",
        "王小明、",
        "王小明身份证",
        "身份证号：",
        "手机：",
        "账号 ",
        "姓名：",
    ),
    *(
        "省",
        "1号",
        "路1号",
        "省市区路1号",
        "3栋2单元",
        "★",
        "机密★",
        "（",
        "（密级：",
        "皖A",
        "*",
        "1*",
    ),
    *(
        "护照",
        "E1",
        "&#49;",
        "%31",
        "\u200b1",
        "\u202e1",
        "\n",
        " ",
        "\n\n",
        "　",
        "\t",
        ",",
        "、1",
    ),
    *(
        "2024年1月1日",
        "密级：机密",
        "工作秘密",
        "内部资料",
        "不予公开",
        "党员",
        "患病",
        "残疾",
        "低保",
    ),
    *(
        "://",
        "x=",
        "password:",
        "key-",
        "1:2:",
        "::",
        "1.1.1.",
        "30.12345,",
        "份号",
        "编号：",
        "第1页\n",
    ),
)
"""Units repeated without end."""

TEXTS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    **{repr(unit): ("a.txt", _repeat(unit)) for unit in UNITS},
    "persons in lines": ("a.txt", _lines(_person)),
    "persons in one line": ("a.txt", _lines(lambda n: _person(n).replace(",", "，"))),
    "short lines": ("a.txt", _lines(lambda n: f"{n % 97}")),
    "names only": ("a.txt", _lines(lambda n: _PERSONS[n % 500].name)),
    "a sheet of persons": ("a.csv", _sheet),
    "a sheet of one column": ("a.csv", _lines(str)),
    "a sheet of empty cells": ("a.csv", _lines(lambda _: ",,,,,,,,")),
    "nested tags": ("a.html", _page("<div>", "</div>")),
    "open tags": ("a.html", _page("<p>一")),
    "cells": ("a.html", _page("<table><tr><td>1</td></tr></table>")),
    "one row": (
        "a.html",
        lambda n: _page("<td>王小明</td>")(n).replace(b"<body>", b"<body><table><tr>"),
    ),
}


PATIENCE = 600.0
"""Seconds a rule may take here: how the cost grows is measured, also where the machine is busy."""


def main(arguments: list[str]) -> int:
    """Print the table; 1 when something grows faster than its text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="characters of the first text")
    parser.add_argument("--names", action="store_true", help="with the rule for names")
    parser.add_argument("texts", nargs="*", help="only these")
    options = parser.parse_args(arguments)
    worst = 0
    with tempfile.TemporaryDirectory() as home:
        screen = _screen(Application(Config(home=Path(home))), names=options.names)
        screen(b"1", "a.txt")
        print(f"{'text':28}{'n':>9}{'2n':>9}{'4n':>9}{'growth':>8}")
        for name in options.texts or TEXTS:
            file, build = TEXTS[name]
            costs = [_cpu(screen, build(options.size * factor), file) for factor in (1, 2, 4)]
            growth = costs[2] / max(costs[1], 0.01)
            worst += growth > WORST
            mark = "   *" if growth > WORST else ""
            shown = "".join(f"{cost:9.2f}" for cost in costs)
            print(f"{name:28}{shown}{growth:8.1f}{mark}", flush=True)
    return int(worst > 0)


def _screen(parts: Application, *, names: bool) -> Callable[[bytes, str], object]:
    if names:
        return parts.screener.screen_bytes
    from recognizers.engine import Engine
    from screener.detect.layout import DocumentLayout

    entities = {rule.entity for rule in parts.catalogue.rules.values()} - {"PERSON"}
    engine = Engine(PATIENCE, sorted(entities))

    def screen(data: bytes, file: str) -> object:
        document = parts.extractor.read_bytes(data, file, "")
        matches, failures = engine.analyze(document.text, DocumentLayout(document))
        if failures:
            raise SystemExit(f"a rule failed: {failures}")
        return matches

    return screen


def _cpu(screen: Callable[[bytes, str], object], data: bytes, file: str) -> float:
    started = time.process_time()
    screen(data, file)
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
