"""SECRET_MARK: the mark of a state secret, 机密★20年 and its kin."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.marks.search import search
from recognizers.marks.secret import TRIGGERS, find_levels


class SecretMark(ChineseRecognizer):
    """Levels that are written as marks; a mention of secrecy is silent."""

    terms = TRIGGERS

    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """Every mark with its term."""
        return search(artifacts, self.terms, find_levels)
