"""A line of text that may be a row of a table, and its fields."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a stretch: its place in the text and its fields, also in the text's offsets."""

    start: int
    end: int
    stretch: int
    style: str
    fields: tuple[Span, ...]

    def words(self, text: str) -> list[str]:
        """The texts of the fields."""
        return [text[start:end] for start, end in self.fields]
