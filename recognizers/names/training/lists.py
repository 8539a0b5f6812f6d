"""The words of ``words.txt``, in the order of the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return found


def words(section: str) -> list[str]:
    """The words of one section."""
    return _sections()[section]
