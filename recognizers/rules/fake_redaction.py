"""FAKE_REDACTION: text that somebody covered or blacked out, and that can still be copied."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit

_SHORTEST = 2
"""Letters and digits of a stretch that says something: a box over one stroke hides nothing."""
_CODES = {
    "black_box": "under_black_box",
    "blacked_out": "blacked_out",
    "picture": "under_picture",
}


class FakeRedaction(ChineseRecognizer):
    """Every covered stretch the layout tells of; what stands in it is found by the other rules."""

    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """One hit for each covered stretch with something to read."""
        view = artifacts.view
        for start, end, cover in artifacts.layout.covered():
            first, last = view.position(start), view.position(end)
            text = view.text[first:last]
            if sum(map(str.isalnum, text)) < _SHORTEST:
                continue
            first += len(text) - len(text.lstrip())
            last -= len(text) - len(text.rstrip())
            yield Hit(first, last, 1.0, (_CODES.get(cover or "", "under_box"),))
