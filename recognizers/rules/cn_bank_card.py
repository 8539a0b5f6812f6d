"""银行卡 and account numbers: by prefix and Luhn alone, or by the word or column beside them."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.accounts import account_owner
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import luhn_valid
from recognizers.digits import Number, numbers
from recognizers.labels import Label, denied, evidence_of, label, spoken, word_of
from recognizers.patterns import late

_CARD_LENGTHS = range(16, 20)
_ACCOUNT_LENGTHS = range(12, 24)
_PREFIX = late(
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
_AMOUNT = late("[ ]?(?:元|万|亿|美元|吨|米|%|[.][0-9])")
_BANK = late("(?:银行|信用社|支行|分行|营业部|分理处|储蓄所)[:, (]{0,2}$")
_HELD_BY = late("([账帐]户|户名)(?:信息)?:[ ]?[一-鿿()]{2,30}[,; ]{1,2}$")
"""Who holds the account stands between the word and the number."""
_WEAK_WORDS = ("专户", "转账", "汇款", "汇至", "汇入", "账户", "帐户", "信用卡", "社保卡")
"""These name an account only when it stands right behind them."""


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
        held = _HELD_BY.search(artifacts.before(number.start, 44))
        if held and len(number.groups) == 1:
            given = Label({"card": held[1]}, "context_word", True)
        if given is not None and spoken(given, "card"):
            return self._account(artifacts, number, given, card)
        behind_bank = _BANK.search(artifacts.before(number.start, 12)) is not None
        if behind_bank and not card and len(number.groups) == 1:
            given = Label({"card": "银行"}, "context_word", True)
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
        owner = account_owner(artifacts, number.start, number.end, word, card=card)
        evidence = (*first, *evidence_of(given, "card"), owner)
        return Hit(number.start, number.end, 0.97 if card else 0.8, evidence)


def _is_card(digits: str) -> bool:
    if len(digits) not in _CARD_LENGTHS or not _PREFIX.match(digits):
        return False
    return luhn_valid(digits)


def _grouped(number: Number) -> bool:
    """One run, groups as they are embossed, digit by digit, or one line wrap."""
    if len(number.groups) == 1 or number.groups in _GROUPS_OF_FOUR or number.wrapped:
        return True
    if number.spelled or number.unwrapped in _GROUPS_OF_FOUR:
        return True
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
