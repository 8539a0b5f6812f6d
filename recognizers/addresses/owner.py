"""Whose address it is: a home, or the place of an office, a firm or a project."""

from __future__ import annotations

import re

from recognizers.addresses import shapes
from recognizers.addresses.search import Address, begins_line, line_before, line_behind
from recognizers.addresses.shapes import any_of
from recognizers.artifacts import ChineseArtifacts
from recognizers.lexicon.surnames import SINGLE
from recognizers.patterns import late

_BEFORE, _AFTER = 60, 24
_HOME_REACH, _OFFICE_REACH, _LABEL_REACH, _ORGANISATION_REACH = 24, 16, 6, 20
"""How far before an address its words may end, in code points."""
_LONGEST_LABEL = 16
_MOST_OF_LINE = 0.65

_HOME = late(
    any_of(
        "家庭住址 家庭地址 现住址 住址 户籍所在地 户籍地址 户籍地 户籍 户口所在地 户口地址"
        " 户口 家住 现住 现居 现居住地 现居地 居住地 居住地址 居住在 居住于 居住 租住 暂住"
        " 住在 经常居住地 常住地 收货地 收货地址 收件地址 寄件地址 取件地址 配送地址 送达地址"
        " 送达地点"
        " 送货 快递 派件 派送 投递 件人地址 货人地址 接收地址 寄送地址 其住所 住处 其家 寄到 寄往"
        " 寄至 送到 家在 老家 家里 籍贯 用电地址 用水地址 用气地址 用户地址"
        " 诉求地址"
        " 安装地址 装机地址 报修地址 上门地址 服务地址 建房地点 建房地址 建房位置"
    )
    + "|(?<![一-鿿])住(?![一-鿿])|(?<!入)住(?=[:为]|$)"
)
_OFFICE = late(
    any_of(
        "办公地址 办公地点 办公室 办公场所 单位地址 工作单位 公司地址 企业地址 注册地 注册地址"
        " 经营地 经营地址 经营场所 营业地址 营业场所 生产地址 生产场所 主要经营 开标地点"
        " 报名地点 报名地址 报名 递交地点 递交地址 提交地点 领取地点 现场 会议地点 会场 考点"
        " 考试地点 面试地点 培训地点 活动地点 集合地点 受理地点 受理地址 受理窗口 办理地点"
        " 办理地址 窗口 接待 信访 投诉 举报 监督 咨询 采购人 采购单位 代理机构 招标 中标"
        " 供应商 投标 项目地址 项目地点 项目 工程 建设地址 建设地点 施工 地块 宗地 选址 用地"
        " 红线 站点 公交 医疗机构 网点 门店 机构地址 学校地址 地点 场地 场所 展馆 楼盘"
        " 交通管制 绕行 封闭 路段 仓库 库房 厂房 厂区 店铺 门面 车间 养殖场 加工点 教室 房间号 住宿"
        " 会务组 点位 范围 责任区 片区 站房 隐患点 水库 水源 取水口 古树 保护单位 法庭 仲裁庭 展位"
        " 考场 封控区 管控区 防范区 网格"
    )
)
_GENERIC = late("(?:联系|通讯|通信|邮寄|详细)?地址|住所地?|所在地|位置")
_PRIVATE = late(
    any_of(
        "姓名 困户 贫户 测户 保户 本人 家庭 身份证 公民身份 户主 申请人 当事人 被执行人 患者"
        " 受害人 原告 被告 上诉人 收件人 收货人 寄件人 监护人 家长 学生 考生 业主 农户 所有者"
        " 村民(?!自治|委|代表|会议|小组|大会) 居民(?!委|小组|区|自治)"
        " 驾驶 出生 民族 族 年龄 岁 低保"
        " 残疾(?!人联合会|人康复|人综合|人就业) 贫困 受助 乘客 先生 女士 用户 顾客 客户 手机"
        " 留言人 来信人 来电人 反映人 举报人 投诉人 信访人 求助人 提问人 出租人 承租人 买受人"
        " 出卖人 权利人 所有权人 产权人 户名 房主 抵押人 借款人 邻居"
        ""
        " 住户 来信人 证人 第三人 委托人 监测对象 帮扶对象 受灾户 慰问对象 五保户 被征收人 经营者"
        " 领款人"
        " 继承人 军人 退役 烈属 优抚 孤寡 党员 同志 网友"
    )
    + "|[男女][, ]"
)
_PROPERTY = late("该户|名下|房屋|房产|住房|不动产|宅基地")
"""What belongs to people mostly, when an address follows."""
_ORGANISATION = late(
    any_of(
        "公司 企业 厂 集团 合作社 商行 超市 联合会 红十字会 药店 药房"
        " 餐馆 餐厅 餐饮 酒店 宾馆 饭店 局 委员会"
        " 政府(?!信息) 办公室 中心 法院 检察院 医院 卫生院 学校 小学 中学 大学 学院 幼儿园 银行"
        " 支行"
        " 派出所 大队 支队 协会 机构 单位 部门 馆 信用代码 法定代表人 承办人 经办人 执法人员 事务所"
        " 律所"
    )
    + "|[店委院站](?![一-鿿])|(?<!紧急)(?<!家属)联系人"
)
_OFFICE_AFTER = late(
    "[ ]?[(]?[一-鿿]{0,12}?"
    + any_of(
        "局 委员会 政府 政务 法院 检察院 派出所 大队 支队 大厅 窗口 办公室 会议室 报告厅 礼堂"
        " 项目 工程 地块 路段 路口 交叉口 站点 电梯"
    )
)
_FIRM_AFTER = late(
    "[ ]?[(]?[一-鿿]{0,12}?"
    + any_of(
        "中心 医院 卫生院 学校 小学 中学 大学 学院 幼儿园 银行 支行 协会 公司 厂 馆 店 超市"
        " 酒店 宾馆 饭店 市场 商场 车站"
    )
)
_NEAR_AFTER = late("门前|附近|对面|旁边|周边|路段|一带")
"""What makes a house in a street a place that is spoken of, not somebody's home."""
_PERSONAL_COLUMNS = late(
    any_of(
        "姓名 身份证 证件号 户主 银行卡 一卡通 出生 年龄 性别 监护人 家长 残疾 学生 考生 户籍"
        " 手机 申请人 业主 家庭 权利人 产权人 承租人 被征收人 购房人 选房人 农户 村民"
    )
)
_ORGANISATION_COLUMNS = late(
    any_of(
        "单位名称 企业 公司 机构 网点 门店 药店 学校 法定代表人 负责人 经营 信用代码 许可证"
        " 项目 工程 宗地 地块 医院 站点 场所 字号 店"
    )
)
_PERSONAL_NUMBER = late("[0-9]{11}|[0-9]{17}[0-9Xx]")
_ID_NUMBER = late(r"(?<![0-9A-Z])[0-9][0-9*×]{13,16}[0-9Xx*×](?![0-9A-Z])")
"""An ID number, in full or masked."""
_PHONE_BEFORE = late("1[3-9][0-9*]{9}[,;、( ]{0,2}\\Z")
"""Somebody's phone right before an address."""
_DOOR = frozenset(("室", "单元", "楼栋"))
_ASKED_TO = late("请到|前往|到|在|地点|设在|咨询|领取|办理|报到|集合|会议|召开|参加")
"""Where people are sent to, when only a building and a room are named."""
_SENT_TO = late("(?:(?<![寄送搬回迁嫁发达])到|前往)$")
_LIVED_IN = frozenset(("室", "单元", "小组", "村", "小区", "楼栋"))
_WORKS = 24
_PLACED = frozenset(("区划", "乡镇", "村", "路", "小区"))
_PERSON_AFTER = late(
    "[ \\n]?[,;、(]?[ ]?(?:居民|村民|农民|人[,;。)]|(?:公民)?身份|姓名|手机|[男女][,、 ]"
    "|[0-9]{1,3}岁|出生|务农|(?:所有)?权(?:利)?人|产权人|所有人|户主|业主|本人|申请人|收件人|残疾|低保"
    "|五保|户名|王某|家中|家里|村民)"
    f"|{shapes.RESIDENTS_BEHIND.pattern}"
)
"""What tells behind an address that somebody lives there."""
_FIRM = late("有限公司|法定代表人|信用代码|负责人[::]")
"""Who has a place of business, said in the sentence before it too."""
_SPREAD = late("(?<=[一-鿿]) +(?=[一-鿿]{1,2}[ ]?:)|(?<=[一-鿿])\n(?=[一-鿿])")
"""What parts the letters of a word: blanks in a label, as in 住　址, and the end of a line."""
_NAME_BEFORE = late(
    f"(?:(?<![一-鿿])|(?<=[户人者方员主告村系及和为]))[{''.join(sorted(SINGLE))}][一-鿿]{{1,2}}(?<![村镇乡县市区局组路处厅院站厂园社])"
    r"(?:[*×某]{1,2})?[ ,(、:]{1,2}\Z"
)
"""What looks like somebody's name right before an address."""
_INSTITUTION = late(
    any_of(
        "酒店 宾馆 饭店 招待所 教学楼 实验楼 理工楼 办公楼 行政楼 综合楼 政务 图书馆 体育馆"
        " 会展"
        " 会议中心 自动站 住院部 门诊 产业园 科技园"
    )
    + "|"
    + any_of(
        "法院 检察院 局 政府 (?<!民)委员会 管委会 医院 银行 大学 中学 小学 学院 幼儿园 商场 超市"
    )
    + "(?!家属|宿舍|职工|小区|大院|集资|生活区|教工|住宅|家委|新村|[路街巷院区城东西南北中前后])"
)
"""What stands in the address of an office or a venue."""
_PUBLIC_WORKS = late(
    any_of(
        "硬化 清淤 灌溉 道路 路灯 修建 建成 新建 改造 工程 项目 绿化 整治 治理 种植 养殖 基地"
        " 合作社 示范"
        " 开展 召开 举行 调研 走访 慰问 检查 巡查 宣讲 宣传 督查 督导 流转 示范点 站点 监测 隐患"
        " 排查 设立 设置"
        " 会议 受灾 沟渠 管网 水渠 河道 桥 地质 滑坡 山洪 文化广场 试点 通车 停水 停电 村民小组长"
        " 组长"
    )
)
_DWELLING_AFTER = late(
    "的?[一-鿿]{0,4}?(?:房屋|住房|房产|住宅|宅基地|民房|自建房)"
    "(?!中介|租赁|交易|买卖|销售|登记|管理)"
)

