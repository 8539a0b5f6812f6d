"""Whose account a number is: an organisation's, which may be published, or a person's."""

from __future__ import annotations

import re

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK

ORGANISATION = "organisation_account"
PERSON = "personal_account"

_NEAR = 120
_ORGANISATION = (
    "(?:公司|局|厅|处|院|部|中心|委员会|政府|学校|大学|学院|中学|小学|幼儿园|所|站|协会|学会|基金会"
    "|医院|办公室|管委会|合作社|财政|专户|企业|集团|厂|店|工会|大队|支队|街道|乡|镇|村委会|居委会"
    "|联合社|商会|联社|银行|联合会|红十字会|总会|慈善会|档案馆|图书馆|党校)"
)
_HOLDER = late(
    r"(?:户[ ]{0,4}名|账[ ]{0,4}户[ ]{0,4}名[ ]{0,4}称?|帐户名称?|收款单位|收款人|收款方|单位名称"
    r"|开户名称?|(?<![目品物务程件书])名[ ]{0,4}称"
    r"|(?:甲方|乙方|卖方|供方|供应商|中标人|成交人|承包人)(?:[(][^()\n]{1,12}[)])?(?=[:]))"
    rf"(?:全称)?[:\n {BREAK}]{{0,4}}([^ ,;:。\n{BREAK}0-9]{{2,40}}"
    r"(?:\n(?![^\n,;。]{0,12}:)[一-鿿()]{1,16})?)"
)
"""The holder behind a label; a name may go on behind a line end, the next label may not."""
_OF_A_PARTY = late(
    "(甲方|乙方|丙方|出让方|受让方|转出方|转入方|转让方|出租方|承租方|出借人|借款人|卖方|买方|供方|需方|发包人|承包人)"
    "(?:指定|的|收款|银行){0,3}[账帐卡][户号][:为 ]{0,3}$"
)
_PARTY_NAMED = r"(?:[(][^()\n]{0,12}[)])?:[ ]*([^ ,;:。\n\x1e0-9]{2,40})"
_PARTY_REACH = 4_000
"""Code points before an account of 甲方 in which the contract says who that is."""
_NO_HOLDER = late("开户|账号|帐号|卡号|银行$|户名|金额|电话|身份证|备注")
_ENDS_AS_ORGANISATION = late(rf"{_ORGANISATION}(?:[(][^)]*[)])?$")
_ORGANISATION_WORDS = late(
    "对公|没收|违法所得|加处罚|罚没|罚款|报名费|缴至|缴入|收费|服务费|专户|工资保证金|单位账户|单位账号|基本户|基本账户|一般账户|专用账户|财政专户|国库|保证金|缴款|缴费|捐赠"
    "|捐款|募捐|监管账户|零余额|标书费|投标|履约|学费|收款单位|单位名称|税号|纳税人识别号|信用代码"
    "|销方|购方|销售方|购买方|开票"
)
_OF_A_UNIT = late("对公|单位账|单位帐|专户|基本户|基本账户|公司账|企业账|公户")
_UNIT_COLUMN = late("(?:单位|企业|公司|机构|对公|学校|合作社)[一-鿿()]{0,4}(?:账|帐|开户|银行)")
_UNIT_BETWEEN = late(rf"[:][ ]?[一-鿿()]{{2,30}}{_ORGANISATION}(?:[(][^)]*[)])?[,; ]{{1,2}}$")
"""What is called by 账户 stands between the word and the number: 账户：某村合作社，2015…."""
_LABELLED_LINE = late(
    r"[ ]*[一-鿿 ]{2,12}:[^\n]{0,60}|[ ]*[一-鿿 (]{2,16}(?:信息|账户|帐户|如下)[)]?:?[ ]*"
)
_MOST_LINES = 4
_COLLECTS = late(
    "(?:保证金|罚没款?|罚款|收费|服务费|报名费|考务费|学费|收取|缴款|缴费|捐款|税款|单位收款|指定收款)"
    "[一-鿿]{0,4}[:为]?$"
    "|(?:保证金|押金|罚没款?|罚款|服务费|报名费|考务费|学费|捐款|税款|工本费|标书费|物业费|水费|电费)"
    "(?:请|应|须|统一)?(?:缴|交|汇|存|打|转)[至入到款]{1,2}[一-鿿]{2,24}$"
)
_PERSON_WORDS = late(
    "个人|工资|一卡通|存折|借记卡|信用卡|储蓄(?!银行|所)|身份证|本人|户主|惠农|补贴对象|姓名|农户"
)
_CARDS = ("银行卡", "信用卡", "一卡通", "存折", "工资卡", "储蓄卡", "借记卡", "社保卡", "惠农卡")
_PERSONAL_COLUMNS = late("姓名|户主|身份证|证件号|申请人|受益人|农户|学生|家庭|年龄|性别")
_HOLDER_COLUMNS = late(
    "^户名|账户名|帐户名|收款单位|收款人|收款方|单位名称|企业名称|公司名称|供应商|学校名称|机构名称"
    "|^单位$|^名称$|^企业$|^公司$|^学校$"
)


