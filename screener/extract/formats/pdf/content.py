"""Content streams of a PDF (ISO 32000-2, 7.8.2) looked at as bytes: do they draw, what do they say.

pdfium reads what pages draw. What it leaves out are the words of marks (14.6), which programs read
aloud or search, and notes to the reader of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_DRAWS_TEXT = re.compile(rb"BT[\r\n\t ].*?(?:T[jJ]|['\"])", re.DOTALL)
_MARKED = re.compile(
    rb"<<((?:[^<>()]|\((?:[^()\\]|\\.)*\)|<[^<>]*>)*)>>[\r\n\t ]*(?:BDC|DP)", re.DOTALL
)
_STRING = re.compile(rb"/([A-Za-z]+)[\r\n\t ]*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\r\n\t ]*)>)")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_SHORT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_REMARK = re.compile(rb"(?:^|[\r\n])%([ -~\x80-\xff]{7,})")
_NO_CONTENT = frozenset(("Image", "ObjStm", "XRef", "Metadata", "EmbeddedFile", "CMap", "XML"))
_NO_KEYS = ("FunctionType", "ShadingType", "Length1", "Length2", "N", "Alternate", "Width")
PACKED_PICTURES = frozenset(("DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"))


def name_of(value: Any) -> str:
    """A name of the file as text; nothing for any other value."""
    name = getattr(value, "name", "")
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else str(name)


def may_draw(stream: Any) -> bool:
    """Whether a stream may be the content of a page, form or pattern."""
    attributes = stream.attrs
    kinds = {name_of(attributes.get("Type")), name_of(attributes.get("Subtype"))}
    if kinds & _NO_CONTENT:
        return False
    return "Form" in kinds or not any(key in attributes for key in _NO_KEYS)


def draws_text(content: bytes) -> bool:
    """Whether a content stream draws text by itself."""
    return _DRAWS_TEXT.search(content) is not None


def marked_texts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Strings in the marks of a content stream with their keys; remarks under the key ``%``."""
    if b"BDC" in content or b"DP" in content:
        for mark in _MARKED.finditer(content):
            for key, plain, packed in _STRING.findall(mark.group(1)):
                if packed:
                    yield key.decode(), _from_hex(packed)
                elif plain:
                    yield key.decode(), _ESCAPED.sub(_unescaped, plain)
    for remark in _REMARK.findall(content):
        yield "%", remark


def _from_hex(packed: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", packed)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, plain = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if plain in (b"\n", b"\r", b"\r\n") else _SHORT.get(plain, plain)


def text_of(data: bytes) -> str:
    """A text string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (7.9.2.2).

    Some Chinese programs write GB 18030 instead, against the standard.
    """
    from pdfminer.utils import decode_text

    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    if not data.isascii():
        for codec in ("utf-8", "gb18030"):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if re.search("[\u4e00-\u9fff]{2}", text):
                return text
    return str(decode_text(data))
