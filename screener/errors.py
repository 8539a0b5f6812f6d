"""Errors a person sees. Each says what happened, why, and what to do next; none holds a value.

The classes carry the exit code of the command line; the service maps them to HTTP in one place.
``code`` is looked up in docs/errors.md, and a test sees to it that every code stands there.
"""

from __future__ import annotations

from collections.abc import Sequence


class ScreenerError(Exception):
    """Base of all expected errors. ``message`` is already in the reader's language."""

    exit_code = 4
    code = "internal"

    def __init__(self, message: str, *, advice: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        if code is not None:
            self.code = code


class UsageProblem(ScreenerError):
    """Wrong usage: a path that is not there, an unknown option value."""

    exit_code = 2
    code = "usage"


class ConfigProblem(ScreenerError):
    """A configuration, policy or pack that cannot be used. Names the file, line and column."""

    exit_code = 2
    code = "config"


class NotFound(ScreenerError):
    """No such item, finding, rule or release."""

    exit_code = 2
    code = "not_found"


class Refused(ScreenerError):
    """The review's rules do not allow this now."""

    exit_code = 5
    code = "refused"


class Conflict(Refused):
    """Someone else changed the item meanwhile, or the step is out of order."""

    code = "conflict"


class NotAllowed(Refused):
    """The wrong person: the drafter, or one who already signed."""

    code = "not_allowed"


class Undecided(Refused):
    """Findings or unread parts still wait for a decision. ``targets`` are their ids."""

    code = "undecided"

    def __init__(self, message: str, *, targets: Sequence[str], advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.targets = tuple(targets)


class SomethingLeft(ScreenerError):
    """A redacted copy still holds what should be gone, or cannot be made in this format."""

    exit_code = 1
    code = "something_left"


class StoreProblem(ScreenerError):
    """The data folder or database cannot be used, or its ledger does not verify."""

    exit_code = 4
    code = "store"
