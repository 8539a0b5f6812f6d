"""What stands behind a label for a home, or under a header for one, up to the end of the field.

The label tells what the words alone cannot: that ``石桥村李家湾`` is where somebody lives, that the
address begins right behind the colon, whatever the estate is called, and that ``院内平房`` still
belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from recognizers.addresses import shapes
from recognizers.addresses.owner import of_people
from recognizers.addresses.search import Address
from recognizers.addresses.shapes import HAN, NUMERALS, any_of
from recognizers.artifacts import ChineseArtifacts
from recognizers.papers import columns
from recognizers.patterns import late

_HOMES = (
    *("家庭住址", "现住址", "住址", "家庭地址", "居住地", "户籍地", "户籍所在地", "户口所在地"),
    *("户口地址", "户籍地址"),
    *("居住地址", "常住地", "现居地", "送达地址", "送达地点", "收货地址", "收件地址", "寄件地址"),
    *("建房地点", "建房地址", "村组门牌", "组别门牌"),
)
"""Labels and headers of homes."""
_PLACES = (
    "联系地址",
    "通讯地址",
    "通信地址",
    "邮寄地址",
    "详细地址",
    "住所",
    "地址",
    "坐落",
    "座落",
)
"""Labels of homes and of other places: they tell where an address ends, not whose it is."""
_LEADS = (
    *("家住", "现住", "现居", "居住", "户籍", "户口", "租住", "暂住", "住在", "住于"),
    *(",住", "(住", ";住", "、住", "住:", "\n住"),
)
"""Words that lead to a home in running text; nothing but a few syllables stands between."""
_OTHER_THAN_LIVING = frozenset("房院宿")
"""With 住 before them: housing, a hospital, lodging."""
_SPREAD = ("住 ", "户 ")
_SPREAD_LABEL = late("(?P<word>住[ ]+[址所]|户[ ]+[籍口])[ ]*:[ ]*\n?")
"""A label with blanks inside: 住　　址：."""
_RESIDENTS = ("居民", "村民")
WORDS = (*_HOMES, *_PLACES, *_LEADS, *_SPREAD, *_RESIDENTS)
"""What a home is said with, for the scan."""

_NO_RESIDENTS = frozenset(("小组", "委员", "代表", "会议", "大会", "自治"))
_HAMLET_REACH = 40
_HAMLET = late(
    rf"(?<![{HAN}0-9A-Za-z])[{HAN}]{{2,24}}?(?:镇|乡|街道|苏木)[{HAN}]{{1,6}}?(?:村|社区|嘎查)"
    rf"[{HAN}]{{2,6}}(?<![村区组队社])\Z"
)
_GLUE = late(
    "(?:所在地|地址|地|址)?(?:分别)?[现原]?[在于为是系]?(?:[(][^()\n]{1,8}[)])?[ ]*(?P<colon>[:]?)"
    "[ ]*\n?"
)
_PART = rf"[{HAN}0-9A-Za-z#·-]"
_RUN = late(rf"{_PART}+(?:[(][{HAN}0-9A-Za-z-]{{1,10}}[)]{_PART}+)*(?:[ ](?=[0-9A-Za-z]){_PART}+)*")
_LONGEST, _WRAPPED, _NEAR_CELLS = 64, 22, 8
"""Code points of a field, and of a line that the paper's edge may have ended."""
_END_OF_FIELD = frozenset(",。;)、")
_CUT = late("的|居民|村民|农民|住户|业主|(?<=[村组号室屯社队])人\\Z")
_PLURAL = late("的?(?:群众|居民|村民|农户|住户|人口|人员|企业|各族|少数|适龄|儿童|学生|城乡)")
_BARRED = late(
    f"{shapes.HARD_STOP}|[0-9]{{7}}|[0-9]年|[0-9]月|同上|不详|同户|电话|身份证|邮编|姓名|联系"
    "|[本该原同]村(?:[民委组]|\\Z)|所在|情况|政策|管理|登记|制度|迁移|人口|证明|条件"
)
_BEGINS_WITH_NONE = late("[本该同无略详见如按与以应需须可未已等及或和为系是]|不[详明]")
_NUMBERED = late(
    rf"(?:[0-9{NUMERALS}A-Za-z甲乙丙丁]|#){shapes.UNIT}|[0-9A-Za-z]-[0-9A-Za-z]"
    rf"|[{HAN}][0-9]{{1,4}}[A-Za-z]?\Z"
)
_PLACED = late(f"[{HAN}](?:[省市县区州旗盟镇乡]|街道|苏木|村|社区|居委会|嘎查|农场|林场)[{HAN}]")
_TOWNED = late(f"[{HAN}](?:[市县区旗镇乡]|街道|苏木)[{HAN}]{{2}}")
_AT_HOME = frozenset(("家住", "现住", "现居", "租住", "暂住"))
_VILLAGE = late(
    rf"(?![农山乡新渔水]村|城中|附近|邻近|隔壁|同一|周边|外地|某)[{HAN}]{{2,5}}(?:村|社区|屯|嘎查)"
)
"""A village alone behind a word that says somebody lives there: 家住大坪村."""
_VILLAGED = late(f"[{HAN}](?:村|社区|居委会|嘎查|大队|农场|林场|牧场|[屯庄寨]\\Z|牧委会|分场)")
_ENDS_AT_HOME = late(
    any_of(
        "村 社区 居委会 村委会 民委员会 屯 嘎查 庄 寨 湾 坡 坝 冲 沟 口 院子 屋场 屋里 坳 坎 河 头"
        " 岭 塘 洼 畈 坪 坞 岗 坑 组 社 队 营 堡 集 圩 墩 垸 浜 埭 桥 家 坊 胡同 连 老屋 新屋 角 垄"
        " 塆 厝 洋 埔 寮 圳 岛 岙 垟 店子 铺 峪 崖 坬 窑 井 台子 片 大寨 老寨"
    )
    + r"\Z"
)
_DWELLING = late(
    rf"[{HAN}0-9A-Za-z()·#-]{{0,12}}?(?:"
    + any_of(
        "院 院内 楼 房 户 室 屋 间 门 侧 面 头 排 平房 库 号 层 栋 座 幢 庭 苑 园 区 寓 厦 邸"
        " 家属院"
        " 宿舍 单元 倒拐 门市 车库 亭子间 内 旁 湾 屯 组 社 队 家"
    )
    + r"|[0-9]{1,4}[A-Za-z]?)\Z"
)
"""What still belongs to an address behind its last number, when its field ends there."""


