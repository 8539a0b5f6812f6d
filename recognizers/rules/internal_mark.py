"""INTERNAL_MARK: papers that stay inside, work secrets, business secrets, drafts."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.marks.internal import TRIGGERS, find_internal, worth_internal
from recognizers.marks.search import search


class InternalMark(ChineseRecognizer):
    """Marks that keep a paper inside; 内部控制 and its kin are silent."""

    terms = TRIGGERS

    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """Every mark with what it asks for (内部资料 注意保存)."""
        return search(artifacts, self.terms, find_internal, worth_internal)
