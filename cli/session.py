"""What every command starts from: the settings, the application, the person at the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from screener.errors import UsageProblem
from screener.i18n import _, current_language

if TYPE_CHECKING:
    from screener.bootstrap import Application
    from screener.config import Config


def settings(
    policy: str | None = None, jobs: int | None = None, rules: Sequence[str] = ()
) -> Config:
    """The settings in force, with what was named on the command line. Raises ConfigProblem."""
    from screener.config import load

    config = replace(load(), language=current_language()).with_rules(rules)
    if policy is not None:
        config = replace(config, policy=policy)
    return replace(config, jobs=jobs) if jobs is not None else config


@lru_cache(maxsize=4)
def application(config: Config) -> Application:
    """The application for these settings; the same one for the same settings."""
    from screener.bootstrap import Application

    return Application(config)


def actor(named: str | None) -> str:
    """Who acts: ``--as`` or ``SCREENER_USER``. Raises UsageProblem when nobody is named."""
    name = (named or "").strip()
    if not name:
        raise UsageProblem(
            _("Nobody is named for this step."),
            advice=_("Add --as NAME, or set SCREENER_USER once for this terminal."),
        )
    return name
