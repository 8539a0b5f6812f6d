"""MAC addresses: six pairs of hexadecimal digits, or three groups of four beside a word."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, said
from recognizers.patterns import late

_WORDS = ("MAC", "Mac", "mac", "物理地址", "硬件地址")
_SIX = late(r"[0-9A-Fa-f]{2}(?P<joint>[:\-])(?:[0-9A-Fa-f]{2}(?P=joint)){4}[0-9A-Fa-f]{2}")
_JOINED = late(r"[0-9A-Fa-f:\-]")
_THREE = late(
    rf"{EDGE_LEFT}(?:[0-9A-Fa-f]{{4}}[.\-][0-9A-Fa-f]{{4}}[.\-][0-9A-Fa-f]{{4}}"
    rf"|(?=[0-9A-Fa-f]*[0-9])[0-9A-Fa-f]{{12}}|[0-9A-Fa-f]{{2}}(?:[:\-][0-9A-Fa-f]{{2}}){{5}}){EDGE_RIGHT}"
)
_FEWEST_KINDS = 4


class MacAddressRule(ChineseRecognizer):
    """Addresses of network cards."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Beside a word; and six pairs, with a letter in them, wherever they stand."""
        done = set()
        for value in said(artifacts, _WORDS, _THREE):
            done.add(value.start)
            yield Hit(value.start, value.end, 0.95, (value.evidence,))
        text = artifacts.view.text
        for place in self._places(artifacts):
            artifacts.check_clock()
            start = place - 2
            match = _SIX.match(text, start) if start >= 0 else None
            if match is None or start in done:
                continue
            around = text[max(0, start - 1) : start] + text[match.end() : match.end() + 1]
            if any(_JOINED.match(c) or (c.isascii() and c.isalnum()) for c in around):
                continue
            pairs = match.group().lower()
            if any(c in "abcdef" for c in pairs) and len(set(pairs)) >= _FEWEST_KINDS:
                yield Hit(start, match.end(), 0.9, ("address_shape",))

    def _places(self, artifacts: ChineseArtifacts) -> list[int]:
        """The first of five joints that each stand three further."""
        text, codes = artifacts.view.text, artifacts.view.codes
        found: list[int] = []
        for joint in ":-":
            if text.count(joint) >= 5:
                at = np.flatnonzero(codes == ord(joint))
                first = at[:-4][at[4:] - at[:-4] == 12]
                found.extend(first.tolist())
        return sorted(found)
