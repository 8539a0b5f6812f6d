"""Whether a name that was proposed is believed: its score against what speaks against it."""

from __future__ import annotations

from recognizers.lexicon.surnames import TRANSLITERATED, common_words
from recognizers.names import cues
from recognizers.names.candidates import Candidate
from recognizers.names.elsewhere import names_elsewhere
from recognizers.names.model import SURE
from recognizers.names.shapes import in_title
from recognizers.names.words import (
    OFFICE_ENDS,
    is_county,
    is_dotted,
    is_han,
    is_only_a_word,
    is_word,
    looks_like_name,
    surname_length,
)

_WORD_NEEDS = 0.8  # the network's score for a name that is also a word, when nothing else speaks
_COUNTY_NEEDS = 0.93  # … for one that a county is called
_ODD_NEEDS = 0.8  # … for one that only a word should be, or that ends inside a word
_TITLED_NEEDS = 0.86  # … for one in the title of a work: 《陈伊玲的故事》, not 《机器人瓦力》
_ELSEWHERE_NEEDS = 0.97  # … for one with words beside it that speak of a place, a club, a firm
_LATIN_NEEDS = 0.95  # … for one in Latin letters
_STRANGE_NEEDS = 0.7  # … for a name that begins with no surname
_HALF_SEEN = 0.3  # … for a word or a place behind the title of one office: 副县长田长媛到
_RULED_NEEDS = 0.75  # … for the leader whom a government is called after
_USUAL_END = 0.6  # a word that often follows a name stands behind
_TITLES = ("长", "书记", "主任", "主席", "经理", "总监")
_PARTICLES = frozenset("都和于时那是全同来从能向当应所经多对将容曾会国童商干儿何方成")
"""Surnames that are particles or parts of common words too: 学生都喊着, 院长和大家."""
_SIGNS_AS = ("记者", "通讯员")
_REPORTS = ("报道", "摄", "文", "通讯员", "实习")
_JOINED = frozenset("但位名都和那是从将对多曾")
"""What stands between a sentence and a form of address: 但王大娘, 几位名医生."""
_PLACE_ENDS = frozenset("村路街")
_VILLAGE_ENDS = frozenset("庄屯沟湾场坝坪塘洼河桥岭坡寨集店堡家")
_LINKS = frozenset("和于与及同向")
_JOINS = frozenset("和与及")


def believed(text: str, name: Candidate) -> bool:
    """Whether the network and what stands around the name together speak clearly enough for it."""
    if name.score < SURE:
        return False
    word = text[name.start : name.end].replace(" ", "")
    if _part_of_more(text, name, word) or _linked(text, name, word):
        return False
    if word[0].isascii():
        return name.weight > 0.0 or name.model >= needed(text, name, word)
    if _only_a_role_word(name) and name.model < _WORD_NEEDS:
        return _fits_a_role_word(text, name, word)
    if name.weight > 0.0:
        return name.model > 0.0 or word[0] not in _JOINED or not _only_spoken_of(name)
    return name.model >= needed(text, name, word)


def _part_of_more(text: str, name: Candidate, word: str) -> bool:
    """Whether its end, or what follows, makes it a place, an organisation or a firm."""
    if word[-1] in OFFICE_ENDS and name.model < _COUNTY_NEEDS:
        return True
    if word[-1] in _VILLAGE_ENDS and text.startswith("村", name.end):
        return True  # 陈庄|村支书廖文华
    tight = name.cue is not None and name.cue.tight
    if cues.part_of_firm(text, name.end):
        return True
    rules = len(word) > 2 and name.model >= _RULED_NEEDS and TRANSLITERATED.issuperset(word)
    if rules and text.startswith(("政府", "内阁"), name.end):
        return False
    return cues.part_of_place(text, name.end, 2 if tight else 1)


def needed(text: str, name: Candidate, word: str) -> float:
    """The score that the network alone has to give."""
    if word[0].isascii():
        return _LATIN_NEEDS
    if names_elsewhere(text, name.start, name.end):
        return _ELSEWHERE_NEEDS
    if in_title(text, name.start, name.end):
        return _TITLED_NEEDS if looks_like_name(word) else 1.0
    return _needed_as_word(text, name, word)


