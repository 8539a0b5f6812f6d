"""护照: only where a word or a column says so, for models and parts are numbered alike."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import label, spoken
from recognizers.patterns import late

_WORDS = ("护照", "Passport", "PASSPORT", "passport")
_PAPERS = ("证件",)
"""Behind these only a passport of China counts: 证件 is any paper."""
_WIDTH = 40
_CHINESE = late(
    r"(?<![0-9A-Za-z])(?:[Ee][A-HJ-NP-Za-hj-np-z][ ]?(?:\n?[0-9]){7}|[EeGg][ ]?(?:\n?[0-9]){8}"
    r"|[DdSsPp][Ee]?[ ]?(?:\n?[0-9]){7,8}|1[45][0-9]{7})(?![0-9A-Za-z])"
)
_BEFORE_WORD = late(rf"({_CHINESE.pattern})[ ]?[号的(]{{0,2}}(?:中国|普通|公务|外交)?$")
"""E12345678号护照, E12345678(护照)"""
_FOREIGN = late(r"(?<![0-9A-Za-z])(?:[A-Za-z]{1,2}[0-9]{6,8}[A-Za-z]?|[0-9]{8,9})(?![0-9A-Za-z])")
_SPREAD = late(r"[EeGgDdSsPp][ \n\-.*_·]{0,2}(?:[0-9Il|O][ \n\-.*_·]{0,2}){7}[0-9](?![0-9A-Za-z])")
"""Right behind a word for passports: with signs between, and letters that look like digits."""
_BETWEEN = late(r"[号码证件本No.为是:() ]*")


class PassportRule(ChineseRecognizer):
    """Passports of China behind a word nearby, others right behind it or in its column."""

    terms = _WORDS + _PAPERS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks behind every word for a passport, and in every column headed with one."""
        yield from self._behind_words(artifacts)
        if self._has_column(artifacts):
            yield from self._in_columns(artifacts)

    def _behind_words(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        done = 0
        words = [(p + len(w), w) for w, p in artifacts.scan.occurring(self.terms)]
        for place, word in sorted(words):
            artifacts.check_clock()
            window = artifacts.after(place, _WIDTH)
            for match in _CHINESE.finditer(window):
                start, end = place + match.start(), place + match.end()
                given = label(artifacts, start)
                if start >= done and spoken(given, "passport", "id"):
                    done = end
                    yield Hit(start, end, 0.9, ("no_checksum", f"context_word:{word}"))
            for match in _BEFORE_WORD.finditer(artifacts.before(place - len(word), _WIDTH)):
                start = place - len(word) - len(match.string) + match.start()
                if word in _WORDS and start >= done:
                    yield Hit(
                        start, start + len(match[1]), 0.8, ("no_checksum", "context_word:护照")
                    )
            for pattern in (_FOREIGN, _SPREAD) if word in _WORDS else ():
                found = pattern.search(window)
                if found is None or place + found.start() < done:
                    continue
                if _BETWEEN.fullmatch(window, 0, found.start()):
                    done = place + found.end()
                    evidence = ("no_checksum", f"context_word:{word}")
                    yield Hit(place + found.start(), done, 0.7, evidence)

    def _has_column(self, artifacts: ChineseArtifacts) -> bool:
        """Whether a word for passports stands anywhere: a column's header is part of the text."""
        return artifacts.scan.any_term(_WORDS)

    def _in_columns(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        starts = [start for start, _ in artifacts.scan.codes]
        starts.extend(cluster.start for cluster in artifacts.scan.clusters)
        text = artifacts.view.text
        for start in sorted(starts):
            artifacts.check_clock()
            said = (artifacts.header(start) or "") + artifacts.left_cell(start)
            if not any(word in said for word in _WORDS):
                continue
            match = _CHINESE.match(text, start) or _FOREIGN.match(text, start)
            if match:
                yield Hit(start, match.end(), 0.9, ("no_checksum", "column_header:护照"))