class Field(NamedTuple):
    """``view.text[start:end]`` is what a label announces.

    ``home`` says why it is a home by its label alone, and is empty where only a number in it makes
    it an address.
    """

    start: int
    end: int
    home: str


def fields(artifacts: ChineseArtifacts) -> list[Field]:
    """The fields of homes and other places of a text, by start, not overlapping."""
    found: dict[int, Field] = {}
    for field in chain(
        _labelled(artifacts), _spread(artifacts), _headed(artifacts), _of_residents(artifacts)
    ):
        known = found.get(field.start)
        if known is None or (field.home and not known.home):
            found[field.start] = field
    kept: list[Field] = []
    for start in sorted(found):
        if not kept or start >= kept[-1].end:
            kept.append(found[start])
    return kept


def within(artifacts: ChineseArtifacts, address: Address, field: Field) -> Address:
    """The address, from where its field begins to where it ends, as far as that belongs to it."""
    text = artifacts.view.text
    start, end = address.start, address.end
    if start < field.start < end or (field.start < start and _before(text[field.start : start])):
        start = field.start
    if end < field.end and _behind(text[end : field.end]):
        end = field.end
    return address._replace(start=start, end=end)


def _before(rest: str) -> bool:
    organised = shapes.ORGANISED.search(rest) or _BEGINS_WITH_NONE.match(rest)
    return not organised and _BARRED.search(rest) is None


def _behind(rest: str) -> bool:
    return _DWELLING.fullmatch(rest) is not None and _BARRED.search(rest) is None


def _labelled(artifacts: ChineseArtifacts) -> Iterator[Field]:
    text = artifacts.view.text
    for words, sure in ((_HOMES, True), (_LEADS, True), (_PLACES, False)):
        for word, place in artifacts.scan.occurring(words):
            artifacts.check_clock()
            end = place + len(word)
            if word[-1] == "住" and text[end : end + 1] in _OTHER_THAN_LIVING:
                continue  # (住房和城乡建设部令第11号)
            glue = _GLUE.match(text, end)
            start = glue.end() if glue else end
            direct = word in _HOMES or word == "住:" or bool(glue and glue.group("colon"))
            if not text[end:start].strip(" :") and text[start : start + 1] in ("", "\x1e"):
                start = _next_cell(artifacts, place)
            field = _field(artifacts, start, word.strip(",(:;、\n"), direct=direct, sure=sure)
            if field is not None:
                yield field


