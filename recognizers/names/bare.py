"""Bare surnames in prose: 毛主席, 李老师, 胡老 name somebody whom the text knows by the surname.

Papers of offices write 王女士 and 李先生 so that nobody is named, and so they stay silent there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from recognizers.lexicon.surnames import COMPOUND, SINGLE, common_words
from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.names.shapes import in_title
from recognizers.names.words import surname_length
from recognizers.patterns import late

EVIDENCE = "surname_only"
"""The code of a name that is no more than a surname."""
_SURE = 0.5  # the network's score before a form of address
_OF_TITLE = 0.6  # … before an official's title
_NAMED = 0.3  # … where the text gives the full name
_FORMS = (
    *("先生", "女士", "小姐", "太太", "夫人", "老师", "医生", "大夫", "师傅", "同志", "同学"),
    *("大娘", "大爷", "大妈", "大叔", "大婶", "大嫂", "大哥", "大姐", "老汉", "老人", "老", "氏"),
)
_TITLES = (
    *("主席", "副主席", "总理", "总书记", "委员长", "外长", "总统", "首相", "大使", "将军", "元帅"),
    *("教授", "院士", "部长"),
)
"""Of persons whom everybody knows by the surname; 王主任 and 李书记 are anybody's."""
_SHORT = ("老", "氏")  # forms of one character: only where the name clearly ends behind them
_OLD_WHAT = frozenset("师板家伴人婆公化年大是乡百将同旧龄早远实爷太头虎鼠两三四五六七八九十")
"""With 老 before them, these are other words: 老板, 老家."""
_HIDDEN = ("private", "contact", "label", "legal")
_INTERVIEWED = late("[㐀-鿿]{2,3}(?:告诉|向|对|接受)(?:本报)?记者|[㐀-鿿]{2}[,:，：]?您")
"""Whom papers give the surname of, so that nobody is named; and who is spoken to."""
_PAPER = late(
    "[(〔【\\[](?:19|20)[0-9]{2}[)〕】\\]]|来电|来信|来访|信访|诉求|投诉|热线|姓名|身份证|联系(?:人|电话|方式)|附件"
    "|当事人|申请人|原告|被告|[公告]示[:。\n]|[0-9]{7,}|签字|签名|盖章|抄送|主送|特此|[村居][)]?委会|街道办|专人"
)
"""What papers of offices have and prose has not."""


def from_spans(text: str, spans: Iterable[Candidate]) -> Iterator[Candidate]:
    """What is no more than a surname, with or without the form of address behind it."""
    for span in spans:
        length = surname_length(text, span.start)
        word = text[span.start : span.end]
        if word in SINGLE or word in COMPOUND or (length and word[length:] in _forms()):
            end = span.end if word in COMPOUND else span.start + length
            yield Candidate(span.start, end, span.model)


def bare_surnames(
    text: str, proposed: Iterable[Candidate], known: Iterable[Candidate]
) -> list[Candidate]:
    """Those of the proposed that name somebody, by start; none in the paper of an office.

    ``known`` are the names of the text. Officials have a title behind the surname; whose the others
    are is not known.
    """
    proposed = list(proposed)
    if not proposed or _PAPER.search(text):
        return []
    names = list(known)
    taken = {at for name in names for at in range(name.start, name.end)}
    surnames = {text[name.start : name.start + surname_length(text, name.start)] for name in names}
    found = []
    for name in sorted(proposed, key=lambda name: name.start):
        title = next((word for word in _TITLES if text.startswith(word, name.end)), "")
        named = text[name.start : name.end] in surnames
        needed = _NAMED if named else _OF_TITLE if title else _SURE
        if name.model < needed or name.start in taken or not (title or _addressed(text, name.end)):
            continue
        if text[name.start - 1 : name.start + 1] in common_words():
            continue  # 全党|同志
        before = cues.before(text, name.start)
        if before is not None and before.section in _HIDDEN:
            continue  # 市民王先生
        if _INTERVIEWED.match(text, name.end) or in_title(text, name.start, name.end):
            continue
        name.codes.append(EVIDENCE)
        name.role = cues.OFFICIAL if title else cues.UNKNOWN
        found.append(name)
    return found


@cache
def _forms() -> frozenset[str]:
    return frozenset(_FORMS)


def _addressed(text: str, end: int) -> bool:
    for form in _FORMS:
        if text.startswith(form, end):
            behind = text[end + 1 : end + 2]
            return (
                form not in _SHORT
                or (form == "老" and behind not in _OLD_WHAT)
                or (cues.border(text, end + 1) > 0)
            )
    return False
