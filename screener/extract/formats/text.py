"""Plain text: the decoded file is the Document's text, code point for code point."""

from __future__ import annotations

from array import array

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import Decoded, decode
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Lines

MOST_NAMED = 5
"""Broken lines named one by one; more are counted."""


class TextReader:
    """The whole file as one visible body segment; line ends kept, a BOM dropped."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Decode, and say which lines could not be."""
        decoded = decode(data, context.declared_charset)
        builder.set_encoding(decoded.encoding)
        start = builder.add_raw(decoded.text)
        place = Lines(line_starts(decoded.text))
        builder.mark(start, builder.length, SegmentKind.BODY, place)
        report_broken(decoded, builder)


def line_starts(text: str) -> array[int]:
    """The offset of every line's first character."""
    starts = array("q", [0])
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


def report_broken(decoded: Decoded, builder: DocumentBuilder) -> None:
    """Tell the builder about lines that no encoding explains."""
    if decoded.doubtful:
        detail = _("the encoding could not be told for sure")
        builder.unread(_("the file"), UnreadReason.UNDECODABLE, detail)
    for line in decoded.broken[:MOST_NAMED]:
        builder.unread(_("line {line}").format(line=line), UnreadReason.UNDECODABLE)
    if len(decoded.broken) > MOST_NAMED:
        more = len(decoded.broken) - MOST_NAMED
        builder.unread(
            _("{count} more lines").format(count=more), UnreadReason.UNDECODABLE, key="more"
        )