def account_owner(
    artifacts: ChineseArtifacts, start: int, end: int, word: str, *, card: bool = False
) -> str:
    """``organisation_account`` or ``personal_account`` for the account at this place.

    ``word`` is what calls it an account; ``card``: it has a card's prefix and check digit, which
    accounts of organisations hardly have. The holder's name decides, then the columns of the table,
    then the words around. Where nothing tells, it is a person's: the careful side.
    """
    headers = artifacts.row_headers(start)
    if headers:
        return _by_columns(artifacts, start, headers)
    before, after = _around(artifacts, start, end, lines=headers is None)
    holder = _party(artifacts, start) or _holder(before, after)
    if holder is not None:
        return ORGANISATION if _ENDS_AS_ORGANISATION.search(holder) else PERSON
    if _UNIT_BETWEEN.search(before[-48:]):
        return ORGANISATION
    words = _OF_A_UNIT.search(before[-30:]) if card else _by_words(before, after, word)
    return ORGANISATION if words else PERSON


def _by_words(before: str, after: str, word: str) -> bool:
    """Whether the words around an account that may be anybody's tell of an organisation."""
    if _COLLECTS.search(before[-40:]):
        return True
    if any(card in word for card in _CARDS) or _PERSON_WORDS.search(before[-30:]):
        return False
    return _ORGANISATION_WORDS.search(f"{before}\n{after}") is not None


def _by_columns(artifacts: ChineseArtifacts, start: int, headers: str) -> str:
    """Whose account a cell holds: by its own header, the other columns, the holder beside it."""
    if _UNIT_COLUMN.search(artifacts.header(start) or ""):
        return ORGANISATION
    if _PERSONAL_COLUMNS.search(headers):
        return PERSON
    holder = artifacts.row_cell(start, _HOLDER_COLUMNS)
    return ORGANISATION if holder and _ENDS_AS_ORGANISATION.search(holder) else PERSON


def _around(artifacts: ChineseArtifacts, start: int, end: int, *, lines: bool) -> tuple[str, str]:
    """What stands before and behind.

    In running text (``lines``) another paragraph is another matter, unless the number stands in one
    of several lines that each begin with a label.
    """
    text = artifacts.view.text
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if not lines:
        return before, after
    *above, own = before.split(BREAK)
    first, *below = after.split(BREAK)
    if own.strip() and _LABELLED_LINE.fullmatch(own):
        above = _labelled(above[::-1])[::-1]
        below = _labelled(below)
        return "\n".join((*above, own)), "\n".join((first, *below))
    return own, first


def _labelled(paragraphs: list[str]) -> list[str]:
    """The paragraphs from the first on that are lines with a label."""
    kept: list[str] = []
    for paragraph in filter(str.strip, paragraphs[:_MOST_LINES]):
        if not _LABELLED_LINE.fullmatch(paragraph):
            break
        kept.append(paragraph)
    return kept


def _party(artifacts: ChineseArtifacts, start: int) -> str | None:
    """Who the contract says 甲方 is, where the number is called 甲方账户."""
    text = artifacts.view.text
    called = _OF_A_PARTY.search(text, max(0, start - 24), start)
    if called is None:
        return None
    named = re.findall(called[1] + _PARTY_NAMED, text[max(0, start - _PARTY_REACH) : start])
    return str(named[-1]) if named else None


def _holder(before: str, after: str) -> str | None:
    """The name behind 户名 or the like: the last one before the number, else the first after it."""
    names = [name for name in _HOLDER.findall(before) if not _NO_HOLDER.search(name)]
    if names:
        return str(names[-1])
    behind = (found for found in _HOLDER.finditer(after) if "人" not in found.group()[:3])
    names = [found[1] for found in behind if not _NO_HOLDER.search(found[1])]
    return str(names[0]) if names else None
