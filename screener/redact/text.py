"""Small helpers for texts that are compared without their white space."""

from __future__ import annotations

from collections.abc import Iterator

Edit = tuple[int, int, str]
"""Start, end and what stands there instead."""


def squeeze(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def occurrences(text: str, value: str) -> Iterator[int]:
    """Every place where a value stands, overlapping ones too."""
    at = text.find(value)
    while at >= 0:
        yield at
        at = text.find(value, at + 1)
