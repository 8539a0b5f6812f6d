"""What the pieces of an address look like, as regular expressions over a view without blanks."""

from __future__ import annotations

from recognizers.patterns import late


def any_of(words: str) -> str:
    """A group of these words, parted by blanks, the longest first."""
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"


HAN = "一-鿿㐀-䶿〇"
NUMERALS = "一二三四五六七八九十百千零〇两廿"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ANCHORS = "号幢栋座弄组室社单楼层队"
LONG_ANCHORS = {"村": "民", "居": "民", "小": "组", "生": "产"}
"""Units whose place is looked at when a number stands before them; 村 for 村民小组 and so on."""
BARE_AFTER = "路街道巷弄村园区城苑府庄厦寓楼湾庭居邸郡院座里墅组国场浜港社段店心ABCDEFGHabcdefg"
"""What a number without a unit may stand behind."""
NOT_A_NUMBER = "%年月日时分秒点米公里元万亿人名平亩个件条次吨岁届天周小倍余多起辆台套度℃"
"""What a number that counts or measures has behind it."""
HARD_STOP = "(?:[的了被把并]|(?<!自)在|将(?![军相乐台])|向(?![阳东南西北荣前明上家化山]))"
"""What no name of an address holds behind its second character."""
HARD_STOP_AT = late(HARD_STOP)
_STOP = rf"(?:{HARD_STOP}|[且由因已与及或者是至等])"

NUMBER = (
    "(?:第?(?:"
    "[0-9]{1,5}(?:-[0-9]{1,5}){0,3}(?:[A-Za-z][0-9]{0,4})?"
    "|[A-Za-z]{1,2}-?[0-9]{0,4}(?:-[0-9]{1,4}){0,3}"
    rf"|[{NUMERALS}]{{1,6}}|[甲乙丙丁戊][0-9]{{0,3}}))"
)
UNIT = any_of(
    "号楼 号院 号库 号房 号店 号铺 号 #楼 # 弄 支弄 幢 栋 座 单元 单(?=[0-9]) 村民小组"
    " 居民小组 村民组 居民组 小组 组团 组 社 生产队 小队 队 户 室(?![一二两三四]厅) 层 楼 排"
    " 院 区 期 门 库 房"
    " 梯 巷(?=[0-9]) 邻 街坊 横(?=[0-9])"
)
PLAIN_UNIT = late(UNIT)
FIRST = late(rf"(?<![0-9A-Za-z]){NUMBER}#?\Z")
NEXT = late(rf"-?(?P<number>{NUMBER}){UNIT}(?:之[0-9{NUMERALS}]{{1,2}})?")
LISTED = late("[0-9]{1,5}(?:[、和及][0-9]{1,5}){1,9}号(?!楼|院)")
"""Several houses in a row: 167、169号."""
BARE = late(
    "-?(?:[0-9]{1,5}(?:-[0-9]{1,4}){0,2}(?:[A-Za-z][0-9]{0,4})?"
    "|[A-Za-z]{1,2}[0-9]{1,4}(?:-[0-9]{1,4}){0,2}|[A-Za-z](?![A-Za-z]))"
    rf"(?![0-9A-Za-z{NOT_A_NUMBER}]|[.:/][0-9]|,[0-9]{{3}}(?![0-9]))"
)
SIDE = late(
    "(?:院内|内|旁)?(?:[东西南北中前后左右上下]{1,2}"
    "(?:侧楼|侧|边|单元|户|室|屋|厢房?|头|首|院|楼|房|间|门|层)?|平房|亭子间|地下室|车库|门面|阁楼|院内|[甲乙丙丁戊])"
    f"(?![{HAN}0-9A-Za-z])"
)
"""The side, the wing or the kind of room behind the last number."""

_NAME = rf"(?:(?!{_STOP})[{HAN}A-Za-z·])"
ESTATE = any_of(
    "小区 花园 花苑 家园 新村 公寓 大厦 广场 庄园 山庄 名苑 嘉园 佳苑 雅苑 国际 华府 豪庭"
    " 公馆 豪苑 宿舍 家属院 大院 安置点 安置房 [园苑城府湾庭居阁轩邸郡墅厦楼院寓里]"
)
HOLDS_ESTATE = late(ESTATE)
_WHOLE_ESTATE = any_of("小区 花园 花苑 家园 新村 公寓 大厦 嘉园 佳苑 名苑 山庄 花城 新城 家属院")
NAMES_DWELLINGS = late(
    any_of(
        "小区 花园 花苑 家园 新村 公寓 嘉园 名苑 佳苑 雅苑 山庄 宿舍 家属院 家属区 家属楼 职工住宅"
        " 职工楼 安置房"
        " 安置点 安置区 公租房 廉租房 胡同 豪庭 名邸 住宅 平房"
    )
)
"""What only people live in."""
NAMED_NEXT = late(rf"-?[附内]?(?P<name>{_NAME}{{0,14}}?)(?P<number>{NUMBER})(?P<unit>{UNIT})")
NAMED_NUMBER = late(
    rf"{_NAME}{{1,12}}?(?:{ESTATE}{BARE.pattern}"
    rf"|-?[A-Za-z]?[0-9]{{1,4}}(?:-[0-9]{{1,4}}){{0,2}}(?![0-9A-Za-z{HAN}.%]))"
)
TRAILING = late(rf"{_NAME}{{1,8}}?{_WHOLE_ESTATE}(?![{HAN}0-9])")
"""The name of an estate behind the last number."""

