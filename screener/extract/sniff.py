"""What a file is, told from its bytes: its name is believed only where bytes cannot tell."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from screener.extract.compound_open import COMPOUND, opened
from screener.extract.metafile import is_emf, is_wmf
from screener.extract.registry import (
    APPLE_DOUBLE,
    DOCX,
    DS_STORE,
    FORMATS,
    MBOX,
    OBJECT,
    PPTX,
    SHORTCUT,
    SIGNED,
    XLSX,
    Unreadable,
)

OCTETS = "application/octet-stream"
LOCKED = "application/vnd.ms-office.encrypted"
"""A paper of today's kind in a frame that a password opens."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"{\\rtf", "application/rtf"),
    (b"\0\x05\x16\x07", APPLE_DOUBLE),
    (b"\0\0\0\1Bud1", DS_STORE),
    (b"\x4c\0\0\0\1\x14\2\0", SHORTCUT),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAIN_PARTS = (
    (
        r"wordprocessingml\.document\.main\+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        r"wordprocessingml\.template\.main\+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ),
    (
        r"ms-word\.document\.macroEnabled\.main\+xml",
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    (
        r"ms-word\.template\.macroEnabledTemplate\.main\+xml",
        "application/vnd.ms-word.template.macroEnabled.12",
    ),
    (
        r"spreadsheetml\.sheet\.main\+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        r"spreadsheetml\.template\.main\+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    ),
    (
        r"ms-excel\.sheet\.macroEnabled\.main\+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.12",
    ),
    (
        r"ms-excel\.template\.macroEnabled\.main\+xml",
        "application/vnd.ms-excel.template.macroEnabled.12",
    ),
    (
        r"ms-excel\.sheet\.binary\.macroEnabled\.main",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ),
    (
        r"ms-powerpoint\.[a-z]+\.macroEnabled\.main\+xml",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    ),
    (
        r"presentationml\.[a-z]+\.main\+xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)
_SUFFIX_TYPES = {suffix: entry.media_types[0] for entry in FORMATS for suffix in entry.suffixes} | {
    ".ppt": "application/vnd.ms-powerpoint",
    ".pps": "application/vnd.ms-powerpoint",
    ".dps": "application/vnd.ms-powerpoint",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".rar": "application/vnd.rar",
    ".bz2": "application/x-bzip2",
    ".xz": "application/x-xz",
    ".zst": "application/zstd",
    ".rtf": "application/rtf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".wmf": "image/wmf",
}
_OF_WPS = {".wps": DOCX, ".et": XLSX, ".dps": PPTX}
"""What WPS Office writes under suffixes of its own today."""
_HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|div|table|p|span|a|ul|ol|h[1-6]"
    r"|center|font|br|iframe|img|article|section|form)(?=[ \t\r\n>/])",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    rb"(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}"
)
_MAIL_FIELD = re.compile(rb"^(?:received|from|date|message-id):", re.IGNORECASE | re.MULTILINE)
_MAIL_SURE = re.compile(
    rb"^(?:mime-version:[ \t]*1|received:[ \t]|message-id:[ \t]*<)", re.IGNORECASE | re.MULTILINE
)
MAIL_STARTS = re.compile(
    rb"(?:\A|\n\r?\n)(From [^\r\n]*\r?\n[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n)"
)
"""Where mails begin in a file of many (RFC 4155): a line ``From`` behind an empty one."""
_SIGNED = bytes.fromhex("06092a864886f70d0107")
"""How messages that are signed or locked say what they are (RFC 5652)."""
_OFFICE_XML = re.compile(
    r'progid="Word\.Document"|<pkg:package|schemas-microsoft-com:office:spreadsheet"'
)
_SVG = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|<!DOCTYPE svg[^>]*>|[ \t\r\n])*+<svg[ \t\r\n>]", re.DOTALL
)
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")


SHORT_TEXT = 1024 * 1024
"""Bytes of a text that is read without a process of its own: starting one would cost more."""


def is_short_text(data: bytes, name: str) -> bool:
    """Whether these are bytes of a text or csv file of at most a megabyte: safe to read anywhere.

    Nothing is unpacked and no library written in C looks at anything else to find out.
    """
    if len(data) > SHORT_TEXT or data.startswith((*_ZIP_STARTS, COMPOUND)) or b"\0" in data[:4096]:
        return False
    return media_type_of(data, name) in ("text/plain", "text/csv")


