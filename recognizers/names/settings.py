"""Whose name it is by the sentence around it, where no role word stands right beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.names.columns import DRIVERS
from recognizers.patterns import late
from recognizers.view import BREAK

_BEFORE, _LINE, _HEAD, _BESIDE = 40, 120, 160, 40
_UNIT = "role_word:单位"
_TITLE_LINES = 4
_LINE_ENDS = late(f"[\n{BREAK}]+")
_SENTENCE = late("[。;!]|,.*,")
_BADGE = r"(?:[ ]?[(][^()\n]{0,24}[)])?"
_DOES = late(
    _BADGE
    + r"(?:[、,][ ]?[一-鿿·]{2,9}){0,6}[ ]?(?:[一二两三四五六七八九十0-9]{1,2}[位名])?(?:同志)?"
    r"(?:先后|再次|多次|又|还|也|亲自|分别)?"
    r"(?:[一二三四五六七八九十几两0-9]{1,3}次)?"
    r"(?:牵头|汇报[了:,]|主持|强调|指出|批示|配合[,。]|带队|致辞|讲话|宣讲|主讲|授课|督导|部署|签发|作动员"
    r"|作辅导|作报告|陪同|当选|摄(?=[ )\n\x1e]|$)"
    r"|在担任[一-鿿]{2,16}期间|负责[,。;]|阅处|代表(?:[:,]|并转)|委员(?:[:,]|并转)|出席|列席"
    r"|参加(?!考试|面试|笔试|体检|培训|比赛|工作|工伤|保险|医保)|挂任|通报了|作了|表态|介绍了|传达)"
)
"""What people do in office."""
_APPOINTED = late(
    r"(?:等)?[0-9一二三四五六七八九十]{0,3}[名位人]?(?:同志)?(?:职务任免|任职|免职|赴|出访|挂职"
    r"|(?:受到?)?(?:党内|党纪|政务|行政)?(?:严重)?(?:警告|记过|记大过|降级|撤职|开除党籍)(?:的?处分)?)"
)
_COMRADES = late("(?:下列|以下)(?:[0-9一二三四五六七八九十]{1,3}[名位])?同志[^。]{0,70}$")
_REGISTER = late(
    "(?:受[一-鿿]{1,3}人|对象|[低困贫农住]户|学生|考生|职工|劳动者|患者)"
    "(?:名册|名单|花名册)[: ]{1,2}$"
)
"""Whose register it is that the name opens."""
_LED_BY = late(r"(?:由|请|报|呈|经|与|向)[ ]?$")
_OFFICE_BEFORE = late(
    "(?:[一-鿿]{1,6}(?:[办股科局委厅处]|办公室|科室|大队|支队|中队|中心|管理站|监察站|服务站|派出所"
    "|管理所|资源所|国土所|司法所|财政所|水利站|农技站|林业站|政府|公安局|工作站))[: ]{0,3}$"
)
_LAWYER = late(r"[,，][^,。;\n]{2,24}(?:律师(?:事务所)?(?:律师|实习律师)?|法律工作者|援助中心)")
_CALLED = late(
    r"(?:联系|咨询|联系方式|联系人|电话)[: ]{0,3}$"
    r"|0[0-9]{2,3}[- —]?[0-9]{7,8}[ ,;，；、]{1,3}$"
)
_LINE_BEHIND = late(r"[ (]{1,3}0[0-9]{2,3}[- —]?[2-9][0-9]{6,7}(?![0-9])")
_SPEAKS = late("(?:讲话|致辞|发言|报告|主持词|贺信|署名文章)[)）”]?$")
_POST_BELOW = late(
    rf"[\n{BREAK}]{{1,2}}[ 　]*[一-鿿、,，（）()]{{2,30}}"
    rf"(?:长|书记|主任|主席|委员|调研员|巡视员)[ 　]*[\n{BREAK}]"
)
"""The post of a leader on the line below the name."""
_PAID = late(
    r"[^。\n]{0,60}?等[0-9一二三四五六七八九十几数]{0,4}[名位户个]?(?:农民工|工人|民工|群众|村民|业主|职工|员工|学生|同学"
    r"|考生|选手|患者|居民|购房人|农户|旅客|乘客|消费者|商户|儿童|老人"
    r"|(?:同志|同学|人)(?:安排到|分配到|派遣到|录用为|聘用为|被录))"
)
"""A list that ends in what its people are."""
_UNIT_LEAD = late(
    r"[ 　]*[一-鿿]{0,8}(?:机关|单位|乡镇|系统|岗位|职位|学校|名单|人员)[(一-鿿)]{0,6}:"
)
_CLEAR_END = late(rf"[ ]?(?:[、,;。:(\n{BREAK}\t]|$|  |联系|电话|同志)| [ ]?0[0-9]")
_PAPERS_BEHIND = late(
    r"[ ]{0,3}[,:(、]?[ ]?(?:居民)?"
    r"(?:身份证|公民身份|驾驶证|证号|准驾|档案编号|学籍号|残疾证|护照号|社保卡)"
    r"|[ ]{1,3}[1-9][0-9]{5}[ ]?(?:19|20)[0-9]{6}"
)
_NUMBER_BEHIND = late(
    r"[ ]?[(][0-9*×＊xX○●#]{8,20}[)]|[ ]?[,、][ ]?[0-9*×＊xX○●#]{15,19}(?![0-9*])"
    rf"|[ ]{{1,3}}[0-9*×＊○●#]{{13,18}}(?![^ \n{BREAK}])"
)
_CITIZEN_BEHIND = late(
    r"[,，][ ]?(?:参战|参试|退役|复员|在乡|烈士|烈属|带病|伤残|低保|五保|残疾|孤儿|下岗|失业"
    r"|农民|村民|居民)"
)
_NEED_BEHIND = late(
    r"(?:[ ]?[(][^()\n]{0,40}(?:[(][^()\n]{0,12}[)][^()\n]{0,30})?[)])?[ ,]{1,3}"
    r"(?:[0-9]{1,3}岁[ ,]{1,3})?(?:致[困贫]原因|拟?(?:慰问|救助|补助|帮扶|资助)金额?:?[0-9])"
)
"""Why someone is in need, or what they get for it."""
_AMOUNT_BEHIND = late(r"[ ]{0,3}[(:]?[ ]?(?:人民币)?[0-9][0-9.,]*[万千百]?元")
_EXPERTS_TITLE = late("(?:专家|评委|评标)[^\n]{0,12}(?:名单|库|一览|公示|名录|名册|信息)")
_POST_NAMED = late(
    "(?:职务|职级)[: ]{1,3}[一-鿿、]{0,14}"
    "(?:长|主任|书记|主席|委员|科员|办事员|调研员|干部)(?=[,;。 ]|$)"
    "|(?:分机|直拨|内线|办公电话|办公室电话)[: ]"
)
"""The office somebody holds, or the line there, in a field of the form behind the name."""
_COURT_TITLE = late(
    "(?:民事|刑事|行政|执行)[^\n]{0,6}(?:判决书|裁定书|调解书)|起诉书|仲裁裁决书|自诉状|起诉状"
)
_TOLD_OF = 0.9
"""The network's score for a name in a court's paper that nothing else tells of: a party's or a
witness's, as judges and counsels are called by their office."""
_DUTY_TITLE = late("(?:值班|排班|坐诊|出诊|带班|接访|轮值)[^\n]{0,10}(?:表|安排|公示|名单|日程)")
_COLLECTED = late(rf"代[领取](?![^\n{BREAK}。;,、)])")
_LIST_BEHIND = late(
    r"[^。\n]{0,90}?等?(?:[0-9一二三四五六七八九十百]{1,4}[名位人])?(?:等?同志|等人|人|者)"
    r"(?:取得|具备|获得|符合|通过|被录取|入围|进入|列为|享受)"
)
_CANDIDATES = late(r"(?:职称|任职资格|资格|录取|入围|面试|成绩|体检|补贴|补助|专业技术)")
_SUBJECT_TITLE = late(
    r"(?:面试|笔试|体检|拟聘|拟录|录取|入学|招生|摇号|救助|补助|补贴|低保|特困|残疾|轮候|公租房|征收|拆迁|失信|被执行"
    r"|献血|志愿者|获奖|先进个人|志愿|学员|考生|资格认定|资格复审|职称|就业|安置|注销|吊销|发放|奖励扶助|救助金|优抚"
    r"|考试|成绩|分班|学籍|奖学金|助学|资助|优待金|津贴|慰问|捐款|捐赠|募捐|养老金|社保|冒领|追回|迁坟|迁移|移民|慢特病"
    r"|慢性病|特殊疾病|接种|随访|新兵|征兵|违纪|禁驾|曝光|欠薪|工资|贷款|贴息|见习|遗失|作废|继承|宅基地|采伐|流转|补偿"
    r"|党费|选民|高龄|尊老金|矫正|毕业生|师范生|医学生|岗位安排|配租|保障房|保障性住房|奖励|申报人|租赁|寻亲|乘坐|红黑榜|光荣榜|公寓|住房|安置房"
    r"|评比|大赛|比赛|竞赛)"
    r"[^\n]{0,30}(?:名单|公示|公告|人员|名册|花名册|清册|榜|明细|表|通知|通报|决定|声明|登记|公开|意见|结果|一览)"
)
_POST_WANTED = late(r"[^。;\n]*[(][^()\n]{0,8}(?:岗|职位|代码|名额)[^()\n]{0,32}[)]:[ ]?")
"""A unit with the post that is to be filled leads its candidates."""
_CADRE_TITLE = late(
    r"(?:任前|任职前|拟任职?|拟提拔|干部)[^\n]{0,12}公示|职务任免|任免(?:的)?通知"
    r"|(?:人民代表大会|人大|党代表|政协|村民委员会|居民委员会|村委会|居委会|支部)[^\n]{0,16}候选人"
    r"|选举结果|当选"
)
_CANDIDATE_TITLE = late(
    r"(?:职称|任职资格|拟聘|拟录|招聘|面试|笔试|成绩|录取|资格认定)[^\n]{0,30}(?:名单|公示|公告|表)"
)
_CALLED_BY_POST = late(r"[ ]?[(][^()\n]{0,40}(?<!家)(?:长|书记|主任|主席|委员|代表|调研员|科员)[)]")
"""A post at the end of the bracket behind a name: (女,31岁,县水利局局长)."""
_QUOTED = late(r"[^,。;\n]{0,8}(?:说|表示|告诉|介绍|感慨|感激|笑着|激动|高兴|点赞|竖起)")
_CROWD = frozenset(
    (
        *("村民", "居民", "群众", "市民", "农户", "种植户", "养殖户", "业主"),
        *("网友", "乘客", "客户", "农民", "工人", "职工"),
    )
)
"""Those who speak in the news for many: what they say there tells nothing private."""
_UNIT_BEFORE = late(
    r"[ 　(]*(?:[0-9一二三四五六七八九十]{1,3}[.、)）．号]?)?[ 　]*"
    r"(?:[一-鿿0-9]{1,14}(?:村|组|社区|支部|镇|乡|街道|学校|小学|中学|幼儿园|班|公司|厂|院|站|奖|榜)"
    r"[: 　]{1,3})?"
)
"""What may stand before one of the people of a list: a number, where they belong to."""


