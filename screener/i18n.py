"""Text for people: Simplified Chinese by default, English by option.

Messages are written in English in the code and looked up in the gettext catalogue at the moment
they are shown, in the language of the current request. ``python -m screener.locale`` compiles the
catalogue and tells what is not translated.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def set_language(language: str) -> None:
    """Show messages in this language from now on (of this thread or task)."""
    _language.set(normalise_language(language))


def current_language() -> str:
    """``zh`` or ``en``."""
    return _language.get()


@contextmanager
def language(name: str) -> Iterator[None]:
    """Show messages in this language inside a block."""
    token = _language.set(normalise_language(name))
    try:
        yield
    finally:
        _language.reset(token)


def normalise_language(name: str) -> str:
    """``zh`` for anything but English: ``zh-CN``, ``zh_CN.UTF-8`` and unknown ones."""
    return "en" if name.strip().lower().startswith("en") else DEFAULT_LANGUAGE


@cache
def _chinese() -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("screener", folder, languages=["zh_CN"])


def _(message: str) -> str:
    """The message in the current language."""
    return message if _language.get() == "en" else _chinese().gettext(message)
