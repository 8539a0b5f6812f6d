"""Whose name it is by the sentence around it, where no role word stands right beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.patterns import late
from recognizers.view import BREAK

_BEFORE, _LINE, _HEAD = 40, 120, 160
_UNIT = "role_word:单位"
_BADGE = r"(?:[ ]?[(][^()\n]{0,24}[)])?"
_DOES = late(
    _BADGE + r"(?:[、,][ ]?[一-鿿·]{2,9}){0,6}[ ]?(?:同志)?"
    r"(?:先后|再次|多次|又|还|也|亲自|分别)?"
    r"(?:[一二三四五六七八九十几两0-9]{1,3}次)?"
    r"(?:牵头|汇报[了:,]|主持|强调|指出|批示|配合[,。]|带队|致辞|讲话|宣讲|主讲|授课|督导|部署|签发|作动员"
    r"|作辅导|作报告|陪同|负责[,。;]|阅处|代表(?:[:,]|并转)|委员(?:[:,]|并转)|出席|列席)"
)
"""What people do in office."""
_APPOINTED = late(
    r"(?:等)?[0-9一二三四五六七八九十]{0,3}[名位人]?(?:同志)?(?:职务任免|任职|免职|赴|出访)"
)
_LED_BY = late(r"(?:由|请|报|呈|经|与|向)[ ]?$")
_OFFICE_BEFORE = late(
    "(?:[一-鿿]{1,6}(?:[办股科局委厅处]|办公室|科室|大队|支队|中队|中心|管理站|监察站|服务站|派出所"
    "|管理所|资源所|政府|公安局|工作站))[: ]{0,3}$"
)
_LAWYER = late(r"[,，][^,。;\n]{2,24}律师(?:事务所)?(?:律师|实习律师)?")
_UNIT_LEAD = late(
    r"[ 　]*[一-鿿]{0,8}(?:机关|单位|乡镇|系统|岗位|职位|学校|名单|人员)[(一-鿿)]{0,6}:"
)
_CLEAR_END = late(rf"[ ]?(?:[、,;。:(\n{BREAK}\t]|$|  |联系|电话|同志)| [ ]?0[0-9]")
_PAPERS_BEHIND = late(
    r"[ ]{0,3}[,:(、]?[ ]?(?:居民)?"
    r"(?:身份证|公民身份|驾驶证|证号|准驾|档案编号|学籍号|残疾证|护照号|社保卡)"
    r"|[ ]?[(][0-9*×＊xX○●#]{8,20}[)]|[ ]{1,3}[0-9*×＊○●#]{15,18}[ ]"
)
_CITIZEN_BEHIND = late(
    r"[,，][ ]?(?:参战|参试|退役|复员|在乡|烈士|烈属|带病|伤残|低保|五保|残疾|孤儿|下岗|失业"
    r"|农民|村民|居民)"
)
_LIST_BEHIND = late(
    r"[^。\n]{0,90}?等?(?:[0-9一二三四五六七八九十百]{1,4}[名位人])?(?:等?同志|等人|人|者)"
    r"(?:取得|具备|获得|符合|通过|被录取|入围|进入|列为|享受)"
)
_CANDIDATES = late(r"(?:职称|任职资格|资格|录取|入围|面试|成绩|体检|补贴|补助|专业技术)")
_SUBJECT_TITLE = late(
    r"(?:面试|笔试|体检|拟聘|拟录|录取|入学|招生|摇号|救助|补助|补贴|低保|特困|残疾|轮候|公租房|征收|拆迁|失信|被执行"
    r"|献血|志愿者|获奖|先进个人|志愿|学员|考生|资格认定|资格复审|职称|就业|安置|注销|吊销|发放|奖励扶助|救助金|优抚)"
    r"[^\n]{0,30}(?:名单|公示|公告|人员|名册|花名册|明细|表|通知|通报|决定)"
)


def settle(text: str, names: Sequence[Candidate]) -> None:
    """Give a role to names that have none, from what their sentence says they do or are."""
    head = text[:_HEAD].partition(BREAK + BREAK)[0]
    listed = _SUBJECT_TITLE.search(head) is not None
    for name in names:
        if name.role == cues.UNKNOWN or (name.role == cues.OFFICIAL and _unled(name)):
            name.role = _role(text, name, listed=listed)
        elif _form_of_a_cadre(text, name) or _for_others(text, name):
            name.role = cues.OFFICIAL


def _role(text: str, name: Candidate, *, listed: bool) -> str:
    if _unled(name) and _is_honoured(text, name):
        return cues.PRIVATE
    if name.role != cues.UNKNOWN:
        return cues.PRIVATE if listed and _by_units(text, name) else name.role
    if _PAPERS_BEHIND.match(text, name.end) or _CITIZEN_BEHIND.match(text, name.end):
        return cues.PRIVATE
    before = text[max(0, name.start - _BEFORE) : name.start]
    before = before[max(before.rfind(BREAK), before.rfind("\n")) + 1 :]
    if _in_office(text, name.end, before):
        return cues.OFFICIAL
    if listed and ("list" in name.codes or not before.strip(" 0123456789.、)(号")):
        return cues.PRIVATE
    return cues.UNKNOWN


def _in_office(text: str, end: int, before: str) -> bool:
    """Whether the sentence has the person act, be named or answer for an office."""
    if _DOES.match(text, end) or _APPOINTED.match(text, end):
        return True
    if _CLEAR_END.match(text, end) and _OFFICE_BEFORE.search(before):
        return True
    led = text.startswith(("同志", "负责", "牵头", "联系"), end)
    return led and _LED_BY.search(before) is not None


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


def _form_of_a_cadre(text: str, name: Candidate) -> bool:
    """姓名：… 现任职务：… 拟任职务：…: the form of an appointment."""
    if name.cue is None or name.cue.section != "label" or name.role != cues.PRIVATE:
        return False
    rest = text[name.end : name.end + 120].partition("\n")[0]
    return "现任" in rest or "拟任" in rest
