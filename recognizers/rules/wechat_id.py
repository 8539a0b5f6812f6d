"""微信号: a letter, then letters, digits, _ and -; official accounts and groups are public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import said
from recognizers.patterns import late

_PUBLIC_WORDS = ("公众号", "订阅号", "视频号", "服务号", "公众平台")
_WORDS = ("微信", "WeChat", "Wechat", "wechat", "WECHAT", "wx", "WX", "vx", "VX", *_PUBLIC_WORDS)
_SHAPE = late(
    r"(?<![0-9A-Za-z_@./\-])(?!https?|www[.]|[Ww]e[Cc]hat)[A-Za-z][0-9A-Za-z_\-]{5,19}(?![0-9A-Za-z_@./\-])"
)
_GLUE = late(
    r"(?:号码?|账号|帐号|ID|id|联系|联系方式|添加|[加搜]|官方|公众|平台|群|[(][一-鿿]{0,4}[)]"
    r"|[:为是()“\"' \n]){0,8}"
)
_SAYS = late("[:为是号(“]|ID")
_PUBLIC = late("公众|官方|客服|订阅|视频号|服务号|小程序|平台|群|咨询|工作|企业微信")
_NO_ID = late(
    "(?:wechat|weixin|android|iphone|windows|harmony|mobile|public|official|account).{0,4}",
    re.IGNORECASE,
)
_NEAR = 18


class WechatIdRule(ChineseRecognizer):
    """WeChat ids that are no phone numbers (those are found as phones)."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Behind a word or in its column."""
        text = artifacts.view.text
        for value in said(artifacts, _WORDS, _SHAPE, _GLUE):
            written = text[value.start : value.end]
            if _NO_ID.fullmatch(written):
                continue
            between = artifacts.before(value.start, 6)
            if between[-1:].isascii() and between[-1:].isalnum():
                continue
            column = value.evidence.startswith("column_header") or not between
            marked = any(c.isdigit() or c == "_" for c in written)
            if not (column or marked or _SAYS.search(between)):
                continue
            near = artifacts.before(value.start, _NEAR) + (artifacts.header(value.start) or "")
            near += value.evidence
            evidence: tuple[str, ...] = (value.evidence,)
            if _PUBLIC.search(near.rpartition("。")[2]):
                evidence += ("public_account",)
            yield Hit(value.start, value.end, 0.9, evidence)