def settle(text: str, names: Sequence[Candidate]) -> None:
    """Give a role to names that have none, from what their sentence says they do or are."""
    head = _title(text)
    listed = _SUBJECT_TITLE.search(head) is not None
    cadres = not listed and _CADRE_TITLE.search(head) is not None
    candidates = not cadres and _CANDIDATE_TITLE.search(head) is not None
    in_court = _COURT_TITLE.search(head) is not None
    on_duty = _DUTY_TITLE.search(head) is not None
    experts = _EXPERTS_TITLE.search(head) is not None
    last: Candidate | None = None
    for name in names:
        if name.role == cues.UNKNOWN or (name.role == cues.OFFICIAL and _unled(name)):
            name.role = _role(text, name, listed=listed)
        elif (
            _form_of_a_cadre(text, name, cadres=cadres)
            or _for_others(text, name)
            or (on_duty and name.cue is not None and name.cue.word in DRIVERS)
        ):
            name.role = cues.OFFICIAL
        elif _speaks_for_many(text, name) or _signs_an_invoice(text, name):
            name.role = cues.UNKNOWN
        elif experts and name.role == cues.PRIVATE and _called_by_name(name):
            name.role = cues.OFFICIAL
        elif candidates and name.role == cues.OFFICIAL and _called_by_name(name):
            name.role = cues.PRIVATE
        if name.role == cues.UNKNOWN and last is not None and _beside(text, name, last):
            name.role = last.role
        if name.role == cues.UNKNOWN and on_duty:
            name.role = cues.OFFICIAL
        elif name.role == cues.UNKNOWN and in_court and name.model >= _TOLD_OF:
            name.role = cues.PRIVATE
        last = name


