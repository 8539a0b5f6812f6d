"""The pieces of an XML part of an office package: texts, attribute values, comments.

Paragraphs (Word's and DrawingML's) are blocks, table cells and property entries are groups. What
stands in a paragraph is told apart by channels: what its line shows, deleted text, runs of an
unusual look (hidden, white, styled), phonetic guides, and text that is no part of the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from screener.redact.package import Node
from screener.redact.pieces import Alignment, Piece

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE = ("t", "delText")
_GROUPS = ("tc", "comment", "threadedComment", "si")
_MANY = 200  # texts below one entry; a part of loose data is not one group
_LOOKS = ("vanish", "webHidden", "rStyle", "shd", "highlight", "color", "sz")
_ORDINARY_SIZE = 2  # half points; smaller is hidden
_WHITE = ("FFFFFF", "FEFEFE", "FFFFFE")


@dataclass(slots=True, eq=False)
class XmlPiece(Piece):
    """A piece that can put its changed text back."""

    node: Node = None
    where: Literal["text", "tail", "attribute", "element"] = "text"
    key: str = ""

    def write(self) -> None:
        """Put the changed text into the tree."""
        new = self.changed()
        if self.where == "attribute":
            self.node.set(self.key, new)
        elif self.where == "tail":
            self.node.tail = new
        elif self.where == "text":
            self.node.text = new
            if new != new.strip() and local(self.node) in _LINE:
                self.node.set(_SPACE, "preserve")
        else:  # a character drawn by an element (a hyphen, a symbol) becomes text
            self.node.tag = self.node.tag.rpartition("}")[0] + "}t"
            self.node.attrib.clear()
            self.node.text = new


def local(element: Node) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@dataclass(slots=True)
class _Scope:
    """Where the walk stands."""

    line: list[XmlPiece] | None = None
    cell: list[XmlPiece] | None = None
    channel: str = ""
    within: str = ""


@dataclass(slots=True)
class Collector:
    """Adds the pieces of parts to an alignment.

    ``speaks`` says which attribute values are text; all others are left out, for there are many.
    """

    alignment: Alignment
    speaks: Callable[[str], bool]
    pieces: list[XmlPiece] = field(default_factory=list)

    def collect(self, root: Node) -> list[XmlPiece]:
        """The pieces of one part; blocks and groups go to the alignment."""
        self.pieces = []
        self._walk(root, _Scope())
        for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
            self._alone(node, "text", node.text)
        self._group_entries(root)
        self.alignment.add_story(p for p in self.pieces if p.where != "attribute")
        return self.pieces

    def _walk(self, node: Node, scope: _Scope) -> None:
        name = local(node)
        if not name:  # a comment, an instruction or an entity that is not expanded
            if node.tag is not etree.Entity:
                self._alone(node, "text", node.text)
            return
        for key, value in node.attrib.items():
            if self.speaks(value):
                piece = XmlPiece(value, node=node, where="attribute", key=key)
                self._add([piece])
        inner = self._enter(node, name, scope)
        self._text(node, name, inner)
        for child in node:
            self._walk(child, inner)
            if child.tail and not child.tail.isspace():
                self._alone(child, "tail", child.tail)
        self._leave(name, inner, scope)

    def _enter(self, node: Node, name: str, scope: _Scope) -> _Scope:
        if name == "p" and _has_lines(node):
            return _Scope(line=[], cell=scope.cell, within=name)
        if name in _GROUPS:
            return _Scope(cell=[], within=name)
        if name in ("txbxContent", "tbl"):
            return _Scope(cell=None, within=name)
        inner = _Scope(scope.line, scope.cell, scope.channel, name)
        if name in ("del", "moveFrom"):
            inner.channel = "deleted"
        elif name == "rt":
            inner.channel = "note"
        elif name == "r" and scope.channel != "deleted":
            look = _look(node)
            inner.channel = look or scope.channel
        elif name in ("drawing", "pict", "object"):
            inner.channel = "drawing"
        return inner

    def _text(self, node: Node, name: str, scope: _Scope) -> None:
        if name == "noBreakHyphen" and scope.line is not None:
            self._put(XmlPiece("-", scope.channel, node=node, where="element"), scope)
        elif name == "sym" and scope.line is not None and (character := _symbol(node)):
            self._put(XmlPiece(character, scope.channel, node=node, where="element"), scope)
        if not node.text or (node.text.isspace() and name not in _LINE):
            return
        channel = scope.channel
        if name == "delText":
            channel = "deleted"
        elif name not in _LINE:
            channel = "other"
        piece = XmlPiece(node.text, channel, node=node, where="text")
        if scope.line is not None:
            self._put(piece, scope)
        else:
            self._add([piece])
            if scope.cell is not None:
                scope.cell.append(piece)

    def _put(self, piece: XmlPiece, scope: _Scope) -> None:
        self.pieces.append(piece)
        if scope.line is not None:
            scope.line.append(piece)

    def _leave(self, name: str, inner: _Scope, outer: _Scope) -> None:
        if inner.line is not None and inner.line is not outer.line:
            self.alignment.add(inner.line, "line" if inner.cell is None else "cell")
            if inner.cell is not None:
                inner.cell.extend(inner.line)
        if name in _GROUPS and inner.cell:
            self.alignment.add(inner.cell, "cell")

    def _group_entries(self, root: Node) -> None:
        """The texts of each entry of a properties or data part, read as one."""
        by_node: dict[int, list[XmlPiece]] = {}
        for piece in self.pieces:
            if piece.where != "attribute":
                by_node.setdefault(id(piece.node), []).append(piece)
        for entry in root:
            texts: list[XmlPiece] = []
            for node in entry.iter():
                texts += by_node.get(id(node), ())
                if len(texts) > _MANY or (local(node) == "p" and _has_lines(node)):
                    break
            else:
                self.alignment.add(texts, "entry")

    def _alone(self, node: Node, where: Literal["text", "tail"], text: str | None) -> None:
        if text and not text.isspace():
            self._add([XmlPiece(text, node=node, where=where)])

    def _add(self, pieces: Iterable[XmlPiece]) -> None:
        listed = list(pieces)
        self.pieces += listed
        self.alignment.add(listed)


def _has_lines(node: Node) -> bool:
    return "wordprocessingml" in node.tag or "drawingml" in node.tag


def _look(run: Node) -> str:
    """What sets a run apart from ordinary text, as one word; empty for ordinary text."""
    marks: list[str] = []
    for properties in run:
        if local(properties) != "rPr":
            continue
        for node in properties:
            name = local(node)
            if name not in _LOOKS:
                continue
            values = dict(zip(map(_short, node.attrib), node.attrib.values(), strict=True))
            value = values.get("val") or values.get("fill") or ""
            if name == "color" and value.upper() not in _WHITE and not _shaded(properties):
                continue
            if name == "sz" and not (value.isdigit() and int(value) <= _ORDINARY_SIZE):
                continue
            marks.append(f"{name}={value}")
    return " ".join(marks)


def _shaded(properties: Node) -> bool:
    return any(local(node) in ("shd", "highlight") for node in properties)


def _short(key: str) -> str:
    return key.rpartition("}")[2]


def _symbol(node: Node) -> str:
    """The character of a symbol font, as readers show it (fonts hide theirs at F000 and up)."""
    for key, value in node.attrib.items():
        if _short(key) == "char":
            try:
                point = int(value, 16)
            except ValueError:
                return ""
            return chr(point - 0xF000 if 0xF020 <= point <= 0xF0FF else point)
    return ""
