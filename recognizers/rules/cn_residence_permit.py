"""港澳台居民居住证 and 外国人永久居留身份证 (of 18 digits, and the old one of 15 characters)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import id_valid, plausible_birth
from recognizers.digits import Number, numbers
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, JOINT, said
from recognizers.patterns import late
from recognizers.regions import RESIDENCE_PERMIT_REGIONS

_WORDS = ("永久居留身份证", "永久居留", "居留证", "永居证", "居留身份证")
_OLD = late(rf"{EDGE_LEFT}[A-Za-z](?:{JOINT}[A-Za-z]){{2}}(?:{JOINT}[0-9]){{12}}{EDGE_RIGHT}")
_LAST = late(r"[ \-\n]{0,3}[Xx]")
_WHOLE = {(18,), (17,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3)}
_NEAR = 30


class ResidencePermitRule(ChineseRecognizer):
    """The check is that of ID numbers, so they count without a word; the old ones need one."""

    terms = _WORDS

    @cached_property
    def _today(self) -> date:
        return date.today()

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Numbers of 18 digits, then those of letters and digits beside their words."""
        done = 0
        for number in numbers(artifacts, (17, 18)):
            if number.start < done or number.digits[0] not in "89":
                continue
            hit = self._read(artifacts, number)
            if hit is not None:
                done = hit.end
                yield hit
        for value in said(artifacts, _WORDS, _OLD):
            yield Hit(value.start, value.end, 0.9, ("no_checksum", value.evidence))

    def _read(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        digits, end = number.digits, number.end
        if len(digits) == 17:
            last = _LAST.match(artifacts.view.text, end)
            if last is None:
                return None
            digits, end = digits + "X", last.end()
        text = artifacts.view.text
        around = text[max(0, number.start - 1) : number.start] + text[end : end + 1]
        if any(c.isascii() and (c.isalnum() or c == "_") for c in around):
            return None
        if not plausible_birth(digits[6:14], self._today):
            return None
        if digits[0] == "8":
            return self._compatriot(artifacts, number, digits, end)
        word = self._word(artifacts, number.start)
        given = label(artifacts, number.start)
        if not id_valid(digits) or not (word or spoken(given, "id")):
            return None
        return Hit(number.start, end, 0.997, ("checksum_ok", *(word or evidence_of(given, "id"))))

    def _compatriot(
        self, artifacts: ChineseArtifacts, number: Number, digits: str, end: int
    ) -> Hit | None:
        """A resident from Hong Kong, Macao or Taiwan; a wrong check digit only beside a word."""
        if digits[:6] not in RESIDENCE_PERMIT_REGIONS:
            return None
        given = label(artifacts, number.start)
        checked = id_valid(digits)
        if not checked and (denied(given, "id") or not spoken(given, "id")):
            return None
        if not checked and number.groups not in _WHOLE and not number.wrapped:
            return None
        first = "checksum_ok" if checked else "checksum_wrong"
        evidence = (first, *evidence_of(given, "id"), "residence_permit_number")
        return Hit(number.start, end, 0.99 if checked else 0.6, evidence)

    def _word(self, artifacts: ChineseArtifacts, start: int) -> tuple[str, ...]:
        near = artifacts.before(start, _NEAR) + artifacts.left_cell(start)
        if any(word in near for word in _WORDS):
            return ("context_word:永久居留",)
        header = artifacts.header(start) or ""
        return ("column_header:永久居留",) if any(word in header for word in _WORDS) else ()
