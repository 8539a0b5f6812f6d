"""Writes ``gate.txt``: after which pairs of characters the network has to look for a name.

The first line holds common characters that no name has second. Each further line is a character
followed by those with which it is otherwise than usual: usually a surname begins a name with any
character, and so does a pair of characters that names are transliterated with; other pairs do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from recognizers.lexicon.surnames import SINGLE, TRANSLITERATED
from recognizers.names.training.corpus import sentences
from recognizers.names.training.dictionary import jieba_entries
from recognizers.names.training.lists import words as listed_words

OFTEN = 3  # times that a pair was read as something else
PEOPLE = ("person", "perhaps")
_AS_SEEN = 20  # what a name of the newspaper counts, beside 1 for one of a dictionary
_RATIO = 60  # times that something else may be more frequent than a name
_RARELY = 5  # … where the pair does not look like a name
COMMON = 20  # times in the corpus; of a rarer character nothing is known


def is_han(char: str) -> bool:
    """One of the unified ideographs."""
    return "\u4e00" <= char <= "\u9fff"


def write(newspaper: Path, known: dict[str, str], target: Path) -> None:
    """Count over ``199801.txt`` and the known words, and write the table."""
    named: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for tokens in sentences(newspaper):
        text = "".join(token.word for token in tokens)
        chars.update(text)
        pairs.update(text[at : at + 2] for at in range(len(text) - 1))
        for word, tag in tokens:
            if tag == "nr" and len(word) > 1:
                named[word[:2]] += _AS_SEEN
                pairs[word[:2]] -= 1
    for word, count, _ in jieba_entries():
        if len(word) == 2 and known.get(word) not in PEOPLE:
            pairs[word] += count
    for word, kind in known.items():
        if kind in PEOPLE:
            named[word[:2]] += 1
    named.update({name: _AS_SEEN for name in listed_words("japanese") if len(name) == 2})
    seconds = {pair[1] for pair in named}
    never = {char for char, count in chars.items() if count >= COMMON and is_han(char)} - seconds
    unusual: dict[str, set[str]] = defaultdict(set)
    for pair in pairs.keys() | named.keys():
        if not is_han(pair[0]) or not is_han(pair[1]) or pair[1] in never:
            continue
        usual = pair[0] in SINGLE or {*pair} <= TRANSLITERATED
        other, name = max(0, pairs[pair]), named[pair]
        closed = usual and other >= OFTEN and other > name * _RATIO
        opened = not usual and name >= 1 and other <= name * _RARELY
        if closed or opened:
            unusual[pair[0]].add(pair[1])
    rows = ["".join(sorted(never))]
    first = SINGLE | TRANSLITERATED | unusual.keys()
    rows += [char + "".join(sorted(unusual[char])) for char in sorted(first)]
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")