TRAILING_PLACE = late(
    rf"{_NAME}{{1,20}}?"
    + any_of(
        "公司 厂 店 超市 市场 中心 大厦 商城 商场 学校 学院 幼儿园 小学 中学 大学 医院 酒店"
        " 宾馆 饭店 局 所 场 馆 行 园 广场 城 仓库 站 家居 国际 大楼 酒楼 企业 集团 工业 小区"
        " 苑 公寓 楼 院 部 府 商行 银行 寓 座 区 处 社 酒吧 东门 西门 南门 北门 体育场"
    )
    + r"\Z"
)
"""The name of a place that fills the rest of a line behind its address."""

TRAILING_BUILDING = late(
    rf"{_NAME}{{1,20}}?"
    + any_of("大厦 广场 小区 苑 公寓 大楼 花园 家园 商城 体育场 东门 西门 南门 北门 国际")
    + r"\Z"
)
"""The same behind a label such as 收货地址, in running text: an office's name is none of it."""

_ROAD = any_of("大道 公路 胡同 路 街 道 巷 弄 里 段 支路 横 条")
_VILLAGE = any_of(
    "村 庄 屯 寨 社区 居委会 村委会 大队 农场 林场 牧场 连队 嘎查"
    " [坪湾坳沟堡塘洼营集埠圩墩冲坡岭岔垸浜埭桥家组社]"
    f" (?<=[0-9{NUMERALS}产业])队"
)
_TOWN = any_of("镇 乡 街道 街道办事处 苏木 开发区 园区 工业区 新区 经开区 高新区 矿区 管理区")
ENDS_ROAD = late(_ROAD + r"\Z")
ENDS_VILLAGE = late(_VILLAGE + r"\Z")
ENDS_ESTATE = late(rf"(?:{ESTATE}|中心|市场|园区|[区期])\Z")
ENDS_GROUPED = late(
    any_of(
        "村 庄 屯 社区 居委会 村委会 民委员会 大队 嘎查 农场 林场 牧场 渔场 分场 镇 乡 街道 街"
        " 村牧业 村农业 管理区 [湾坪沟堡塘组社寨坝坡坳塆畈坑冲岭]"
    )
    + rf"\Z|[0-9{NUMERALS}][团连]\Z|[^居村民管党工政]委\Z"
)
"""What a numbered group of villagers stands behind."""
HOLDS_ROAD = late(rf"[{HAN}]{_ROAD}")
HOLDS_TOWN = late(rf"[{HAN}]{{1,6}}?(?:镇|乡|街道|苏木)")
HOLDS_VILLAGE = late(rf"[{HAN}](?:村|社区|庄|屯|嘎查)")
BEGINS_WITH_REGION = late(rf"[{HAN}]{{1,5}}[市县区旗州][{HAN}]")
TOWN_BEFORE_REGION = late(rf"[{HAN}]{{1,5}}(?:镇|乡|街道|[市县区])")
BRACKETED = late(
    rf"(?:[号村园区苑府城院弄路街巷寓厦栋幢楼庄期坊里庭居湾洲道])"
    rf"[(](?P<inner>[{HAN}0-9A-Za-z-]{{1,9}})[)](?=[0-9A-Za-z{HAN}])"
)
"""A part of an address in brackets, when the address goes on behind them."""
LIST_ITEM = late(rf"\n[ ]{{0,4}}[(]?(?:[0-9]{{1,3}}|[{NUMERALS}]{{1,3}})(?:[.、](?![0-9])|[)])")
"""Where a list's next item begins, on a line of its own."""
PHASE = late("[一二三四五六七八九十首0-9]{1,2}期?|[甲乙丙丁戊东西南北A-Za-z]区?")
"""What joins a name behind the brackets too, not only a number."""
ORGANISED = late("[局委厅处所]|公司|中心|法院|医院|学院|大厅|[男女岁]")
MAY_BREAK = late(
    rf"(?:[省市区县州盟旗镇乡]|街道|{_ROAD}|{_VILLAGE}|{ESTATE}|[号幢栋座元组层楼]|[0-9{NUMERALS}])\Z"
)
"""What a blank or a line end inside an address may stand behind."""

