"""Word documents: the whole package is walked, not only its paragraphs and tables.

python-docx shows paragraphs and tables of the body; of 37 places where text can stand it finds 15.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from screener.extract import facts, opc_parts
from screener.extract.builder import DocumentBuilder
from screener.extract.drawing_looks import picture_hides
from screener.extract.formats.docx.cover import covers
from screener.extract.formats.docx.looks import NOTHING, Look, Styles, Unseen
from screener.extract.formats.docx.runs import DELETED, Flow, read_paragraph
from screener.extract.formats.docx.shapes import AWAY, HIDDEN
from screener.extract.formats.docx.spacing import Spacings
from screener.extract.inside import read_inside
from screener.extract.line_places import Covered
from screener.extract.package import Node, Package, attribute, local, readable_type
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import LOOK_AT, find_header
from screener.model.place import Locator, Paragraph, Property, TableCell

_STORIES = {
    "header": (SegmentKind.HEADER, "header"),
    "footer": (SegmentKind.FOOTER, "footer"),
    "footnotes": (SegmentKind.NOTE, "footnote"),
    "endnotes": (SegmentKind.NOTE, "endnote"),
    "comments": (SegmentKind.COMMENT, "comment"),
    "glossary": (SegmentKind.HIDDEN, "glossary"),
}
"""Parts beside the body by the last word of their content type."""

_SEEN = (SegmentKind.BODY, SegmentKind.NOTE)
"""Kinds of what stands beside a paragraph's line and is seen all the same."""
_STORY_ORDER = ("header", "footer", "footnotes", "endnotes", "comments", "glossary")
_BLOCKS = ("p", "tbl")
_SETTINGS = ("settings", "styles", "numbering", "people", "commentsExtended", "commentsIds")


class DocxReader:
    """Body, tables, headers, footers, notes, comments, text boxes, revisions, properties."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Walk the package: the body first, then every other part that holds text."""
        package = Package(data, context.limits)
        main = next(
            (link.target for link in package.relationships("") if link.kind == "officeDocument"),
            "word/document.xml",
        )
        walk = _Walk(package, builder, context)
        walk.story(main, SegmentKind.BODY, None)
        for last_word in _STORY_ORDER:
            kind, part = _STORIES[last_word]
            for name in package.names():
                word = readable_type(package.content_type(name)).split(".")[-1]
                if name != main and word in (last_word, f"{last_word}.main"):
                    walk.story(name, kind, part)
        _read_rest(package, builder, walk.read, main)
        opc_parts.read_properties(package, builder)
        known = replace(builder.facts, title=walk.title)
        builder.set_facts(facts.from_pairs(known, walk.pairs))
        opc_parts.report_unread(package, builder, context, done=walk.read)


def _read_rest(package: Package, builder: DocumentBuilder, read: set[str], main: str) -> None:
    """Loose parts: custom XML, charts, diagrams, orphans, settings; and links to the outside."""
    for name in package.names():
        kind = package.content_type(name)
        is_xml = kind.endswith("xml") or name.endswith(".xml")
        if name in read or opc_parts.is_properties(kind) or name.endswith(".rels") or not is_xml:
            continue
        if readable_type(kind) in _SETTINGS:
            _read_settings(package, builder, name)
        else:
            opc_parts.read_loose(package, builder, name)
    for name in sorted(read | {main, "word/settings.xml"}):
        if package.has(name):
            opc_parts.add_links(package, builder, name)
    for name in sorted(read):
        if name.endswith(".xml"):
            opc_parts.add_spoken(package, builder, name)


def _read_settings(package: Package, builder: DocumentBuilder, name: str) -> None:
    """Document variables, list texts and authors: what settings say in words."""
    root = opc_parts.safe_root(package, builder, name)
    if root is None:
        return
    for node in root.iter("{*}docVar", "{*}lvlText", "{*}person"):
        tag = local(node)
        text = ""
        if tag == "docVar":
            text = attribute(node, "val") or ""
        elif tag == "lvlText":
            text = _words_of_list(attribute(node, "val") or "")
        else:
            text = attribute(node, "author") or ""
        if text.strip():
            place = Property(attribute(node, "name") or tag)
            kind = SegmentKind.BODY if tag == "lvlText" else SegmentKind.METADATA
            builder.add(text, kind, place, visible=tag == "lvlText")
    if opc_parts.may_speak(package, name):
        opc_parts.add_spoken_in(root, builder, name)


def _words_of_list(text: str) -> str:
    """The words of a list's numbering (附件%1), nothing when it is only 第%1条 or a bullet."""
    words = text
    for digit in "123456789":
        words = words.replace(f"%{digit}", "")
    return words if len(words) > 3 else ""


@dataclass(slots=True)
class _Story:
    """One part that is read: what its text is, and what to call it.

    ``unseen`` tells why a person does not see any of it, ``base`` is how its cell looks.
    """

    kind: SegmentKind
    part: str | None
    unseen: Unseen | None = None
    base: Look = NOTHING
    paragraphs: int = 0