def _needed_as_word(text: str, name: Candidate, word: str) -> float:
    """The score for what may be a place, a word or a part of one."""
    if is_county(word) or (len(word) > 2 and word[-1] == "村"):
        return _COUNTY_NEEDS
    if _is_odd(text, name, word):
        return _ODD_NEEDS
    if is_word(word):
        return _WORD_NEEDS
    return SURE if surname_length(word) or is_dotted(word) else _STRANGE_NEEDS


def _is_odd(text: str, name: Candidate, word: str) -> bool:
    """Whether it would be a word that nobody is called, end inside one, or as places do."""
    if is_only_a_word(word) or (len(word) > 2 and word[-1] in _PLACE_ENDS):
        return True
    foreign = len(word) > 3 and TRANSLITERATED.issuperset(word)
    return not foreign and _tears_words(text, name.start, name.end)


def _fits_a_role_word(text: str, name: Candidate, word: str) -> bool:
    """Whether a name that a role word and at most a doubtful network speak for is believed."""
    if name.model == 0.0:
        linked = word[0] in _LINKS and is_han(text[name.start - 1])  # 低保对象和孤儿
        return not linked and _stands_clear(text, name, word)
    begins_as_word = surname_length(word) == 1 and is_only_a_word(word[:2])
    odd = begins_as_word or _tears_words(text, name.start, name.end)
    end = cues.border(text, name.end)
    if not odd or end == 1.0:
        return True  # 群众知晓惠民政策 has neither
    return _is_title(name) and (end >= _USUAL_END or (end > 0 and name.model >= _HALF_SEEN))


def _tears_words(text: str, start: int, end: int) -> bool:
    """惠及群|众: whether the name would end or begin inside a very common word."""
    return (
        text[end - 1 : end + 1] in common_words() or text[start - 1 : start + 1] in common_words()
    )


def _stands_clear(text: str, name: Candidate, word: str) -> bool:
    """Whether what follows a role word must be a name: no other word, with a clear end."""
    apart, end = not is_han(text[name.start - 1]), cues.border(text, name.end)
    if apart and end == 1.0:
        return not is_only_a_word(word)
    if is_word(word):
        return _word_is_name(text, name, word, end)
    if surname_length(word) == 1 and is_only_a_word(word[:2]):
        return False
    if word[0] in _PARTICLES and (end < 1.0 or len(word) < 3 or word[1:] in common_words()):
        return False  # 学生都喊着, 院长曾表示
    if name.cue is not None and name.cue.section == "label":
        return apart  # 姓名索引: nothing stands between the label and what follows
    return end >= _USUAL_END


def _word_is_name(text: str, name: Candidate, word: str, end: float) -> bool:
    """Whether a word or a place elsewhere is hardly one here: 县长高平主持, 记者马力报道."""
    if name.cue is not None and name.cue.word in _SIGNS_AS and not is_only_a_word(word):
        return end == 1.0 or text.startswith(_REPORTS, name.end)
    return end == _USUAL_END and word not in common_words() and _is_title(name)


def _is_title(name: Candidate) -> bool:
    """Whether the role word is the title of an office that one person holds."""
    cue = name.cue
    return cue is not None and cue.section == "official" and cue.word.endswith(_TITLES)


def _only_a_role_word(name: Candidate) -> bool:
    """Whether nothing but one role word, without a colon, speaks for it."""
    return (
        len(name.codes) == 1
        and name.cue is not None
        and not name.cue.tight
        and (name.codes[0].partition(":")[0] in ("role_word", "contact", "legal_representative"))
    )


def _only_spoken_of(name: Candidate) -> bool:
    """Whether nothing but role words and forms of address without a colon speak for it."""
    loose = name.cue is None or not name.cue.tight
    return loose and all(code.startswith(("honorific:", "role_word:")) for code in name.codes)


def _linked(text: str, name: Candidate, word: str) -> bool:
    """Whether its first word only joins it to the one before: 大使和新|任, 名字和单位."""
    if word[0] not in _JOINS or name.model >= _ODD_NEEDS or name.start == 0:
        return False
    return name.cue is not None and not name.cue.tight and is_han(text[name.start - 1])
