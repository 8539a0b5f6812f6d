"""Lists of names: what one item shows holds for the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.names.settings import settle
from recognizers.names.shapes import acceptable
from recognizers.names.words import (
    OFFICE_ENDS,
    is_dotted,
    is_han,
    is_only_a_word,
    is_word,
    looks_like_name,
    surname_length,
)
from recognizers.patterns import late
from recognizers.view import BREAK

_FEWEST = 3
_SURE = 0.5
_MOST_BEFORE, _WIDEST_GAP = 6, 8
_BESIDE = 0.6  # what standing beside one name with a role counts
_JOINT = late(
    rf"[ \t]*(?:\([^()\n{BREAK}]{{0,24}}\))?[ \t]*"
    r"[、,;/\n \t|][、,;/\n \t|]*(?:[0-9]{1,4}[.、 ])?"
)
_ITEM = late("[㐀-鿿]{2,4}(?:·[㐀-鿿]{1,6}){0,3}|[㐀-鿿] {1,4}[㐀-鿿](?![㐀-鿿])")
_LINE_HEAD = late(f"(?:^|[\n{BREAK}])[ \t]*(?:[(]?[0-9]{{1,5}}[.、)号]?[ \t]*)?\\Z")
_HEADING = 160  # characters before a list in which its heading is looked for
_PRIVATE_LIST = late(
    r"(?:献血|志愿者|奖励扶助|资格认定|资格复审|递补|职称|优抚|安置|注销|拟?录[用取]|拟?聘用|拟招|考生|入围|面试|笔试|体检|补助|补贴|救助|资助|受助|低保|特困|残疾|困难|脱贫|贫困|发放|享受|获奖|中签|摇号|"
    r"当事人|轮候|驾驶人|驾驶证|保障对象|学生|学员|毕业生|村民|居民|农户|退役|伤亡|遇难|失信|被执行|信访|参保|退休|申请人)[^\n。]{0,24}(?:名单|情况|人员|对象|结果|作废|如下|公示|花名册|名册|表)"
)
_OFFICE_LIST = late(
    r"领导小组|工作组|指挥部|委员会(?=[^\n。]{0,12}(?:委员|成员|组成|名单|名册|主任|[:\n]))|专班|组成人员|成员名单|出席|参加(?!诉讼|庭审|面试|笔试|考试|体检|资格|比赛|学习|培训)|列席|评审(?!通过|结果|合格|[未]通过)|评委|专家|班子|任免|任命|干部|党组|执法人员|组长|主任|主席|理事会|陪同|慰问(?!名单|对象|人员|金|款|物|品|户|花名册|情况)|调研"
)


def expand(text: str, known: list[Candidate]) -> Iterator[Candidate]:
    """Items between and beside sure names that have the shape of a name.

    ``known`` are by start and do not overlap. Sets the role of unknown items from the list's lead.
    """
    known = [name for name in known if name.score >= _SURE]
    starts = [name.start for name in known]
    done = -1
    for at, first in enumerate(known):
        if first.start < done:
            continue
        items, new, end = _run(text, first, known, starts, at)
        done = max(end, first.end)
        if len(items) < _FEWEST and first.cue is not None:
            beside = [item for item in new if _must_be_one(text, item)]
            for item in beside:
                item.support("list", _BESIDE)
            yield from beside
            items, new = [*items, *beside], []
            if len(items) > 1:
                _share_role(text, items)
            continue
        if len(items) < 2:
            continue
        if len(items) >= _FEWEST:
            for item in (*items, *new):
                item.support("list", 0.7)
            yield from new
            items = [*items, *new]
        _share_role(text, items)


def _must_be_one(text: str, item: Candidate) -> bool:
    """Whether an item is a name because it stands beside one: 副总指挥于立新、文爱民."""
    name = text[item.start : item.end]
    return len(name) == 3 and surname_length(name) == 1 and text[item.start - 1] == "、"


def _run(
    text: str, first: Candidate, known: list[Candidate], starts: list[int], at: int
) -> tuple[list[Candidate], list[Candidate], int]:
    """The sure names of one list, other items that may be names, and where it ends."""
    items, new, misses = [first], [], 0
    back = _backwards(text, first.start)
    position = first.end
    while True:
        joint = _JOINT.match(text, position)
        if joint is None or joint.end() == position:
            break
        begin = joint.end()
        slot = bisect_left(starts, begin, at)
        if slot < len(known) and known[slot].start == begin:
            items.append(known[slot])
            position, misses = known[slot].end, 0
            continue
        item = _ITEM.match(text, begin)
        tired = misses >= _FEWEST and len(items) < _FEWEST
        if item is None or tired or not _fits(text, item.start(), item.end()):
            break
        new.append(Candidate(item.start(), item.end()))
        position, misses = item.end(), misses + 1
    new = [*back, *new]
    return items, new, position


def _backwards(text: str, start: int) -> list[Candidate]:
    """The items before the first sure name, when only a 、 or a gap stands between."""
    items: list[Candidate] = []
    while start > 0 and len(items) < _MOST_BEFORE:
        end = start - 1 if text[start - 1] == "、" else _gap(text, start)
        begin = next((end - n for n in (4, 3, 2) if _whole_item(text, end - n, end)), -1)
        if end == start or begin < 0:
            break
        items.insert(0, Candidate(begin, end))
        start = begin
    return items


def _gap(text: str, start: int) -> int:
    """Where the spaces before a name begin, if there are two at least; else ``start``."""
    begin = start
    while begin > start - _WIDEST_GAP and text[begin - 1 : begin] == " ":
        begin -= 1
    return begin if start - begin > 1 else start


def _whole_item(text: str, start: int, end: int) -> bool:
    return start >= 0 and not is_han(text[start - 1 : start] or " ") and _fits(text, start, end)


def _fits(text: str, start: int, end: int) -> bool:
    name = text[start:end].replace(" ", "")
    if "㐀" <= text[end : end + 1] <= "鿿" and not text[end:].startswith("等"):
        return False
    if not acceptable(text, start, end) or (len(name) > 2 and is_word(name)):
        return False
    if is_only_a_word(name) and text[start - 1 : start] not in ("、", ","):
        return False
    if name[-1] in OFFICE_ENDS:
        return False
    return looks_like_name(name) or is_dotted(name)


def _share_role(text: str, items: list[Candidate]) -> None:
    """What the first item's lead says holds until an item brings its own; else the heading."""
    items.sort(key=lambda item: item.start)
    role = items[0].role
    if role == cues.UNKNOWN:
        role = heading_role(text, items[0].start)
    for item in items:
        if item.role == cues.UNKNOWN:
            item.role = role
        elif item.cue is not None and item.cue.section != "biography":
            role = item.role


def heading_role(text: str, start: int) -> str:
    """Whose list this is, by the words before it."""
    left = text[max(0, start - _HEADING) : start]
    left = left[left.rfind(BREAK) + 1 :]
    private = [found.start() for found in _PRIVATE_LIST.finditer(left)]
    office = [found.start() for found in _OFFICE_LIST.finditer(left)]
    if private and (not office or private[-1] > office[-1]):
        return cues.PRIVATE
    return cues.OFFICIAL if office else cues.UNKNOWN


def share_headings(text: str, names: list[Candidate]) -> None:
    """A name that begins a line and whose role is not known takes the role of its heading."""
    for name in names:
        if name.role == cues.UNKNOWN and _LINE_HEAD.search(
            text, max(0, name.start - 12), name.start
        ):
            name.role = heading_role(text, name.start)
    settle(text, names)
