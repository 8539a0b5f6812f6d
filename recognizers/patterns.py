"""Patterns that are compiled when they are first used.

The rules have hundreds of regular expressions, and compiling them all costs a tenth of the start of
``screener scan``; a text needs a few. A pattern that is wrong shows at its first use, where the
engine turns it into a rule failure; a test compiles them all.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class LatePattern:
    """Stands for ``re.compile(source, flags)``. After its first use a call costs nothing more."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by copy and pickle before there is a source
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of the standard library's ``re``, compiled at its first use."""
    return cast("re.Pattern[str]", LatePattern(source, flags))
