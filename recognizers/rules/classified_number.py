"""CLASSIFIED_NUMBER: the number of a classified paper, 皖密〔2024〕3号, and of its copies."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.marks.classified import (
    COPY_TRIGGERS,
    NUMBER_TRIGGERS,
    find_copies,
    find_numbers,
    worth_copies,
    worth_number,
)
from recognizers.marks.search import search


class ClassifiedNumber(ChineseRecognizer):
    """Numbers with 密 in the office's code, and copy numbers beside a level."""

    terms = (*NUMBER_TRIGGERS, *COPY_TRIGGERS)

    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """Every number that is the paper's own; a cited one is silent."""
        yield from search(artifacts, NUMBER_TRIGGERS, find_numbers, worth_number)
        if worth_copies(artifacts):
            yield from search(artifacts, COPY_TRIGGERS, find_copies)