def likely_formats(data: bytes, name: str) -> tuple[str, ...]:
    """Names of the formats that a file may be of: which readers to have at hand. No more than a
    guess; what it is, its reader finds out.
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return ("pdf",)
    return tuple(entry.name for entry in FORMATS if suffix in entry.suffixes)


def media_type_of(data: bytes, name: str = "") -> str:
    """The media type by the bytes; the name only tells csv and html sources from plain text."""
    if data.startswith(_ZIP_STARTS):
        return _zip_type(data)
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data.startswith(COMPOUND):
        return _ole_type(data)
    suffix = PurePath(name).suffix.lower()
    return _binary_type(data) or _mail_type(data, suffix) or _text_type(data, suffix)


def _binary_type(data: bytes) -> str:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if is_emf(data) or is_wmf(data):
        return "image/emf" if is_emf(data) else "image/wmf"
    for magic, media_type in _MAGIC:
        # two letters alone could begin a text: an image or program has other bytes soon after
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:1024]):
            return media_type
    if data[:1] == b"\x30" and _SIGNED in data[:24]:
        return SIGNED
    return "application/x-tar" if _is_tar(data[:512]) else ""


def _is_tar(head: bytes) -> bool:
    """A tar header: the mark of newer ones, or the checksum of those without one."""
    if head[257:262] == b"ustar":
        return True
    if len(head) < 512 or not head[0] or head[148:156].strip(b" \0") == b"":
        return False
    try:
        told = int(head[148:156].strip(b" \0"), 8)
    except ValueError:
        return False
    return told == sum(head[:148]) + sum(head[156:]) + 8 * 0x20


def named_as(name: str, media_type: str) -> str:
    """The media type that the name claims when the bytes are of another kind, else empty.

    Text under any name of a text format is no mismatch, nor are siblings such as docx and docm.
    """
    claimed = _SUFFIX_TYPES.get(PurePath(name).suffix.lower(), "")
    if not claimed or claimed == media_type or media_type in ("", LOCKED):
        return ""
    for entry in FORMATS:
        if claimed in entry.media_types and media_type in entry.media_types:
            return ""
    if claimed.startswith("text/") and media_type.startswith("text/"):
        return ""
    return "" if _OF_WPS.get(PurePath(name).suffix.lower()) == media_type else claimed


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:100_000])
            if any(PurePath(name).name.lower() == "ofd.xml" for name in names if len(name) < 60):
                return "application/ofd"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").decode("ascii", "replace").strip()
            if "[Content_Types].xml" in names:
                return _opc_type(archive) or "application/zip"
    except Exception:  # broken archives raise a dozen types; any of them means the same
        return _torn_zip_type(data)
    return "application/zip"


def _opc_type(archive: zipfile.ZipFile) -> str | None:
    with archive.open("[Content_Types].xml") as part:
        content = part.read(4 * 1024 * 1024).decode("utf-8", "replace")
    for pattern, media_type in _MAIN_PARTS:
        if re.search(pattern, content):
            return media_type
    return None


def _torn_zip_type(data: bytes) -> str:
    """A zip without a usable directory: the names of its members still tell what it was."""
    if b"word/document.xml" in data:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if b"xl/workbook.xml" in data:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if b"ppt/presentation.xml" in data:
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    return "application/ofd" if b"OFD.xml" in data else "application/zip"


def _ole_type(data: bytes) -> str:
    """By the streams of the outermost folder; a torn file by any name that stands in it."""
    names = _ole_names(data)
    for stream, media_type in _OLE_STREAMS:
        found = stream.encode("utf-16-le") in data if names is None else stream in names
        if found:
            return media_type
    return OBJECT


def _ole_names(data: bytes) -> set[str] | None:
    try:
        with opened(data) as streams:
            return {path[0] for path in streams.listdir()}
    except Unreadable:
        return None


def may_be_old(data: bytes) -> str:
    """The media type that old office papers with these bytes seem to have, else empty.

    Only looked for, never parsed: good enough to have a paper converted ahead of its turn.
    """
    if data.startswith(b"{\\rtf"):
        return "application/rtf"
    if data == COMPOUND:  # no more than its head
        return OCTETS
    if data.startswith(COMPOUND):
        for stream, media_type in _OLE_STREAMS[:2] + _OLE_STREAMS[4:5]:
            if stream.encode("utf-16-le") in data:
                return "" if media_type.endswith("encrypted") else media_type
    return ""


def _text_type(data: bytes, suffix: str) -> str:
    from screener.extract.charset import decode

    try:
        # an even length keeps UTF-16 whole; a character cut in half is only a broken last line
        head = decode(data[: 64 * 1024]).text
    except Unreadable:
        return OCTETS
    start = head.lstrip("\ufeff \t\r\n\f")[:8192]
    if start.startswith("<"):
        return _markup_type(start, suffix)
    if suffix in _PAGE_SUFFIXES and _HTML_TAG.search(head):
        return "text/html"
    return _table_type(head, suffix)


def _mail_type(data: bytes, suffix: str) -> str:
    """A mail by its first lines; without fields that only mails have, its name must agree."""
    found = _MAIL_HEADER.match(data[: 64 * 1024].lstrip(b"\xef\xbb\xbf\r\n"))
    if found is None:
        return ""
    if data.startswith(b"From ") and len(MAIL_STARTS.findall(data)) > 1:
        return MBOX
    head = found.group()
    named = suffix in (".eml", ".mht", ".mhtml", "") and _MAIL_FIELD.search(head)
    return "message/rfc822" if named or _MAIL_SURE.search(head) else ""


def _table_type(head: str, suffix: str) -> str:
    if suffix in (".csv", ".tsv"):
        return "text/csv"
    if suffix in (".md", ".log"):
        return "text/plain"
    from screener.extract.formats.csv import looks_like_csv

    return "text/csv" if looks_like_csv(head) else "text/plain"


def _markup_type(start: str, suffix: str) -> str:
    if _OFFICE_XML.search(start):
        return "application/xml"
    if _SVG.match(start):
        return "image/svg+xml"
    if _HTML_TAG.search(start) or suffix in _PAGE_SUFFIXES:
        return "text/html"
    return "application/xml" if start.startswith("<?xml") else "text/plain"