def _title(text: str) -> str:
    """The first lines without blanks, as far as they are no sentences."""
    lines = _LINE_ENDS.split(text[:_HEAD])[:_TITLE_LINES]
    return "".join(line for line in lines if not _SENTENCE.search(line)).replace(" ", "")


def _beside(text: str, name: Candidate, last: Candidate) -> bool:
    """Whether nothing but a 、 parts a name from the one before."""
    return text[last.end : name.start].strip(" ") == "、"


def _role(text: str, name: Candidate, *, listed: bool) -> str:
    if _unled(name) and (
        _is_honoured(text, name)
        or _PAID.match(text, name.end)
        or _PAPERS_BEHIND.match(text, name.end)
        or _NEED_BEHIND.match(text, name.end)
        or (text.endswith("由", 0, name.start) and _COLLECTED.match(text, name.end))
    ):
        return cues.PRIVATE
    if name.role != cues.UNKNOWN:
        return cues.PRIVATE if listed and _by_units(text, name) else name.role
    shapes = (_PAPERS_BEHIND, _NUMBER_BEHIND, _CITIZEN_BEHIND)
    if any(shape.match(text, name.end) for shape in shapes):
        return cues.PRIVATE
    if listed and _AMOUNT_BEHIND.match(text, name.end):
        return cues.PRIVATE
    before = text[max(0, name.start - _BEFORE) : name.start]
    before = before[max(before.rfind(BREAK), before.rfind("\n")) + 1 :]
    wanted = listed and _POST_WANTED.fullmatch(before) is not None
    if not wanted and _in_office(text, name.start, name.end, before):
        return cues.OFFICIAL
    of_list = "list" in name.codes or _UNIT_BEFORE.fullmatch(before)
    private = wanted or (listed and of_list) or _REGISTER.search(before)
    return cues.PRIVATE if private else cues.UNKNOWN


