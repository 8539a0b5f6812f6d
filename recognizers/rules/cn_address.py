"""Addresses finer than a township: a village's group, a road's number, a building, a room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from recognizers.addresses.columns import parted
from recognizers.addresses.fields import WORDS, Field, fields, within
from recognizers.addresses.owner import owner
from recognizers.addresses.search import Address, addresses
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.patterns import late
from recognizers.trace import unseen

_PLACE = late("[一-鿿]{1,6}(?:[省市区县乡镇村屯寨路街巷道组号幢栋室苑园]|小区|社区|花园)")
_SCORES = {"home_address": 0.95, "office_address": 0.8}


class AddressRule(ChineseRecognizer):
    """Addresses. An office's own carries ``office_address``."""

    terms = WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """All addresses of the text by start, homes without any number, then parted ones."""
        known = fields(artifacts)
        said: set[Field] = set()
        for address, field in _widened(artifacts, known):
            if field is not None:
                said.add(field)
            evidence = owner(artifacts, address)
            score = next((_SCORES[code] for code in evidence if code in _SCORES), 0.85)
            parts = f"address_parts:{address.parts[-1]}"
            yield Hit(address.start, address.end, score, (*evidence, parts))
        for field in known:
            if field.home and field not in said:
                evidence = ("home_address", field.home, "address_parts:村")
                yield Hit(field.start, field.end, 0.8, evidence)
        for cell in parted(artifacts):
            evidence = ("home_address", cell.evidence, f"address_parts:{cell.part}")
            yield Hit(cell.start, cell.end, 0.8, evidence)
        unseen("address_coarse", holding=_PLACE)


def _widened(
    artifacts: ChineseArtifacts, known: list[Field]
) -> Iterator[tuple[Address, Field | None]]:
    """Each address, as wide as the field it stands in lets it be; one field holds one address."""
    starts = [field.start for field in known]
    waiting: tuple[Address, Field | None] | None = None
    for address in addresses(artifacts):
        at = bisect_right(starts, address.end - 1) - 1
        field = known[at] if at >= 0 and address.start < known[at].end else None
        wide = address if field is None else within(artifacts, address, field)
        if waiting is not None and field is not None and waiting[1] == field:
            before = waiting[0]
            if before.end >= wide.start:
                parts = tuple(dict.fromkeys((*before.parts, *wide.parts)))
                waiting = Address(before.start, max(before.end, wide.end), parts), field
                continue
        if waiting is not None:
            yield waiting
        waiting = wide, field
    if waiting is not None:
        yield waiting
