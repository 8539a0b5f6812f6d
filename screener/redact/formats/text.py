"""Plain text: edits in the decoded text, bytes outside them untouched."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.document import Document
from screener.redact.source_text import SourceText
from screener.redact.text import Edit
from screener.redact.unreachable import unreachable


class TextWriter:
    """The Document's text begins with the decoded file (the contract), so spans are offsets."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy with the spans replaced. Raises SomethingLeft for spans behind the file's text."""
        length = _length_of_body(document)
        for start, end, _new in spans:
            if end > length:
                raise unreachable(document.locate(start, end))
        text = document.text[:length]
        return SourceText(data, text, document.source.encoding).splice(spans)


def _length_of_body(document: Document) -> int:
    """Where the decoded file ends: before the first segment that stands behind a break."""
    from screener.model.document import SEGMENT_BREAK

    # The break is U+001E and a line feed; a text file that holds it itself is cut nowhere, since
    # only name and properties stand behind and their segments say so.
    outside = {"file_name", "metadata"}
    segments = document.segments
    for index in range(len(segments)):
        if segments.kind(index).value in outside:
            return max(segments.starts[index] - len(SEGMENT_BREAK), 0)
    return len(document.text)
