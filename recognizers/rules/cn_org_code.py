"""组织机构代码 (GB 11714-1997): beside a word for it and with the right check character."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import org_code_valid
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, said
from recognizers.patterns import late

_WORDS = ("组织机构代码", "机构代码", "组织代码", "单位代码", "法人代码")
_SPACE = r"[ ]?\n?"
_SHAPE = late(
    rf"{EDGE_LEFT}[0-9A-Za-z](?:{_SPACE}[0-9A-Za-z]){{7}}{_SPACE}-?{_SPACE}[0-9Xx]{EDGE_RIGHT}"
)
_SEPARATORS = late(r"[ \-\n]")


class OrgCodeRule(ChineseRecognizer):
    """Eight characters and the check character, mostly with a dash before it."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word or in its column."""
        for value in said(artifacts, _WORDS, _SHAPE):
            code = _SEPARATORS.sub("", artifacts.view.text[value.start : value.end]).upper()
            if org_code_valid(code):
                yield Hit(value.start, value.end, 0.9, ("checksum_ok", value.evidence))
