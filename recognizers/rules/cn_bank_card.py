"""银行卡 and account numbers: by prefix and Luhn alone, or by the word or column beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import luhn_valid
from recognizers.digits import Number, numbers
from recognizers.labels import Label, denied, evidence_of, label, spoken, word_of

_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(12, 24)
_PREFIX = re.compile(
    r"62|9558|955(?:66|9)|60(?:1[0-9]|3[0-9])|4[0-9]{15}$|5[1-5][0-9]{14}$"
    r"|35(?:2[89]|[3-8][0-9])[0-9]{12}$"
)
"""UnionPay, the first cards of the Chinese banks, Visa, Mastercard, JCB."""
_GROUPS_OF_FOUR = {
    (4, 4, 4, 4),
    (4, 4, 4, 4, 1),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 3),
    (6, 13),
    (6, 10),
}
_GROUPS_OF_FOUR |= {
    (4, 6, 6),
    (6, 6, 4),
    (6, 6, 7),
    (4, 12),
    (4, 15),
    (8, 8),
    (8, 11),
    (6, 4, 4, 5),
}
_AMOUNT = re.compile("[ ]?(?:元|万|亿|美元|吨|米|%|[.][0-9])")
_ORGANISATION = (
    "公司|局|厅|处|院|部|中心|委员会|政府|学校|大学|中学|小学|幼儿园|所|站|协会|学会|基金会|医院"
    "|办公室|管委会|合作社|财政|专户|企业|集团|厂|店|工会|大队|支队|街道|乡|镇|村委会|居委会|联合社"
)
_HOLDER = re.compile(
    r"(?:户[ ]?名|账户名称?|帐户名称?|收款单位|收款人|单位名称|开户名称?|名[ ]?称)"
    r"[: \n]{0,3}([^ ,;:。\n0-9]{2,40})"
)
_ORGANISATION_HOLDER = re.compile(rf"(?:{_ORGANISATION})(?:[(][^)]*[)])?$")
_ORGANISATION_WORDS = re.compile(
    "对公|单位账户|单位账号|基本户|基本账户|一般账户|专用账户|财政专户|国库|保证金|缴款|缴费|捐赠"
    "|捐款|募捐|监管账户|零余额|标书费|投标|履约|学费|收款单位|单位名称|税号|纳税人识别号|信用代码"
)
_PERSON_WORDS = re.compile(
    "个人|工资|一卡通|存折|打卡|借记卡|信用卡|储蓄|身份证|本人|户主|惠农|补贴对象"
)
_CARD_WORDS = (
    "银行卡",
    "信用卡",
    "一卡通",
    "存折",
    "工资卡",
    "储蓄卡",
    "借记卡",
    "社保卡",
    "惠农卡",
)
_WEAK_WORDS = ("转账", "汇款", "汇至", "汇入", "账户", "帐户", "信用卡", "社保卡")
"""These name an account only when it stands right behind them."""
_NEAR = 90


class BankCardRule(ChineseRecognizer):
    """Cards and accounts. Beside a word or in a column for accounts, Luhn is not required."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """The longest reading from each run that is a card or a labelled account."""
        best: Hit | None = None
        for number in numbers(artifacts, _ACCOUNT_LENGTHS):
            if best is not None and number.start >= best.end:
                yield best
                best = None
            if best is not None and number.start > best.start:
                continue
            hit = self._read(artifacts, number)
            if hit is not None and (best is None or hit.score >= best.score):
                best = hit
        if best is not None:
            yield best

    def _read(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        card = _is_card(number.digits)
        given = label(artifacts, number.start)
        if denied(given, "card", "phone", "mobile", "email") or _in_code(artifacts, number):
            return None
        if given is not None and spoken(given, "card"):
            return self._account(artifacts, number, given, card)
        if not card or not _grouped(number):
            return None
        return Hit(number.start, number.end, 0.75, ("checksum_ok", "known_prefix"))

    def _account(
        self, artifacts: ChineseArtifacts, number: Number, given: Label, card: bool
    ) -> Hit | None:
        """A number that a word or a column calls an account or a card."""
        word = word_of(given, "card") or ""
        if not number.digits.strip("0") or not (_grouped(number) or _evenly(number)):
            return None
        if not card and not given.direct and word in _WEAK_WORDS:
            return None
        first = ("checksum_ok", "known_prefix") if card else ("luhn_failed",)
        owner = self._owner(artifacts, number, word)
        evidence = (*first, *evidence_of(given, "card"), owner)
        return Hit(number.start, number.end, 0.97 if card else 0.8, evidence)

    def _owner(self, artifacts: ChineseArtifacts, number: Number, word: str) -> str:
        """Whose account: its holder's name decides, then the words around."""
        before = artifacts.before(number.start, _NEAR)
        after = artifacts.after(number.end, _NEAR)
        row = artifacts.row_text(number.start)
        around = f"{before}\n{after}"
        holder = None
        for match in _HOLDER.finditer(before):
            holder = match.group(1)
        if holder is None:
            match_after = _HOLDER.search(after)
            holder = match_after.group(1) if match_after else None
        if holder is not None:
            found = _ORGANISATION_HOLDER.search(holder)
            return "organisation_account" if found else "personal_account"
        if word in _CARD_WORDS or _PERSON_WORDS.search(before[-30:]):
            return "personal_account"
        text = row or around
        return "organisation_account" if _ORGANISATION_WORDS.search(text) else "personal_account"


def _is_card(digits: str) -> bool:
    if len(digits) not in _CARD_LENGTHS or not _PREFIX.match(digits):
        return False
    return luhn_valid(digits)


def _grouped(number: Number) -> bool:
    """One run, groups as they are embossed, digit by digit, or one line wrap."""
    if len(number.groups) == 1 or number.groups in _GROUPS_OF_FOUR or number.wrapped:
        return True
    if number.spelled:
        return len(set(number.joints)) == 1
    wraps = [joint for joint in number.joints if "\n" in joint]
    return number.groups[:3] == (4, 4, 4) and len(wraps) <= 1


def _evenly(number: Number) -> bool:
    """Accounts are grouped in many ways: spaces or dashes, no more than one line end."""
    wraps = sum("\n" in joint for joint in number.joints)
    return len(number.groups) <= 7 and wraps <= 1


def _in_code(artifacts: ChineseArtifacts, number: Number) -> bool:
    """Whether the digits are part of a longer code or an amount."""
    before = artifacts.before(number.start, 2)
    after = artifacts.after(number.end, 4)
    if _AMOUNT.match(after):
        return True
    if before[-1:].isascii() and (before[-1:].isalpha() or before[-1:] in {"_", "."}):
        return True
    if before[-1:] == "-" and before[:1].isascii() and before[:1].isalnum():
        return True
    if after[:1].isascii() and (after[:1].isalpha() or after[:1] == "_"):
        return True
    return after[:1] == "-" and after[1:2].isascii() and after[1:2].isalnum()
