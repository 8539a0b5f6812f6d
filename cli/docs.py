"""``python -m cli.docs [--check]``: writes docs/cli.md and the READMEs' examples from the program.

``--check`` writes nothing and fails when one of them is stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screener.i18n import set_language

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# 命令一览

<!-- 由 `python -m cli.docs` 从程序生成，请勿手工修改。 -->

每条命令的说明与 `screener 命令 --help` 完全一致；加 `--lang en` 显示英文。

## 退出码

| 退出码 | 含义 |
|---|---|
| 0 | 未发现问题，或已办妥 |
| 1 | 有达到 `--fail-on` 级别的问题；`verify` 未放行；`ledger verify` 台账异常；`redact` 有残留 |
| 2 | 用法有误、路径不存在、策略或规则文件有错（其余路径照常检查） |
| 3 | 有内容没有读到，或什么也没有检查；优先于 1 |
| 4 | 内部错误 |
| 5 | 审查规则不允许：冲突、人员或环节不符、还有未处理的问题 |
| 130 / 141 | 被中止（Ctrl-C）／输出的接收方已关闭 |

"""


class _Collected:
    """Stands in for typer's formatter: keeps what a command writes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """Keep the text."""
        self.text += text


def commands() -> Iterator[tuple[str, Any, Any]]:
    """Every command with its path and context, groups before what is in them."""
    from cli.help import load
    from cli.index import entries
    from cli.main import build

    root = build()
    with root.make_context("screener", ["demo"], resilient_parsing=True) as top:
        yield "screener", root, top
        for entry in entries():
            yield from _below(f"screener {entry.name}", load(entry), top)


def _below(path: str, command: Any, parent: Any) -> Iterator[tuple[str, Any, Any]]:
    name = path.rsplit(" ", 1)[1]
    context = type(parent)(command, info_name=name, parent=parent)
    yield path, command, context
    for child, inner in getattr(command, "commands", {}).items():
        yield from _below(f"{path} {child}", inner, context)


def render() -> str:
    """The whole page, in Chinese, on lines of 96 columns."""
    os.environ["COLUMNS"], os.environ["NO_COLOR"] = "96", "1"
    set_language("zh")
    parts = [HEAD]
    for path, command, context in commands():
        formatter = _Collected()
        command.format_help(context, formatter)
        parts.append(f"## {path}\n\n```text\n{formatter.text.rstrip()}\n```\n\n")
    return "".join(parts).rstrip() + "\n"


def main() -> int:
    """Write or compare docs/cli.md and the READMEs; exit code 1 when one is stale."""
    from cli.readme import pages

    stale = []
    for path, make in {PAGE: render, **pages()}.items():
        text = make()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"stale: {', '.join(stale)}; run python -m cli.docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
