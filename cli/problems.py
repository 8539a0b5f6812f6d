"""How errors are told on the command line: what happened, why, what to do next; exit codes."""

from __future__ import annotations

import sys
from typing import Any

from screener.errors import ScreenerError
from screener.i18n import _
from screener.masking import safe_line

DONE, FOUND, USAGE, UNREAD, INTERNAL, REFUSED = range(6)
"""The exit codes of the contract, by name."""

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE

MOST_TARGETS = 10
"""Ids listed below an error; “show” lists them all."""


def say(error: ScreenerError) -> None:
    """An expected error, on standard error, with its advice or what helps with its kind."""
    complain(error.message, error.advice or _usual_advice(error.code))
    for target in getattr(error, "targets", ())[:MOST_TARGETS]:
        sys.stderr.write(f"  {safe_line(target)}\n")


def _usual_advice(code: str) -> str:
    return {
        "conflict": _("Look at the item again (screener show ITEM), then repeat what still holds."),
        "not_allowed": _("Someone who neither drafted nor signed this paper must do it."),
        "undecided": _("“screener show ITEM” lists what waits; decide about each with “decide”."),
        "not_found": _("“screener queue” and “screener show ITEM” list the ids."),
    }.get(code, "")


def complain(message: str, advice: str = "") -> None:
    """A message and what to do about it, on standard error."""
    sys.stderr.write(_("Error: {message}").format(message=safe_line(message)) + "\n")
    if advice:
        sys.stderr.write(_("What to do: {advice}").format(advice=safe_line(advice)) + "\n")


def say_usage(error: Any) -> int:
    """A mistake in typing a command. Returns the exit code 2.

    typer's own messages are English; they are told by their kind, never by what was typed.
    """
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        sys.stdout.write(error.message)
        return USAGE
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "screener"
    complain(_usage_message(kind, error), _("“{command} --help” shows how.").format(command=path))
    return USAGE


def _usage_message(kind: str, error: Any) -> str:
    param = getattr(error, "param", None)
    name = ""
    if param is not None:
        names = list(param.opts) if param.param_type_name == "option" else []
        name = max(names, key=len) if names else str(param.metavar or param.name.upper())
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        message = _("There is no option {name}.").format(name=error.option_name)
        if near:
            message += " " + _("Did you mean {names}?").format(names=", ".join(sorted(near)))
        return message
    if kind == "MissingParameter":
        return _("{name} is missing.").format(name=name)
    if kind == "BadOptionUsage":
        return _("The option {name} needs a value behind it (or takes none).").format(
            name=error.option_name
        )
    if kind == "BadParameter" and name:
        return _("This is not a value that {name} takes.").format(name=name)
    return _("The command was not understood: a word too many or too few.")
