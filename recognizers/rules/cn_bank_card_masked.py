"""Masked card numbers, and how many originals still fit."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import Label, denied, evidence_of, label, spoken
from recognizers.masks.counts import CARD_SIZES, count_cards
from recognizers.masks.records import Seen, added_up, seen
from recognizers.masks.search import Masked, masked
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_PREFIX = late("62|9558|60|4[0-9]{3}|5[1-5][0-9]{2}")
_SHAPE = late("[0-9*]+")
_FEWEST, _MOST = 8, 40
_ID_SIZE = 18
_SIGNS_ALONE = 2
"""Signs that a number without a word beside it must hide at least."""


class MaskedBankCardRule(ChineseRecognizer):
    """Cards with hidden digits; those drawn too short or too long only beside a word."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Where the prefix of cards is shown, or a word for cards stands beside."""
        numbers: list[Seen] = []
        said = {}
        for found in masked(artifacts, CARD_SIZES):
            given = label(artifacts, found.start)
            if not denied(given, "card") and _is_card(found, given):
                numbers.append(seen(artifacts, found.start, found.end, found.shown))
                said[found.start] = evidence_of(given, "card")
        for alone, whole in added_up(numbers):
            count = _count(alone.shown)
            evidence: tuple[str, ...] = ("masked", *said[alone.start])
            fewer = _count(whole.shown)
            if 0 < fewer < count:
                count, evidence = fewer, (*evidence, "adds_up")
            if count:
                evidence = (f"fits:{count}", *evidence)
                yield Hit(alone.start, alone.end, 0.9, evidence, candidates=count)


def _is_card(found: Masked, given: Label | None) -> bool:
    if not _SHAPE.fullmatch(found.shown):
        return False
    if spoken(given, "card"):
        return _FEWEST <= len(found.shown) <= _MOST
    if len(found.shown) not in CARD_SIZES or found.hidden < _SIGNS_ALONE:
        return False
    if len(found.shown) == _ID_SIZE and _shows_birth(found.shown):
        return False
    return _PREFIX.match(found.shown) is not None


def _shows_birth(shown: str) -> bool:
    """Whether a province and a century of birth stand where ID numbers have them: 42 and 62 begin
    cards as well as numbers of Hubei and Gansu, but hardly any card has 18 digits.
    """
    return shown[:2] in PROVINCES and shown[6:8] in ("19", "20")


def _count(shown: str) -> int:
    """Of a number that was not drawn with the size of a card all sizes count."""
    if len(shown) in CARD_SIZES:
        return count_cards(shown)
    number = Masked(0, len(shown), shown)
    drawn = (number.stretched(size) for size in CARD_SIZES)
    return sum(count_cards(whole) for whole in drawn if whole is not None)
