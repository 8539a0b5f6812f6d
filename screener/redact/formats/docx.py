"""Word documents: body, tables, stories, notes, comments, boxes, revisions, properties, caches.

A value may be spread over several runs: the first keeps its formatting and gets the replacement,
the others lose their share. Parts without a change keep their bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.document import Document
from screener.redact.office import redact_parts, refuse_leftovers
from screener.redact.package import Package
from screener.redact.text import Edit
from screener.redact.values import vanishing


class DocxWriter:
    """Writes .docx and its siblings (templates, files with macros)."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy with the spans replaced and without preview picture and signatures."""
        values = vanishing(document, spans)
        package = redact_parts(lambda: Package(data), document, spans, values, _xml_parts)
        package.drop_derived()
        refuse_leftovers(package, values)
        return package.to_bytes()


def _xml_parts(package: Package) -> list[str]:
    return [name for name in package.names() if package.is_xml(name)]
