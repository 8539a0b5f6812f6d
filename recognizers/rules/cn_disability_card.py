"""残疾人证: an ID number, then the kind (1-7) and the degree (1-4), re-issued B and a digit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import id_valid, plausible_birth
from recognizers.digits import Number, numbers
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_WORD = late("残疾|残联|残证")
_NEAR = 30
_REISSUED = late(r"(?:[Bb][0-9])?(?![0-9A-Za-z]|[.][0-9])")
_AFTER_X = late(r"[Xx][ ]?\n?(?P<tail>[1-7][1-4])(?:[Bb][0-9])?(?![0-9A-Za-z]|[.][0-9])")
_TAIL = late("[1-7][1-4]")


class DisabilityCardRule(ChineseRecognizer):
    """The number of 20 characters; the ID number inside is reported by its own rule."""

    @cached_property
    def _today(self) -> date:
        return date.today()

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Numbers of 20 digits, and of 17 with an X and two digits behind."""
        done = 0
        for number in numbers(artifacts, (17, 20)):
            if number.start < done:
                continue
            hit = self._read(artifacts, number)
            if hit is not None:
                done = hit.end
                yield hit

    def _read(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        text = artifacts.view.text
        if len(number.digits) == 20:
            inner, tail = number.digits[:18], number.digits[18:]
            last = _REISSUED.match(text, number.end)
        else:
            last = _AFTER_X.match(text, number.end)
            inner, tail = number.digits + "X", last["tail"] if last else ""
        if last is None or not _TAIL.fullmatch(tail) or inner[:2] not in PROVINCES:
            return None
        before = text[number.start - 1 : number.start] if number.start else ""
        if before.isascii() and before.isalnum():
            return None
        if not plausible_birth(inner[6:14], self._today):
            return None
        word = self._word(artifacts, number.start)
        checked = id_valid(inner)
        whole = len(number.groups) == 1 or number.wrapped
        if not word and not (checked and whole):
            return None
        evidence = ("checksum_ok",) if checked else ("checksum_wrong",)
        return Hit(number.start, last.end(), 0.99 if checked else 0.7, (*evidence, *word))

    def _word(self, artifacts: ChineseArtifacts, start: int) -> tuple[str, ...]:
        if _WORD.search(artifacts.before(start, _NEAR) + artifacts.left_cell(start)):
            return ("context_word:残疾",)
        header = artifacts.header(start)
        return ("column_header:残疾",) if header and _WORD.search(header) else ()
