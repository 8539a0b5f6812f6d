"""What was read of a PDF already, so that another way of reading it adds only what is new."""

from __future__ import annotations

import re

_RUN = re.compile("[\u3400-\u9fff]{2,}|[0-9A-Za-z@.-]{4,}")
_BLANK = re.compile("[ \u3000\xa0\r\n\t]")


class Known:
    """Answers whether a text says something that was not read."""

    def __init__(self, text: str) -> None:
        self._bare = bare(text)
        self._runs = set(_RUN.findall(self._bare)) | set(_RUN.findall(text))

    def lacks(self, text: str) -> bool:
        """Whether a word or number of a text stands nowhere in what was read."""
        return any(
            run not in self._runs and run not in self._bare
            for line in text.splitlines()
            for run in _RUN.findall(bare(line))
        )

    def holds(self, text: str) -> bool:
        """Whether all of a text was read in one piece."""
        return bare(text) in self._bare


def bare(text: str) -> str:
    """A text without the blanks and line ends that layout puts into it."""
    return _BLANK.sub("", text)
