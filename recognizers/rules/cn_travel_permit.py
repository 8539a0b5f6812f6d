"""Permits to travel between the mainland, Hong Kong, Macao and Taiwan: only beside a word."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, JOINT, said
from recognizers.patterns import late

_TAIWAN = ("台胞证", "来往大陆通行证", "台湾居民通行证")
_WORDS = (
    "港澳通行证",
    "港澳台通行证",
    "来往内地通行证",
    "港澳居民通行证",
    "回乡证",
    "台湾通行证",
    *_TAIWAN,
)
_D = rf"(?:{JOINT}[0-9])"
_LETTERED = late(
    rf"{EDGE_LEFT}(?:[Cc](?:{JOINT}[0-9A-HJ-NP-Za-hj-np-z]){_D}{{7}}|[HhMm]{_D}{{8}}(?:{_D}{{2}})?"
    rf"|[WwLlTt]{_D}{{8}}){EDGE_RIGHT}"
)
_PLAIN = late(
    rf"{EDGE_LEFT}(?!(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:签发|起|止|至|-|到))"
    rf"[0-9](?:{_D}{{7}}|{_D}{{9}})(?:[(][0-9A-Za-z][)])?{EDGE_RIGHT}"
)
_NUMBER_COLUMN = late("证(?:件|照)?号|号码|编号")


class TravelPermitRule(ChineseRecognizer):
    """港澳通行证, 回乡证, 台胞证 and 往来台湾通行证."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word, under it, or in the row whose cell for the kind of paper holds it."""
        found = {v.start: (v.end, v.evidence) for v in said(artifacts, _WORDS, _LETTERED)}
        for value in said(artifacts, _TAIWAN, _PLAIN):
            if value.direct:
                found.setdefault(value.start, (value.end, value.evidence))
        for word, place in artifacts.scan.occurring(_WORDS):
            for start, end in self._beside(artifacts, place, plain=word in _TAIWAN):
                found.setdefault(start, (end, f"context_word:{word}"))
        for start, (end, evidence) in sorted(found.items()):
            yield Hit(start, end, 0.9, ("no_checksum", evidence))

    def _beside(
        self, artifacts: ChineseArtifacts, place: int, *, plain: bool
    ) -> Iterator[tuple[int, int]]:
        """The number in the column for numbers, where another cell of the row names the paper."""
        text = artifacts.view.text
        for start, end in artifacts.row_cells(place):
            artifacts.check_clock()
            if start <= place < end or start == end:
                continue
            if not _NUMBER_COLUMN.search(artifacts.header(start) or ""):
                continue
            match = _LETTERED.fullmatch(text, start, end)
            if match is None and plain:
                match = _PLAIN.fullmatch(text, start, end)
            if match:
                yield start, end
