"""Makes redacted copies: picks the writer of a format. Implements ``ports.Redactor``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.model.document import Document
from screener.model.place import FileName, Member
from screener.redact.text import Edit
from screener.redact.unreachable import unreachable

_OFFICE = "application/vnd.openxmlformats-officedocument"
_WRITERS = {
    "text/plain": "text:TextWriter",
    "text/csv": "csv:CsvWriter",
    "text/html": "html:HtmlWriter",
    "application/xml": "html:HtmlWriter",
    "image/svg+xml": "html:HtmlWriter",
    f"{_OFFICE}.wordprocessingml.document": "docx:DocxWriter",
    f"{_OFFICE}.wordprocessingml.template": "docx:DocxWriter",
    "application/vnd.ms-word.document.macroEnabled.12": "docx:DocxWriter",
    "application/vnd.ms-word.template.macroEnabled.12": "docx:DocxWriter",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx:XlsxWriter",
    f"{_OFFICE}.spreadsheetml.template": "xlsx:XlsxWriter",
    "application/vnd.ms-excel.sheet.macroEnabled.12": "xlsx:XlsxWriter",
    "application/vnd.ms-excel.template.macroEnabled.12": "xlsx:XlsxWriter",
}
"""Media type to ``module:class`` in ``screener.redact.formats``, imported when used."""


class Writer(Protocol):
    """Writes the redacted copy of one format."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """The copy. Raises SomethingLeft for a place it cannot change."""


class DocumentRedactor:
    """Redacts every format that has a writer. The same input gives the same bytes."""

    def can_redact(self, media_type: str) -> bool:
        """Whether this format has a writer."""
        return media_type in _WRITERS

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy in which each ``(start, end, replacement)`` of ``Document.text`` is replaced.

        Raises:
            SomethingLeft: the format has no writer, or a span stands where it cannot reach.
            ValueError: spans overlap or lie outside the text.
        """
        if document.source.media_type not in _WRITERS:
            raise _no_writer(document.source.media_type)
        ordered = sorted(spans)
        last = 0
        for start, end, _new in ordered:
            if not last <= start < end <= len(document.text):
                raise ValueError("spans must lie in the text and must not overlap")
            last = end
            place = document.locate(start, end)
            if isinstance(place, FileName | Member):
                raise unreachable(place)
        if not ordered:
            return data
        module, name = _WRITERS[document.source.media_type].split(":")
        loaded = import_module(f"screener.redact.formats.{module}")
        writer = cast(Writer, getattr(loaded, name)())
        return writer.redact(data, document, ordered)


def _no_writer(media_type: str) -> SomethingLeft:
    names = {"application/pdf": "PDF", "application/ofd": "OFD"}
    name = names.get(media_type, media_type or _("this format"))
    return SomethingLeft(
        _("{name} cannot be redacted automatically.").format(name=name),
        advice=_(
            "Correct the paper in the program it was made with (delete the text, do not cover it "
            "with a box), save it anew and hand it in with: screener submit FILE --item ITEM"
        ),
        code="no_writer",
    )
