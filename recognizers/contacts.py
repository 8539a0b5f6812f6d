"""Whose contact a number or mailbox is: an office's in its own notice, or a private person's."""

from __future__ import annotations

import re

from recognizers.artifacts import ChineseArtifacts
from recognizers.patterns import late

PRIVATE = "private_contact"
OFFICE = "office_contact"
_WIDTH_BEFORE = 60
_WIDTH_AFTER = 16

_UNIT = "(?:局|委|办|院|科|处|股|中心|政府|大队|支队|所|站|公司|学校|协会|委员会)"
_TITLE = "(?:科长|股长|主任|局长|处长|所长|站长|部长|主管|老师|干事|同志)"
_OFFICE = late(
    "咨询(?!人)|监督|举报(?![人者])|投诉(?![人者])|报名(?![人者表])|值班|客服|热线|办公|受理|来电|传真|采购人|代理机构|招标人|招标代理"
    "|监管部门|项目联系人|业务联系|技术支持|工作人员|联络员|经办人|承办人|承办单位|主办单位|发布单位"
    "|反映(?!人)|联系部门|联系单位|联系科室|负责科室|责任单位|申报|反馈|意见|建议|公示期|异议|信访(?!人)"
    f"|联系人[: ]{{0,2}}[^,;。 ]{{1,6}}{_TITLE}"
    "|(?<![0-9])0[0-9]{2,3}-[2-9][0-9]{6,7}"
    f"|{_UNIT}(?:[,;: ]{{0,2}}(?:联系)?(?:地址|电话|方式|值班|邮箱)|[:(]|$)"
)
_PRIVATE = late(
    "本人|诉求人|来电人|求助人|留言人|报警人|报案人|住户|举报人|投诉人|信访人|反映人|来访人|报名人|咨询人|家庭|住宅|家长|监护人|父亲|母亲|配偶|亲属|户主|申请人|当事人|被执行人|患者|受害人|原告|被告|上诉人"
    "|寄件人|收件人|收货人|顾客|旅客|乘客|租客|承租|出租方|买方|卖方|学生(?!工作|资助|处|科|会|管理|就业|事务|食堂|公寓)|考生|应聘|求职|(?<!单位和)(?<!单位或)(?<!单位、)个人(?!可|均|和|或|如|对|认为|有|凭|应|须|请)|身份证|住址"
    "|家住|紧急联系|户籍|低保|贫困|残疾(?!人?联|人事业|人就业)|受助|受理对象|驾驶员|业主|村民|居民"
)
_PERSONAL_COLUMNS = late(
    "身份证|证件号|个人|申请人|家庭住址|住址|户主|银行卡|账号|卡号|出生|年龄|监护人|家长|残疾|病|学生|考生|户籍"
)
_OFFICE_BEHIND = late(r"[ ]?[(][^)]{0,8}(?:办公|单位|值班|科|局)[^)]{0,6}[)]")
_OFFICE_COLUMNS = late("值班|带班|办公电话|单位|部门|科室|机构|监督|咨询|窗口|网点")
_POST_COLUMNS = late("职务|职称|岗位|联系人|负责人|值班")


def contact_evidence(artifacts: ChineseArtifacts, start: int, end: int) -> tuple[str, ...]:
    """``private_contact``, ``office_contact`` or nothing, from what stands around the value.

    In a table its columns decide; in running text the last sign before the value. 联系人 alone
    makes an office's contact where nothing private stands around.
    """
    headers = artifacts.row_headers(start)
    alone = headers is not None and not artifacts.before(start, 8).strip()
    owner = _by_columns(headers) if headers and alone else _by_words(artifacts, start, end)
    return (owner,) if owner else ()


def _by_columns(headers: str) -> str | None:
    if _PERSONAL_COLUMNS.search(headers):
        return PRIVATE
    office = _OFFICE_COLUMNS.search(headers)
    return OFFICE if office and ("姓名" not in headers or _POST_COLUMNS.search(headers)) else None


def _by_words(artifacts: ChineseArtifacts, start: int, end: int) -> str | None:
    before = artifacts.before(start, _WIDTH_BEFORE)
    before = before[max(before.rfind("。"), before.rfind("\n\n")) + 1 :]
    office, private = _last(_OFFICE, before), _last(_PRIVATE, before)
    if private > office:
        return PRIVATE
    if (
        office >= 0
        or "联系人" in before
        or _OFFICE_BEHIND.match(artifacts.after(end, _WIDTH_AFTER))
    ):
        return OFFICE
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins, or -1."""
    place = -1
    for match in pattern.finditer(text):
        place = match.start()
    return place
