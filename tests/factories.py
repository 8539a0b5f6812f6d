"""Small makers of model objects for tests. Values are synthetic and carry no meaning."""

from __future__ import annotations

from screener.model.document import Document, SegmentKind, SegmentTable, Source
from screener.model.facts import Facts
from screener.model.finding import Finding, Role, Severity
from screener.model.place import Lines, Paragraph, WholeFile

SOURCE = Source(sha256="0" * 64, size=1, media_type="text/plain", name="", origin="")


def document(text: str, *, name: str = "", title: str = "") -> Document:
    """A document of one body segment."""
    segments = SegmentTable()
    segments.append(0, len(text), SegmentKind.BODY, Lines((0,)))
    source = Source(sha256="0" * 64, size=1, media_type="text/plain", name=name, origin=name)
    return Document(source=source, text=text, segments=segments, facts=Facts(title=title))


def table_document(rows: list[list[str]]) -> Document:
    """A document of one table whose first row holds the headers."""
    from screener.extract.builder import DocumentBuilder

    builder = DocumentBuilder()
    table = builder.start_table()
    builder.set_headers(table, dict(enumerate(rows[0])))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            builder.add(
                cell,
                SegmentKind.TABLE_CELL,
                Paragraph(number + 1),
                table=table,
                row=number,
                column=column,
            )
    return builder.build(SOURCE)


def finding(
    entity: str,
    *evidence: str,
    role: Role | None = None,
    visible: bool = True,
    kind: SegmentKind = SegmentKind.BODY,
    start: int = 0,
    end: int = 1,
    rule: str = "a_rule",
) -> Finding:
    """A finding of an entity with evidence codes."""
    return Finding(
        id=f"f-{entity}-{start}",
        rule=rule,
        entity=entity,
        start=start,
        end=end,
        excerpt="*",
        fingerprint="0" * 20,
        severity=Severity.HIGH,
        confidence=0.9,
        evidence=evidence,
        locator=WholeFile(),
        kind=kind,
        visible=visible,
        role=role,
    )