EDGE = late(
    rf"[^{HAN}0-9A-Za-z#—·-]|(?<![{HAN}])·|·(?![{HAN}])|[0-9]{{6}}|(?<=[0-9])[年月日元岁时个户人名项件条处所家]"
    rf"(?=[{HAN}])"
)
"""What no address holds."""
LEAD = late(
    any_of(
        "家庭 现 常 户籍 户口 经常 实际 居住 通讯 通信 联系 邮寄 收货 收件 寄件 配送 取件"
        " 送达 房屋 详细 身份证 单位 办公 公司 注册 经营"
    )
    + "*"
    + any_of("住址 住所地 住所 居住地 地址 所在地 户籍地 住地")
    + "(?:分别)?(?:为|是|系|在|于)*|(?:住(?!房[和与城建产改]|宅|院|宿)|"
    + any_of(
        "户籍 户口 家住 现住 现居 居住 居于 租住 暂住 借住 位于 坐落 座落 地处 设于 设在"
        " 家在 老家 寄到 寄往 寄至 寄送 送到 送至 送往 发往 发到 搬到 搬至 迁至 迁往 迁入"
        " 回到 来到 前往 赴 途经 抵达 窜至 驶至 行至 至 到"
    )
    + ")[现地]?(?:分别)?(?:为|是|系|在|于|至|到)*"
)
"""Words that lead to an address without a colon."""
SHORT_LEADS = frozenset(("至", "到", "住", "赴"))
HOME_LEAD = late("住|户籍|户口|家|收[货件]|寄|送|配送")
HOME_LABEL = late(
    "住址|户籍|户口|居住|现住|家庭地址|收[货件]地址|通讯地址|联系地址"
    "|(?<![一-鿿])(?:住|地址)(?=[:(]|$)|住所地?(?=[:(]|$)"
)
"""Column headers and labels under which the whole text is an address."""
WEAK_LEAD = late(
    f"{HARD_STOP}|(?<!单)于(?![洪都家城桥])|(?<![有无])为(?!民)|(?<!自)由|从(?!化)"
    "|[是系以对因及或]"
    "|改造|新建|拆除|实施|检查|腾退|迁出|搬离|返还|交付|出租|出售|反映|投诉|举报|选址|走访|慰问|租用|购买|查封|扣押|拍卖|抵押"
    "|[汉满回苗壮]族(?![自乡镇村路街])"
)
"""What parts the words before an address from it, when nothing better tells where it begins."""
ROAD_BEHIND = late("[东西南北中]?[一二三四五六七八九]?(?:路|街(?!道)|大道|巷|支路)")
"""What makes a region's name the name of a road."""
NOT_BEHIND = late(
    "线|令|文件|公告|地块|宗地|台风|口(?!腔)|机(?!关|场)|车|井|坑|泵|闸|桥|信(?!用)"
    "|样|码|球|标|批|图(?!书)|议|提案|通知|国道|墩|机组|灯"
    "|[0-9]|馆|公路|前|起|上午|下午|晚|凌晨|召开|开始|截止|选手|种子|检查井|点位|法庭"
)
"""What a single number of something else has behind it."""

DECREE = late("(?:部|局|会|府|院|署|省|市|席)令第?\\Z")
"""What a decree's number has before it: 住房和城乡建设部令第11号."""
RESIDENTS_BEHIND = late(
    f"的?(?:住户|业主|居民|租户|房主|[{HAN}]{{1,2}}(?:先生|女士|大爷|大妈|阿姨|某))"
)
"""Who is named behind a building, so that it is a home: 桂花园18栋住户."""
DOORS = frozenset("幢栋座号#")
"""What a building's number ends with where nothing stands before it: 3栋2单元501室."""
_TEAMS = any_of(
    "工作 领导 党 党员 调查 服务 志愿 监督 评议 帮扶 检查 互助 理财 巡逻 代表 专家 考核 评审 协调"
    " 治理 攻坚 宣传 文艺 科研 项目 合作 兴趣 学习 复议 仲裁 生产"
)
NAMED_GROUP = late(
    rf"(?:村|社区|居委会|村委会|大队|街道|[镇乡])(?P<name>(?!{_TEAMS})"
    rf"(?:(?!{_STOP}|{_TEAMS})[{HAN}]){{1,5}}?"
    r"(?:(?:村民|居民|小)小?组|(?<!小)组|自然村|屯|村民组))\Z"
)
"""A village's group by its name: 李庄村湾东组, 大石头镇三道河子屯."""
VILLAGE = late(rf"[{HAN}]{{2,6}}(?:村|社区)")
GROUP_ENDS = "组屯村"
GROUP_BEHIND = late("(?:居民|村民|农民|人[,;、。 ]|的|户)")
"""What may stand behind a group's name with nothing between."""
