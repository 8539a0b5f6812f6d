"""Masked mobile numbers, and how many originals still fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import denied, evidence_of, label
from recognizers.masked import MASK, count_mobiles, masked
from recognizers.patterns import late

_M = re.escape(MASK)
_C = rf"[0-9xX{_M}]"
_NUMBER = late(rf"(?<![0-9A-Za-z{_M}])1(?:[ \-]?\n?{_C}){{10}}(?![0-9A-Za-z{_M}])")
_SHOWN = late(r"1[3-9*][0-9*]{9}")


class MaskedMobileRule(ChineseRecognizer):
    """Mobile numbers with hidden digits."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Eleven characters that begin with 1."""
        for found in masked(artifacts, _NUMBER):
            given = label(artifacts, found.start)
            if not _SHOWN.fullmatch(found.shown) or denied(given, "mobile", "phone", "chat"):
                continue
            evidence = ("masked", *evidence_of(given, "mobile", "phone"))
            count = count_mobiles(found.shown)
            yield Hit(found.start, found.end, 0.9, evidence, candidates=count)