HOME = ("home_address",)
OFFICE = ("office_address",)


def owner(artifacts: ChineseArtifacts, address: Address) -> tuple[str, ...]:
    """``home_address`` or ``office_address`` with what says so, or nothing when nothing does."""
    wide = _SPREAD.sub("", artifacts.before(address.start, _BEFORE))
    before = wide[max(wide.rfind("。"), wide.rfind("\n\n")) + 1 :]
    after = artifacts.after(address.end, _AFTER)
    headers = artifacts.row_headers(address.start)
    if headers is not None:
        return _in_table(artifacts, address, headers, before, after)
    if _PERSON_AFTER.match(after):
        return HOME
    if _DWELLING_AFTER.match(after):
        return ()
    return (
        _behind(artifacts, address, after)
        or _said(wide, before, address, venue=_venue(artifacts, address))
        or _implied(artifacts, before, address)
    )


def of_people(headers: str) -> bool:
    """Whether these headers of a table row are those of a list of people, not of organisations."""
    return not _ORGANISATION_COLUMNS.search(headers) and bool(_PERSONAL_COLUMNS.search(headers))


def _last(pattern: re.Pattern[str], text: str) -> tuple[str, int, int]:
    """Word, begin and end of the last match; begin is -1 when there is none."""
    word, begin, end = "", -1, -1
    for match in pattern.finditer(text):
        word, (begin, end) = match.group(), match.span()
    return word, begin, end


