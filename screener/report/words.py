"""Words of a report for people: levels, verdicts, kinds of text, reasons for what is not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screener.i18n import _


def _as_it_is(code: str) -> str:
    return code


@dataclass(frozen=True, slots=True)
class Words:
    """Names that live with the rules, handed in by the caller: the reports know no recognizers.

    ``rule`` gives a rule's title, ``reason`` an evidence or remark code in words, both in the
    current language.
    """

    rule: Callable[[str], str] = _as_it_is
    reason: Callable[[str], str] = _as_it_is


def level_word(level: str) -> str:
    """A level's name for people."""
    return {"block": _("block"), "review": _("review"), "note": _("note")}.get(level, level)


def verdict_word(verdict: str) -> str:
    """A verdict's name for people."""
    return {
        "block": _("must not be published"),
        "review": _("needs a person's review"),
        "clear": _("no problem found"),
    }.get(verdict, verdict)


def unread_word(reason: str) -> str:
    """Why a part was not read, for people."""
    return {
        "encrypted": _("encrypted"),
        "unsupported": _("format not supported"),
        "corrupt": _("broken"),
        "empty": _("empty"),
        "no_access": _("no permission to read"),
        "undecodable": _("unknown character set"),
        "too_large": _("too large"),
        "too_deep": _("nested too deeply"),
        "timeout": _("took too long"),
        "missing_tool": _("a program is missing"),
        "ocr_low": _("scanned text not legible enough"),
        "rule_failed": _("a rule failed"),
        "external": _("stored elsewhere"),
    }.get(reason, reason)


def kind_word(kind: str) -> str:
    """The kind of text a finding stands in, for people; empty for the body."""
    return {
        "heading": _("heading"),
        "table_cell": _("table cell"),
        "header": _("page header"),
        "footer": _("page footer"),
        "note": _("footnote or endnote"),
        "comment": _("comment"),
        "deleted": _("deleted text"),
        "inserted": _("inserted text"),
        "hidden": _("hidden text"),
        "covered": _("covered text"),
        "metadata": _("file property"),
        "file_name": _("file name"),
        "ocr": _("text in a picture"),
        "alt_text": _("alternative text"),
    }.get(kind, "")
