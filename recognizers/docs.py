"""Writes a page for every rule: ``python -m recognizers.docs [--check] [--output docs/rules]``.

``--check`` writes nothing and fails when a page differs from what the catalogue says now.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from recognizers.catalogue import RuleInfo, load
from recognizers.evidence import EVIDENCE

DEFAULT = Path("docs/rules")
_NOTE = "<!-- Written by `python -m recognizers.docs` from the rule packs. Do not edit. -->"
_SEVERITIES = {"low": "低", "medium": "中", "high": "高", "critical": "严重"}


def pages() -> dict[str, str]:
    """Name and content of every page."""
    rules = load().rules
    made = {f"{rule.id}.md": "\n".join(_page(rule)) for rule in rules.values()}
    made["README.md"] = "\n".join(_index(list(rules.values())))
    made["evidence.md"] = "\n".join(_evidence())
    return made


def _page(rule: RuleInfo) -> Iterator[str]:
    yield _NOTE
    yield ""
    yield f"# {rule.title['zh']} · {rule.title['en']}"
    yield ""
    yield f"- 规则 Rule: `{rule.id}`"
    yield f"- 类型 Entity: `{rule.entity}`"
    yield f"- 严重程度 Severity: {_SEVERITIES[rule.severity]} `{rule.severity}`"
    yield f"- 依据 Basis: {', '.join(f'`{key}`' for key in rule.basis)}"
    yield f"- 提示词 Context words: {'、'.join(rule.context) or '—'}"
    yield f"- 起始版本 Since: {rule.since}"
    for title, texts in (
        ("查什么 · What it finds", rule.what),
        ("怎么办 · What to do", rule.advice),
    ):
        yield from ("", f"## {title}", "", texts["zh"], "", texts["en"])
    yield from ("", "## 例子 · Examples", "", "会提示 Found:", "")
    yield from (f"- {_code(example)}" for example in rule.hits)
    yield from ("", "不提示 Not found:", "")
    yield from (f"- {_code(example)}" for example in rule.misses)
    yield from ("", f"更多例子 More: `tests/rules/{rule.id}.yml`", "")


def _index(rules: list[RuleInfo]) -> Iterator[str]:
    yield from (_NOTE, "", "# 规则 · Rules", "")
    yield from ("| 规则 Rule | 名称 Title | 类型 Entity | 严重程度 Severity |", "|---|---|---|---|")
    for rule in rules:
        title = f"{rule.title['zh']} · {rule.title['en']}"
        yield f"| [{rule.id}]({rule.id}.md) | {title} | `{rule.entity}` | `{rule.severity}` |"
    yield ""
    yield "每条提示都列出理由，见 [evidence.md](evidence.md)。The reasons of findings: evidence.md."
    yield ""


def _evidence() -> Iterator[str]:
    yield from (_NOTE, "", "# 理由 · Evidence", "")
    yield from ("| 代码 Code | 说明 | Meaning |", "|---|---|---|")
    for code, explanation in EVIDENCE.items():
        zh, en = (text.replace("{argument}", "…") for text in (explanation.zh, explanation.en))
        yield f"| `{code}` | {zh} | {en} |"
    yield ""


def _code(example: str) -> str:
    """An example on one line, as code."""
    return "`" + example.replace("\n", "⏎") + "`"


def drift(folder: Path) -> list[str]:
    """Pages that differ from the catalogue, are missing, or belong to no rule."""
    wanted = pages()
    found = {path.name: path for path in folder.glob("*.md")}
    different = [
        name
        for name, text in wanted.items()
        if name not in found or found[name].read_text(encoding="utf-8") != text
    ]
    return sorted(different + [name for name in found if name not in wanted])


def main(arguments: list[str] | None = None) -> int:
    """Write or check; 1 when ``--check`` finds drift."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--output", type=Path, default=DEFAULT)
    options = parser.parse_args(arguments)
    if options.check:
        different = drift(options.output)
        if different:
            sys.stderr.write(f"out of date: {', '.join(different)}\n")
        return 1 if different else 0
    options.output.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (options.output / name).write_text(text, encoding="utf-8")
    for name in drift(options.output):  # what is left belongs to no rule
        (options.output / name).unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
