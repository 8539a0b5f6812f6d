"""Masked card numbers, and how many originals still fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.masked import ANY, MASK, count_cards, masked
from recognizers.patterns import late

_M = re.escape(MASK)
_C = rf"[0-9xX{_M}]"
_NUMBER = late(rf"(?<![0-9A-Za-z{_M}]){_C}(?:[ \-]?\n?{_C}){{11,18}}(?![0-9A-Za-z{_M}])")
_PREFIX = late("62|9558|60|4[0-9]{3}|5[1-5][0-9]{2}")
_LENGTHS = range(16, 20)


class MaskedBankCardRule(ChineseRecognizer):
    """Cards with hidden digits; those drawn too short only beside a word."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Where the prefix of cards is shown, or a word for cards stands beside."""
        for found in masked(artifacts, _NUMBER):
            given = label(artifacts, found.start)
            said = spoken(given, "card")
            if denied(given, "card") or not (said or _PREFIX.match(found.shown)):
                continue
            shown = found.shown.upper()
            if "X" in shown or (len(shown) not in _LENGTHS and not said):
                continue
            if len(shown) in _LENGTHS:
                count = count_cards(shown)
            else:
                visible = len(shown) - shown.count(ANY)
                count = sum(count_cards(ANY * (size - visible)) for size in _LENGTHS)
            evidence = ("masked", *evidence_of(given, "card"))
            yield Hit(found.start, found.end, 0.9, evidence, candidates=count)
