"""Runs this tool over built papers, through the real readers."""

from __future__ import annotations

from collections.abc import Iterator

from fixtures.accuracy import papers
from fixtures.accuracy.files import locate, write
from fixtures.accuracy.gold import Stop
from screener.bootstrap import Application
from screener.config import Config, default_home
from screener.model.document import Document
from screener.model.finding import Screening
from tests.accuracy.score import Case, Hit


class Ours:
    """The tool as a user has it."""

    def __init__(self) -> None:
        self._application = Application(Config(home=default_home()))

    def cases(self, count: int, seed: int) -> Iterator[tuple[Case, Document]]:
        """Built papers, written to files and read back."""
        for number, paper in enumerate(papers(count, seed)):
            file = write(paper, seed * 7919 + number)
            document = self._application.extractor.read_bytes(file.data, file.name, "")
            expected = locate(paper, document.text, file.format)
            yield Case(paper, document.text, expected, file.format), document

    def screen(self, document: Document) -> tuple[list[Hit], str]:
        """What it finds in a document, and its verdict."""
        screening = self._application.screener.screen_document(document)
        return _hits(screening), screening.verdict.value


def _hits(screening: Screening) -> list[Hit]:
    return [
        Hit(
            finding.start,
            finding.end,
            finding.entity,
            Stop(judgement.level),
            finding.role.value if finding.role else None,
            finding.candidates,
            ", ".join(finding.evidence),
        )
        for finding, judgement in zip(screening.findings, screening.judgements, strict=True)
    ]
