"""Whose account a number is: an organisation's, which may be published, or a person's."""

from __future__ import annotations

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late
from recognizers.view import BREAK

ORGANISATION = "organisation_account"
PERSON = "personal_account"

_NEAR = 120
_ORGANISATION = (
    "(?:公司|局|厅|处|院|部|中心|委员会|政府|学校|大学|学院|中学|小学|幼儿园|所|站|协会|学会|基金会"
    "|医院|办公室|管委会|合作社|财政|专户|企业|集团|厂|店|工会|大队|支队|街道|乡|镇|村委会|居委会"
    "|联合社|商会|联社|银行)"
)
_HOLDER = late(
    r"(?:户[ ]?名|账户名称?|帐户名称?|收款单位|收款人|单位名称|开户名称?|名[ ]?称)(?:全称)?"
    r"[:\n \x1e]{0,4}([^ ,;:。\n\x1e0-9]{2,40})"
)
_NO_HOLDER = late("开户|账号|帐号|卡号|银行$|户名|金额|电话|身份证|备注")
_ENDS_AS_ORGANISATION = late(rf"{_ORGANISATION}(?:[(][^)]*[)])?$")
_ORGANISATION_WORDS = late(
    "对公|没收|违法所得|加处罚|罚没|罚款|报名费|缴至|缴入|收费|服务费|专户|工资保证金|单位账户|单位账号|基本户|基本账户|一般账户|专用账户|财政专户|国库|保证金|缴款|缴费|捐赠"
    "|捐款|募捐|监管账户|零余额|标书费|投标|履约|学费|收款单位|单位名称|税号|纳税人识别号|信用代码"
)
_COLLECTS = late(
    "(?:保证金|罚没款?|罚款|收费|服务费|报名费|考务费|学费|收取|缴款|缴费|捐款|税款|收款)"
    "[一-鿿]{0,4}[:为]?$"
    "|(?:保证金|押金|罚没款?|罚款|服务费|报名费|考务费|学费|捐款|税款|工本费|标书费|物业费|水费|电费)"
    "(?:请|应|须|统一)?(?:缴|交|汇|存|打|转)[至入到款]{1,2}[一-鿿]{2,24}$"
)
_PERSON_WORDS = late(
    "个人|工资|一卡通|存折|借记卡|信用卡|储蓄|身份证|本人|户主|惠农|补贴对象|姓名|农户"
)
_CARDS = ("银行卡", "信用卡", "一卡通", "存折", "工资卡", "储蓄卡", "借记卡", "社保卡", "惠农卡")
_PERSONAL_COLUMNS = late("姓名|户主|身份证|证件号|申请人|受益人|农户|学生|家庭|年龄|性别")
_HOLDER_COLUMNS = late(
    "^户名|账户名|帐户名|收款单位|收款人|收款方|单位名称|企业名称|公司名称|供应商|学校名称|机构名称"
    "|^单位$|^名称$|^企业$|^公司$|^学校$"
)


def account_owner(artifacts: ChineseArtifacts, start: int, end: int, word: str) -> str:
    """``organisation_account`` or ``personal_account`` for the account at this place.

    ``word`` is what calls it an account. The holder's name decides, then the columns of the table,
    then the words around. Where nothing tells, it is a person's: the careful side.
    """
    headers = artifacts.row_headers(start)
    if headers:
        if _PERSONAL_COLUMNS.search(headers):
            return PERSON
        holder = artifacts.row_cell(start, _HOLDER_COLUMNS)
        return ORGANISATION if holder and _ENDS_AS_ORGANISATION.search(holder) else PERSON
    text = artifacts.view.text
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if headers is None:  # in running text, what stands in another stretch is another matter
        before, after = before[before.rfind(BREAK) + 1 :], after.partition(BREAK)[0]
    holder = _holder(before, after)
    if holder is not None:
        return ORGANISATION if _ENDS_AS_ORGANISATION.search(holder) else PERSON
    if _COLLECTS.search(before[-40:]):
        return ORGANISATION
    if any(card in word for card in _CARDS) or _PERSON_WORDS.search(before[-30:]):
        return PERSON
    return ORGANISATION if _ORGANISATION_WORDS.search(f"{before}\n{after}") else PERSON


def _holder(before: str, after: str) -> str | None:
    """The name behind 户名 or the like: the last one before the number, else the first after it."""
    names = [name for name in _HOLDER.findall(before) if not _NO_HOLDER.search(name)]
    if names:
        return str(names[-1])
    names = [name for name in _HOLDER.findall(after) if not _NO_HOLDER.search(name)]
    return str(names[0]) if names else None
