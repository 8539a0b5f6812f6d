"""台湾身份证 and 居留证: the check digit is right and a word stands beside."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import tw_id_valid
from recognizers.labels import denied, label, spoken
from recognizers.papers import JOINT
from recognizers.patterns import late

_NUMBER = late(rf"[A-Za-z]{JOINT}[1289A-Da-d](?:{JOINT}[0-9]){{8}}(?![0-9A-Za-z_])")
_BEFORE = late("[0-9A-Za-z_]")
_WORDS = late("台湾|台胞|台籍|身分证|居留证|统一证号")
_NEAR = 40


class TaiwanIdRule(ChineseRecognizer):
    """A letter, 1, 2, 8 or 9 and eight digits; the old residence card has two letters."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Tries every code of letters and digits."""
        text = artifacts.view.text
        done = 0
        for start in self._starts(artifacts):
            artifacts.check_clock()
            if start < done:
                continue
            match = _NUMBER.match(text, start)
            if match is None:
                continue
            number = "".join(c for c in match.group() if c.isalnum()).upper()
            if not tw_id_valid(number):
                continue
            word = self._word(artifacts, start, old=number[1].isalpha())
            if word is not None:
                done = match.end()
                yield Hit(start, done, 0.95, ("checksum_ok", word))

    def _starts(self, artifacts: ChineseArtifacts) -> Iterator[int]:
        """One or two letters that begin a code, before a run of digits."""
        text = artifacts.view.text
        for start, _ in artifacts.scan.codes:
            yield start
        for cluster in artifacts.scan.clusters:
            place = cluster.start
            while place and cluster.start - place < 4 and text[place - 1] in _LEADING:
                place -= 1
            while place < cluster.start and not text[place].isalpha():
                place += 1
            if place < cluster.start and not _BEFORE.match(text[place - 1 : place] or " "):
                yield place

    def _word(self, artifacts: ChineseArtifacts, start: int, *, old: bool) -> str | None:
        given = label(artifacts, start)
        near = artifacts.before(start, _NEAR) + artifacts.left_cell(start)
        found = _WORDS.search(near)
        if found and not denied(given, "id"):
            return f"context_word:{found.group()}"
        header = artifacts.header(start) or ""
        found = _WORDS.search(header)
        if found:
            return f"column_header:{found.group()}"
        if given is not None and given.direct and spoken(given, "id") and not old:
            return f"{given.source}:{given.words['id']}"
        return None


_LEADING = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz \n-")
