"""Text in a terminal: its width (a full-width character takes two columns), where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

NOT_FIRST = "，。；：、）〕”』】》！？,.;:)]…"
"""Punctuation that may not start a line."""

NOT_LAST = "“‘（〔『【《(["
"""Punctuation that may not end one."""

MOST_BROUGHT = 4
"""A row of punctuation longer than this is broken all the same."""


def cells(text: str) -> int:
    """Columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def pad(text: str, width: int) -> str:
    """The text filled with blanks to that many columns."""
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, never more.

    Breaks at blanks and between Han characters; a longer word is cut. No line starts with closing
    punctuation or ends with opening: what stands beside it comes along.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = 0
        for piece in _pieces(paragraph, width):
            if line and used + cells(piece.rstrip()) > width:
                brought = _brought_along(line, piece, width)
                lines.append("".join(line).rstrip())
                line = [*brought, piece] if brought else [piece.lstrip()]
                used = cells("".join(line))
            else:
                line.append(piece)
                used += cells(piece)
        lines.append("".join(line).rstrip())
    return lines


def _brought_along(line: list[str], piece: str, width: int) -> list[str]:
    """Takes from the line what must not be parted from the piece that starts the next one."""
    brought: list[str] = []
    first = piece
    room = width - cells(piece.rstrip())
    while len(line) > 1 and len(brought) < MOST_BROUGHT:
        room -= cells(line[-1])
        if room < 0 or (first[:1] not in NOT_FIRST and line[-1][-1] not in NOT_LAST):
            break
        first = line.pop()
        brought.insert(0, first)
    return brought


def _pieces(text: str, width: int) -> Iterator[str]:
    """Words with the blank behind them; each wide character is a piece of its own."""
    word = ""
    for char in text:
        wide = east_asian_width(char) in "WF"
        if word and (wide or cells(word) >= width):
            yield word
            word = ""
        if wide:
            yield char
            continue
        word += char
        if char == " ":
            yield word
            word = ""
    if word:
        yield word
