"""Text in a terminal: how wide it is, where it may break. Full-width characters take two columns."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

BREAK_BEFORE_NOT = "，。；：、）”』】！？,.;:)]"
"""Punctuation that may not start a line."""


def cells(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def pad(text: str, width: int) -> str:
    """The text filled with blanks to that many columns."""
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns; breaks at blanks, and anywhere between Han characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if (
                line
                and cells(line) + cells(piece.rstrip()) > width
                and piece[0] not in BREAK_BEFORE_NOT
            ):
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Words with the blank behind them; each wide character is a piece of its own."""
    word = ""
    for char in text:
        if east_asian_width(char) in "WF":
            if word:
                yield word
                word = ""
            yield char
        else:
            word += char
            if char == " ":
                yield word
                word = ""
    if word:
        yield word


