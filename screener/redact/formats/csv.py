"""Csv: fields are stretches of the decoded file, so it is written as plain text is."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.document import Document
from screener.redact.formats.text import TextWriter
from screener.redact.text import Edit

_SPECIAL = '",;|\t\r\n，'


class CsvWriter:
    """Replacements never hold a quote, a delimiter or a line end, so no field breaks."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy with the spans replaced."""
        if any(mark in new for _start, _end, new in spans for mark in _SPECIAL):
            raise ValueError("a replacement in csv must not hold a delimiter")
        return TextWriter().redact(data, document, spans)
