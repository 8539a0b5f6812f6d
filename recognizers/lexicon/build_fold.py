"""Writes ``fold.txt``, the one-to-one table of the view, from OpenCC's ``TSCharacters.txt``.

The table must never change a text's length, so only single code points are kept. A character that
is in use in both scripts (乾, 著, 瞭: it stands among its own candidates) is left alone.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

TARGET = Path(__file__).with_name("fold.txt")
PER_LINE = 24

# Written in Traditional and old texts; OpenCC leaves them alone because they are not only that.
VARIANTS = "祕秘於于徵征証证囯国戸户劵券鎋辖緑绿"

# Radicals that Unicode gives no decomposition for, but that fonts of PDF files use for the words.
SIMPLIFIED_RADICALS = (
    "⺠民⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)

LIKE_LATIN = "АAВBЕEКKМMНHОOРPСCТTаaеeоoрpсcуyіiѕsјjԁdһhΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYοoνv"
"""Cyrillic and Greek letters that no reader tells from Latin ones."""


def traditional(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of OpenCC's character table that are one to one and one-way."""
    for line in lines:
        source, separator, targets = line.rstrip("\n").partition("\t")
        if not separator or source.startswith("#"):
            continue
        candidates = targets.split()
        if source in candidates or len(source) != 1 or ord(source) > 0xFFFF:
            continue
        target = candidates[0]
        if len(target) == 1 and ord(target) <= 0xFFFF:
            yield source, target


def radicals() -> Iterator[tuple[str, str]]:
    """Kangxi and other radicals, as the words they look like."""
    yield from zip(SIMPLIFIED_RADICALS[::2], SIMPLIFIED_RADICALS[1::2], strict=True)
    yield from decomposed(range(0x2E80, 0x2FE0))


def decomposed(codes: Iterable[int]) -> Iterator[tuple[str, str]]:
    """The compatibility decomposition of these code points, where it is one other character."""
    for code in codes:
        target = unicodedata.normalize("NFKC", chr(code))
        if len(target) == 1 and target != chr(code):
            yield chr(code), target


def digits() -> Iterator[tuple[str, str]]:
    """Decimal digits of every script, as ASCII digits."""
    for code in range(0x80, sys.maxunicode + 1):
        value = unicodedata.decimal(chr(code), None)
        if value is not None and not 0xFF10 <= code <= 0xFF19:
            yield chr(code), str(value)


def letters() -> Iterator[tuple[str, str]]:
    """Latin letters in other dress, and signs of mailboxes and codes, as ASCII.

    Left alone: the Greek and Cyrillic letters that look like X, which are evidence of a reading
    error, and whatever looks like a digit, which only its neighbours can tell.
    """
    for code in (*range(0x2100, 0x2150), *range(0x24B6, 0x24EA), *range(0xFE50, 0xFE6C)):
        yield from _ascii(chr(code))
    for code in range(0x1D400, 0x1D800):
        yield from _ascii(chr(code))
    for first in (0x1F130, 0x1F150, 0x1F170):  # in squares and in black
        yield from ((chr(first + n), chr(ord("A") + n)) for n in range(26))
    yield from zip(LIKE_LATIN[::2], LIKE_LATIN[1::2], strict=True)


def _ascii(source: str) -> Iterator[tuple[str, str]]:
    target = unicodedata.normalize("NFKC", source)
    if len(target) == 1 and "!" <= target <= "~" and not target.isdigit():
        yield source, target


def main(path: str) -> None:
    """Write the table next to this file."""
    with Path(path).open(encoding="utf-8") as file:
        first = dict(traditional(file))
    first.update(zip(VARIANTS[::2], VARIANTS[1::2], strict=True))
    second = dict(radicals())
    third = dict(decomposed(range(0xF900, 0xFB00)))
    # A radical or compatibility form of a Traditional character goes all the way.
    sections = {
        "traditional": first,
        "radicals": {source: first.get(target, target) for source, target in second.items()},
        "compatibility": {source: first.get(target, target) for source, target in third.items()},
        "digits": dict(digits()),
        "letters": dict(letters()),
    }
    with TARGET.open("w", encoding="utf-8", newline="\n") as out:
        for name, pairs in sections.items():
            out.write(f"# {name}\n")
            tokens = [source + target for source, target in sorted(pairs.items())]
            for start in range(0, len(tokens), PER_LINE):
                out.write(" ".join(tokens[start : start + PER_LINE]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
