"""Writes ``docs/bypasses.md``: ``python -m tests.bypasses [--check]``.

Every sample is screened; the page says what is caught and lists what is not. ``--check`` writes
nothing and fails when the page differs from what was measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fixtures.bypasses import Bypass, bypasses
from fixtures.bypasses.carriers import carriers
from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config
from tests.bypasses.measure import carried, caught
from tests.bypasses.reasons import CHINESE

PAGE = Path("docs/bypasses.md")
_HEAD = """\
<!-- Written by `python -m tests.bypasses` from what was measured. Do not edit. -->

# 规避写法 · Bypasses

号码和标志可以写得让人看得懂、程序读不出：圈码、汉字数字、夹杂符号、零宽字符、形近字母、反向排列……
下面每一种都是 `fixtures/bypasses` 里的一个样本，由 `python -m tests.bypasses` 逐个筛查后写成本页。
没有拦住的全部列在后面，不隐瞒。

Numbers and marks can be written so that people read them and programs do not. Each way below is a
sample of `fixtures/bypasses`, screened as a file by `python -m tests.bypasses`. What gets through
is listed, not hidden. `labelled`: a word beside the value says what it is; `bare`: none does.
"""


def page(parts: Application) -> str:
    """The page, measured now."""
    results = list(caught(bypasses(), parts))
    return "\n".join((_HEAD, *_table(results), *_carriers(parts), *_open(results), ""))


def _table(results: list[tuple[Bypass, bool]]) -> Iterator[str]:
    every: Counter[tuple[str, str, str]] = Counter()
    found: Counter[tuple[str, str, str]] = Counter()
    for bypass, hit in results:
        key = (bypass.entity, bypass.frame, bypass.family)
        every[key] += 1
        found[key] += hit
    yield f"样本 {every.total()} 个，拦住 {found.total()} 个。"
    yield ""
    yield f"{every.total()} samples, {found.total()} caught."
    yield from (
        "",
        "| 类型 Entity | | 手法 Way | 样本 Samples | 拦住 Caught |",
        "|---|---|---|---|---|",
    )
    for key, count in every.items():
        entity, frame, family = key
        yield f"| `{entity}` | {frame} | {family} | {count} | {found[key]} |"


def _carriers(parts: Application) -> Iterator[str]:
    value = People(7).person().id_number
    yield from ("", "## 被文件拆开的号码 · Numbers that a file takes apart", "")
    yield from ("| 样本 Sample | 拦住 Caught | |", "|---|---|---|")
    for carrier in carriers():
        found = carried(carrier, value, parts)
        why = "" if found else f"{CHINESE[carrier.open]} {carrier.open}"
        yield f"| {carrier.name} | {'是 yes' if found else '否 no'} | {why} |"


def _open(results: list[tuple[Bypass, bool]]) -> Iterator[str]:
    yield from ("", "## 仍能绕过的写法 · What gets through", "")
    reasons: dict[str, list[Bypass]] = {}
    for bypass, hit in results:
        if not hit:
            reasons.setdefault(bypass.open, []).append(bypass)
    for reason, group in reasons.items():
        yield from (f"{CHINESE[reason]}。{reason[:1].upper()}{reason[1:]}:", "")
        places: dict[tuple[str, str], list[str]] = {}
        for bypass in group:
            places.setdefault((bypass.entity, bypass.frame), []).append(bypass.technique)
        for (entity, frame), names in places.items():
            yield f"- `{entity}` ({frame}): " + "; ".join(f"`{_safe(name)}`" for name in names)
        yield ""


def _safe(name: str) -> str:
    return name.replace("|", "\\|").replace("`", "'")


def main(arguments: list[str]) -> int:
    """Write or check the page; 1 when it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        made = page(Application(Config(home=Path(home))))
    if not options.check:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    sys.stderr.write(f"{PAGE} is out of date: run python -m tests.bypasses\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
