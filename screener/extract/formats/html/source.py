"""What a page's source holds and its tree does not: attributes of end tags, second attributes …

Parsers drop these, and what stands behind the depth where they give up. Whatever Chinese or long
number of the source was not read from the tree is read from the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.extract.builder import DocumentBuilder
from screener.model.document import SegmentKind
from screener.model.place import HtmlNode

_HAN = re.compile("[\u3400-\u9fff]{2,}")
_DIGITS = re.compile("[0-9][0-9Xx-]{5,}[0-9Xx]")
_RUN = re.compile(f"{_HAN.pattern}|{_DIGITS.pattern}")
MOST_CONTEXT = 400
"""Code points behind the beginning of a stretch that are read with it."""
MOST_SEARCHES = 1000


def add_remainder(source: str, builder: DocumentBuilder) -> None:
    """Add every line of the source that holds something not yet read, as hidden.

    Linear: what is compared is compared through sets.
    """
    line, position = 1, 0
    last = -1
    for match in _missing(source, builder.text):
        line += source.count("\n", position, match.start())
        position = match.start()
        if match.start() < last:
            continue
        start = max(match.start() - 20, 0)
        last = _token_end(source, match.end() + MOST_CONTEXT)
        text = re.sub("[ \t\r\n]+", " ", source[start:last]).strip()
        builder.add(text, SegmentKind.HIDDEN, HtmlNode("/", line), visible=False)


def _token_end(source: str, at: int) -> int:
    """The next place from ``at`` where no number or word is cut in two."""
    if at >= len(source):
        return len(source)
    gap = re.compile("[^0-9A-Za-z\u3400-\u9fff-]").search(source, at)
    return gap.start() if gap else len(source)


def _pairs(text: str) -> Iterator[str]:
    for run in _HAN.findall(text):
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def _missing(source: str, read: str) -> Iterator[re.Match[str]]:
    """Runs of the source that were not read, in order.

    A run that stands in the text as a part of a longer one was read: numbers are searched for (the
    first thousand that are in doubt; more count as not read), words compared by their pairs.
    """
    whole = set(_RUN.findall(read))
    pairs: set[str] | None = None
    searches = MOST_SEARCHES
    for match in _RUN.finditer(source):
        run = match.group()
        if run in whole:
            continue
        if run[0].isascii():
            searches -= 1
            if searches < 0 or run not in read:
                yield match
            continue
        if pairs is None:
            pairs = set(_pairs(read))
        if any(run[at : at + 2] not in pairs for at in range(len(run) - 1)):
            yield match
