"""澳门身份证: has no check digit, so only where a word says so."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, said
from recognizers.patterns import late

_WORDS = ("澳门身份证", "澳门居民身份证", "澳门居民", "澳门永久", "澳门非永久", "澳门籍")
_SPACE = r"[ ]?\n?"
_SHAPE = late(
    rf"{EDGE_LEFT}[157]{_SPACE}[/]?(?:{_SPACE}[0-9]){{6}}{_SPACE}"
    rf"(?:[(/]{_SPACE}[0-9](?:{_SPACE}[)])?|[0-9]{EDGE_RIGHT})"
)


_GLUE = late("(?:(?!电话|手机|人次|传真)[^0-9A-Za-z。;!?]){0,16}")


class MacaoIdRule(ChineseRecognizer):
    """Seven digits that begin with 1, 5 or 7, and one more, mostly in brackets."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word or in its column."""
        for value in said(artifacts, _WORDS, _SHAPE, _GLUE):
            yield Hit(value.start, value.end, 0.9, ("no_checksum", value.evidence))