def _in_office(text: str, start: int, end: int, before: str) -> bool:
    """Whether the sentence has the person act, be named or answer for an office."""
    if any(shape.match(text, end) for shape in (_DOES, _APPOINTED, _CALLED_BY_POST)):
        return True
    if _LINE_BEHIND.match(text, end) and _CALLED.search(before):
        return True
    if not before.strip() and _heads_a_paper(text, start, end):
        return True
    if _CLEAR_END.match(text, end) and _OFFICE_BEFORE.search(before):
        return True
    if _COMRADES.search(text, max(0, start - _LINE), start):
        return True
    led = text.startswith(("同志", "负责", "牵头", "联系"), end)
    return led and _LED_BY.search(before) is not None


def _heads_a_paper(text: str, start: int, end: int) -> bool:
    """Whether a name alone on its line is a leader's: the post below it, a speech above it."""
    if text[end : end + 1] not in ("\n", BREAK, ""):
        return False
    if _POST_BELOW.match(text, end):
        return True
    above = text[: start if start < _HEAD else 0].rstrip("\n \u3000" + BREAK)
    return _SPEAKS.search(above) is not None


def _by_units(text: str, name: Candidate) -> bool:
    """Whether the list is ordered by the units whose posts its people want."""
    line = text[max(0, name.start - _LINE) : name.start]
    line = line[max(line.rfind(BREAK), line.rfind("\n")) + 1 :]
    return "list" in name.codes and _UNIT_LEAD.match(line) is not None


def _for_others(text: str, name: Candidate) -> bool:
    """委托诉讼代理人:李明,某律师事务所律师: by profession, not as a party."""
    spoken_for = name.cue is not None and name.cue.word.endswith("代理人")
    return spoken_for and _LAWYER.match(text, name.end) is not None


def _unled(name: Candidate) -> bool:
    """Whether no word beside the name says who it is."""
    return name.cue is None or name.cue.section == "honorific" or name.cue.code == _UNIT


def _is_honoured(text: str, name: Candidate) -> bool:
    """Whether the list goes on to say that its people get or passed something."""
    found = _LIST_BEHIND.match(text, name.end)
    if found is None:
        return False
    return _CANDIDATES.search(text, name.end, found.end() + 24) is not None


def _form_of_a_cadre(text: str, name: Candidate, *, cadres: bool) -> bool:
    """姓名：… 现任职务：… 拟任职务：…: the form of an appointment, by its words or its title."""
    if name.role != cues.PRIVATE or _PAPERS_BEHIND.match(text, name.end):
        return False
    if not _called_by_name(name):
        return cadres and (name.cue is None or name.cue.section == "biography")
    rest = text[name.end : name.end + 120].partition("\n")[0]
    return cadres or "现任" in rest or "拟任" in rest or _POST_NAMED.search(rest) is not None


def _called_by_name(name: Candidate) -> bool:
    """Whether only 姓名 or the like leads to the name."""
    return name.cue is not None and name.cue.section == "label"


def _speaks_for_many(text: str, name: Candidate) -> bool:
    """村民汤斌高兴地说: nothing is told of the one who speaks."""
    by_word = name.role == cues.PRIVATE and name.cue is not None and name.cue.word in _CROWD
    return by_word and _QUOTED.match(text, name.end) is not None


def _signs_an_invoice(text: str, name: Candidate) -> bool:
    """开票人：… 收款人：… 复核：…: the seller's clerks."""
    if name.cue is None or name.cue.word != "收款人":
        return False
    near = text[max(0, name.start - _BESIDE) : name.end + _BESIDE]
    return "开票人" in near and "复核" in near
