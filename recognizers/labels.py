"""What a number is said to be: the label before it, the header over it, the cell to its left.

The nearest label decides. ``合同编号：3401…`` is no ID number because ``合同`` stands there, and an
account number after ``身份证号 … 开户行`` is an account because ``开户行`` stands nearer.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.columns import WORDS, kind_at
from recognizers.patterns import late
from recognizers.trace import objection

WIDTH = 28
"""How far before a value its label may begin, in code points."""

_WORDS = Path(__file__).with_name("lexicon") / "labels.txt"
_GLUE = late(r"[号码证件编No.# ]{0,6}(?:[(][^()]{0,12}[)])?[ \n\t:=是为\"'“‘(<\[]*")
"""What may stand between a label and the value it belongs to."""
_SPREAD = late(r"(?<=[一-鿿])(?: +|\n)(?=[一-鿿])")
"""Blanks that spread a label over its line, as in 账　号, and a line end that breaks it in two."""
_JOINED = late(r"[号码证件 ]{0,3}[/、,或和及与(]?[ ]?")
"""Between two words of one label, as in 身份证号/护照号."""
_OVER_HEADERS = ("id", "serial")
"""Kinds of columns whose check digits say more than a header does."""


class Label(NamedTuple):
    """What a value is said to be.

    ``words`` are the label's words by kind (a kind of ``lexicon/labels.txt``, or ``serial``):
    mostly one, but ``身份证号/护照号`` has two. ``source`` is ``context_word``, ``column_header``
    or ``column_values``, where the column's other values say it. ``direct``: the label stands
    right before the value, to its left or over its column; else words or other values stand
    between, and the value's own shape has to say more.
    """

    words: dict[str, str]
    source: str
    direct: bool


@cache
def _kinds() -> dict[str, str]:
    """The kind of each label word."""
    kinds = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, words = line.partition(": ")
            kinds.update(dict.fromkeys(words.split("|"), kind))
    return kinds


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_kinds(), key=len, reverse=True)
    return late("|".join(map(re.escape, words)))


def _last(text: str) -> tuple[dict[str, str], int] | None:
    """The words of the last label in a text, and where it ends."""
    found = list(_pattern().finditer(text))
    if not found:
        return None
    words = {_kinds()[found[-1].group()]: found[-1].group()}
    for earlier, later in zip(found[-2::-1], found[:0:-1], strict=True):
        if not _JOINED.fullmatch(text, earlier.end(), later.start()):
            break
        words.setdefault(_kinds()[earlier.group()], earlier.group())
    return words, found[-1].end()


def label(artifacts: ChineseArtifacts, start: int) -> Label | None:
    """What the value that begins at ``start`` is said to be.

    Looked for in the text before it (same stretch and sentence), then in the cell to its left when
    that is a label and no value, then in the column's header.
    """
    memo = artifacts.labels
    if start not in memo:
        memo[start] = _label(artifacts, start)
    found = memo[start]
    return found if isinstance(found, Label) else None


def _label(artifacts: ChineseArtifacts, start: int) -> Label | None:
    before = artifacts.before(start, WIDTH)
    before = _SPREAD.sub("", before[max(before.rfind("。"), before.rfind("\n\n")) + 1 :])
    found = _last(before)
    if found:
        words, end = found
        return Label(words, "context_word", _GLUE.fullmatch(before, end) is not None)
    index = artifacts.index(start)
    if index is None or artifacts.layout.cell(index) is None:
        return None
    left = _SPREAD.sub("", artifacts.left_cell(start))
    if len(left) <= WIDTH and not any(c.isdigit() or c in "@*" for c in left):
        found = _last(left)
        if found:
            return Label(found[0], "context_word", True)
    found = _last(artifacts.header(start) or "")
    kind = kind_at(artifacts, index)
    headed = found is not None and (kind not in _OVER_HEADERS or "id" in found[0])
    if kind and not headed:
        return Label({kind: WORDS[kind]}, "column_values", True)
    alone = not before.strip()  # a footnote in the column's last cell is no value of the column
    return Label(found[0], "column_header", alone) if found else None


def spoken(given: Label | None, *kinds: str) -> bool:
    """Whether the nearest label is of one of these kinds."""
    return given is not None and not given.words.keys().isdisjoint(kinds)


def denied(given: Label | None, *kinds: str) -> bool:
    """Whether the value is said, right beside it, to be something else than these kinds."""
    if given is None or not given.direct or not given.words.keys().isdisjoint(kinds):
        return False
    objection(f"other_label:{next(iter(given.words.values()))}")
    return True


def word_of(given: Label | None, *kinds: str) -> str | None:
    """The label's word of the first of these kinds that it has."""
    if given is None:
        return None
    return next((given.words[kind] for kind in kinds if kind in given.words), None)


def evidence_of(given: Label | None, *kinds: str) -> tuple[str, ...]:
    """The label as evidence, when it is of one of these kinds."""
    word = word_of(given, *kinds)
    return (f"{given.source}:{word}",) if given is not None and word is not None else ()
