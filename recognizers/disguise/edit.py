"""One rewriting: a stretch of text and the plain characters that it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """``text[start:end]`` says ``plain``.

    ``plain[i]`` is written from ``starts[i]`` up to ``ends[i]``; what lies between is dropped.
    """

    start: int
    end: int
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def moved(self, by: int) -> Edit:
        """The same edit, so many code points on."""
        if not by:
            return self
        return Edit(
            self.start + by,
            self.end + by,
            self.plain,
            tuple(at + by for at in self.starts),
            tuple(at + by for at in self.ends),
        )


def not_overlapping(edits: Iterable[Edit]) -> list[Edit]:
    """The edits by start; of two that overlap the one that begins first."""
    apart: list[Edit] = []
    for edit in sorted(edits):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart
