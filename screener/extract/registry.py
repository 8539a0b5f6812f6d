"""One reader a format. A reader is a class; listing it here is all that makes it known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

from screener.config import Limits
from screener.extract.builder import DocumentBuilder
from screener.i18n import _
from screener.model.document import Document, UnreadReason

Convert = Callable[[bytes, str], bytes]
"""From bytes and their media type to the same paper in a newer format. Raises Unreadable."""


@dataclass(slots=True)
class Spent:
    """What a file and all files inside it have cost so far: unpacked bytes and members.

    ``ocr_seconds`` went into text recognition; ``recognised`` keeps its answers by the picture's
    digest, so that the same picture is looked at once. ``slow`` is called before work that has
    a time of its own, so that nobody takes it for a standstill.
    """

    unpacked_bytes: int = 0
    members: int = 0
    ocr_seconds: float = 0.0
    recognised: dict[bytes, object] = field(default_factory=dict)
    slow: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may need beside the bytes.

    ``name`` is the file's name (never trusted for the type). ``read_member`` reads a file found
    inside this one (an attachment, an archive member) and may itself answer with Unread;
    ``depth`` counts how far inside we are. ``declared_charset`` is what a server said;
    ``spent`` is shared by all files inside one another. ``convert`` turns an old format into the
    new one, where a program for it is there; ``media_type`` is what the bytes are.
    """

    name: str
    limits: Limits
    depth: int = 0
    read_member: Callable[[bytes, str, int], Document] | None = None
    declared_charset: str | None = None
    spent: Spent = field(default_factory=Spent)
    convert: Convert | None = None
    media_type: str = ""


