"""香港身份证: the check character in its brackets proves it; without brackets a word is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import hk_id_valid
from recognizers.labels import denied, label
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT
from recognizers.patterns import late

_SPACE = r"[ ]?\n?"
_NUMBER = late(
    rf"(?P<letters>[A-Za-z]{{1,2}}){_SPACE}(?P<digits>[0-9]{{3}}{_SPACE}[0-9]{{3}}){_SPACE}"
    rf"(?:[(\[]{_SPACE}(?P<bracket>[0-9Aa]){_SPACE}[)\]]|(?P<bare>[0-9Aa]){EDGE_RIGHT})"
)
_START = late(rf"{EDGE_LEFT}[A-Za-z]{{1,2}}{_SPACE}$")
_RUN = late(r"[A-Za-z][ \n]?([0-9]{3}|[0-9]{6,7})(?![0-9])")
"""Digits of a length that fits behind a letter."""
_WORDS = late("香港|港澳|港籍|HKID|身份证|证件号")
_HONG_KONG = late("香港|港籍|HKID")
_NEAR = 30


class HongKongIdRule(ChineseRecognizer):
    """A letter or two, six digits and the check character."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Tries every run of three or six digits behind a letter."""
        text = artifacts.view.text
        done = 0
        for run in _RUN.finditer(text):
            artifacts.check_clock()
            begin, end = run.span(1)
            head = _START.search(text, max(0, begin - 5), begin)
            if head is None or head.start() < done:
                continue
            match = _NUMBER.match(text, head.start())
            if match is None:
                continue
            hit = self._judge(artifacts, match)
            if hit is not None:
                done = max(hit.end, end)
                yield hit

    def _judge(self, artifacts: ChineseArtifacts, match: re.Match[str]) -> Hit | None:
        digits = "".join(c for c in match["digits"] if c.isdigit())
        check = (match["bracket"] or match["bare"]).upper()
        start = match.start()
        given = label(artifacts, start)
        if not hk_id_valid(match["letters"].upper(), digits, check):
            return None
        if denied(given, "id"):
            return None
        near = artifacts.before(start, _NEAR) + artifacts.left_cell(start)
        near += artifacts.header(start) or ""
        word = _WORDS.search(near)
        if word is None and match["bracket"] is None:
            return None
        if match["bracket"] is None and not _HONG_KONG.search(near) and len(match["letters"]) > 1:
            return None
        evidence = ("checksum_ok",) + ((f"context_word:{word.group()}",) if word else ())
        return Hit(start, match.end(), 0.97 if word else 0.85, evidence)
