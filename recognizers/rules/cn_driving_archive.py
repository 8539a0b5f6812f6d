"""驾驶证档案编号: twelve digits behind 档案编号 where driving is the subject."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, JOINT, said
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_WORDS = ("档案编号", "档案号", "驾驶证编号", "驾驶证档案")
_SHAPE = late(rf"{EDGE_LEFT}[0-9](?:{JOINT}[0-9]){{11}}{EDGE_RIGHT}")
_DRIVING = late("驾驶|驾照|驾证|准驾车型|驾管")
_ABOVE, _NEAR = 600, 80
"""A list names its subject once, over many lines."""


class DrivingArchiveRule(ChineseRecognizer):
    """Numbers of the files that the traffic police keep on drivers."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word or in its column, when driving is spoken of nearby."""
        for value in said(artifacts, _WORDS, _SHAPE):
            digits = "".join(c for c in artifacts.view.text[value.start : value.end] if c.isdigit())
            if digits[:2] not in PROVINCES or not self._driving(artifacts, value.start, value.end):
                continue
            yield Hit(value.start, value.end, 0.85, ("no_checksum", value.evidence))

    def _driving(self, artifacts: ChineseArtifacts, start: int, end: int) -> bool:
        near = artifacts.view.text[max(0, start - _ABOVE) : end + _NEAR]
        near += (artifacts.row_headers(start) or "") + artifacts.row_text(start)
        return _DRIVING.search(near) is not None