def _spread(artifacts: ChineseArtifacts) -> Iterator[Field]:
    for _, place in artifacts.scan.occurring(_SPREAD):
        label = _SPREAD_LABEL.match(artifacts.view.text, place)
        if label:
            said = label.group("word").replace(" ", "")
            field = _field(artifacts, label.end(), said, direct=True, sure=True)
            if field is not None:
                yield field


def _of_residents(artifacts: ChineseArtifacts) -> Iterator[Field]:
    """落雁乡双桥村柳树沟居民: a hamlet of a village right before the word for who lives there."""
    text = artifacts.view.text
    for word, place in artifacts.scan.occurring(_RESIDENTS):
        artifacts.check_clock()
        first = max(0, place - _HAMLET_REACH)
        before = text[first:place]
        match = _HAMLET.search(before.replace("\n", ""))
        if (
            match is None
            or text[place + 2 : place + 4] in _NO_RESIDENTS
            or _BARRED.search(match.group())
        ):
            continue
        begun = len(match.group()) - (match.group()[0] in "系是")
        start = place - begun - before[-begun:].count("\n")
        yield Field(start, place, f"context_word:{word}")


def _next_cell(artifacts: ChineseArtifacts, label: int) -> int:
    """Where the next filled cell of the row begins, behind a cell that holds a label only."""
    layout, index = artifacts.layout, artifacts.index(label)
    row = range(0) if index is None or layout.cell(index) is None else layout.row(index)
    for other in range((index or 0) + 1, min(row.stop, (index or 0) + _NEAR_CELLS)):
        first, last = artifacts.stretch(artifacts.view.position(layout.starts[other]))
        if artifacts.view.text[first:last].strip():
            return first
    return len(artifacts.view)


def _headed(artifacts: ChineseArtifacts) -> Iterator[Field]:
    text = artifacts.view.text
    for header, starts in columns(artifacts).items():
        word = next((w for w in (*_HOMES, *_PLACES) if w in header), None)
        for place in starts if word else ():
            artifacts.check_clock()
            first, last = artifacts.stretch(place)
            while first < last and text[first] in " \n":
                first += 1
            while last > first and text[last - 1] in " \n":
                last -= 1
            match = _RUN.match(text, first, min(last, first + _LONGEST))
            if word and match and match.end() == last:
                sure = word in _HOMES or of_people(artifacts.row_headers(place) or "")
                home = f"column_header:{word}" if sure and _lived_in(match.group()) else ""
                yield Field(first, last, home)


def _field(
    artifacts: ChineseArtifacts, start: int, word: str, *, direct: bool, sure: bool
) -> Field | None:
    text = artifacts.view.text
    match = _RUN.match(text, start, start + _LONGEST)
    if match is None:
        return None
    end = match.end()
    if text[end : end + 1] == "\n" and end - artifacts.line(start)[0] >= _WRAPPED:
        more = _RUN.match(text, end + 1, end + _LONGEST)
        if more and text[more.end() : more.end() + 1] in _END_OF_FIELD:
            end = more.end()
    cut = _CUT.search(text, start + 3, end)
    plural = False
    if cut:
        plural = _PLURAL.match(text, cut.start()) is not None
        end = cut.start()
    value = text[start:end].replace("\n", "")
    if _BARRED.search(value) or _BEGINS_WITH_NONE.match(value):
        return None
    ended = bool(cut) or text[end : end + 1] in (*_END_OF_FIELD, "", "\n", " ", "\t", "\x1e")
    if not ended:
        return None
    placed = direct or _TOWNED.search(value) or (word in _AT_HOME and _VILLAGE.fullmatch(value))
    lived_in = _lived_in(value) and bool(placed)
    home = f"context_word:{word}" if sure and lived_in and not plural else ""
    return Field(start, end, home) if direct or home else None


def _lived_in(value: str) -> bool:
    """Whether words alone make this finer than a township, in a field for a home."""
    if not len(value) >= 3 or _BARRED.search(value) or _BEGINS_WITH_NONE.match(value):
        return False
    if _ENDS_AT_HOME.search(value) and _VILLAGED.search(value):
        return True
    return _NUMBERED.search(value) is not None and shapes.ORGANISED.search(value[-4:]) is None
