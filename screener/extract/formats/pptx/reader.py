"""Presentations: the whole package is walked; slides come in the order of the show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from screener.extract import opc_parts
from screener.extract.builder import DocumentBuilder
from screener.extract.drawing_looks import (
    Palette,
    palette_of,
    picture_hides,
    says_picture,
    seen_and_unseen,
)
from screener.extract.formats.pptx.cover import parted, partly_covered
from screener.extract.formats.pptx.looks import Stage, is_hidden
from screener.extract.line_places import Covered
from screener.extract.looks import UNKNOWN, Colour
from screener.extract.package import Node, Package, Relationship, attribute, local, readable_type
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import LOOK_AT, find_header
from screener.model.part_places import SlidePart

_MAIN = "ppt/presentation.xml"
_BESIDE = {
    "notesSlide": "notes",
    "comments": "comment",
    "diagramData": "diagram",
    "diagramDrawing": "diagram",
}
_TITLES = ("title", "ctrTitle")
_COVERS = ("black_box", "white_box", "box", "picture")
_FRAMES = ("slideLayout", "slideMaster", "notesMaster", "handoutMaster")


@dataclass(frozen=True, slots=True)
class _Where:
    """What is being read: its place, and whether it shows."""

    place: SlidePart
    kind: SegmentKind = SegmentKind.BODY
    visible: bool = True
    width: int = 0
    height: int = 0
    ground: Colour = UNKNOWN

    def hidden(self) -> _Where:
        return replace(self, kind=SegmentKind.HIDDEN, visible=False)

    def unseen(self, state: str) -> _Where:
        """The same, not seen for this reason; a slide that is hidden stays no more than that."""
        covered = state == "blacked_out" or state in _COVERS
        kind = SegmentKind.COVERED if covered else SegmentKind.HIDDEN
        place = self.place if self.place.state else replace(self.place, state=state)
        return replace(self, kind=kind, place=place, visible=False)


class PptxReader:
    """Slides, notes, comments, tables, alternative texts, masters, layouts, properties."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Slides first, then the parts behind them, then whatever nothing leads to."""
        package = Package(data, context.limits)
        main = next(
            (link.target for link in package.relationships("") if link.kind == "officeDocument"),
            _MAIN,
        )
        _Walk(package, builder, context).run(main)
        opc_parts.read_properties(package, builder)
        opc_parts.report_unread(package, builder, context)