class Unreadable(Exception):
    """The whole file cannot be read, and why. ``detail`` never holds a value from the file."""

    def __init__(self, reason: UnreadReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


class Reader(Protocol):
    """Reads one format into a builder.

    What it cannot read it tells the builder (``builder.unread``). It may raise for a broken file;
    the registry's caller turns any exception into Unread(corrupt) and keeps what was read so far.
    Unreadable names a better reason.
    """

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Add everything in ``data`` to the builder."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read: its name, suffixes, media types and where its reader lives.

    ``needs`` are the tools without which not all of it is read, as in ``screener.extract.tools``.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    reader: str
    needs: tuple[str, ...] = ()

    @property
    def reads(self) -> str:
        """What is read of it, in the reader's language."""
        return _what_is_read()[self.name]

    def make_reader(self) -> Reader:
        """The reader, imported now."""
        module, class_name = self.reader.split(":")
        made = getattr(import_module(f"screener.extract.formats.{module}"), class_name)
        return cast(Reader, made())


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHOW = "application/vnd.openxmlformats-officedocument.presentationml"
DOCX = f"{_WORD}.document"
XLSX = f"{_SHEET}.sheet"
PPTX = f"{_SHOW}.presentation"
PICTURES = (
    *("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif"),
    "image/jp2",
)
APPLE_DOUBLE = "application/applefile"
DS_STORE = "application/x-ds-store"
SHORTCUT = "application/x-ms-shortcut"
MBOX = "application/mbox"
SIGNED = "application/pkcs7-mime"
OBJECT = "application/x-ole-storage"
"""A frame of old office programs around what is no paper: a packed file, a control, a list."""
DRAWINGS = ("image/emf", "image/wmf")
"""Drawings of Windows, which are commands and no pixels."""
MAY_BE_BLANK = (*PICTURES, *DRAWINGS, OBJECT, SIGNED, APPLE_DOUBLE, DS_STORE, SHORTCUT)
"""Types of files inside others that say nothing more often than not."""

FORMATS = (
    Format("txt", (".txt", ".md", ".log", ".text"), ("text/plain",), "text:TextReader"),
    Format("csv", (".csv", ".tsv"), ("text/csv",), "csv:CsvReader"),
    Format(
        "html",
        (".html", ".htm", ".xhtml", ".shtml", ".xml", ".svg"),
        ("text/html", "application/xml", "image/svg+xml"),
        "html.reader:HtmlReader",
    ),
    Format(
        "docx",
        (".docx", ".docm", ".dotx", ".dotm"),
        (
            DOCX,
            f"{_WORD}.template",
            "application/vnd.ms-word.document.macroEnabled.12",
            "application/vnd.ms-word.template.macroEnabled.12",
        ),
        "docx.reader:DocxReader",
    ),
    Format(
        "xlsx",
        (".xlsx", ".xlsm", ".xltx", ".xltm"),
        (
            XLSX,
            f"{_SHEET}.template",
            "application/vnd.ms-excel.sheet.macroEnabled.12",
            "application/vnd.ms-excel.template.macroEnabled.12",
        ),
        "xlsx.reader:XlsxReader",
    ),
    Format("xls", (".xls", ".xlt", ".et"), ("application/vnd.ms-excel",), "xls:XlsReader"),
    Format(
        "xlsb",
        (".xlsb",),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.12",),
        "xlsb:XlsbReader",
    ),
    Format(
        "pptx",
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"),
        (f"{_SHOW}.presentation", "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
        "pptx.reader:PptxReader",
    ),
    Format("pdf", (".pdf",), ("application/pdf",), "pdf.reader:PdfReader"),
    Format("ofd", (".ofd",), ("application/ofd",), "ofd.reader:OfdReader"),
    Format(
        "legacy",
        (".doc", ".dot", ".wps", ".wpt", ".ppt", ".pps", ".dps", ".rtf", ".odt", ".ods", ".odp"),
        (
            *("application/msword", "application/vnd.ms-powerpoint", "application/rtf"),
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation",
        ),
        "legacy.reader:LegacyReader",
    ),
    Format("eml", (".eml", ".mht", ".mhtml"), ("message/rfc822",), "mail:MailReader"),
    Format("msg", (".msg",), ("application/vnd.ms-outlook",), "msg:MsgReader"),
    Format("mbox", (".mbox", ".mbx"), (MBOX,), "mbox:MboxReader"),
    Format("tnef", (".tnef",), ("application/ms-tnef",), "tnef:TnefReader"),
    Format("signed", (".p7m", ".p7s"), (SIGNED,), "signed:SignedReader"),
    Format("zip", (".zip",), ("application/zip",), "archive.reader:ZipReader"),
    Format("tar", (".tar",), ("application/x-tar",), "archive.reader:TarReader"),
    Format(
        "gz",
        (".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".zst", ".tzst"),
        ("application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd"),
        "archive.reader:PackedReader",
    ),
    Format(
        "7z",
        (".7z", ".rar"),
        ("application/x-7z-compressed", "application/vnd.rar"),
        "archive.lib:ArchiveReader",
        ("libarchive",),
    ),
    Format(
        "image",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"),
        PICTURES,
        "image:ImageReader",
        ("ocr",),
    ),
    Format("object", (".ole",), (OBJECT,), "ole:ObjectReader"),
    Format("desktop", (".lnk",), (SHORTCUT, APPLE_DOUBLE, DS_STORE), "desktop:DesktopReader"),
    Format("drawing", (".emf", ".wmf"), DRAWINGS, "drawing:DrawingReader"),
)


def formats() -> tuple[Format, ...]:
    """Every format that is read, in the order of the list."""
    return FORMATS


def format_of(media_type: str) -> Format | None:
    """The format of a media type, or None when it is not read."""
    return next((entry for entry in FORMATS if media_type in entry.media_types), None)


def _what_is_read() -> dict[str, str]:
    return {
        "txt": _("all of it, in any Chinese encoding; broken bytes are named"),
        "csv": _("every field, with the header of its column"),
        "html": _("text, tables, attributes, comments, scripts and hidden nodes"),
        "docx": _(
            "body, tables, headers, footers, notes, comments, text boxes, "
            "revisions, hidden text, properties"
        ),
        "xlsx": _(
            "cells of all sheets, hidden ones too, comments, names, "
            "headers and footers, caches, properties"
        ),
        "xls": _(
            "cells of all sheets, hidden ones too, comments, names, shapes, pictures, "
            "headers and footers, objects inside, properties"
        ),
        "xlsb": _(
            "cells of all sheets, hidden ones too, comments, words of all other parts, properties"
        ),
        "pptx": _(
            "slides, hidden ones too, tables, notes, comments, alternative texts, masters, "
            "layouts, properties"
        ),
        "pdf": _("text layer, tables, annotations, form fields, bookmarks, properties"),
        "ofd": _(
            "pages with their templates, tables, annotations, watermarks, attachments, tags, "
            "hidden and covered text, properties"
        ),
        "legacy": _(
            "converted with LibreOffice (shut in by bubblewrap), then as docx, xlsx, pptx; "
            "numbers left behind in the old file"
        ),
        "eml": _("headers, all bodies, attachments by their own format"),
        "msg": _("headers, all bodies, attachments by their own format, all other properties"),
        "mbox": _("every mail"),
        "tnef": _("headers, all bodies, attachments by their own format, all other properties"),
        "signed": _("the message that is signed, names in certificates"),
        "zip": _("every member by its own format, their names, comments"),
        "tar": _("every member by its own format, their names"),
        "image": _(
            "text in the picture by recognition (OCR), every page; author, place (GPS), comments "
            "and other properties"
        ),
        "object": _("files packed into it, previews, macros, words, properties"),
        "desktop": _("words in shortcuts and in what Finder puts beside files"),
        "drawing": _("words that are drawn as words, pictures in it"),
        "gz": _("the packed file or archive (gzip, bzip2, xz, zstd)"),
        "7z": _("every member by its own format, their names"),
    }
