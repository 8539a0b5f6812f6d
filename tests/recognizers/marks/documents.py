"""Turns the builders' papers into documents, and documents into what the mark rules find."""

from __future__ import annotations

from collections.abc import Iterable

from fixtures.mark_parts import Paper
from recognizers import catalogue
from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer
from recognizers.layout import Layout
from recognizers.match import Match
from screener.detect.layout import DocumentLayout
from screener.extract.builder import DocumentBuilder
from screener.model.document import Document, SegmentKind
from screener.model.place import PageBox, Paragraph, Place
from tests.factories import SOURCE

RULES = ("secret_mark", "internal_mark", "disclosure_mark")


def document(paper: Paper) -> Document:
    """The paper as a reader would hand it over."""
    builder = DocumentBuilder()
    cells = [piece for piece in paper.pieces if piece.cell is not None]
    table = -1
    if cells:
        table = builder.start_table()
        builder.set_headers(table, {p.cell[1]: p.text for p in cells if p.cell and p.cell[0] == 0})
    for number, piece in enumerate(paper.pieces, start=1):
        place: Place = PageBox(piece.page) if piece.page else Paragraph(number)
        row, column = piece.cell or (-1, -1)
        builder.add(
            piece.text,
            SegmentKind(piece.kind),
            place,
            table=table if piece.cell else -1,
            row=row,
            column=column,
        )
    return builder.build(SOURCE)


def _recognizers(names: Iterable[str]) -> list[ChineseRecognizer]:
    rules = catalogue.load().rules
    return [rules[name].recognizer_class()(rules[name]) for name in names]


def marks(text: str, layout: Layout | None = None, rules: Iterable[str] = RULES) -> list[Match]:
    """What these rules find in a text, by start; lifted levels are left out."""
    artifacts = ChineseArtifacts(text, layout)
    found = []
    for rule in _recognizers(rules):
        for hit in rule.find(artifacts):
            start, end = artifacts.view.raw_span(hit.start, hit.end)
            if "declassified" not in hit.evidence:
                found.append(
                    Match(rule.info.id, rule.info.entity, start, end, hit.score, hit.evidence)
                )
    return sorted(found, key=lambda match: match.start)


def marks_of(paper: Paper, rules: Iterable[str] = RULES) -> list[tuple[str, str]]:
    """Entity and value of every mark found in a paper."""
    made = document(paper)
    found = marks(made.text, DocumentLayout(made), rules)
    return [(match.entity, made.text[match.start : match.end]) for match in found]
