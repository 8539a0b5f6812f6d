"""Writes ``gate.txt``: after which pairs of characters the network has to look for a name.

``python -m recognizers.names.training.gate 199801.txt``. The first line holds the characters that
a name may have second; each further line a character that a name may begin with, followed by those
second characters with which it was read as something else and never as a name.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

from recognizers.lexicon.surnames import SINGLE
from recognizers.names.training.corpus import sentences

TARGET = Path(__file__).parents[1] / "gate.txt"
FEWEST_STARTS = 2
FEWEST_SECONDS = 2
FEWEST_LISTED = 3  # names in jieba's dictionary that have this second character


def is_han(char: str) -> bool:
    """One of the unified ideographs."""
    return "\u4e00" <= char <= "\u9fff"


def dictionary() -> tuple[Counter[str], Counter[str]]:
    """From jieba: second characters of its names, and how often its words of two occur."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    seconds: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if tag.startswith("nr"):
            seconds[word[1:2]] += 1
        elif len(word) == 2:
            words[word] = int(count)
    return seconds, words


def main(path: str) -> None:
    """Count over the corpus and write the table."""
    starts: Counter[str] = Counter()
    named: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for tokens in sentences(Path(path)):
        text = "".join(token.word for token in tokens)
        pairs.update(text[at : at + 2] for at in range(len(text) - 1))
        for word, tag in tokens:
            if tag == "nr" and len(word) > 1:
                starts[word[0]] += 1
                named[word[:2]] += 1
    listed, words = dictionary()
    second_counts: Counter[str] = Counter()
    for pair, count in named.items():
        second_counts[pair[1]] += count
    seconds = {
        char
        for char in second_counts | listed
        if is_han(char) and (second_counts[char] >= FEWEST_SECONDS or listed[char] >= FEWEST_LISTED)
    }
    first = {char for char, count in starts.items() if count >= FEWEST_STARTS and is_han(char)}
    first |= SINGLE
    vetoed: dict[str, set[str]] = defaultdict(set)
    for pair in (pairs | words).keys() - named.keys():
        if pair[0] in first and pair[1] in seconds:
            vetoed[pair[0]].add(pair[1])
    lines = ["".join(sorted(seconds))]
    lines += [char + "".join(sorted(vetoed[char])) for char in sorted(first)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
