"""What a PDF holds beside its pages' text: comments, form values, bookmarks, properties, files."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.file import PdfObjects
from screener.extract.formats.pdf.frame import Frame
from screener.extract.formats.pdf.known import Known, bare
from screener.extract.formats.pdf.objects import read_objects
from screener.extract.formats.pdf.page import PageContent
from screener.extract.formats.pdf.strays import Strays
from screener.extract.formats.pdf.writing import pieces, said
from screener.extract.inside import read_inside, shown_name
from screener.extract.package import parse_xml, texts
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import PageBox, Property

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_CODE = re.compile("(?!.*[0-9]{11})[0-9A-Za-z:/.,;+_ -]{0,40}")
"""Dates, versions, identifiers and names of programs in properties."""
_NOT_TEXT = ("Producer", "Creator", "CreationDate", "ModDate", "Trapped")
HIDDEN_FLAGS = 0b100010
"""Annotation flags hidden and no-view."""
MOST_BOOKMARKS = 20_000


@dataclass(frozen=True, slots=True)
class Beside:
    """A text that stands on a page but not in its flow."""

    text: str
    kind: SegmentKind
    place: PageBox
    visible: bool


def read_beside(
    document: Any,
    strays: Strays,
    builder: DocumentBuilder,
    beside: Iterable[Beside],
    context: ReadContext,
) -> None:
    """Add comments, form values, bookmarks, scripts and properties; read attached files."""
    import pypdfium2.raw as pdfium

    for entry in beside:
        builder.add(entry.text, entry.kind, entry.place, visible=entry.visible)
    _bookmarks(document, builder)
    _scripts(document, builder, pdfium)
    for name, value in document.get_metadata_dict(skip_empty=True).items():
        if name not in _NOT_TEXT:
            builder.add(value, SegmentKind.METADATA, Property(name), visible=False)
    _xmp(strays.objects, builder)
    attached: set[str] = set()
    for index in range(document.count_attachments()):
        _attachment(document, index, builder, context, attached)
    read_objects(strays, builder, context, attached)


def _attachment(
    document: Any, index: int, builder: DocumentBuilder, context: ReadContext, digests: set[str]
) -> None:
    """Read an attached file by its own format, or name it."""
    name = f"#{index + 1}"
    try:
        attached = document.get_attachment(index)
        name = attached.get_name() or name
        content = bytes(attached.get_data())
    except Exception as error:  # a broken name or stream must not hide the attachment
        what = _("attached file {name}").format(name=shown_name(name))
        key = f"attachment {index}"
        builder.unread(what, UnreadReason.CORRUPT, type(error).__name__, key=key)
    else:
        digests.add(hashlib.sha256(content).hexdigest())
        read_inside(builder, context, content, name)


def read_annotations(
    document: Any, page: Any, number: int, builder: DocumentBuilder
) -> list[Beside]:
    """Comments, form values and link targets of an open page (``number`` from 1)."""
    import pypdfium2.raw as pdfium

    found: list[Beside] = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            what = _("a comment on page {page}").format(page=number)
            builder.unread(what, UnreadReason.CORRUPT, key=f"annotation {number} {index}")
            continue
        try:
            place = PageBox(number, _box(annotation, page, pdfium))
            found += _annotation(document, annotation, place, pdfium)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return [entry for entry in found if entry.text.strip()]


def _box(annotation: Any, page: Any, pdfium: Any) -> tuple[float, float, float, float] | None:
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rectangle):
        return None
    frame = Frame.of(page)
    left, bottom, right, top = frame.box(
        rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    )
    height = page.get_height()
    return round(left, 1), round(height - top, 1), round(right, 1), round(height - bottom, 1)


def _annotation(document: Any, annotation: Any, place: PageBox, pdfium: Any) -> list[Beside]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    hidden = bool(pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN_FLAGS)
    is_form = kind == pdfium.FPDF_ANNOT_WIDGET
    if is_form:
        hidden |= bool(int(_number(annotation, "Ff", pdfium)) & _PASSWORD)
    found: list[Beside] = []
    seen: set[str] = set()
    for key in ("V", "DV", "TU") if is_form else ("Contents", "Subj"):
        text = _string(annotation, key, pdfium).strip()
        shown = SegmentKind.BODY if is_form and key == "V" else SegmentKind.COMMENT
        if text not in seen:
            visible = not hidden and key in ("V", "Contents")
            found.append(Beside(text, shown, place, visible))
        seen.add(text)
    if not is_form:
        author = _string(annotation, "T", pdfium).strip()
        found.append(Beside(author, SegmentKind.METADATA, place, False))
    if kind == pdfium.FPDF_ANNOT_LINK:
        target = _target(document, annotation, pdfium)
        found.append(Beside(target, SegmentKind.HIDDEN, place, False))
    return found


def second_opinion(document: Any, content: PageContent) -> list[Beside]:
    """Lines of a page as pdfplumber sees its glyphs, where pdfium's text lacks their words.

    A text in place of glyphs that say something else is then seen by nobody.
    """
    page = document.pages[content.number - 1]
    text = page.extract_text() or ""
    page.close()
    known, drawn = Known(said(content)), Known(text)
    place = PageBox(content.number)
    lines = [line for line in text.split("\n") if known.lacks(line)]
    if lines and "(cid:" not in text:
        others = {bare(replaced) for replaced in content.replaced if drawn.lacks(replaced)}
        _hide(content, others)
    return [Beside(line, SegmentKind.BODY, place, True) for line in lines]


def _hide(content: PageContent, others: set[str]) -> None:
    """Take lines of a page for unseen that hold one of these texts."""
    unseen = [line for line in content.lines if any(other in bare(line.text) for other in others)]
    content.lines = [line for line in content.lines if line not in unseen]
    content.hidden += [replace(line, state="unseen") for line in unseen]


def draws_notes(page: Any) -> bool:
    """Whether annotations of an open page draw something of their own: stamps, watermarks, notes.

    Links and windows that open with a click do not.
    """
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        draws = pdfium.FPDFAnnot_HasKey(annotation, b"AP")
        pdfium.FPDFPage_CloseAnnot(annotation)
        if draws and kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def drawn_notes(content: PageContent, known: Known) -> list[Beside]:
    """What annotations draw: all that a page says once they are made part of it."""
    return [
        Beside(text, SegmentKind.COMMENT, PageBox(content.number, box), True)
        for text, box in pieces(content, content.lines)
        if known.lacks(text)
    ]


def _target(document: Any, annotation: Any, pdfium: Any) -> str:
    """Where a link leads, when that is outside the file."""
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.raw[: max(size - 1, 0)].decode("utf-8", "replace")


_PASSWORD = 1 << 13
"""The flag of a field whose value is shown as dots (ISO 32000-2, 12.7.5.3)."""


def _number(annotation: Any, key: str, pdfium: Any) -> float:
    found = ctypes.c_float()
    known = pdfium.FPDFAnnot_GetNumberValue(annotation, key.encode(), found)
    return found.value if known else 0.0


def _string(annotation: Any, key: str, pdfium: Any) -> str:
    name = key.encode()
    size = pdfium.FPDFAnnot_GetStringValue(annotation, name, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, name, target, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _bookmarks(document: Any, builder: DocumentBuilder) -> None:
    for count, bookmark in enumerate(document.get_toc(max_depth=15)):
        if count >= MOST_BOOKMARKS:
            builder.unread(_("bookmarks"), UnreadReason.TOO_LARGE)
            return
        title = (bookmark.get_title() or "").strip()
        builder.add(title, SegmentKind.METADATA, Property("outline"))


def _scripts(document: Any, builder: DocumentBuilder, pdfium: Any) -> None:
    for index in range(max(pdfium.FPDFDoc_GetJavaScriptActionCount(document), 0)):
        action = pdfium.FPDFDoc_GetJavaScriptAction(document, index)
        if not action:
            continue
        size = pdfium.FPDFJavaScriptAction_GetScript(action, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        target = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
        pdfium.FPDFJavaScriptAction_GetScript(action, target, size)
        pdfium.FPDFDoc_CloseJavaScriptAction(action)
        text = buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
        builder.add(text.strip(), SegmentKind.HIDDEN, Property("JavaScript"), visible=False)


def _xmp(objects: PdfObjects, builder: DocumentBuilder) -> None:
    """Properties in XML. A packed one is opened with pdfminer."""
    packets = _XMP.findall(objects.data)
    if not packets and b"/Metadata" in objects.data:
        packets = _packed_xmp(objects, builder)
    seen: set[str] = set()
    for packet in packets:
        try:
            root = parse_xml(packet, "XMP")
        except Unreadable as problem:
            builder.unread(_("file properties (XMP)"), problem.reason, problem.detail)
            continue
        for text in texts(root):
            if text not in seen and not _CODE.fullmatch(text):
                seen.add(text)
                builder.add(text, SegmentKind.METADATA, Property("XMP"), visible=False)


def _packed_xmp(objects: PdfObjects, builder: DocumentBuilder) -> list[bytes]:
    try:
        stream = objects.resolved(objects.document.catalog.get("Metadata"))
        content = stream.get_data() if stream is not None else b""
    except Exception as error:  # pdfminer raises anything for what pdfium still opens
        what = _("file properties (XMP)")
        builder.unread(what, UnreadReason.CORRUPT, type(error).__name__)
        return []
    found = re.search(rb"<(?:x:xmpmeta|rdf:RDF).*</(?:x:xmpmeta|rdf:RDF)>", content, re.DOTALL)
    return [found.group()] if found else []