def _in_table(
    artifacts: ChineseArtifacts, address: Address, headers: str, before: str, after: str
) -> tuple[str, ...]:
    """What the cell's own words say, its header, the cell to its left, then the other columns."""
    left = artifacts.left_cell(address.start)
    header = artifacts.header(address.start) or ""
    sources = [("context_word", before), ("column_header", header)]
    if len(left) <= _LONGEST_LABEL:
        sources.append(("context_word", left))
    for source, text in sources:
        home, office = _last(_HOME, text), _last(_OFFICE, text)
        if home[1] >= 0 and home[2] >= office[2]:
            return (*HOME, f"{source}:{home[0]}")
        if office[1] >= 0:
            return (*OFFICE, f"{source}:{office[0]}")
    firm = _OFFICE_AFTER.match(after) or _FIRM_AFTER.match(after)
    if firm or _ORGANISATION_COLUMNS.search(headers):
        return OFFICE
    if _PERSONAL_COLUMNS.search(headers):
        return HOME
    return OFFICE if _ORGANISATION.search(artifacts.row_text(address.start)) else ()


def _behind(artifacts: ChineseArtifacts, address: Address, after: str) -> tuple[str, ...]:
    """An organisation named right behind; a firm counts only where the line holds more."""
    firm = _FIRM_AFTER.match(after) and not _fills_line(artifacts, address)
    street = _NEAR_AFTER.match(after) and not _LIVED_IN & set(address.parts)
    return OFFICE if firm or street or _OFFICE_AFTER.match(after) else ()