@dataclass(frozen=True, slots=True)
class _Where:
    """A cell in the builder's terms: table, row and column from 0."""

    table: int = -1
    row: int = -1
    column: int = -1


class _Walk:
    """Reads parts into the builder; paragraphs and tables are counted as a person sees them."""

    def __init__(self, package: Package, builder: DocumentBuilder, context: ReadContext) -> None:
        self.package = package
        self.builder = builder
        self.context = context
        self.styles = Styles(package)
        self.read: set[str] = set()
        self.authors: set[str] = set()
        self.chunks: dict[str, str] = {}
        self.covered: Mapping[Node, Covered] = {}
        self.tables = 0
        self.title = ""
        self.pairs: dict[str, str] = {}

    def story(self, name: str, kind: SegmentKind, part: str | None) -> None:
        """Read one part: body, header, notes …"""
        self.read.add(name)
        root = opc_parts.safe_root(self.package, self.builder, name)
        if root is None:
            return
        links = opc_parts.safe_links(self.package, self.builder, name)
        self.chunks = {link.id: link.target for link in links if not link.external}
        unseen = HIDDEN if kind is SegmentKind.HIDDEN else None
        self.styles.look_around(root)
        opaque = partial(picture_hides, self.package, self.chunks)
        self.covered = covers(root, Spacings(root, self.styles), self.styles.palette, opaque)
        self._blocks(root, _Story(kind, part, unseen, Look(ground=self.styles.page)))

    def _blocks(self, parent: Node, story: _Story) -> None:
        """Paragraphs and tables below a node, through content controls and other wrappers."""
        for node in parent:
            tag = local(node)
            if tag == "p":
                self._paragraph(node, story)
            elif tag == "tbl":
                self._table(node, story)
            elif tag == "comment":
                self._author(node, story)
                self._blocks(node, story)
            elif tag == "altChunk":
                self._chunk(attribute(node, "id") or "")
            elif tag and tag not in ("sectPr", "sdtPr", "pPr", "tblPr"):
                self._blocks(node, story)

    def _chunk(self, link: str) -> None:
        """A file of another format that Word shows as part of the text."""
        name = self.chunks.get(link, "")
        what = _("embedded file {name}").format(name=posixpath.basename(name) or "altChunk")
        try:
            content = self.package.read(name) if self.package.has(name) else b""
        except Unreadable as problem:
            self.builder.unread(what, problem.reason, problem.detail, key=name)
            return
        if not content:
            self.builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"), key=link)
            return
        self.read.add(name)
        read_inside(self.builder, self.context, content, posixpath.basename(name))

    def _author(self, node: Node, story: _Story) -> None:
        name = attribute(node, "author") or ""
        if name in self.authors:
            return
        self.authors.add(name)
        place = Paragraph(story.paragraphs + 1, story.part)
        self.builder.add(name, SegmentKind.METADATA, place, visible=False)

    def _paragraph(self, node: Node, story: _Story) -> None:
        flow = read_paragraph(node, self.styles, story.base, story.unseen, self.covered.get(node))
        if flow.text.strip() or flow.beside:
            story.paragraphs += 1
        place = Paragraph(max(story.paragraphs, 1), story.part)
        kind = story.kind
        if kind is SegmentKind.BODY and self.styles.is_heading(node):
            kind = SegmentKind.HEADING
        if kind is SegmentKind.HEADING and not self.title:
            self.title = flow.text.strip()
        if flow.all_inserted and kind in (SegmentKind.BODY, SegmentKind.HEADING):
            kind = SegmentKind.INSERTED
        if flow.text.strip():
            self.builder.add(flow.text, kind, place)
        self._beside(flow, story, place, _Where())

    def _beside(self, flow: Flow, story: _Story, place: Locator, where: _Where) -> None:
        """What a paragraph holds beside its visible line."""
        for kind, text, state in flow.beside:
            if kind is SegmentKind.METADATA:
                if text in self.authors:
                    continue
                self.authors.add(text)
            # words drawn as a picture (a watermark in a header) belong to the part they stand in
            shown = story.kind if kind is SegmentKind.BODY else kind
            seen = kind in _SEEN and story.unseen is None
            self.builder.add(
                text,
                shown,
                place if seen else _with_state(place, state),
                visible=seen,
                table=where.table,
                row=where.row,
                column=where.column,
            )
        for box in flow.boxes:
            part = "text_box" if story.part is None else story.part
            unseen = story.unseen or box.unseen
            self._blocks(box.content, _Story(story.kind, part, unseen, Look(ground=box.ground)))

    def _table(self, table: Node, story: _Story) -> None:
        self.tables += 1
        number = self.builder.start_table()
        grid: list[list[str]] = []
        marked: list[int] = []
        shown = self.tables
        style = self.styles.table(table)
        if self.styles.is_away(table):
            story = replace(story, unseen=story.unseen or AWAY)
        for at, row in enumerate(_children(table, "tr")):
            line: list[str] = []
            if at < LOOK_AT and any(local(n) == "tblHeader" for n in row.iter()):
                marked.append(at)
            inner = replace(story, unseen=story.unseen or _unseen_row(row))
            for column, cell in _cells(row):
                place = TableCell(shown, at + 1, column + 1, part=story.part)
                own = self._own_look(cell)
                inside = replace(inner, base=own.over(style.cell(at, column)).over(story.base))
                inside.unseen = inner.unseen or _unseen_cell(cell)
                text = self._cell(cell, inside, place, _Where(number, at, column))
                if at < LOOK_AT:
                    line += [""] * (column - len(line)) + [text]
            grid.append(line)
            self._pair(line)
        found = find_header(grid[:LOOK_AT], marked)
        self.builder.set_header_row(number, found)

    def _own_look(self, cell: Node) -> Look:
        """The colour that a cell itself is filled with."""
        properties = next((child for child in cell if local(child) == "tcPr"), None)
        return NOTHING if properties is None else self.styles.look_of(properties)

    def _pair(self, line: list[str]) -> None:
        cells = [cell for cell in line if cell.strip()]
        for label, value in zip(cells[0::2], cells[1::2], strict=False):
            if len(label) < 12:
                self.pairs.setdefault(label, value[:200])

    def _cell(self, cell: Node, story: _Story, place: TableCell, where: _Where) -> str:
        """One cell: its paragraphs as lines of one segment, then what they hold beside."""
        flows: list[Flow] = []
        inner: list[Node] = []
        self._collect(cell, flows, inner, story.base)
        text = "\n".join(flow.text for flow in flows).strip("\n")
        kind = SegmentKind.TABLE_CELL if story.kind is SegmentKind.BODY else story.kind
        if flows and all(flow.all_inserted or not flow.text for flow in flows) and text.strip():
            kind = SegmentKind.INSERTED
        if story.unseen is DELETED:
            kind = SegmentKind.DELETED
        if text.strip():
            self.builder.add(
                text,
                kind,
                _with_state(place, story.unseen.state if story.unseen else None),
                visible=story.unseen is None,
                table=where.table,
                row=where.row,
                column=where.column,
            )
        for flow in flows:
            self._beside(flow, story, place, where)
        for nested in inner:
            self._table(nested, story)
        return text

    def _collect(self, parent: Node, flows: list[Flow], tables: list[Node], base: Look) -> None:
        """Paragraphs and nested tables of a cell, in order."""
        for node in parent:
            tag = local(node)
            if tag == "p":
                covered = self.covered.get(node)
                flows.append(read_paragraph(node, self.styles, base, covered=covered))
            elif tag == "tbl":
                tables.append(node)
            elif tag and tag not in ("tcPr", "sdtPr"):
                self._collect(node, flows, tables, base)


