"""Texts in parts of an OFD package that no page shows: tags, extensions, seals."""

from __future__ import annotations

import re

from screener.extract.builder import DocumentBuilder
from screener.extract.package import Node, Package, texts
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind
from screener.model.place import Property

_REFERENCE = re.compile("[0-9. -]{1,6}")
"""The number of an object that a tag points to, or a measure."""
_SPOKEN = re.compile("[\u4e00-\u9fff]|[0-9]{11}|@")
_DER_TEXT = re.compile(rb"\x0c(?:([\x04-\x7f])|\x81([\x80-\xff]))", re.DOTALL)


def all_texts(tree: Node) -> list[str]:
    """Every text of a part once, and the attributes that people may have written."""
    spoken = [
        str(value)
        for node in tree.iter()
        if isinstance(node.tag, str)
        for value in node.attrib.values()
        if _SPOKEN.search(str(value))
    ]
    found = dict.fromkeys((*texts(tree), *spoken))
    return [text for text in found if not _REFERENCE.fullmatch(text)]


def add_seal(package: Package, name: str, builder: DocumentBuilder) -> None:
    """Names in a seal or signature value: its texts (ASN.1 UTF8String), not its picture."""
    try:
        data = package.read(name)
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return
    for text in names_in_seal(data):
        builder.add(text, SegmentKind.METADATA, Property("Seal"), visible=False)


def is_seal(package: Package, name: str) -> bool:
    """Whether a part is in the form of seals and signatures (ASN.1, DER), as its name says."""
    try:
        return package.read(name)[:1] in (b"\x30", b"")
    except Unreadable:
        return True


def names_in_seal(data: bytes) -> list[str]:
    """The Chinese texts (ASN.1 UTF8String) in a seal or signature value, each once."""
    found: dict[str, None] = {}
    for match in _DER_TEXT.finditer(data):
        size = (match.group(1) or match.group(2))[0]
        try:
            text = data[match.end() : match.end() + size].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if re.search("[\u4e00-\u9fff]{2}", text) and text.isprintable():
            found[text] = None
    return list(found)
