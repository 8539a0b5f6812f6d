"""The words beside names, read once from the lists in ``recognizers/lexicon``."""

from __future__ import annotations

from functools import cache

from recognizers.lexicon.surnames import COMPOUND, SINGLE, lines, surname_words
from recognizers.patterns import late

MASKS = frozenset("某×*＊○〇□◯xXＸⅹ╳✕")
"""Written in the place of a given name: such a name is already masked."""


@cache
def sections(file: str) -> dict[str, frozenset[str]]:
    """A list with ``[section]`` heads as sets of words."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in lines(file):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        else:
            current.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def roles() -> dict[str, str]:
    """Role word to its section; where a word stands in two, the first section holds."""
    table: dict[str, str] = {}
    for section, words in sections("roles.txt").items():
        for word in words:
            table.setdefault(word, section)
    return table


_GO_ON_WITH_LONG = frozenset("期远久短度途效")
"""市|长期停放: what looks like a title ends inside a word."""
OFFICE_ENDS = frozenset("委局厅署乡镇县区市省办")
"""With which names of offices and places end, and hardly ever a person's."""
LONGEST_ROLE = 8
"""Characters of the longest role word."""


@cache
def role_ends() -> frozenset[str]:
    """The last two characters of the role words: nothing else ends in one."""
    return frozenset(word[-2:] for word in roles())


def is_han(char: str) -> bool:
    """One ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


_ALL_HAN = late("[\u4e00-\u9fff\u3400-\u4dbf]*")


def all_han(text: str) -> bool:
    """Ideographs and nothing else."""
    return _ALL_HAN.fullmatch(text) is not None


def surname_length(text: str, at: int = 0) -> int:
    """How many characters of ``text[at:]`` are a surname: 2, 1 or 0."""
    if text[at : at + 2] in COMPOUND:
        return 2
    return 1 if text[at : at + 1] in SINGLE else 0


def is_masked(name: str, following: str = "") -> bool:
    """李某某, 王×, 张*: written so that nobody can tell who it is."""
    return not MASKS.isdisjoint(name) or following[:1] in MASKS


def is_word(name: str) -> bool:
    """A word that begins with a surname and is more often a word than a name (高峰, 方向)."""
    return name in surname_words()


@cache
def _both() -> frozenset[str]:
    return frozenset(word for line in lines("word_names.txt") for word in line.split())


def is_only_a_word(name: str) -> bool:
    """A word that nobody is called (方法); not one like 高峰."""
    return is_word(name) and name not in _both()


@cache
def _counties() -> frozenset[str]:
    listed = (word for line in lines("regions.txt") for word in line.split()[1:])
    return frozenset(word[:-1] for word in listed if len(word) > 2 and word[-1] in "县市区旗")


def is_county(name: str) -> bool:
    """The short name of a city or a county, which persons may have too (安平, 文安)."""
    return name in _counties()


def is_dotted(name: str) -> bool:
    """阿卜杜拉·买买提: parts of Han joined by middle dots."""
    if "·" not in name:
        return False
    return all(1 <= len(part) <= 8 and all_han(part) for part in name.split("·"))


@cache
def minority_parts() -> frozenset[str]:
    """Parts that names of Uyghurs, Tibetans, Mongols and Yi are put together from."""
    return frozenset().union(*sections("minority_names.txt").values())


@cache
def minority_characters() -> frozenset[str]:
    """The characters of these parts."""
    return frozenset("".join(minority_parts()))


_SHORTEST_PART = 2
LONGEST_PART = 6
"""Characters of the longest of these parts."""


def is_minority(name: str) -> bool:
    """才让多杰: two or three such parts and nothing else, or one long one (斯琴高娃)."""
    if len(name) < 2 * _SHORTEST_PART:
        return False
    parts, reached = minority_parts(), {0: 0}
    for end in range(_SHORTEST_PART, len(name) + 1):
        before = [
            reached[at]
            for at in range(max(0, end - LONGEST_PART), end - 1)
            if at in reached and name[at:end] in parts
        ]
        if before:
            reached[end] = min(before) + 1
    count = reached.get(len(name), 0)
    return 2 <= count <= 3 or (count == 1 and len(name) > 3)


def looks_like_name(name: str) -> bool:
    """Whether this, taken whole, has the shape of a name: surname and given name, or dotted."""
    if is_dotted(name):
        return True
    if not 2 <= len(name) <= 2 * LONGEST_PART or not all_han(name) or is_masked(name):
        return False
    surname = surname_length(name)
    return (surname > 0 and 1 <= len(name) - surname <= 2) or (len(name) > 3 and is_minority(name))


@cache
def _title_heads() -> frozenset[str]:
    """The first two characters of the words for offices."""
    return frozenset(word[:2] for word, section in roles().items() if section == "official")


def title_at(text: str, at: int) -> str:
    """The longest word for an office that begins here, or the empty string."""
    if text[at : at + 2] not in _title_heads():
        return ""
    table = roles()
    for length in range(LONGEST_ROLE, 1, -1):
        word, behind = text[at : at + length], text[at + length : at + length + 1]
        if len(word) == length and table.get(word) == "official":
            return "" if word[-1] == "长" and behind in _GO_ON_WITH_LONG else word
    return ""
