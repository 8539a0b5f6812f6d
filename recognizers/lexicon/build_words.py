"""Writes ``surname_words.txt``, words that begin with a surname and are no names, and
``common_words.txt``, the commonest words of two characters.

``python -m recognizers.lexicon.build_words`` reads the dictionary inside the jieba package. Names
in it are left out (tags ``nr*``, and what the name network's table of words knows as a person's),
as are rare words: what is left speaks against a name.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from recognizers.names.known import KINDS, LENGTHS, KnownWords

FOLDER = Path(__file__).parent
FEWEST = 10  # times in jieba's count
LONGEST = 3
PERSONS = {2: ("person",), 3: ("person", "perhaps")}
"""Kinds of words that are no words, by their length: of two characters, many are places too."""
COMMON = 1000  # times; such a word is hardly ever torn apart by a name's end


def surnames() -> set[str]:
    """All surname characters of ``surnames.txt``."""
    lines = (FOLDER / "surnames.txt").read_text("utf-8").splitlines()
    return set("".join(line for line in lines if not line.startswith("#")))


def persons(words: set[str]) -> set[str]:
    """Those that the network's table of words knows as names of persons."""
    table = KnownWords.read(FOLDER.parent / "names" / "names_words.npz")
    found = set()
    for length, kinds in PERSONS.items():
        listed = sorted(word for word in words if len(word) == length)
        codes = np.array([[ord(char) for char in word] for word in listed], dtype=np.uint32)
        known = table.starting(codes)[:, 0, LENGTHS.index(length)].tolist()
        found |= {word for word, kind in zip(listed, known, strict=True) if KINDS[kind] in kinds}
    return found


def main() -> None:
    """Write the lists next to this file."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    first = surnames()
    tails: dict[str, list[str]] = defaultdict(list)
    common: dict[str, list[str]] = defaultdict(list)
    for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        known = word[0] in first and 2 <= len(word) <= LONGEST
        if known and int(count) >= FEWEST and not tag.startswith("nr"):
            tails[word[0]].append(word[1:])
        if len(word) == 2 and int(count) >= COMMON and not tag.startswith("nr"):
            common[word[0]].append(word[1])
    named = persons({char + tail for char, tails_of in tails.items() for tail in tails_of})
    tails = {
        char: [tail for tail in found if char + tail not in named] for char, found in tails.items()
    }
    write("surname_words.txt", tails)
    write("common_words.txt", common)


def write(name: str, tails: dict[str, list[str]]) -> None:
    """One line for each first character: it, then what follows it."""
    lines = [f"{char} {' '.join(sorted(tails[char]))}" for char in sorted(tails) if tails[char]]
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
