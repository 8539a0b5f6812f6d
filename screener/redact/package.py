"""Office packages for writing: parts without a change keep their bytes, and order and times."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from screener.errors import SomethingLeft
from screener.i18n import _

Node = Any
"""An lxml element."""

_CONTENT_TYPES = "[Content_Types].xml"
_THUMBNAIL = "/metadata/thumbnail"
_SIGNATURE = "/digital-signature/origin"


class Package:
    """The parts of a zip package by name; XML parts are parsed when asked for."""

    def __init__(self, data: bytes) -> None:
        """Open the package. Raises SomethingLeft when it is torn or has no list of parts."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._zip.getinfo(_CONTENT_TYPES)
        except (zipfile.BadZipFile, KeyError, NotImplementedError) as error:
            raise unusable(_CONTENT_TYPES) from error
        # A name that stands there twice is read as the last one; the others are left behind.
        self._parts = {i.filename: i for i in self._zip.infolist() if not i.is_dir()}
        self._roots: dict[str, Node] = {}
        self._written: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def names(self) -> list[str]:
        """All parts that are still there, in the order of the package."""
        return [name for name in self._parts if name not in self._dropped]

    def read(self, name: str) -> bytes:
        """The bytes of a part as they came. Raises SomethingLeft when it is torn."""
        try:
            return self._zip.read(self._parts[name])
        except (
            *(KeyError, zipfile.BadZipFile, zlib.error, EOFError),
            *(NotImplementedError, RuntimeError),
        ) as error:
            raise unusable(name) from error

    def current(self, name: str) -> bytes:
        """The bytes of a part as they will be written."""
        return self._written[name] if name in self._written else self.read(name)

    def is_xml(self, name: str) -> bool:
        """Whether a part is XML, told from its name and first bytes."""
        if name.endswith((".xml", ".rels", ".vml")):
            return True
        return self.read(name)[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")

    def parses(self, name: str) -> bool:
        """Whether a part is XML that can be changed (old drawings are not always)."""
        if not self.is_xml(name):
            return False
        try:
            self.root(name)
        except SomethingLeft:
            return False
        return True

    def root(self, name: str) -> Node:
        """The root of an XML part, to be changed in place; tell ``touch`` when it was.

        Raises SomethingLeft when it is no XML.
        """
        if name not in self._roots:
            self._roots[name] = parse(self.read(name), name)
        return self._roots[name]

    def touch(self, name: str) -> None:
        """Write this part anew from its changed root."""
        tree = self.root(name).getroottree()
        standalone: Any = tree.docinfo.standalone  # None where the original says nothing
        self._written[name] = bytes(
            etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=standalone)
        )

    def put(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part."""
        self._written[name] = data

    def drop_derived(self) -> None:
        """Take out what was made from the old content: the preview picture and signatures."""
        self.drop_linked("_rels/.rels", (_THUMBNAIL, _SIGNATURE))
        for name in self.names():
            if name.startswith(("_xmlsignatures/", "docProps/thumbnail")):
                self._drop(name)

    def drop_linked(self, rels: str, kinds: tuple[str, ...]) -> None:
        """Take out the parts that a relationships part links to as one of these kinds."""
        if rels not in self.names():
            return
        folder = posixpath.dirname(posixpath.dirname(rels))
        root = self.root(rels)
        for link in list(root):
            if isinstance(link.tag, str) and link.get("Type", "").endswith(kinds):
                self._drop(resolve(folder, link.get("Target", "")))
                root.remove(link)
                self.touch(rels)

    def _drop(self, name: str) -> None:
        if name not in self._parts:
            return
        self._dropped.add(name)
        types = self.root(_CONTENT_TYPES)
        for entry in list(types):
            if isinstance(entry.tag, str) and entry.get("PartName", "").lstrip("/") == name:
                types.remove(entry)
                self.touch(_CONTENT_TYPES)

    def links(self, rels: str) -> list[tuple[str, str, str]]:
        """``(id, kind, part)`` of every link inside the package; kind is the type's last word."""
        if rels not in self._parts:
            return []
        folder = posixpath.dirname(posixpath.dirname(rels))
        return [
            (
                link.get("Id", ""),
                link.get("Type", "").rsplit("/", 1)[-1],
                resolve(folder, link.get("Target", "")),
            )
            for link in self.root(rels)
            if isinstance(link.tag, str) and link.get("TargetMode") != "External"
        ]

    def to_bytes(self) -> bytes:
        """The package: same order, times and compression as the original, no zip comment."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in self.names():
                old = self._parts[name]
                new = zipfile.ZipInfo(name, old.date_time)
                stored = old.compress_type == zipfile.ZIP_STORED
                new.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                new.create_system = 0
                archive.writestr(new, self.current(name))
        return target.getvalue()


def resolve(folder: str, target: str) -> str:
    """The name of a linked part, as the package has it."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def parse(data: bytes, name: str) -> Node:
    """The root of an XML text; no entity is expanded, nothing loaded. Raises SomethingLeft."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unusable(name) from error


def unusable(name: str) -> SomethingLeft:
    """The error that names a part which cannot be read or parsed."""
    return SomethingLeft(
        _("The part {part} is damaged and cannot be changed.").format(part=name),
        advice=_("Open the file in its program, save it anew and hand it in again."),
    )