def _said(wide: str, before: str, address: Address, *, venue: bool) -> tuple[str, ...]:
    """What the words before say, the nearest first.

    A plain 地址 is an organisation's, unless words for a person stand nearer, or nothing at all is
    said and the address leads to a door or a village's group.
    """
    length = len(before)
    home, office, generic = _last(_HOME, before), _last(_OFFICE, before), _last(_GENERIC, before)
    private, organisation = _last(_PRIVATE, before), _last(_ORGANISATION, before)
    if home[1] >= 0 and home[2] >= office[2] and length - home[2] < _HOME_REACH:
        return (*HOME, f"context_word:{home[0]}")
    if _SENT_TO.search(before) and not _DOOR & set(address.parts):
        return OFFICE
    if office[1] >= 0 and length - office[2] < _OFFICE_REACH:
        return (*OFFICE, f"context_word:{office[0]}")
    if generic[1] >= 0 and length - generic[2] < _LABEL_REACH:
        if venue or _last(_FIRM, wide)[1] > _last(_PRIVATE, wide)[1]:
            return OFFICE
        return _at_label(before, address, generic)
    beside = _PHONE_BEFORE.search(before) and _LIVED_IN & set(address.parts)
    return OFFICE if organisation[1] > private[1] and not beside else ()


def _at_label(before: str, address: Address, label: tuple[str, int, int]) -> tuple[str, ...]:
    """Whose it is right behind a plain 地址 or 住所, by who is named before that."""
    private, organisation = _last(_PRIVATE, before), _last(_ORGANISATION, before)
    near = organisation[1] >= 0 and label[1] - organisation[2] < _ORGANISATION_REACH
    if private[1] < 0 and not near and _LIVED_IN & set(address.parts):
        return ()
    personal = max(private[1], _last(_ID_NUMBER, before)[1]) > organisation[1]
    return (*(HOME if personal else OFFICE), f"context_word:{label[0]}")


def _venue(artifacts: ChineseArtifacts, address: Address) -> bool:
    """Whether the address itself names an institution, and not the homes of its people."""
    place = artifacts.view.text[address.start : address.end]
    return _INSTITUTION.search(place) is not None


def _implied(artifacts: ChineseArtifacts, before: str, address: Address) -> tuple[str, ...]:
    """Nothing is said: a bare road and number in running text is a place that people go to."""
    after = artifacts.after(address.end, _AFTER)
    around = before + "\n" + after
    parts = set(address.parts)
    venue = _venue(artifacts, address)
    private = any(word.search(before) for word in (_PRIVATE, _PROPERTY))
    private = private or _PERSONAL_NUMBER.search(around) is not None
    if private or (_NAME_BEFORE.search(before) and not venue):
        return ()
    if not (_PLACED & parts or begins_line(artifacts, address.start)):
        lived_in = _DOOR & parts and not (venue or _ASKED_TO.search(around.partition("\n")[0]))
        return () if lived_in else OFFICE
    if not venue and _fills_line(artifacts, address):
        return ()
    works = line_before(artifacts, address.start)[-_WORKS:] + after[:_WORKS].partition("\n")[0]
    if venue or _PUBLIC_WORKS.search(works):
        return OFFICE
    if parts & _DOOR or {"小组", "门牌"} <= parts or {"村", "门牌"} <= parts:
        return ()
    length = address.end - address.start
    line = line_before(artifacts, address.start) + line_behind(artifacts, address.end)
    return () if length >= _MOST_OF_LINE * (length + len(line)) else OFFICE


def _fills_line(artifacts: ChineseArtifacts, address: Address) -> bool:
    """Whether its line holds the address, the name of a place behind it, and nothing else."""
    rest = line_behind(artifacts, address.end).strip()
    whole = not rest or shapes.TRAILING_PLACE.fullmatch(rest) is not None
    return begins_line(artifacts, address.start) and whole
