"""DISCLOSURE_MARK: what a paper says about its own publication."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.marks.disclosure import TRIGGERS, find_disclosure, worth_disclosure
from recognizers.marks.search import search


class DisclosureMark(ChineseRecognizer):
    """Notes such as 此件公开发布; the evidence tells which of the four kinds."""

    terms = TRIGGERS

    def find(self, artifacts: ChineseArtifacts) -> Iterable[Hit]:
        """Every note; of a label with a value, the value."""
        return search(artifacts, self.terms, find_disclosure, worth_disclosure)
