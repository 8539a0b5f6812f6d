"""QQ号: five to eleven digits right behind the word; groups and official accounts are public."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import said
from recognizers.patterns import late

_WORDS = ("QQ", "qq", "Qq", "Q Q", "扣扣", "企鹅号")
_SHAPE = late(
    r"(?<![0-9A-Za-z_\-.@])(?!1[3-9][0-9]{9}(?![0-9]))"
    r"(?:[1-9](?=[0-9]{0,8}\n[0-9]{1,9}(?:[。,;)]|\n|$))(?=[0-9\n]{5,11}(?![0-9]))"
    r"[0-9]{0,8}\n[0-9]{1,9}|[1-9][0-9]{4,10})"
    r"(?![0-9A-Za-z_@]|[.\-][0-9])"
)
_GLUE = late(
    r"(?:号码?|账号|帐号|联系方式|交流|工作|咨询|客服|群号?"
    r"|[(][一-鿿]{0,4}[)]|[:为是(“\"' \n]){0,8}"
)
_PUBLIC = late("群|官方|公众|客服|咨询|服务|报名|技术支持|工作|投诉|举报|监督")
_NEAR = 8


class QqNumberRule(ChineseRecognizer):
    """Numbers of QQ accounts."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Right behind a word or in its column."""
        text = artifacts.view.text
        for value in said(artifacts, _WORDS, _SHAPE, _GLUE):
            near = artifacts.before(value.start, _NEAR + 8) + (artifacts.header(value.start) or "")
            evidence: tuple[str, ...] = (value.evidence,)
            if _PUBLIC.search(near.rpartition("。")[2]):
                evidence += ("public_account",)
            if text[value.end : value.end + 1] not in {"元", "人", "万", "个"}:
                yield Hit(value.start, value.end, 0.9, evidence)
