"""Addresses finer than a township: a village's group, a road's number, a building, a room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from recognizers.address_owner import owner
from recognizers.addresses import addresses
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.hamlets import WORDS, hamlets
from recognizers.patterns import late
from recognizers.trace import unseen

_PLACE = late("[一-鿿]{1,6}(?:[省市区县乡镇村屯寨路街巷道组号幢栋室苑园]|小区|社区|花园)")
_SCORES = {"home_address": 0.95, "office_address": 0.8}


class AddressRule(ChineseRecognizer):
    """Addresses. An office's own carries ``office_address``."""

    terms = WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """All addresses of the text by start, then homes without any number."""
        taken: list[tuple[int, int]] = []
        for address in addresses(artifacts):
            taken.append((address.start, address.end))
            evidence = owner(artifacts, address)
            score = next((_SCORES[code] for code in evidence if code in _SCORES), 0.85)
            parts = f"address_parts:{address.parts[-1]}"
            yield Hit(address.start, address.end, score, (*evidence, parts))
        for home in hamlets(artifacts):
            at = bisect_left(taken, (home.end,))
            if not at or taken[at - 1][1] <= home.start:
                evidence = ("home_address", home.evidence, "address_parts:村")
                yield Hit(home.start, home.end, 0.8, evidence)
        unseen("address_coarse", holding=_PLACE)
