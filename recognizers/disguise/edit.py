"""One rewriting: a stretch of text and the plain characters that it stands for."""

from __future__ import annotations

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
