"""Names that may be: proposed by the network, by a label, by a role word, by an honorific."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from recognizers.lexicon.surnames import COMPOUND, SINGLE, common_words, lines
from recognizers.names import cues
from recognizers.names.columns import names_in
from recognizers.names.cues import Cue
from recognizers.names.flow import Flags, Flow
from recognizers.names.latin import has_surname, is_latin_name
from recognizers.names.phrases import PHRASES, ROSTER, TELLING
from recognizers.names.shapes import TITLE_VERBS, dotted
from recognizers.names.words import (
    is_dotted,
    is_han,
    is_only_a_word,
    is_word,
    looks_like_name,
    minority_parts,
    roles,
    sections,
    surname_length,
    title_at,
)
from recognizers.patterns import late
from recognizers.view import BREAK

_VALUE = late(f'[^,。;!?()\\[\\]【】<>《》"“”\n{BREAK}]{{2,60}}')
_BETWEEN = late(r"[ \t、,;/_]*(?:[(\[【〔][^()\[\]【】〔〕]*[)\]】〕])?[ \t、,;/_]*")
_BMP = 0x10000
_BEHIND_OTHERS = {"等人", "家中", "本人", "家属", "一行", "一家", "母亲", "父亲"}
_SPACED = late(
    r"(?<![㐀-鿿])(?=(([㐀-鿿])( {1,4})([㐀-鿿]))(?![㐀-鿿]))"
    r"(?<!(?<![㐀-鿿])[㐀-鿿] )(?![㐀-鿿] [㐀-鿿] [㐀-鿿](?![㐀-鿿]))"
)
"""Not in a title that is all set apart: 感 谢 信."""
_PLACE_ENDS = frozenset("路街巷村镇县区市乡省院局厅站馆")
_PLACES_WITH_LONG = frozenset("江安春沙城征乐寿宁兴丰清葛白河青阳")
_MAY_STAND_BEFORE = "由与和向请对系找加"


@dataclass(slots=True)
class Candidate:
    """``text[start:end]`` of the flow may be a name. ``model`` is the network's score.

    ``cue`` is the strongest word that speaks for it, ``role`` whose it is as far as its own
    surroundings tell, ``codes`` the evidence so far.
    """

    start: int
    end: int
    model: float = 0.0
    cue: Cue | None = None
    role: str = cues.UNKNOWN
    codes: list[str] = field(default_factory=list)
    weight: float = 0.0  # of everything but the network

    @property
    def score(self) -> float:
        """Network and surroundings together: neither has to speak if the other one does."""
        return 1 - (1 - self.model) * (1 - self.weight)

    def support(self, code: str, weight: float) -> None:
        """One more reason to believe it."""
        if code and code not in self.codes:
            self.codes.append(code)
        self.weight = 1 - (1 - self.weight) * (1 - weight)

    def take(self, cue: Cue) -> None:
        """A word beside it, or over it. The first one that knows whose it is decides the role."""
        self.support(cue.code, cue.weight)
        if self.cue is None or cue.weight > self.cue.weight:
            self.cue = cue
        if self.role == cues.UNKNOWN:
            self.role = cue.role


def from_colons(flow: Flow) -> Iterator[tuple[int, int, Cue]]:
    """Values behind a label or a role word with a colon: 姓名:张三, 联系人:李四、王五."""
    text = flow.text
    for colon in np.flatnonzero((flow.codes == ord(":")) | (flow.codes == ord("∶"))).tolist():
        start = colon + 1
        while start < len(text) and text[start] in " \t\n_":
            start += 1
        cue = cues.before(text, start)
        if cue is None or not cue.tight:
            continue
        value = _VALUE.match(text, start)
        if value is None:
            continue
        begin, end = value.span()
        found, last = False, begin
        for cell in names_in(text, begin, end, cue):
            if not _BETWEEN.fullmatch(text, last, cell.start):
                break  # 当事人:张三 驾驶证号:… 机动车号牌:…: other fields follow
            last = cell.end
            name = text[cell.start : cell.end].replace(" ", "")
            labelled = cue.section in ("label", "private")
            written = text[cell.start : cell.end]
            latin = is_latin_name(written) if labelled else has_surname(written)
            known = latin or looks_like_name(name) or (labelled and not surname_length(name))
            if not known or (is_word(name) and not labelled and len(name) > 2):
                break  # 联系人:办公室 张三 … only what stands right behind the label is its value
            strange = not surname_length(text, cell.start) and not is_dotted(name)
            if strange and len(name) > 3 and not latin:
                break
            found = True
            yield *_dotted_value(text, cell.start, cell.end), cue
            if text[cell.end : cell.end + 1] not in ("、", ",", "/", " ", "(", ""):
                break
        if not found:
            proposed = propose(text, start)
            if proposed:
                yield start, proposed, cue


def _dotted_value(text: str, start: int, end: int) -> tuple[int, int]:
    """The dotted name in a value: 批示:请|努尔买买提·阿布都拉|同志阅处."""
    dot = text.find("·", start, end)
    if dot < 0:
        return start, end
    last = dotted(text, dot, dot + 1)[1]
    return start + (text[start] in "请由经呈报送"), min(last, end) if last > dot + 1 else end


def propose(text: str, start: int) -> int:
    """The best end of a name that must begin at ``start``; 0 where none ends at a border."""
    surname = surname_length(text, start)
    if not surname or (text[start] in TITLE_VERBS and title_at(text, start + 1)):
        return 0
    best, choice = 0.44, 0
    for given in (1, 2):
        end = start + surname + given
        name = text[start:end]
        if len(name) < surname + given or not looks_like_name(name):
            continue
        only_word = is_only_a_word(name) and (len(name) > 2 or name in common_words())
        if only_word and not cues.described(text, end):
            continue
        if is_word(text[end - 1 : end + 1]) and cues.border(text, end) < 1:
            continue
        if name[-1] in TITLE_VERBS and title_at(text, end):
            continue
        if name[-1] in _PLACE_ENDS:
            continue
        likely = cues.border(text, end) + (0.05 if given == 2 else 0)
        if likely > best and not cues.part_of_place(text, end):
            best, choice = likely, end
    return choice


@cache
def _around_roles() -> tuple[Flags, Flags]:
    """By code point: what begins a surname; what may stand right before a name behind a role."""
    begins = np.zeros(0x10000, dtype=np.bool_)
    begins[[ord(char) for char in SINGLE] + [ord(word[0]) for word in COMPOUND]] = True
    tails = np.zeros(0x10000, dtype=np.bool_)
    tails[[ord(word[-1]) for word in roles()]] = True
    tails[[ord(char) for char in ' ()为是由系"】']] = True
    return begins, tails


def from_role_words(flow: Flow, tick: Callable[[], None]) -> Iterator[tuple[int, int, Cue]]:
    """Names that begin right behind a role word: 局长董健, 由局长董健任组长, 患者李芳."""
    begins, tails = _around_roles()
    codes = np.minimum(flow.codes, 0xFFFF)
    if len(codes) < 2:
        return
    at = np.flatnonzero(begins[codes[1:]] & tails[codes[:-1]]) + 1
    for number, start in enumerate(at.tolist()):
        if number % 4096 == 0:
            tick()
        cue = cues.before(flow.text, start)
        if cue is None or _long_place(flow.text, start):
            continue
        end = propose(flow.text, start)
        if end:
            yield start, end, cue


def _long_place(text: str, start: int) -> bool:
    """东风镇|长江路: what looks like 镇长 is a place and the first character of a road."""
    return (
        start > 1
        and text[start - 1] == "长"
        and text[start - 2] in _PLACE_ENDS
        and text[start] in _PLACES_WITH_LONG
    )


def from_phrases(flow: Flow) -> Iterator[tuple[int, int, Cue | None]]:
    """Names in 由高宏刚兼任, 免去李立新同志; on a line of their own with a colon; before ,男,."""
    text = flow.text
    held = {char for char in TELLING if char in text}
    for pattern, telling, cue in PHRASES:
        if telling and held.isdisjoint(telling):
            continue
        for found in pattern.finditer(text):
            group = found.lastindex or 1
            name = found.group(group)
            if looks_like_name(name) and not is_word(name) and name not in roles():
                yield *found.span(group), cue
    cue = Cue("", "identifier", cues.PRIVATE, "identifier_behind", 0.9)
    for found in ROSTER.finditer(text) if not held.isdisjoint("男女") else ():
        yield *found.span(1), cue


def from_dots(flow: Flow) -> Iterator[tuple[int, int]]:
    """Names with dots, written with the characters of transliterated names."""
    text = flow.text
    done = 0
    for at in np.flatnonzero(flow.codes == ord("·")).tolist():
        if at < max(done, 1) or not is_han(text[at - 1]):
            continue
        start, end = dotted(text, at, at + 1)
        if start < at and is_dotted(text[start:end]):
            done = end
            yield start, end


@cache
def _parts() -> tuple[Flags, Flags, re.Pattern[str]]:
    """First and second characters of minorities' parts of names, and names made of such parts."""
    parts = sorted(minority_parts(), key=len, reverse=True)
    first, second = np.zeros(_BMP, dtype=np.bool_), np.zeros(_BMP, dtype=np.bool_)
    first[[ord(part[0]) for part in parts]] = True
    second[[ord(part[1]) for part in parts]] = True
    return first, second, re.compile(f"(?:{'|'.join(parts)}){{2,3}}")


