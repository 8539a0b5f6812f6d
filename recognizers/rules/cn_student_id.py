"""学籍号: G, or L for a temporary one, before an ID number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import id_valid, plausible_birth
from recognizers.digits import Number, numbers
from recognizers.regions import PROVINCES, RESIDENCE_PERMIT_REGIONS

_WORD = "学籍"
_NEAR = 20


class StudentIdRule(ChineseRecognizer):
    """The number of 19 characters; the ID number inside is reported by its own rule."""

    @cached_property
    def _today(self) -> date:
        return date.today()

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every ID number with a G or an L right before it."""
        text = artifacts.view.text
        done = 0
        for number in numbers(artifacts, (17, 18)):
            start = _letter(text, number.start)
            if start is None or start < done:
                continue
            hit = self._read(artifacts, number, start)
            if hit is not None:
                done = hit.end
                yield hit

    def _read(self, artifacts: ChineseArtifacts, number: Number, start: int) -> Hit | None:
        text = artifacts.view.text
        digits, end = number.digits, number.end
        if len(digits) == 17:
            if text[end : end + 1] not in {"X", "x"}:
                return None
            digits, end = digits + "X", end + 1
        if text[end : end + 1].isascii() and text[end : end + 1].isalnum():
            return None
        if digits[:2] not in PROVINCES and digits[:6] not in RESIDENCE_PERMIT_REGIONS:
            return None
        if not plausible_birth(digits[6:14], self._today):
            return None
        word = self._word(artifacts, start)
        checked = id_valid(digits)
        if not checked and not word:
            return None
        evidence = ("checksum_ok" if checked else "checksum_wrong", *word)
        return Hit(start, end, 0.99 if checked else 0.7, evidence)

    def _word(self, artifacts: ChineseArtifacts, start: int) -> tuple[str, ...]:
        if _WORD in artifacts.before(start, _NEAR) or _WORD in artifacts.left_cell(start):
            return ("context_word:学籍",)
        return ("column_header:学籍",) if _WORD in (artifacts.header(start) or "") else ()


def _letter(text: str, start: int) -> int | None:
    """Where the G or L before these digits stands, a space or a line end between allowed."""
    place = start - 1
    if place > 0 and text[place] in " \n":
        place -= 1
    if place < 0 or text[place] not in "GLgl":
        return None
    before = text[place - 1 : place] if place else ""
    return None if before.isascii() and before.isalnum() else place
