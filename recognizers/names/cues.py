"""What stands beside a name and tells that it is one, and whose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from recognizers.names.words import LONGEST_ROLE, is_han, role_ends, roles, sections, title_at
from recognizers.patterns import late
from recognizers.view import BREAK

OFFICIAL, PRIVATE, UNKNOWN = "official", "private", "unknown"
_LEFT = 28  # characters looked back over
_JOINTS = frozenset(":： \t\"'“”‘’《<[【*_-—~∶")
_COLONS = frozenset(":∶")
_OTHER_WORDS = ("工作者", "合作者", "操作者")
"""They end like words for a person's role: 教育工作者:"""
_LINKS = ("分别为", "分别是", "为", "是", "由", "系", "叫", "名叫", "之一")
_LIFE = late(
    r"[ ]?[(](?:[^()\n]{0,24}[,;])?[ ]?(?:约|生于)?[0-9]{3,4}(?:年[^()\n]{0,12})?"
    r"[ ]?[-—~－至][^()\n]{0,20}[)]"
    r"|,字[㐀-鿿]{1,3},(?:又字|号|一字|[㐀-鿿]{2,8}人)"
)
_GROUP = late(r"[(\[【<{〔][^()\[\]【】<>{}〔〕\n]{0,12}[)\]】>}〕]\Z")
_CLOSING = frozenset(")]】>}〕")
_GROUP_BEHIND = late(r"[ \t]*[(\[【〔][^()\[\]【】〔〕\n]{0,14}[)\]】〕]")
_SEX = late(
    r"[ \t]*[:,，、(][ \t]*(?:性别:?)?[男女](?=[,，、);。 \t\n]|性|$)"
    r"|[ \t]{1,4}[男女](?=[,，、;。]|[ \t]{1,4}[0-9])"
)
_ADDRESSEE = late(f"(?:先生|女士|同志)?:[ \t]*(?:[\n{BREAK}]|$|你|您)")
_LINE_BEGINS = late(f"(?:^|[\n{BREAK}])[ \t]*\\Z")
_SIGNED = late("(?<=[人员长方位属])(?:签名|签字|签章|盖章|签署|名字)\\Z")
_LATIN = late("[ /(]{0,2}[A-Za-z][A-Za-z ]{0,15}[)]?\\Z")
PARTICULARS = (
    "(?:台湾|香港|澳门)?身份证|公民身份|手机|电话|联系电话|联系方式|银行卡|护照|证号|驾驶证|"
    "1[3-9][0-9]{9}(?![0-9])|[1-9][0-9]{16}[0-9Xx]"
)
"""Numbers of one person, and the words for them, as a pattern."""
_IDENTIFIED = late(f"[ ,(:的]{{0,3}}(?:{PARTICULARS})")
_FIRM_BEHIND = late(
    "[^与和的了在是说称向对将被\\W]{1,10}(?:"
    "(?:[(]集团[)])?(?:股份|集团|有限责任|有限)公司|(?:厂|商行|经营部|合作社|事务所)(?![㐀-鿿]))"
)
PROFESSION = (
    "[ \t]?[,(、][ \t]?(?:[正副]?高级|主任|副主任|主治|助理|副|注册|总|一级|二级)?"
    "(?:工程师|教授|研究员|医师|药师|护师|讲师|律师|会计师|经济师|农艺师|畜牧师|兽医师|审计师|统计师"
    "|规划师|建筑师|建造师|造价师|技师|院士)(?=[ \t]?[,、;。()\n]|$)"
)
"""A profession between commas behind a name, as a pattern."""
_PROFESSION = late(PROFESSION)
_POST_IN_GAPS = late("[ \t]{1,8}([㐀-鿿、()]{2,24})[ \t]{1,8}(?=[㐀-鿿(0-9])")
_DELEGATE = late("(?:委员|代表)(?:并转[^\n:]{0,20})?:")
_KIN = late("[ ]?[(](?:父|母|妻|夫|子|女|儿子|女儿|父亲|母亲|丈夫|妻子|配偶|本人)[)之]")
_BADGE = late("[ (,:]{0,3}(?:行政)?(?:执法证|执法编号|警号|工作证号)")
_REST_OF_LINE = late(f"[ \t]{{1,8}}([^\n{BREAK}:。;]{{2,30}})(?=[\n{BREAK}]|$)")
_APPOINTED = late(
    r"(?:同志)?(?:不再)?(?:任命?为?|担任|兼任|兼|出任|就任|当选为?|为)[^,。;\n]{0,18}?"
    r"(?:长|主任|书记|委员|经理|成员|职务|主席|秘书|干事|专员|总监|代表|律师|教授|研究员|员)|"
    r"(?:同志)?的[^,。;\n]{0,20}职务"
)
_OFFICE_NEAR = late(
    r"职务|任职|党委|党组|党员|拟任|现任|历任|曾任|任命|免去|主持工作|分管|挂职|转正|试用期|职级"
)
_PRIVATE_NEAR = late(
    r"身份证|住所|住址|现住|住[^院房]|户籍|农民|无业|务工|残疾|低保|驾驶|行人|乘客|文化程度|家住|患|个体|因犯|被告|原告|当事人|村民"
)
_PHONE_NEAR = late(
    r"(?<![0-9])(?:0[0-9]{2,3}[-— ]?)?[2-9][0-9]{6,7}(?![0-9])|"
    r"办公室|科室|办事处|办公电话|咨询电话|服务中心|管理局"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word beside a name: its section in the lists, the role it speaks for, how strongly."""

    word: str
    section: str
    role: str
    code: str
    weight: float
    tight: bool = False  # a colon stands between: whatever follows is meant as a value


def before(text: str, start: int) -> Cue | None:
    """The role word or label that a name beginning at ``start`` follows, if any."""
    left, colon, joined = _left(text, start)
    if not left:
        return None
    found = _word(left, colon)
    if found is None and joined:
        for link in _LINKS:
            if left.endswith(link):
                found = _word(left[: -len(link)], colon)
                if found:
                    break
    if found is None:
        return None
    word, section = found
    if section == "label":
        whose = _word(_stripped(left[: -len(word)].rstrip("的之")), True)
        if whose is not None and whose[1] not in ("label", "colon"):
            return _cue(*whose, colon, labelled=True)
    return _cue(word, section, colon)


def _left(text: str, start: int) -> tuple[str, bool, bool]:
    """What stands before, joints and one bracket taken off; whether a colon was among them."""
    low = max(0, start - _LEFT)
    at = start
    colon = False
    line_ends = 0
    while at > low and (text[at - 1] in _JOINTS or text[at - 1] == "\n"):
        if text[at - 1] == "\n":
            line_ends += 1
            if line_ends > 1 or not (colon or (at > 1 and text[at - 2] in _COLONS)):
                return "", False, False
        colon = colon or text[at - 1] in _COLONS
        at -= 1
    if at > low and text[at - 1] == "】":
        inner = text.rfind("【", low, at)
        if inner >= 0:
            return _stripped(text[inner + 1 : at - 1]), True, False
    joined = at == start
    if at > low and text[at - 1] in "(（[":
        at -= 1
        joined = False
    left = text[low:at]
    if left[-1:].isascii():
        left = _LATIN.sub("", left)
    left = left[max(left.rfind(BREAK), left.rfind("\n")) + 1 :]
    return _stripped(left), colon, joined


def _stripped(left: str) -> str:
    """White space out, one bracket and the word for a signature at the end off."""
    left = left.rstrip(" \t")
    group = _GROUP.search(left) if left[-1:] in _CLOSING else None
    if group:
        left = left[: group.start()]
    return _SIGNED.sub("", left.replace(" ", "").replace("\t", ""))


def _word(left: str, colon: bool) -> tuple[str, str] | None:
    if left[-2:] not in role_ends():
        return None
    table = roles()
    if left.endswith(_OTHER_WORDS):
        return None
    for length in range(min(LONGEST_ROLE, len(left)), 1, -1):
        word = left[-length:]
        section = table.get(word)
        if section is not None and (section != "colon" or colon):
            return word, section
    return None


@cache
def _cue(word: str, section: str, colon: bool, labelled: bool = False) -> Cue:
    weight = 0.95 if colon or labelled else 0.75
    if section == "label":
        return Cue(word, section, PRIVATE, f"name_label:{word}", weight, colon)
    if section == "legal":
        return Cue(word, section, OFFICIAL, "legal_representative", weight, colon)
    if section == "contact":
        return Cue(word, section, UNKNOWN, f"contact:{word}", weight, colon)
    role = PRIVATE if section == "private" else OFFICIAL
    return Cue(word, section, role, f"role_word:{word}", weight, colon)


def after(text: str, start: int, end: int) -> Cue | None:
    """The title, honorific or appointment that follows ``text[start:end]``, if any."""
    if _ADDRESSEE.match(text, end) and _LINE_BEGINS.search(text, max(0, start - 9), start):
        return Cue("", "addressee", PRIVATE, "addressee", 0.7)
    if _DELEGATE.match(text, end) and _LINE_BEGINS.search(text, max(0, start - 9), start):
        return Cue("", "addressee", OFFICIAL, "addressee", 0.7)
    at = _behind(text, end)
    right = text[at : at + 40].partition(BREAK)[0]
    return _office_behind(text, end, at, right) or _manner_behind(text, end, at, right)


def _office_behind(text: str, end: int, at: int, right: str) -> Cue | None:
    """An appointment, a title or a badge number behind a name."""
    if _APPOINTED.match(right):
        return Cue("任", "title", OFFICIAL, "appointed", 0.75)
    if _BADGE.match(right):
        return Cue("", "badge", OFFICIAL, "badge", 0.7)
    profession = _PROFESSION.match(text, end)
    if profession:
        word = profession[0].strip(" \t,(、")
        return Cue(word, "title", OFFICIAL, f"title:{word}", 0.5)
    title, weight = title_at(right, 0) if at - end <= 1 else "", 0.7
    if not title:
        title, weight = _title_on_line(text, end), 0.5
    return Cue(title, "title", OFFICIAL, f"title:{title}", weight) if title else None


def _manner_behind(text: str, end: int, at: int, right: str) -> Cue | None:
    """An honorific or the beginning of a biography behind a name."""
    if at - end <= 1:
        for word in _honorifics() if right.startswith(_honorifics()) else ():
            if right.startswith(word):
                return Cue(word, "honorific", UNKNOWN, f"honorific:{word}", 0.7)
    if _KIN.match(text, end):
        return Cue("", "kin", PRIVATE, "kin", 0.6)
    if _IDENTIFIED.match(text, end):
        return Cue("", "identifier", UNKNOWN, "identifier_behind", 0.6)
    if _LIFE.match(text, end):
        return Cue("", "biography", UNKNOWN, "life_dates", 0.4)
    if _SEX.match(right) or _SEX.match(text[end : end + 12]):
        return Cue("性别", "biography", biography_role(text, end), "biography", 0.75)
    return None


def described(text: str, end: int) -> bool:
    """Whether a sex stands behind ``end``: 沈阳,女,1995年…出生 is a person."""
    return _SEX.match(text, end) is not None


def _title_on_line(text: str, end: int) -> str:
    """The office in 牛得草　县政府办公室主任: the line goes on behind a gap and ends in a title."""
    for shape in (_REST_OF_LINE, _POST_IN_GAPS):
        found = shape.match(text, end)
        rest = found.group(1).rstrip(" 、,;。)") if found else ""
        for length in range(min(LONGEST_ROLE, len(rest)), 1, -1):
            if roles().get(rest[-length:]) == "official":
                return rest[-length:]
    return ""


def _behind(text: str, end: int) -> int:
    """Past spaces and one bracket."""
    group = _GROUP_BEHIND.match(text, end)
    at = group.end() if group else end
    while at < len(text) and text[at] == " ":
        at += 1
    return at


@cache
def _honorifics() -> tuple[str, ...]:
    return tuple(sorted(sections("after_names.txt")["honorific"], key=len, reverse=True))


def biography_role(text: str, end: int) -> str:
    """Whose life the sentence behind a name tells: a cadre's or a private person's."""
    right = text[end : end + 160]
    cut = min((at for at in (right.find("\n"), right.find(BREAK)) if at >= 0), default=len(right))
    right = right[:cut]
    private, office = _PRIVATE_NEAR.search(right), _OFFICE_NEAR.search(right)
    if private and (not office or private.start() < office.start()):
        return PRIVATE
    return OFFICIAL if office else UNKNOWN


def contact_role(text: str, start: int, end: int) -> str:
    """A contact is an office's where an office or its line stands near."""
    near = text[max(0, start - 60) : end + 60]
    return OFFICIAL if _PHONE_NEAR.search(near) else UNKNOWN


@cache
def _followers() -> tuple[frozenset[str], int]:
    words = sections("after_names.txt")
    both = words["verb"] | words["honorific"]
    return both, max(map(len, both))


def border(text: str, end: int) -> float:
    """How likely a name ends at ``end``, by what follows: 1 sure, 0.6 a usual word, 0 neither."""
    if end >= len(text) or not is_han(text[end]):
        return 0.0 if text.startswith("·", end) else 1.0
    words, longest = _followers()
    for length in range(longest, 0, -1):
        if text[end : end + length] in words:
            return 0.6 if length > 1 else 0.45
    return 0.6 if title_at(text, end) else 0.0


@cache
def _places() -> tuple[frozenset[str], int]:
    words = sections("after_names.txt")["place"]
    return words, max(map(len, words))


def part_of_place(text: str, end: int, shortest: int = 1) -> bool:
    """Whether what follows makes it a place, an organisation or a thing: 张家村, 李宁公司.

    ``shortest``: characters that the word behind must have.
    """
    if title_at(text, end):
        return False
    words, longest = _places()
    return any(text[end : end + length] in words for length in range(longest, shortest - 1, -1))


def part_of_firm(text: str, end: int) -> bool:
    """Whether a firm's name goes on behind: 凯盛园林绿化股份有限公司."""
    return border(text, end) == 0 and _FIRM_BEHIND.match(text, end) is not None