def _with_state(place: Locator, state: str | None) -> Locator:
    if state and isinstance(place, Paragraph | TableCell):
        return replace(place, state=state)
    return place


def _unseen_row(row: Node) -> Unseen | None:
    """Whether a row is hidden, has no height, or was deleted with revision marks."""
    for node in next((child for child in row if local(child) == "trPr"), ()):
        tag = local(node)
        if tag == "del":
            return DELETED
        exact = attribute(node, "hRule") == "exact"
        flat = tag == "trHeight" and exact and _number(attribute(node, "val"), 1000) <= 20
        if flat or (tag == "hidden" and (attribute(node, "val") or "1") not in ("0", "false")):
            return Unseen(SegmentKind.HIDDEN, "hidden_row")
    return None


def _unseen_cell(cell: Node) -> Unseen | None:
    """Whether a cell was deleted with revision marks."""
    properties = next((child for child in cell if local(child) == "tcPr"), ())
    return DELETED if any(local(node) == "cellDel" for node in properties) else None


def _children(parent: Node, tag: str) -> list[Node]:
    """Children of this kind, through content controls and revision marks but not other blocks."""
    found: list[Node] = []
    for node in parent:
        name = local(node)
        if name == tag:
            found.append(node)
        elif name not in ("", "tc", "tr", "tbl", "p", "tblPr", "trPr", "tcPr"):
            found += _children(node, tag)
    return found


def _cells(row: Node) -> list[tuple[int, Node]]:
    """Cells with their column in the grid (from 0), spans and gaps counted."""
    column = 0
    for node in row.iter():
        if local(node) == "gridBefore":
            column = _number(attribute(node, "val"), 0)
            break
        if local(node) == "tc":
            break
    cells = []
    for cell in _children(row, "tc"):
        cells.append((column, cell))
        span = 1
        for properties in cell:
            if local(properties) == "tcPr":
                for node in properties:
                    if local(node) == "gridSpan":
                        span = _number(attribute(node, "val"), 1)
        column += max(span, 1)
    return cells


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text and text.isascii() and text.isdigit() else otherwise
