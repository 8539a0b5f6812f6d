"""The closed list of evidence: why a rule believes what it says, for policies and for people.

A rule gives codes, some with an argument behind a colon (``context_word:电话``). The argument is a
word of the rule's own lists, never text of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, for a person. ``{argument}`` stands for what follows the colon."""

    zh: str
    en: str


_NUMBERS = {
    "checksum_ok": Explanation("校验位正确", "the check digit is right"),
    "checksum_wrong": Explanation(
        "校验位不符，可能是录入有误的真实号码",
        "the check digit is wrong: maybe a real number with a typing error",
    ),
    "no_checksum": Explanation("此类号码无校验位", "numbers of this kind have no check digit"),
    "known_prefix": Explanation("号段已知", "the number begins as such numbers do"),
    "column_header": Explanation("所在列的表头是“{argument}”", "the column is headed {argument}"),
    "context_word": Explanation("旁边有“{argument}”", "{argument} stands beside it"),
    "name_beside": Explanation("旁边有人名", "a name stands beside it"),
    "old_15_digits": Explanation("15位旧身份证号", "an ID number of the old kind with 15 digits"),
    "inner_number": Explanation(
        "包含在更长的证件号码中（{argument}）", "part of a longer number ({argument})"
    ),
    "stored_as_number": Explanation(
        "被电子表格当作数字保存，末几位可能已丢失",
        "stored as a number by a spreadsheet: its last digits may be lost",
    ),
    "ocr_letter": Explanation("末位X被识别成了形近字符", "its X was read as a similar character"),
    "residence_permit_number": Explanation(
        "港澳台居民居住证号码", "the number of a residence permit of Hong Kong, Macao or Taiwan"
    ),
}
_OWNERS = {
    "office_contact": Explanation(
        "看来是单位对外公布的联系方式", "seems to be the contact an office gives to the public"
    ),
    "office_line": Explanation("单位办公电话", "an office's line"),
    "public_line": Explanation("公共服务号码", "a public service number"),
    "home_line": Explanation("住宅或私人电话", "a home's or private person's line"),
    "private_contact": Explanation("个人联系方式", "the contact of a private person"),
    "organisation_account": Explanation("单位账户", "an organisation's account"),
    "personal_account": Explanation("个人账户", "a person's account"),
    "gov_mailbox": Explanation("政府邮箱", "a mailbox of a government domain"),
    "office_mailbox": Explanation("单位公务邮箱", "an office's mailbox"),
    "private_mailbox": Explanation("个人邮箱", "a private mailbox"),
    "sole_trader": Explanation(
        "个体工商户（对应到个人）", "a sole trader: the code stands for one person"
    ),
    "official_vehicle": Explanation("公务车辆", "an official vehicle"),
    "special_plate": Explanation(
        "专用号牌（{argument}）", "a plate of a special kind ({argument})"
    ),
}

EVIDENCE: Mapping[str, Explanation] = {**_NUMBERS, **_OWNERS}


def check(code: str) -> str:
    """The code itself. Raises ValueError when it is not on the list."""
    if code.partition(":")[0] not in EVIDENCE:
        raise ValueError("an evidence code that is not on the list")
    return code


@lru_cache(maxsize=1024)
def explain(code: str, language: str = "zh") -> str:
    """A code in words. ``language`` is ``zh`` or ``en``. Raises KeyError for an unknown code."""
    name, _, argument = code.partition(":")
    explanation = EVIDENCE[name]
    template = explanation.zh if language == "zh" else explanation.en
    return template.replace("{argument}", argument)