class _Walk:
    def __init__(self, package: Package, builder: DocumentBuilder, context: ReadContext) -> None:
        self.package = package
        self.builder = builder
        self.context = context
        self.read: set[str] = set()
        self.tables = 0
        self.width = self.height = 0
        self.title = ""
        self.drawn: set[str] = set()
        self.palette = palette_of(package)
        self.stage: Stage | None = None
        self.covered: Mapping[Node, Covered] = {}

    def run(self, main: str) -> None:
        """Everything but properties and parts that are no XML."""
        shown = self._order(main)
        lost = [n for n in self.package.names() if self._word(n) == "slide" and n not in shown]
        limit = self.context.limits.pages
        for number, name in enumerate((*shown, *lost), 1):
            if number > limit:
                what = _("slides from number {number} on").format(number=number)
                detail = _("more than {limit} pages ({key})").format(
                    limit=limit, key="[limits] pages"
                )
                self.builder.unread(what, UnreadReason.TOO_LARGE, detail)
                break
            self._slide(name, number, orphan=number > len(shown))
        if not self.read - {main}:
            what = _("the file")
            self.builder.unread(what, UnreadReason.CORRUPT, _("no slide was found in it"))
        self._frames()
        self._rest()
        if self.title and not self.builder.facts.title:
            self.builder.set_facts(replace(self.builder.facts, title=self.title))

    def _word(self, name: str) -> str:
        return readable_type(self.package.content_type(name))

    def _order(self, main: str) -> list[str]:
        """The slides in the order of the show, and the size of the page."""
        root = self._root(main)
        if root is None:
            return []
        targets = {link.id: link.target for link in self._links(main) if not link.external}
        order: list[str] = []
        for node in root.iter():
            if local(node) == "sldId":
                target = targets.get(_relation(node))
                if target is None or not self.package.has(target):
                    what = _("slide {number}").format(number=len(order) + 1)
                    self.builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"))
                elif target not in order:
                    order.append(target)
            elif local(node) == "sldSz":
                self.width = _whole(attribute(node, "cx"))
                self.height = _whole(attribute(node, "cy"))
        return order

    def _links(self, name: str) -> list[Relationship]:
        try:
            return self.package.relationships(name)
        except Unreadable as problem:
            what = _("part {part}").format(part=name)
            self.builder.unread(what, problem.reason, problem.detail)
            return []

    def _root(self, name: str) -> Node | None:
        self.read.add(name)
        return opc_parts.safe_root(self.package, self.builder, name)

    def _slide(self, name: str, number: int, *, orphan: bool = False) -> None:
        root = self._root(name)
        if root is None:
            return
        hidden = orphan or (attribute(root, "show") or "1").lower() in ("0", "false")
        place = SlidePart(number, "hidden" if hidden else None)
        where = _Where(place, width=self.width, height=self.height)
        self.stage = self._staged(root, name)
        self._shapes(root, where.hidden() if hidden else where)
        self.stage = None
        for link in self._links(name):
            part = _BESIDE.get(link.kind)
            if link.external or part is None or link.target in self.read:
                continue
            if self.package.has(link.target):
                self._beside(link.target, part, replace(place, part=part), shown=not hidden)

    def _palette(self) -> Palette:
        return self.stage.palette if self.stage is not None else self.palette

    def _staged(self, slide: Node, name: str) -> Stage:
        """The slide with what is drawn behind it; a torn layout is named where it is read."""
        behind: list[Node | None] = []
        palette, at = self.palette, name
        for kind in ("slideLayout", "slideMaster"):
            at = next((link.target for link in self._links(at) if link.kind == kind), "")
            root = self._look_at(at)
            for node in root if root is not None else ():
                if local(node) == "clrMap":
                    palette = palette.called(node)
            behind.append(root)
        pictures = {link.id: link.target for link in self._links(name) if not link.external}
        return Stage(slide, tuple(behind), palette, partial(picture_hides, self.package, pictures))

    def _look_at(self, name: str) -> Node | None:
        try:
            return self.package.xml(name) if self.package.has(name) else None
        except Unreadable:
            return None

    def _beside(self, name: str, part: str, place: SlidePart, *, shown: bool) -> None:
        """Notes, comments and drawn lists that belong to a slide."""
        root = self._root(name)
        if root is None:
            return
        if part == "notes":
            self._shapes(root, _Where(place, SegmentKind.NOTE, visible=False))
        elif part == "diagram":
            # what the list says, and once more how it was drawn last
            where = _Where(place) if shown else _Where(place).hidden()
            self._paragraphs(root, where, self.drawn)
        else:
            for node in root.iter():
                if local(node) in ("text", "t") and node.text and node.text.strip():
                    self.builder.add(node.text, SegmentKind.COMMENT, place, visible=shown)

    def _shapes(self, parent: Node, where: _Where) -> None:
        """Shapes in their order, groups and alternatives opened."""
        for node in parent:
            tag = local(node)
            if tag in ("sp", "cxnSp", "pic", "graphicFrame"):
                self._shape(node, where)
            elif tag and tag not in ("timing", "transition", "extLst"):
                inner = where.hidden() if tag == "grpSp" and is_hidden(node) else where
                self._shapes(node, inner)

    def _shape(self, node: Node, where: _Where) -> None:
        if is_hidden(node):
            where = where.hidden()
        elif self._is_outside(node, where):
            where = where.unseen("off_page")
        elif cover := self._cover(node):
            where = where.unseen(cover)
        if self.stage is not None:
            where = replace(where, ground=self.stage.ground(node))
        self._spoken(node, where)
        self.covered = partly_covered(self.stage, node) if self.stage and where.visible else {}
        tables = [below for below in node.iter() if local(below) == "tbl"]
        for table in tables:
            self._table(table, node, where)
        if tables:
            return
        kind = _placeholder(node)
        if kind in ("dt", "sldNum") and where.visible:
            return  # date and number fill themselves in
        if where.kind is SegmentKind.BODY and kind in _TITLES:
            where = replace(where, kind=SegmentKind.HEADING)
        elif where.kind is SegmentKind.BODY and kind == "ftr":
            where = replace(where, kind=SegmentKind.FOOTER)
        said = self._paragraphs(node, where)
        if kind in _TITLES and where.visible and not self.title:
            self.title = said.strip()[:200]

    def _cover(self, node: Node) -> str | None:
        cover = self.stage.covered(node) if self.stage is not None else None
        said = "".join(n.text or "" for n in node.iter() if local(n) == "t") if cover else ""
        return None if cover == "picture" and says_picture(said) else cover

    def _seen(self, paragraph: Node, ground: Colour) -> tuple[str, dict[str, str]]:
        """What is seen of a paragraph, and apart from it what is not, by the reason."""
        shown, unseen = seen_and_unseen(paragraph, ground, self._palette())
        covered = self.covered.get(paragraph)
        return (shown, unseen) if covered is None else parted(shown, unseen, covered)

    def _spoken(self, node: Node, where: _Where) -> None:
        """The alternative text and title of a shape, and a name that people gave it."""
        for below in node.iter():
            if local(below) != "cNvPr":
                continue
            for name in ("descr", "title"):
                if text := (attribute(below, name) or "").strip():
                    place = replace(where.place, part="alt_text")
                    self.builder.add(text, SegmentKind.ALT_TEXT, place, visible=where.visible)

    def _is_outside(self, node: Node, where: _Where) -> bool:
        if not where.width:
            return False
        frame = next((below for below in node.iter() if local(below) in ("xfrm", "off")), None)
        if frame is None:
            return False
        spots = {local(b): b for b in frame.iter()}
        if "off" not in spots or "ext" not in spots or node.getparent() is None:
            return False
        if local(node.getparent()) == "grpSp":
            return False  # in the group's own measure
        x, y = _whole(attribute(spots["off"], "x")), _whole(attribute(spots["off"], "y"))
        right = x + _whole(attribute(spots["ext"], "cx"))
        bottom = y + _whole(attribute(spots["ext"], "cy"))
        return x >= where.width or y >= where.height or right <= 0 or bottom <= 0

    def _paragraphs(self, node: Node, where: _Where, known: set[str] | None = None) -> str:
        """Every paragraph below a node that is not ``known`` as a segment; tiny text apart."""
        said: list[str] = []
        for paragraph in node.iter():
            if local(paragraph) != "p":
                continue
            shown, unseen = self._seen(paragraph, where.ground)
            if known is not None and shown in known:
                continue
            if known is not None:
                known.add(shown)
            if shown.strip():
                said.append(shown)
                self.builder.add(shown, where.kind, where.place, visible=where.visible)
            self._unseen(unseen, where)
        return "\n".join(said)

    def _unseen(self, texts: dict[str, str], where: _Where) -> None:
        for state, text in texts.items():
            if text.strip():
                lower = where.unseen(state) if where.visible else where
                self.builder.add(text, lower.kind, lower.place, visible=False)

    def _table(self, table: Node, frame: Node, where: _Where) -> None:
        self.tables += 1
        number = self.builder.start_table()
        grid: list[list[str]] = []
        kind = where.kind if where.kind is not SegmentKind.BODY else SegmentKind.TABLE_CELL
        rows = [row for row in table if local(row) == "tr"]
        for at, row in enumerate(rows):
            cells = [cell for cell in row if local(cell) == "tc"]
            line: list[str] = []
            for column, cell in enumerate(cells):
                ground = UNKNOWN
                if self.stage is not None:
                    ground = self.stage.ground_of_cell(cell, table, frame)
                paragraphs = [p for p in cell.iter() if local(p) == "p"]
                pieces = [self._seen(p, ground) for p in paragraphs]
                text = "\n".join(shown for shown, _unseen in pieces).strip("\n")
                line.append(text)
                place = replace(where.place, table=self.tables, row=at + 1, column=column + 1)
                for _shown, unseen in pieces:
                    self._unseen(unseen, replace(where, place=place))
                if text.strip():
                    self.builder.add(
                        text,
                        kind,
                        place,
                        visible=where.visible,
                        table=number,
                        row=at,
                        column=column,
                    )
            grid.append(line)
        found = find_header(grid[:LOOK_AT])
        self.builder.set_header_row(number, found)

    def _frames(self) -> None:
        """Masters and layouts: their own shapes show on slides, their placeholders do not."""
        for name in self.package.names():
            word = self._word(name)
            if word not in _FRAMES or name in self.read:
                continue
            root = self._root(name)
            if root is None:
                continue
            place = SlidePart(part="layout" if word == "slideLayout" else "master")
            for node in root.iter():
                if local(node) not in ("sp", "pic", "graphicFrame"):
                    continue
                where = _Where(place, width=self.width, height=self.height)
                self._shape(node, where.hidden() if _placeholder(node) is not None else where)

    def _rest(self) -> None:
        """Loose parts, authors of comments, links to the outside."""
        for name in self.package.names():
            kind = self.package.content_type(name)
            is_xml = kind.endswith("xml") or name.endswith((".xml", ".vml"))
            if not is_xml or opc_parts.is_properties(kind) or name.endswith(".rels"):
                continue
            opc_parts.add_links(self.package, self.builder, name)
            if name in self.read:
                continue
            if self._word(name) in ("commentAuthors", "authors"):
                self._authors(name)
            elif self._word(name) not in ("presProps", "viewProps"):
                opc_parts.read_loose(self.package, self.builder, name)

    def _authors(self, name: str) -> None:
        root = self._root(name)
        for node in root.iter() if root is not None else ():
            author = attribute(node, "name") if isinstance(node.tag, str) else None
            if author:
                place = SlidePart(part="comment")
                self.builder.add(author, SegmentKind.METADATA, place, visible=False)


def _relation(node: Node) -> str:
    """The relationship's ID: the attribute in a namespace, not the slide's own number."""
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}id")), "")


def _placeholder(node: Node) -> str | None:
    """The kind of placeholder a shape is (body where none is told), None for other shapes."""
    for frame in node:
        if local(frame).startswith("nv"):
            for below in frame.iter():
                if local(below) == "ph":
                    return attribute(below, "type") or "body"
    return None


def _whole(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
