"""Writes ``gate.txt``: after which pairs of characters the network has to look for a name.

The first line holds common characters
that no name has second; each further line a character that a name may begin with, followed by
those with which it was read as something else and never as the beginning of a name. A character
that is no surname begins a name only with another one that names are transliterated with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

from recognizers.lexicon.surnames import SINGLE, TRANSLITERATED, lines
from recognizers.names.training.corpus import sentences

TARGET = Path(__file__).parents[1] / "gate.txt"
FEWEST_STARTS = 2
OFTEN = 3  # times that a pair with a common surname was read as something else
COMMON = 20  # times in the corpus; of a rarer character nothing is known


def is_han(char: str) -> bool:
    """One of the unified ideographs."""
    return "\u4e00" <= char <= "\u9fff"


def dictionary() -> tuple[list[str], Counter[str]]:
    """From jieba: its names, and how often its words of two occur."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    names: list[str] = []
    words: Counter[str] = Counter()
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if tag.startswith("nr") and len(word) > 1:
            names.append(word)
        elif len(word) == 2:
            words[word] = int(count)
    return names, words


def write(newspaper: Path) -> None:
    """Count over ``199801.txt`` and write the table."""
    starts: Counter[str] = Counter()
    named: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for tokens in sentences(newspaper):
        text = "".join(token.word for token in tokens)
        chars.update(text)
        pairs.update(text[at : at + 2] for at in range(len(text) - 1))
        for word, tag in tokens:
            if tag == "nr" and len(word) > 1:
                starts[word[0]] += 1
                named[word[:2]] += 1
    names, words = dictionary()
    # Transliterated names of the dictionary begin with pairs that few other words have.
    named.update(name[:2] for name in names if len(name) >= 3 and name[0] not in SINGLE)
    starts.update(name[0] for name in names if len(name) >= 3 and is_han(name[0]))
    seconds = {pair[1] for pair in named} | {name[1] for name in names}
    never = {char for char, count in chars.items() if count >= COMMON and is_han(char)} - seconds
    common = set("".join(lines("surnames.txt")[:2]))
    vetoed: dict[str, set[str]] = defaultdict(set)
    for pair in (pairs | words).keys() - named.keys():
        beside = pair[0] in SINGLE or {*pair} <= TRANSLITERATED
        often = pairs[pair] >= OFTEN or words[pair] >= OFTEN or pair[0] not in common
        if beside and often and is_han(pair[1]) and pair[1] not in never:
            vetoed[pair[0]].add(pair[1])
    first = SINGLE | {char for char in TRANSLITERATED if starts[char] >= FEWEST_STARTS}
    rows = ["".join(sorted(never))]
    rows += [char + "".join(sorted(vetoed[char])) for char in sorted(first)]
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")
