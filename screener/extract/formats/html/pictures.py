"""Files that stand inside a page as data URIs, nearly always pictures: each by its own format."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside, refuse_inside
from screener.extract.package import Node
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import UnreadReason

_START = re.compile(
    r"data:(?P<type>[a-z]+/[a-z0-9.+-]{1,60})(?P<how>(?:;[a-z0-9=_.-]{1,40})*),", re.IGNORECASE
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_=%\r\n\t -]*")
_BEHIND = re.compile(" (?=[0-9.]+[wx](?:,|$))")
"""Between a picture and the size it is meant for, where there are several."""
_CLOSING = {'"': '"', "'": "'", "(": ")"}
"""What ends a file by what stands before it."""
_SUFFIXES = {"jpeg": ".jpg", "svg+xml": ".svg", "plain": ".txt"}


def is_data(value: str) -> bool:
    """Whether an attribute is a file of its own and no words."""
    return value.lstrip()[:5].lower() == "data:" or "url(data:" in value


def read_data_uris(root: Node, builder: DocumentBuilder, context: ReadContext) -> None:
    """Read the file of every data URI in attributes and styles, each of them once."""
    number = 0
    for kind, how, payload in dict.fromkeys(_uris(root)):
        number += 1
        subtype = kind.rpartition("/")[2].lower()
        suffix = _SUFFIXES.get(subtype, f".{subtype}")
        name = _("picture {number}").format(number=number) + suffix
        if not kind.lower().startswith("image/"):
            name = _("file {number}").format(number=number) + suffix
        try:
            data = _decoded(how, payload)
        except (binascii.Error, ValueError):
            refuse_inside(builder, context, name, UnreadReason.CORRUPT)
            continue
        if data:
            read_inside(builder, context, data, name)


def _uris(root: Node) -> Iterator[tuple[str, str, str]]:
    """Type, encoding and payload of every data URI."""
    for node in root.iter():
        texts = [str(value) for value in node.attrib.values()] if isinstance(node.tag, str) else []
        if node.tag in ("style", "script") and node.text:
            texts.append(node.text)
        for text in texts:
            for found in _START.finditer(text):
                how = found["how"].lower()
                if "base64" in how:
                    match = _BASE64.match(text, found.end())
                    payload = match.group() if match else ""
                    payload = _BEHIND.split(payload, maxsplit=1)[0]
                else:
                    before = text[found.start() - 1 : found.start()]
                    end = text.find(_CLOSING.get(before, "\0"), found.end())
                    payload = text[found.end() : end if end >= 0 else len(text)]
                yield found["type"], how, payload


def _decoded(how: str, payload: str) -> bytes:
    if "base64" not in how:
        return unquote_to_bytes(payload)
    plain = unquote_to_bytes(payload) if "%" in payload else payload.encode("ascii", "ignore")
    packed = re.sub(rb"[\r\n\t =]", b"", plain)
    return b64decode(packed + b"=" * (-len(packed) % 4), altchars=b"-_" if b"_" in packed else None)
