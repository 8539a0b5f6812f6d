"""Masked ID numbers, and how many originals still fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import Label, denied, evidence_of, label, spoken
from recognizers.masks.counts import ANY, count_ids, count_old_ids
from recognizers.masks.records import Seen, added_up, reductions, seen
from recognizers.masks.search import Masked, masked
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_SIZE, _OLD_SIZE = 18, 15
_SHAPE = late(r"[1-9*][0-9*]{16}[0-9Xx*]")
_OLD_SHAPE = late(r"[1-9*][0-9*]{14}")
_FEWEST, _MOST = 5, 40
"""How many characters a mask draws that was not counted, with what it shows."""
_LEAST_SHOWN = 4


class MaskedIdCardRule(ChineseRecognizer):
    """Counts with what the row or sentence tells, and with other masks of the same person."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """IDs with hidden characters; those not drawn with 18 only beside a word."""
        numbers: list[Seen] = []
        said = {}
        for found in masked(artifacts, (_SIZE,)):
            given = label(artifacts, found.start)
            shown = None if denied(given, "id") else _whole(found, given)
            if shown is not None:
                numbers.append(seen(artifacts, found.start, found.end, shown))
                said[found.start] = evidence_of(given, "id")
        today = date.today()
        for alone, whole in added_up(numbers):
            artifacts.check_clock()
            count, words = _fewest(alone, today)
            evidence: tuple[str, ...] = ("masked", *said[alone.start])
            if whole is not alone:
                fewer, more_words = _fewest(whole, today)
                if 0 < fewer < count:
                    count, words = fewer, more_words
                    evidence += ("adds_up",) if whole.shown != alone.shown else ()
            if count:
                evidence += tuple(f"record_tells:{word}" for word in words)
                yield Hit(
                    alone.start, alone.end, 0.9, (f"fits:{count}", *evidence), candidates=count
                )


def _fewest(number: Seen, today: date) -> tuple[int, tuple[str, ...]]:
    """How many fit, and the words for what of the record was used; 0 when none fits at all."""
    for told, words in reductions(number.record.told):
        if len(number.shown) == _SIZE:
            count = count_ids(number.shown, today, told)
        else:
            count = count_old_ids(number.shown, told)
        if count:
            return count, words
    return 0, ()


def _whole(found: Masked, given: Label | None) -> str | None:
    """What is shown of 18 characters, or of the 15 of an old number; None for anything else."""
    said = spoken(given, "id")
    shown: str | None = found.shown
    if len(found.shown) != _SIZE:
        if not said or found.visible < _LEAST_SHOWN or not _FEWEST <= len(found.shown) <= _MOST:
            return None
        shown = found.stretched(_SIZE)
        if shown is None or not _possible(shown):
            old = found.shown if len(found.shown) == _OLD_SIZE else None
            return old if old and _OLD_SHAPE.fullmatch(old) else None
    if shown is None or not _SHAPE.fullmatch(shown):
        return None
    visible = ANY not in shown[:2] and shown[:2] in PROVINCES
    return shown if visible or said else None


def _possible(shown: str) -> bool:
    """Whether any ID number looks like this."""
    return _SHAPE.fullmatch(shown) is not None and count_ids(shown, date.today()) > 0
