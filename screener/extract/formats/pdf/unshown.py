"""What a PDF holds beyond the pages it shows: earlier versions of pages, and content left behind.

A PDF is changed by adding to its end (ISO 32000-2, 7.5.6): what was replaced or deleted stays in
the file, and every program can go back to it. Only what the paper itself does not say is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from screener.extract import ocr_text
from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.file import PdfObjects
from screener.extract.formats.pdf.known import Known
from screener.extract.formats.pdf.objects import texts_of
from screener.extract.formats.pdf.page import PageContent, read_page
from screener.extract.formats.pdf.strays import Strays
from screener.extract.formats.pdf.writing import pieces
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import PageBox, Paragraph, Property

MOST_VERSIONS = 12
"""Earlier versions of a file that are read, the newest first."""
_LOOK = 0.4
"""Pixels a point at which two versions of a page are compared."""
_DIFFERENT = 24
"""Difference of 255 from which a pixel of two versions of a page is not the same."""
_INDEX_AT = re.compile(rb"startxref[\r\n\t ]+([0-9]{1,18})")
_BEFORE = re.compile(rb"/Prev[\r\n\t ]+([0-9]{1,18})")
_INDEX = re.compile(rb"[\r\n\t ]*(?:xref|[0-9]+[\r\n\t ]+[0-9]+[\r\n\t ]+obj)")
_HEAD = 4_096
"""Bytes within which an index stream names its root."""


def earlier_indexes(data: bytes) -> list[int]:
    """Where the indexes of earlier versions of a file begin, the newest first.

    The first page's index of a linearised file (annex F) is part of the same version.
    """
    ends = [(found.start(), int(found.group(1))) for found in _INDEX_AT.finditer(data)]
    if not ends:
        return []
    places = {at for _end, at in ends}
    for before in _BEFORE.finditer(data):
        owner = next((at for end, at in ends if end > before.start()), 0)
        if owner:
            places.add(int(before.group(1)))
    places.discard(ends[-1][1])
    return sorted((at for at in places if 0 < at < len(data) and _has_root(data, at)), reverse=True)


def _has_root(data: bytes, at: int) -> bool:
    found = _INDEX.match(data, at)
    if found is None:
        return False
    start = data.find(b"trailer", at) if found.group().endswith(b"xref") else at
    if start < 0:
        return False
    end = data.find(b"stream" if start == at else b"startxref", start)
    return b"/Root" in data[start : min(end if end > 0 else len(data), start + _HEAD)]


@dataclass(slots=True)
class Unshown:
    """Adds what was not read yet of pages nobody is shown."""

    builder: DocumentBuilder
    context: ReadContext
    known: Known

    def earlier(self, document: Any, objects: PdfObjects) -> None:
        """Read the earlier versions; ``document`` is pdfium's of the file as it is shown."""
        import pypdfium2

        what = _("earlier versions of the file")
        data = objects.data
        indexes = earlier_indexes(data)
        for at in indexes[:MOST_VERSIONS]:
            before = data + b"\nstartxref\n%d\n%%%%EOF\n" % at
            try:
                version = pypdfium2.PdfDocument(before)
                try:
                    self._version(version, document)
                finally:
                    version.close()
                self._strings(PdfObjects(before), objects, at)
            except Exception as error:  # pdfium and pdfminer raise anything for torn files
                self.builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)
        if len(indexes) > MOST_VERSIONS:
            detail = _("more than {limit} earlier versions").format(limit=MOST_VERSIONS)
            self.builder.unread(what, UnreadReason.TOO_LARGE, detail)

    def strays(self, strays: Strays) -> None:
        """Read what no page draws."""
        import pypdfium2

        what = _("content that no page shows")
        try:
            made = strays.copied()
            document = pypdfium2.PdfDocument(made) if made else ()
            for number, page in enumerate(document, 1):
                content = read_page(page, number, lambda: False, self.context)
                self._add(content, "unused", None, what)
        except Exception as error:  # pdfium and pdfminer raise anything for torn files
            self.builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)
        if strays.torn:
            self.builder.unread(what, UnreadReason.CORRUPT)
        if strays.too_many:
            self.builder.unread(what, UnreadReason.TOO_LARGE)

    def _version(self, version: Any, document: Any) -> None:
        version.init_forms()
        for index in range(min(len(version), self.context.limits.pages)):
            page = version[index]
            if self._is_new(page, document, index):
                content = read_page(page, index + 1, lambda: True, self.context)
                what = _("page {page} of an earlier version").format(page=index + 1)
                self._add(content, "earlier_version", index + 1, what)
            page.close()

    def _is_new(self, page: Any, document: Any, index: int) -> bool:
        """Whether a page says or shows what the shown page of the same number does not."""
        import numpy as np

        textpage = page.get_textpage()
        try:
            if self.known.lacks(textpage.get_text_range()):
                return True
        finally:
            textpage.close()
        if not _has_pictures(page):
            return False
        if index >= len(document):
            return True
        shown = document[index]
        if shown.get_size() != page.get_size():
            return True
        one, other = (_small(side) for side in (page, shown))
        return one.shape != other.shape or bool((np.abs(one - other) > _DIFFERENT).any())

    def _strings(self, before: PdfObjects, objects: PdfObjects, at: int) -> None:
        """Words in objects that a later version replaced."""
        newer: set[int] = set()
        for index in objects.document.xrefs[: -len(before.document.xrefs) or None]:
            newer.update(index.get_objids())
        for number in sorted(newer & set(before.numbers)):
            for key, text in texts_of(before, number):
                if not self.known.holds(text) and self.known.lacks(text):
                    name = _("{name} (earlier version)").format(name=key)
                    self.builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)

    def _add(self, content: PageContent, state: str, page: int | None, what: str) -> None:
        lines = [*content.lines, *content.hidden, *content.joined]
        for number, (text, box) in enumerate(pieces(content, lines), 1):
            if self.known.lacks(text):
                place = (
                    Paragraph(number, state) if page is None else PageBox(page, box, None, state)
                )
                self.builder.add(text, SegmentKind.HIDDEN, place, visible=False)
        shown = content.shown
        if shown is None:
            return
        frame = ocr_text.Frame(page, None if page else content.number, state=state, seen=False)
        seen = (*shown.seen, *shown.covered, *shown.overlaid)
        ocr_text.write([line for line in seen if self.known.lacks(line.text)], self.builder, frame)
        if shown.problem is not None:
            self.builder.unread(what, shown.problem.reason, shown.problem.detail)


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    count = pdfium.FPDFPage_CountObjects(page)
    found = (pdfium.FPDFPage_GetObject(page, at) for at in range(count))
    return any(pdfium.FPDFPageObj_GetType(item) in kinds for item in found)


def _small(page: Any) -> Any:
    import numpy as np

    bitmap = page.render(scale=_LOOK, rev_byteorder=True)
    try:
        return bitmap.to_numpy()[:, :, :3].astype(np.int16)
    finally:
        bitmap.close()
