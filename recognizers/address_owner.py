"""Whose address it is: a home, or the place of an office, a firm or a project."""

from __future__ import annotations

import re

from recognizers.addresses import Address
from recognizers.artifacts import ChineseArtifacts

_BEFORE, _AFTER = 60, 24

_HOME = re.compile(
    "家庭住址|家庭地址|现住址|住址|户籍(?:所在地|地址|地)?|户口(?:所在地|地址)?|家住|现住|现居住?地?|居住地址?|居住(?:在|于)?|租住|暂住"
    "|住在|经常居住地|常住地|收货地址?|收件地址?|寄件地址?|取件地址|配送地址|送达地址|送货|快递|寄到|寄往|寄至|送到|家在|老家|家里|籍贯"
    "|(?<![一-鿿])住(?![一-鿿])|住(?=[:为]|$)"
)
_OFFICE = re.compile(
    "办公地[址点]|办公场所|单位地址|工作单位|公司地址|企业地址|注册地址?|经营地址?|经营场所|营业地址|营业场所|生产地址|生产场所|主要经营"
    "|开标地点|报名地[点址]|报名|递交地[点址]|提交地点|领取地点|现场|会议地点|会场|考点|考试地点|面试地点|培训地点|活动地点|集合地点"
    "|受理地[点址]|受理窗口|办理地[点址]|窗口|接待|信访|投诉|举报|监督|咨询|采购人|采购单位|代理机构|招标|中标|供应商|投标"
    "|项目地[址点]|项目|工程|建设地[址点]|施工|地块|宗地|选址|用地|红线|站点|公交|医疗机构|网点|门店|机构地址|学校地址"
    "|地点|场地|场所|展馆|楼盘|交通管制|绕行|封闭|路段"
)
_GENERIC = re.compile("(?:联系|通讯|通信|邮寄|详细)?地址|住所地?|所在地|位置")
_PRIVATE = re.compile(
    "姓名|本人|家庭|身份证|公民身份|户主|申请人|当事人|被执行人|患者|受害人|原告|被告|上诉人|收件人|收货人|寄件人|监护人|家长|学生|考生"
    "|业主|村民|居民|驾驶|出生|[男女][,，]|民族|族|年龄|岁|低保|残疾|贫困|受助|乘客|先生|女士|用户|顾客|客户|手机"
)
_ORGANISATION = re.compile(
    "公司|企业|厂|集团|合作社|商行|超市|药[店房]|餐[馆厅饮]|酒店|宾馆|饭店|店(?![一-鿿])|局|委员会|委(?![一-鿿])|政府|办公室|中心|法院|检察院"
    "|医院|卫生院|学校|小学|中学|大学|学院|幼儿园|银行|支行|派出所|大队|支队|协会|机构|单位|部门|院(?![一-鿿])|馆|站(?![一-鿿])|信用代码|法定代表人"
)
_ORGANISATION_AFTER = re.compile(
    "[ ]?[(]?[一-鿿]{0,12}?(?:局|委员会|政府|中心|法院|检察院|医院|卫生院|学校|小学|中学|大学|学院|幼儿园|银行|支行|派出所|大队|支队|协会"
    "|公司|厂|大厅|窗口|办公室|会议室|报告厅|礼堂|馆|店|超市|酒店|宾馆|饭店|市场|商场|车站|项目|工程|地块|路段|路口|交叉口|站点)"
)
_SITE = re.compile(
    "(?:位于|坐落|座落|地处|设在|设于|来到|前往|赴|途经|抵达|行至|驶至|至|到|在|于)[一-鿿]{0,2}$"
)
_PERSONAL_COLUMNS = re.compile(
    "姓名|身份证|证件号|户主|银行卡|一卡通|出生|年龄|性别|监护人|家长|残疾|学生|考生|户籍|手机|申请人|业主|家庭"
)
_ORGANISATION_COLUMNS = re.compile(
    "单位名称|企业|公司|机构|网点|门店|药店|学校|法定代表人|负责人|经营|信用代码|许可证|项目|工程|宗地|地块|医院|站点|场所|字号|店"
)
_NUMBER_NEAR = re.compile("[0-9]{11}|[0-9]{17}[0-9Xx]")
_DOOR = frozenset(("室", "单元", "楼栋", "小组"))


def owner(artifacts: ChineseArtifacts, address: Address) -> tuple[str, ...]:
    """``home_address`` or ``office_address`` with what says so, or nothing when nothing does."""
    headers = artifacts.row_headers(address.start)
    if headers is not None:
        return _in_table(artifacts, address, headers)
    before = _sentence(artifacts.before(address.start, _BEFORE))
    after = artifacts.after(address.end, _AFTER)
    return _in_text(artifacts, address, before, after)


def _sentence(before: str) -> str:
    return before[max(before.rfind("。"), before.rfind("\n\n")) + 1 :]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):
        pass
    return found


def _in_table(artifacts: ChineseArtifacts, address: Address, headers: str) -> tuple[str, ...]:
    header = artifacts.header(address.start) or ""
    left = artifacts.left_cell(address.start)
    before = _sentence(artifacts.before(address.start, _BEFORE))
    for text, source in (
        (before, "context_word"),
        (header, "column_header"),
        (left, "context_word"),
    ):
        if source == "context_word" and text is left and len(left) > 16:
            continue
        home, office = _last(_HOME, text), _last(_OFFICE, text)
        if home and (office is None or home.start() > office.start()):
            return ("home_address", f"{source}:{home.group()}")
        if office:
            return ("office_address", f"{source}:{office.group()}")
    if _ORGANISATION_AFTER.match(artifacts.after(address.end, _AFTER)):
        return ("office_address",)
    if _ORGANISATION_COLUMNS.search(headers):
        return ("office_address",)
    if _PERSONAL_COLUMNS.search(headers):
        return ("home_address",)
    row = artifacts.row_text(address.start)
    if _ORGANISATION.search(row):
        return ("office_address",)
    return ()


def _in_text(
    artifacts: ChineseArtifacts, address: Address, before: str, after: str
) -> tuple[str, ...]:
    if _ORGANISATION_AFTER.match(after):
        return ("office_address",)
    home, office, generic = _last(_HOME, before), _last(_OFFICE, before), _last(_GENERIC, before)
    if home and (office is None or home.start() > office.start()) and len(before) - home.end() < 24:
        return ("home_address", f"context_word:{home.group()}")
    if office and len(before) - office.end() < 16:
        return ("office_address", f"context_word:{office.group()}")
    private, organisation = _last(_PRIVATE, before), _last(_ORGANISATION, before)
    if generic and len(before) - generic.end() < 6:
        if private and (organisation is None or private.start() > organisation.start()):
            return ("home_address", f"context_word:{generic.group()}")
        return ("office_address", f"context_word:{generic.group()}")
    if organisation and (private is None or organisation.start() > private.start()):
        return ("office_address",)
    if private or _NUMBER_NEAR.search(before) or _DOOR & set(address.parts):
        return ()
    first, last = artifacts.line(address.start)
    alone = address.end - address.start >= 0.7 * (last - first)
    return () if alone else ("office_address",)
