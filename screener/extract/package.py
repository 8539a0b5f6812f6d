"""Zip packages of office documents, opened with bounds, and their XML without entities.

Nothing outside the package is ever fetched; a relationship's external target is only text.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from screener.config import Limits
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

Node = Any
"""An lxml element. Its stubs take any text for bytes or str, so they help nobody here."""

SMALL_ENOUGH = 16 * 1024 * 1024
"""Unpacked bytes below which the ratio is not looked at: short XML packs very well."""

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def too_much_unpacked(size: int, ratio: float, *, dense: bool) -> str:
    """What a person is told of a bomb: bytes unpacked, by how much they grew, which limit."""
    key = "[limits] unpacked_ratio" if dense else "[limits] unpacked_bytes"
    return _("{size} bytes unpacked, {ratio} times the file ({key})").format(
        size=size, ratio=round(ratio), key=key
    )


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or (``external``) to the outside."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """An OPC package: parts by name, their content types and relationships."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open and look over the directory. Raises Unreadable for bombs, torn and locked files."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable(UnreadReason.CORRUPT, _("the package is torn")) from error
        self._check(len(data), limits)
        self._types: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        self._read_types()

    def _check(self, size: int, limits: Limits) -> None:
        members = self._zip.infolist()
        if len(members) > limits.members:
            detail = _("{count} members; the limit is {limit} ({key})").format(
                count=len(members), limit=limits.members, key="[limits] members"
            )
            raise Unreadable(UnreadReason.TOO_LARGE, detail)
        unpacked = sum(member.file_size for member in members)
        ratio = unpacked / max(size, 1)
        dense = unpacked > SMALL_ENOUGH and ratio > limits.unpacked_ratio
        if dense or unpacked > limits.unpacked_bytes:
            detail = too_much_unpacked(unpacked, ratio, dense=dense)
            raise Unreadable(UnreadReason.TOO_LARGE, detail)
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable(UnreadReason.ENCRYPTED, _("protected by a password"))

    def _read_types(self) -> None:
        if _CONTENT_TYPES not in self._zip.NameToInfo:
            raise Unreadable(UnreadReason.CORRUPT, _("the package has no list of parts"))
        for entry in self.xml(_CONTENT_TYPES):
            kind = entry.get("ContentType", "")
            if name := entry.get("PartName"):
                self._types[name.lstrip("/").lower()] = kind
            elif suffix := entry.get("Extension"):
                self._defaults[suffix.lower()] = kind

    def names(self) -> list[str]:
        """Every part but folders, in the order of the package."""
        return [
            member.filename
            for member in self._zip.infolist()
            if not member.is_dir() and member.filename != _CONTENT_TYPES
        ]

    def has(self, name: str) -> bool:
        """Whether the package holds this part."""
        return name in self._zip.NameToInfo

    def content_type(self, name: str) -> str:
        """The declared type of a part, or the empty string."""
        kind = self._types.get(name.lower())
        return kind if kind else self._defaults.get(posixpath.splitext(name)[1][1:].lower(), "")

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable where it is torn or longer than it says."""
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
            detail = _("the part {part} is torn").format(part=name)
            raise Unreadable(UnreadReason.CORRUPT, detail) from error
        if len(data) > info.file_size:
            raise Unreadable(UnreadReason.TOO_LARGE, _("a part is longer than it says"))
        return data

    def xml(self, name: str, *, recover: bool = False) -> Node:
        """The root of an XML part. Raises Unreadable when it is broken or declares entities.

        ``recover`` reads on behind errors: for parts that are never quite well-formed.
        """
        return parse_xml(self.read(name), name, recover=recover)

    def relationships(self, name: str) -> list[Relationship]:
        """The links of a part (of the package for the empty name)."""
        folder, base = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(where):
            return []
        found = []
        for entry in self.xml(where).iter(f"{{{_RELATIONSHIPS}}}Relationship"):
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = entry.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relationship(entry.get("Id", ""), kind, target, external))
        return found


def xml_parser(recover: bool = False) -> etree.XMLParser:
    """A parser that expands no entity, loads nothing and refuses huge trees."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_pis=True,
        recover=recover,
    )


def stopped_early(parser: etree.XMLParser | etree.HTMLParser) -> bool:
    """Whether a parser that reads on behind errors met a limit and left out the rest."""
    limit = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return any(error.type == limit for error in parser.error_log)


def parse_xml(data: bytes, name: str, *, recover: bool = False) -> Node:
    """Parse an XML part without entities, network or huge trees."""
    parser = xml_parser(recover)
    try:
        root: Node = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        detail = _("the part {part} is no valid XML").format(part=name)
        raise Unreadable(UnreadReason.CORRUPT, detail) from error
    if root is None:
        raise Unreadable(UnreadReason.CORRUPT, _("the part {part} is empty").format(part=name))
    if recover and stopped_early(parser):
        raise Unreadable(UnreadReason.TOO_DEEP)
    if root.getroottree().docinfo.internalDTD is not None:
        detail = _("the part {part} declares entities, which are not expanded").format(part=name)
        raise Unreadable(UnreadReason.CORRUPT, detail)
    return root


def local(element: Node) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Node, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace (strict and transitional alike)."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return None


def texts(element: Node) -> Iterator[str]:
    """Every non-empty text in a tree, in order, each with its surrounding space removed."""
    for node in element.iter():
        if not isinstance(node.tag, str):
            continue
        if node.text and (text := node.text.strip()):
            yield text
        if node.tail and node is not element and (text := node.tail.strip()):
            yield text


def readable_type(kind: str) -> str:
    """A content type shortened for people: the last part of its name."""
    return kind.removesuffix("+xml").rsplit(".", 1)[-1].rsplit("/", 1)[-1]
