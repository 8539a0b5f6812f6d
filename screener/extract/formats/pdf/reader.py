"""PDF with a text layer: paragraphs and ruled tables with places, comments, forms, properties.

What pictures show is recognised where the extra for it is there, and named as unread where not.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.beside import (
    Beside,
    drawn_notes,
    draws_notes,
    read_annotations,
    read_beside,
    second_opinion,
)
from screener.extract.formats.pdf.file import PdfObjects
from screener.extract.formats.pdf.known import Known
from screener.extract.formats.pdf.page import PDFIUM, PageContent, read_page
from screener.extract.formats.pdf.strays import Strays
from screener.extract.formats.pdf.torn import add_plain_numbers, say_what_is_torn
from screener.extract.formats.pdf.unshown import Unshown
from screener.extract.formats.pdf.writing import PagesWriter, PdfPages, said
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

_FAILED_PASSWORD = 4  # FPDF_ERR_PASSWORD


class PdfReader:
    """Pages in order; running headers and footers told from the body."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Open with the empty password, read every page, then what lies beside the pages."""
        import pypdfium2

        objects = PdfObjects(data)
        with PDFIUM:
            document = _open(data, pypdfium2)
            try:
                count = len(document)
                limit = min(count, context.limits.pages)
                contents: list[PageContent] = []
                beside: list[Beside] = []
                layers = cache(objects.has_layers)
                for number in range(1, limit + 1):
                    _page((document, number, layers, context), builder, contents, beside)
                _read_again(
                    [content for content in contents if content.replaced], data, builder, beside
                )
                PagesWriter(builder, PdfPages(data), contents).run()
                if count > limit:
                    what = _("pages {first} to {last}").format(first=limit + 1, last=count)
                    detail = _("more than {limit} pages ({key})").format(
                        limit=limit, key="[limits] pages"
                    )
                    builder.unread(what, UnreadReason.TOO_LARGE, detail)
                strays = Strays(objects)
                read_beside(document, strays, builder, beside, context)
                Unshown(builder, context, Known(builder.text)).earlier(document, objects)
                Unshown(builder, context, Known(builder.text)).strays(strays)
            finally:
                document.close()
        add_plain_numbers(data, builder)
        say_what_is_torn(data, builder)


def _open(data: bytes, pypdfium2: Any) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _FAILED_PASSWORD or "assword" in str(error):
            detail = _("protected by a password")
            raise Unreadable(UnreadReason.ENCRYPTED, detail) from error
        raise Unreadable(UnreadReason.CORRUPT, _("the file is torn")) from error
    document.init_forms()
    if len(document) == 0:
        document.close()
        raise Unreadable(UnreadReason.CORRUPT, _("no page was found in it"))
    return document


def _page(
    which: tuple[Any, int, Callable[[], bool], ReadContext],
    builder: DocumentBuilder,
    contents: list[PageContent],
    beside: list[Beside],
) -> None:
    """Open a page once and read all of it; one that cannot be read is named.

    ``which`` is the document, the page's number, what tells whether the file has layers, and what
    the reader was given.
    """
    import pypdfium2.raw as pdfium

    document, number, layers, context = which
    try:
        page = document[number - 1]
        try:
            content = read_page(page, number, layers, context)
            contents.append(content)
            notes = read_annotations(document, page, number, builder)
            beside.extend(notes)
            drawn = draws_notes(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        finally:
            page.close()
        if drawn == pdfium.FLATTEN_SUCCESS:
            known = Known("\n".join((said(content), *(note.text for note in notes))))
            beside.extend(_with_notes(document, content, layers, context, known))
    except Exception as error:  # pdfium raises few types, ctypes others: the page is named
        what = _("page {page}").format(page=number)
        builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)


def _with_notes(
    document: Any,
    content: PageContent,
    layers: Callable[[], bool],
    context: ReadContext,
    known: Known,
) -> list[Beside]:
    """Look again at a page of which the drawings of its annotations were made a part."""
    page = document[content.number - 1]
    try:
        whole = read_page(page, content.number, layers, context)
    finally:
        page.close()
    if whole.pictures > content.pictures:
        content.pictures, content.shown = whole.pictures, whole.shown
    return drawn_notes(whole, known)


def _read_again(
    contents: list[PageContent], data: bytes, builder: DocumentBuilder, beside: list[Beside]
) -> None:
    """What a person sees on pages whose glyphs the file renames."""
    if not contents:
        return
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for content in contents:
            try:
                beside.extend(second_opinion(document, content))
            except Exception as error:  # pdfminer raises anything for what pdfium still opens
                what = _("page {page}").format(page=content.number)
                builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)