def from_parts(flow: Flow) -> Iterator[tuple[int, int]]:
    """Names of minorities without a dot: 才让多杰, 卓玛央金."""
    first, second, pattern = _parts()
    codes = np.minimum(flow.codes, _BMP - 1)
    done = 0
    for at in np.flatnonzero(first[codes[:-1]] & second[codes[1:]]).tolist():
        found = pattern.match(flow.text, at) if at >= done else None
        if found is not None and flow.text[found.end() : found.end() + 1] != "·":
            done = found.end()
            yield at, done


@cache
def _honorifics() -> tuple[str, ...]:
    """The words that stand only behind a name."""
    words = sections("after_names.txt")["honorific"] - _BEHIND_OTHERS
    return tuple(sorted(word for word in words if len(word) > 1))


def from_honorifics(flow: Flow) -> Iterator[tuple[int, int]]:
    """Names before 同志, 先生, 女士: at most four characters that begin with a surname."""
    text = flow.text
    for word in _honorifics():
        at = text.find(word)
        while at >= 0:
            for length in (4, 3, 2):
                start = at - length
                if start >= 0 and _whole(text, start, at):
                    yield start, at
                    break
            at = text.find(word, at + 1)


def _whole(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if not looks_like_name(name) or name in roles() or is_only_a_word(name):
        return False
    if len(name) == 4 and name[:2] not in COMPOUND:
        return False
    if text[start - 1 : start + 1] in common_words():
        return False  # 老师和张|先生
    if name[0] in _MAY_STAND_BEFORE and looks_like_name(name[1:]):
        return False  # 由|钟琼同志
    if start == 0 or not is_han(text[start - 1]) or text[start - 1] in _MAY_STAND_BEFORE:
        return True
    inside = (text[at : at + 2] for at in range(start - 1, end - 1))
    return len(name) > 2 and name[-1] not in "的和人" and not any(map(is_word, inside))


def from_spaces(flow: Flow) -> Iterator[tuple[int, int]]:
    """Names of two characters set apart, on a line or in a list of such: 张　三."""
    for found in _SPACED.finditer(flow.text):
        name = found.group(2) + found.group(4)
        if looks_like_name(name) and not is_word(name) and name not in roles():
            yield found.span(1)


@cache
def _figures() -> tuple[Flags, Flags, dict[str, list[str]]]:
    """First and second characters of the names everyone knows, and the names by these two."""
    names: dict[str, list[str]] = {}
    for line in lines("figures.txt"):
        for name in line.split():
            names.setdefault(name[:2], []).append(name)
    first, second = np.zeros(_BMP, dtype=np.bool_), np.zeros(_BMP, dtype=np.bool_)
    first[[ord(pair[0]) for pair in names]] = True
    second[[ord(pair[1]) for pair in names]] = True
    return first, second, names


def from_figures(flow: Flow) -> Iterator[tuple[int, int]]:
    """Persons everyone knows, wherever they stand (邓小平理论, 向雷锋学习)."""
    first, second, names = _figures()
    text, codes = flow.text, np.minimum(flow.codes, _BMP - 1)
    for at in (first[codes[:-1]] & second[codes[1:]]).nonzero()[0].tolist():
        for name in names.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                yield at, at + len(name)
