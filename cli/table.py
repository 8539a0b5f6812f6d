"""The table of a scan: by file, level first, value masked, place, reason, what to do.

Cells are wrapped here and not by rich, which breaks lines at blanks only: Chinese has none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from cli.text import cells, wrap
from screener.i18n import _
from screener.masking import safe_line
from screener.model.place_words import describe_part
from screener.report.words import Words, kind_word, level_word, unread_word, verdict_word

if TYPE_CHECKING:
    from rich.console import Console

LEVEL_STYLES = {"block": "bold red", "review": "yellow", "note": "dim"}
VERDICT_STYLES = {"block": "bold white on red", "review": "bold black on yellow", "clear": "green"}
LEVELS = ("block", "review", "note")
WIDE = 108
"""From this width on advice has a column of its own; below, it stands under the table."""

MANY = 60
"""Findings shown of one file unless all are asked for; the rest is counted, never just dropped."""

REASONS = 3
"""Reasons shown of one finding, the strongest; “explain” gives them all."""


@dataclass(slots=True)
class Tally:
    """What a run came to: files by verdict, findings by level, unread parts."""

    verdicts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VERDICT_STYLES, 0))
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    unread: int = 0
    chars: int = 0

    def add(self, screening: Mapping[str, Any]) -> None:
        """Count one file."""
        self.verdicts[screening["verdict"]] += 1
        for finding in screening["findings"]:
            self.levels[finding["level"]] += 1
        self.unread += len(screening["unread"])
        self.chars += screening["chars"]

    @property
    def files(self) -> int:
        """Files screened."""
        return sum(self.verdicts.values())


class Table:
    """Prints screenings on a rich console, one after another."""

    def __init__(
        self, console: Console, words: Words, *, notes: bool = False, everything: bool = False
    ) -> None:
        self._console = console
        self._words = words
        self._notes = notes
        self._most = None if everything else MANY

    def print(self, screening: Mapping[str, Any]) -> None:
        """One file: its verdict, what was not read, its findings, remarks."""
        self._head(screening)
        for entry in screening["unread"]:
            self._unread(entry)
        findings = [f for f in screening["findings"] if self._notes or f["level"] != "note"]
        findings.sort(key=lambda f: LEVELS.index(f["level"]))
        shown = findings[: self._most]
        if shown:
            self._findings(shown)
        if len(findings) > len(shown):
            self._line(
                _("{count} more are not listed here; --all lists them.").format(
                    count=len(findings) - len(shown)
                ),
                "yellow",
            )
        if (screening["verdict"] != "clear" or self._notes) and not screening["unread"]:
            for remark in screening["remarks"]:
                self._line(_("Remark: {text}").format(text=self._words.reason(remark)), "cyan")
        if screening["verdict"] != "clear":
            self._console.print()

    def summary(self, tally: Tally) -> None:
        """What the whole run came to."""
        from rich.text import Text

        parts = [
            f"{verdict_word(verdict)} {count}" for verdict, count in tally.verdicts.items() if count
        ]
        self._console.print(
            Text(
                _("Files screened: {count}. {parts}").format(
                    count=tally.files, parts=_(", ").join(parts)
                ),
                style="bold",
            ),
            soft_wrap=True,
        )
        found = [f"{level_word(level)} {tally.levels[level]}" for level in LEVELS]
        line = _("Findings: {parts}").format(parts=_(", ").join(found))
        if tally.levels["note"] and not self._notes:
            line += " " + _("(--notes lists the notes)")
        self._console.print(Text(line), soft_wrap=True)
        if tally.unread:
            self._line(
                _("Parts not read: {count}. Not read does not mean no problem.").format(
                    count=tally.unread
                ),
                "bold yellow",
                indent=0,
            )

    def _head(self, screening: Mapping[str, Any]) -> None:
        from rich.text import Text

        verdict = screening["verdict"]
        line = Text()
        line.append(safe_line(screening["path"]), style="bold")
        line.append("  ")
        line.append(f" {verdict_word(verdict)} ", style=VERDICT_STYLES[verdict])
        about = [screening["document_kind"]] if screening["document_kind"] else []
        about.append(_("{count} characters").format(count=f"{screening['chars']:,}"))
        notes = sum(f["level"] == "note" for f in screening["findings"])
        if notes and not self._notes:
            about.append(_("notes: {count}").format(count=notes))
        line.append("  " + " · ".join(about), style="dim")
        self._console.print(line, soft_wrap=True)

    def _unread(self, entry: Mapping[str, Any]) -> None:
        text = _("Not read: {what} ({reason})").format(
            what=safe_line(entry["what"]), reason=unread_word(entry["reason"])
        )
        if entry["detail"]:
            text += _(": ") + safe_line(entry["detail"])
        self._line("⚠ " + text, "bold yellow")

    def _line(self, text: str, style: str, indent: int = 2) -> None:
        from rich.text import Text

        for line in wrap(text, self._console.width - indent):
            self._console.print(Text(" " * indent + line, style=style), soft_wrap=True)

    def _findings(self, findings: Sequence[Mapping[str, Any]]) -> None:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        rows = [self._row(finding) for finding in findings]
        advice = _advice(findings)
        wide = self._console.width >= WIDE
        columns = [_("level"), _("content"), _("place"), _("reasons")]
        if wide:
            columns.append(_("advice"))
        widths = _widths(columns, rows, self._console.width - 4 - 3 * len(columns))
        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
        for name, width in zip(columns, widths, strict=True):
            grid.add_column(name, width=width, no_wrap=True, overflow="ignore")
        for finding, row, told in zip(findings, rows, advice, strict=True):
            texts = [*row, told] if wide else row
            style = LEVEL_STYLES[finding["level"]]
            grid.add_row(
                *(
                    Text("\n".join(wrap(text, width)), style=style if place == 0 else "")
                    for place, (text, width) in enumerate(zip(texts, widths, strict=True))
                )
            )
        from rich.padding import Padding

        self._console.print(Padding(grid, (0, 0, 0, 2)))
        if not wide:
            for rule, told in dict.fromkeys((f["rule"], f["advice"]) for f in findings):
                self._line(f"→ {self._words.rule(rule)}{_(': ')}{told}", "cyan")

    def _row(self, finding: Mapping[str, Any]) -> list[str]:
        value = safe_line(finding.get("text", finding["excerpt"]))
        place = safe_line(finding["place"])
        if not finding["visible"] and describe_part("hidden") not in place:
            word = kind_word(finding["kind"])
            if word and finding["kind"] != "table_cell" and word not in place:
                place += "\n" + _("[{kind}, not visible]").format(kind=word)
            else:
                place += "\n" + _("[not visible]")
        codes = finding["reasons"][:REASONS]
        reasons = _("; ").join(self._words.reason(code) for code in codes)
        if len(finding["reasons"]) > REASONS:
            reasons += "…"
        return [
            level_word(finding["level"]),
            f"{self._words.rule(finding['rule'])}\n{value}",
            place,
            safe_line(reasons),
        ]


def _advice(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """Advice by row; what the row above already says is not said again."""
    told, before = [], ""
    for finding in findings:
        told.append(_("as above") if finding["advice"] == before else finding["advice"])
        before = finding["advice"]
    return told


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Level and content as wide as they need within bounds; the rest shares what is left."""
    level = max(cells(columns[0]), *(cells(row[0]) for row in rows))
    lines = [line for row in rows for line in row[1].split("\n")]
    content = min(max(cells(columns[1]), *(cells(line) for line in lines)), max(20, total // 4))
    rest = max(total - level - content, 24)
    others = len(columns) - 2
    shares = {2: (5, 6), 3: (5, 6, 8)}[others]
    return [level, content, *(rest * share // sum(shares) for share in shares)]


def console(stream: TextIO, width: int | None = None) -> Console:
    """A console that never reads markup in what it prints."""
    from rich.console import Console

    made = Console(file=stream, markup=False, highlight=False, emoji=False, width=width)
    if width is None and not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = max(made.width, 100)  # a pipe or file has no width: no need to be narrow
    return made
