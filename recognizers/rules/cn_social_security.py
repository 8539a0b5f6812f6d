"""社会保障卡号 and numbers of the insured, beside their words. ID numbers stay CN_ID_CARD."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, JOINT, said
from recognizers.patterns import late

_WORDS = (
    "社会保障卡",
    "社会保障号",
    "社会保险号",
    "社会保险编号",
    "社保卡",
    "社保号",
    "社保编号",
    "社保个人编号",
    "医保卡",
    "医保号",
    "医保编号",
    "医疗保险号",
    "个人医保编号",
    "参保号",
    "个人社保号",
)
_C = rf"(?:{JOINT}[0-9])"
_SHAPE = late(
    rf"{EDGE_LEFT}(?:[A-Za-z]{_C}{{7}}(?:{JOINT}[0-9Xx])"
    rf"|(?!1[3-9][0-9]{{9}}(?![0-9]))[0-9]{_C}{{7,13}}){EDGE_RIGHT}"
)
"""Nine characters as printed on the card, or 8 to 14 digits; longer ones are accounts or IDs."""
_GLUE = late(r"(?:[号码编个人账户识别证件为是:()“\"' \n=]|No[.]?){0,12}")


class SocialSecurityRule(ChineseRecognizer):
    """Numbers of social security and medical insurance."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word or in its column."""
        for value in said(artifacts, _WORDS, _SHAPE, _GLUE):
            yield Hit(value.start, value.end, 0.9, ("no_checksum", value.evidence))
