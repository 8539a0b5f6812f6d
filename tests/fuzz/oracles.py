"""What other programs' readers find of some values in a file: told apart from ours on purpose."""

from __future__ import annotations

import email
import email.policy
import gzip
import io
import re
import signal
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

SECONDS = 10
"""Time for another reader: some of them never come to an end with broken files."""
_TAG = re.compile(r"<[^<>]*>")


class _Slow(Exception):
    """The other reader takes too long."""


@contextmanager
def _in_time() -> Iterator[None]:
    def ring(_number: int, _frame: object) -> None:
        raise _Slow

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def seen_by_others(name: str, data: bytes, values: Iterable[str]) -> dict[str, str]:
    """Values that another reader finds, and which. A reader that gives up finds nothing."""
    found: dict[str, str] = {}
    wanted = list(values)
    for reader in (*READERS.get(name, ()), _plain_bytes):
        try:
            with _in_time():
                text = reader(data)
        except Exception:  # that others fail on a broken file says nothing
            continue
        flat = re.sub(r"[\n\r\t ]", "", text)
        found |= {v: reader.__name__.strip("_") for v in wanted if v not in found and v in flat}
    return found


def _plain_bytes(data: bytes) -> str:
    """The file as text in the encodings of the samples; a binary file says little here."""
    return data.decode("gb18030", "replace") + "\0" + data.decode("utf-8", "replace")


def _zip_members(data: bytes, depth: int = 3) -> str:
    """Every member that zipfile opens, without tags, and members of members."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            try:
                content = package.read(entry)
            except Exception:  # zipfile raises a dozen types
                continue
            text = content.decode("utf-8", "replace")
            parts += [text, _TAG.sub("", text)]
            if depth and content.startswith(b"PK"):
                parts.append(_zip_members(content, depth - 1))
    return "\x1e".join(parts)


def _python_docx(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\x1e".join(parts)


def _openpyxl(data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\x1e".join(str(cell) for row in rows for cell in row if cell is not None)


def _pdfplumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\x1e".join(page.extract_text() or "" for page in document.pages)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += ["\x1e", *(value or "" for _name, value in attrs), "\x1e"]


def _html_parser(data: bytes) -> str:
    parser = _Text()
    parser.feed(data.decode("utf-8", "replace"))
    return "".join(parser.parts)


def _email(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [str(value) for value in message.values()]
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            parts.append(_TAG.sub("", content.decode("utf-8", "replace")))
            if content.startswith(b"PK"):
                parts.append(_zip_members(content))
    return "\x1e".join(parts)


def _tarfile(data: bytes) -> str:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = (archive.extractfile(entry) for entry in archive if entry.isreg())
        return "\x1e".join(f.read().decode("utf-8", "replace") for f in files if f)


def _gzip(data: bytes) -> str:
    return gzip.decompress(data).decode("utf-8", "replace")


READERS: dict[str, tuple[Callable[[bytes], str], ...]] = {
    "docx": (_python_docx, _zip_members),
    "xlsx": (_openpyxl, _zip_members),
    "pptx": (_zip_members,),
    "ofd": (_zip_members,),
    "zip": (_zip_members,),
    "pdf": (_pdfplumber,),
    "html": (_html_parser,),
    "eml": (_email,),
    "tar": (_tarfile,),
    "gz": (_gzip,),
}
"""Other readers of a format; ``_plain_bytes`` looks at all of them."""
