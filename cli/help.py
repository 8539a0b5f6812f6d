"""Help texts: groups, Chinese or English, examples; drawn without rich so that they come at once.

typer's own help pulls in rich with its markdown and highlighting parts: more than twice the start
of Python. Usage, options and groups are drawn here instead, with full-width characters counted.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any, cast

from typer.core import TyperCommand, TyperGroup

from cli.index import Entry, entries
from cli.text import cells, pad, wrap
from screener.errors import UsageProblem
from screener.i18n import _

GAP = 2
NARROWEST, WIDEST = 40, 110


class Page:
    """Collects a help page; headings are bold where standard output is a terminal."""

    def __init__(self) -> None:
        self.width = max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))
        self._bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._lines: list[str] = []

    def heading(self, text: str) -> None:
        """A heading behind an empty line."""
        if self._lines:
            self._lines.append("")
        self._lines.append(f"\x1b[1m{text}\x1b[0m" if self._bold else text)

    def text(self, text: str, indent: int = 0) -> None:
        """Wrapped text."""
        for line in wrap(text, self.width - indent):
            self._lines.append(" " * indent + line if line else "")

    def plain(self, line: str) -> None:
        """A line that must not be wrapped (an example)."""
        self._lines.append(line)

    def rows(self, rows: Iterable[tuple[str, str]], *, column: int | None = None) -> None:
        """Two columns: what to type, what it does. ``column`` is the width of the first."""
        rows = list(rows)
        left = column or min(max((cells(term) for term, _text in rows), default=0), 30)
        for term, text in rows:
            lines = wrap(text, max(20, self.width - left - 2 * GAP))
            if cells(term) > left:
                self._lines.append(" " * GAP + term)
            else:
                self._lines.append(" " * GAP + pad(term, left + GAP) + lines.pop(0))
            self._lines += [" " * (left + 2 * GAP) + line for line in lines]

    def render(self) -> str:
        """The page."""
        return "\n".join(self._lines) + "\n"


def term(param: Any) -> str:
    """How an option is typed: ``--format 格式`` or ``--notes``."""
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    if getattr(param, "is_flag", False):
        return names
    return f"{names} {param.metavar or _('VALUE')}"


def description(param: Any) -> str:
    """What a parameter does, with its default or the variable that sets it."""
    text = param.help or ""
    if param.name == "help":
        return _("Show this help.")
    if param.envvar:
        text += _(" (or {variable})").format(variable=param.envvar)
    if param.required and param.param_type_name == "option":
        text += _(" (required)")
    elif (
        param.show_default
        and param.default not in (None, False, ())
        and not callable(param.default)
    ):
        default = getattr(param.default, "value", param.default)
        text += _(" (default {value})").format(value=default)
    return text


def usage(command: Any, path: str) -> str:
    """One line: how the command is called."""
    pieces = [path, _("[OPTIONS]")]
    if isinstance(command, TyperGroup):
        pieces.append(_("COMMAND …"))
    for param in command.params:
        if param.param_type_name == "argument":
            name = param.metavar or param.name.upper()
            pieces.append(name if param.required else f"[{name}]")
    return _("Usage: {line}").format(line=" ".join(pieces))


class Command(TyperCommand):
    """A command whose help is drawn here. ``epilog`` holds the examples, one a line."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, arguments, options, examples."""
        page = Page()
        page.text(usage(self, ctx.command_path))
        page.plain("")
        page.text(self.help or "")
        _parameters(page, self, ctx)
        if self.epilog:
            page.heading(_("Examples"))
            for line in self.epilog.strip().splitlines():
                page.plain("  " + line.strip())
        formatter.write(page.render())


class Group(TyperGroup):
    """A command with commands of its own (``audit run``, ``ledger verify``)."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, its commands."""
        page = Page()
        page.text(usage(self, ctx.command_path))
        page.plain("")
        page.text(self.help or "")
        page.heading(_("Commands"))
        page.rows((name, _first_line(command.help)) for name, command in self.commands.items())
        _parameters(page, self, ctx)
        formatter.write(page.render())


class Root(TyperGroup):
    """``screener`` itself: knows its commands from the index, imports one when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [entry.name for entry in entries()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = next((e for e in entries() if e.name == cmd_name), None)
        return load(entry) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As typer does, with a message in the reader's language and the nearest names."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx))
            raise UsageProblem(
                _("There is no command “{name}”.").format(name=args[0]),
                advice=_("Did you mean {names}?").format(names=", ".join(near))
                if near
                else _("screener --help lists all commands."),
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The overview: the commands in their groups, then examples."""
        page = Page()
        page.text(usage(self, ctx.command_path))
        page.plain("")
        page.text(self.help or "")
        groups: dict[str, list[tuple[str, str]]] = {}
        for entry in entries():
            groups.setdefault(entry.group, []).append((entry.name, entry.summary))
        for group, rows in groups.items():
            page.heading(group)
            page.rows(rows, column=10)
        _parameters(page, self, ctx)
        page.heading(_("Examples"))
        for line in (self.epilog or "").strip().splitlines():
            page.plain("  " + line.strip())
        page.plain("")
        page.text(_("“screener COMMAND --help” tells more about a command."))
        formatter.write(page.render())


def load(entry: Entry) -> Any:
    """The typer command behind an entry."""
    from typer.main import get_command

    module = import_module(f"cli.{entry.module}")
    command = get_command(module.app)
    if isinstance(command, TyperGroup) and entry.name in command.commands:
        return command.commands[entry.name]
    command.name = entry.name
    return command


def _parameters(page: Page, command: Any, ctx: Any) -> None:
    shown = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    if arguments:
        page.heading(_("Arguments"))
        page.rows((p.metavar or p.name.upper(), description(p)) for p in arguments)
    panels: dict[str, list[tuple[str, str]]] = {}
    for param in shown:
        if param.param_type_name == "option":
            panel = cast(str | None, param.rich_help_panel) or _("Options")
            panels.setdefault(panel, []).append((term(param), description(param)))
    for panel, rows in panels.items():
        page.heading(panel)
        page.rows(rows)


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n", 1)[0]
