"""Masked mobile numbers, and how many originals still fit."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import Label, denied, evidence_of, label, spoken
from recognizers.masks.counts import count_mobiles
from recognizers.masks.records import Seen, added_up, seen
from recognizers.masks.search import Masked, masked
from recognizers.patterns import late

_SIZE = 11
_SHOWN = late(r"1[3-9*][0-9*]{9}")
_FEWEST, _MOST = 5, 24
_LEAST_SHOWN = 4
_SIGNS_ALONE = 2
"""Signs that a number without a word beside it must hide: 15000×12000 is a size."""


class MaskedMobileRule(ChineseRecognizer):
    """Mobile numbers with hidden digits; those not drawn with eleven only beside a word."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Eleven characters that begin with 1."""
        numbers: list[Seen] = []
        said = {}
        for found in masked(artifacts, (_SIZE,)):
            given = label(artifacts, found.start)
            shown = None if denied(given, "mobile", "phone", "chat") else _whole(found, given)
            if shown is not None:
                numbers.append(seen(artifacts, found.start, found.end, shown))
                said[found.start] = evidence_of(given, "mobile", "phone")
        for alone, whole in added_up(numbers):
            count = count_mobiles(alone.shown)
            evidence: tuple[str, ...] = ("masked", *said[alone.start])
            fewer = count_mobiles(whole.shown)
            if fewer < count:
                count, evidence = fewer, (*evidence, "adds_up")
            evidence = (f"fits:{count}", *evidence)
            yield Hit(alone.start, alone.end, 0.9, evidence, candidates=count)


def _whole(found: Masked, given: Label | None) -> str | None:
    """What is shown of eleven digits; None for anything but a mobile number."""
    said = spoken(given, "mobile", "phone")
    shown: str | None = found.shown
    if len(found.shown) != _SIZE:
        if not said or found.visible < _LEAST_SHOWN or not _FEWEST <= len(found.shown) <= _MOST:
            return None
        shown = found.stretched(_SIZE)
    elif not said and found.hidden < _SIGNS_ALONE:
        return None
    if said and shown is not None and shown[0] == "*":
        shown = "1" + shown[1:]  # hides nothing: all of them begin so
    return shown if shown is not None and _SHOWN.fullmatch(shown) else None
