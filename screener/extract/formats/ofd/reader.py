"""OFD papers (GB/T 33190): pages with their templates, annotations, attachments, tags, properties.

What the page order does not reach (earlier versions, loose parts) is read too, as hidden.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from screener.extract.builder import DocumentBuilder
from screener.extract.formats.ofd.geometry import IDENTITY, Box
from screener.extract.formats.ofd.lines import OfdPlace, PageText, Text, area_of, read_text
from screener.extract.formats.ofd.loose import add_seal, all_texts, is_seal
from screener.extract.formats.ofd.notes import cover, drawn_note, drop_clear_pictures
from screener.extract.formats.ofd.objects import Drawn, Painter, Resources, Style, collect
from screener.extract.formats.ofd.package import OfdPackage, child, children, folder, words
from screener.extract.inside import read_inside
from screener.extract.package import Node, local
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import LOOK_AT, find_header
from screener.model.place import OfdObject, Property

COVERED = frozenset(("black_box", "white_box", "box", "picture"))
_FONTS = (".ttf", ".otf", ".ttc", ".cff", ".fon", ".pfb")
_SEALS = (".esl", ".dat", ".asn1", ".p7s", ".seal")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_ORDER = {"Background": 0, "Body": 1, "": 1, "Foreground": 2}


@dataclass(slots=True)
class _Body:
    """One document of the file: its root part, resources, templates, pages and notes by ID."""

    root: str
    tree: Node
    resources: Resources = field(default_factory=Resources)
    templates: dict[str, str] = field(default_factory=dict)
    areas: Box = (0.0, 0.0, 0.0, 0.0)
    pages: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[Node]] = field(default_factory=dict)
    part: str | None = None


class OfdReader:
    """Every body of the file: pages, then what lies beside them."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Follow the file from OFD.xml; then look at every part that nothing led to."""
        package = OfdPackage(data, context.limits)
        _Walk(package, builder, context).run()


class _Walk:
    def __init__(self, package: OfdPackage, builder: DocumentBuilder, context: ReadContext) -> None:
        self.package = package
        self.builder = builder
        self.context = context
        self.pages = 0
        self.tables = 0
        self.properties: list[tuple[str, str]] = []
        self.pictures: dict[str, int] = {}
        self.folders: list[str] = []

    def run(self) -> None:
        """The bodies in order, then properties, signatures and loose parts."""
        entry = self.package.tree(self.package.entry)
        base = folder(self.package.entry)
        bodies = children(entry, "DocBody")
        if not bodies:
            raise Unreadable(UnreadReason.CORRUPT, _("no page was found in it"))
        for body in bodies:
            self._info(child(body, "DocInfo"))
            root = words(child(body, "DocRoot"))
            self._document(self._find(root, base) if root else None, None)
            signatures = words(child(body, "Signatures"))
            if signatures:
                self._signatures(self._find(signatures, base))
        for body in bodies:
            for version in children(child(body, "Versions"), "Version"):
                self._version(version, base)
        if not self.pages:
            self.builder.unread(_("the file"), UnreadReason.CORRUPT, _("no page was found in it"))
        for name, text in self.properties:
            self.builder.add(text, SegmentKind.METADATA, Property(name), visible=False)
        self._rest()

    def _find(self, path: str, *bases: str) -> str | None:
        """A part by its path; a missing one is told."""
        name = self.package.find(path, *bases)
        if name is None:
            what = _("part {part}").format(part=posixpath.basename(path.replace("\\", "/")))
            self.builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"), key=path)
        return name

    def _tree(self, name: str | None) -> Node | None:
        if name is None:
            return None
        try:
            return self.package.tree(name)
        except Unreadable as problem:
            what = _("part {part}").format(part=name)
            self.builder.unread(what, problem.reason, problem.detail)
            return None

    def _info(self, info: Node | None) -> None:
        """Title, author, keywords, custom data …"""
        for node in info if info is not None else ():
            name = local(node)
            if name in ("Keywords", "CustomDatas"):
                for entry in node:
                    if text := words(entry):
                        self.properties.append((entry.get("Name") or name, text))
            elif name and name not in ("DocID", "Cover", "DocUsage") and (text := words(node)):
                self.properties.append((name, text))
                if name == "Title":
                    self.builder.set_facts(replace(self.builder.facts, title=text))

    def _version(self, version: Node, base: str) -> None:
        name = self._find(version.get("BaseLoc") or "", base)
        tree = self._tree(name)
        root = words(child(tree, "DocRoot")) if tree is not None else ""
        if name is not None and root:
            found = self._find(root, folder(name), base)
            if found is not None and found not in self.package.read_names:
                self._document(found, "earlier_version")

    def _document(self, name: str | None, part: str | None) -> None:
        tree = self._tree(name)
        if name is None or tree is None:
            return
        body = _Body(name, tree, part=part)
        self.folders.append(folder(name))
        self._common(body)
        self._find_notes(body)
        before = self.pages if part else 0
        for page in children(child(tree, "Pages"), "Page"):
            self.pages += 1
            number = self.pages - before
            body.pages[page.get("ID") or ""] = number
            if self.pages > self.context.limits.pages:
                what = _("pages {first} to {last}").format(first=self.pages, last="…")
                self.builder.unread(what, UnreadReason.TOO_LARGE, key="pages")
                break
            self._page(
                body, self._find(page.get("BaseLoc") or "", folder(name)), page.get("ID") or ""
            )
        for key, notes in body.notes.items():
            for note in notes:
                if key in body.pages:
                    self._annotation(note, body, body.pages[key])
        self._outlines(body)
        self._attachments(body)

    def _common(self, body: _Body) -> None:
        """Resources, templates and the size of pages."""
        common = child(body.tree, "CommonData")
        base = folder(body.root)
        for node in common if common is not None else ():
            tag = local(node)
            if tag in ("PublicRes", "DocumentRes"):
                tree = self._tree(self._find(words(node), base)) if words(node) else None
                if tree is not None:
                    collect(tree, body.resources)
            elif tag == "TemplatePage":
                body.templates[node.get("ID") or ""] = node.get("BaseLoc") or ""
            elif tag == "PageArea":
                body.areas = area_of(node)

    def _page(self, body: _Body, name: str | None, key: str) -> None:
        tree = self._tree(name)
        if name is None or tree is None:
            return
        for resource in children(tree, "PageRes"):
            found = self._tree(self._find(words(resource), folder(name), folder(body.root)))
            if found is not None:
                collect(found, body.resources)
        painter = Painter(body.resources)
        layers: list[tuple[int, int, Node]] = []
        for template in children(tree, "Template"):
            place = body.templates.get(template.get("TemplateID") or "")
            under = self._tree(self._find(place, folder(body.root))) if place else None
            order = _ORDER.get(template.get("ZOrder") or "Background", 0)
            content = child(under, "Content") if under is not None else None
            layers += [(order, len(layers), content)] if content is not None else []
        own = child(tree, "Content")
        if own is not None:
            layers.append((1, len(layers), own))
        for _order, _at, content in sorted(layers, key=lambda layer: layer[:2]):
            painter.paint(content, IDENTITY, Style())
        for note in body.notes.get(key, ()):
            cover(painter.drawn, note, body.resources)
        drop_clear_pictures(painter.drawn, self.package, self.folders)
        area = child(tree, "Area")
        shown = area_of(area) if area is not None else body.areas
        self._write(painter.drawn, shown, body.pages[key], body.part)

    def _write(self, drawn: Drawn, area: Box, number: int, part: str | None) -> None:
        page = read_text(drawn, area)
        for text in page.shown:
            self._add(text, SegmentKind.BODY, number, part)
        for table in page.tables:
            self._table(table, number, part)
        self._hidden(page, number)
        self._tell(drawn, number)

    def _hidden(self, page: PageText, number: int) -> None:
        for text in page.hidden:
            kind = SegmentKind.COVERED if text.state in COVERED else SegmentKind.HIDDEN
            place = OfdPlace(number, text, text.state)
            self.builder.add(text.text, kind, place, visible=False)

    def _add(self, text: Text, kind: SegmentKind, number: int, part: str | None) -> None:
        shown = part != "earlier_version"
        kind = kind if shown else SegmentKind.HIDDEN
        self.builder.add(text.text, kind, OfdPlace(number, text, part), visible=shown)

    def _table(self, cells: list[tuple[int, int, Text]], number: int, part: str | None) -> None:
        table = self.builder.start_table()
        shown = part != "earlier_version"
        grid: list[list[str]] = []
        for at, (_row, row) in enumerate(groupby(cells, key=lambda cell: cell[0])):
            line: list[str] = []
            for _at, column, text in row:
                line += [""] * (column - len(line)) + [text.text]
                self.builder.add(
                    text.text,
                    SegmentKind.TABLE_CELL if shown else SegmentKind.HIDDEN,
                    OfdPlace(number, text, part),
                    visible=shown,
                    table=table,
                    row=at,
                    column=column,
                )
            grid.append(line)
        found = find_header(grid[:LOOK_AT])
        self.builder.set_header_row(table, found)

    def _tell(self, drawn: Drawn, number: int) -> None:
        """What a page holds that is no text."""
        what = _("page {page}").format(page=number)
        if drawn.too_many:
            self.builder.unread(what, UnreadReason.TOO_LARGE, _("too many objects"))
        lost = 0
        for path in drawn.pictures:
            found = self.package.find(path, *self.folders) if path else None
            if found is not None:
                self.pictures.setdefault(found, number)
            lost += found is None
        if lost:
            what = _("{count} pictures on page {page}").format(count=lost, page=number)
            self.builder.unread(what, UnreadReason.CORRUPT, _("its part is missing"))
        everything = "".join(run.text for run in drawn.runs)
        private = len(_PRIVATE.findall(everything))
        if private:
            detail = _("{count} of {all} characters cannot be told by their fonts").format(
                count=private, all=len(everything)
            )
            what = _("page {page}").format(page=number)
            self.builder.unread(what, UnreadReason.UNDECODABLE, detail)

    def _find_notes(self, body: _Body) -> None:
        """Notes, stamps and watermarks by the page they lie over."""
        path = words(child(body.tree, "Annotations"))
        name = self._find(path, folder(body.root)) if path else None
        tree = self._tree(name)
        if name is None or tree is None:
            return
        pages = {page.get("ID") for page in children(child(body.tree, "Pages"), "Page")}
        for page in children(tree, "Page"):
            key = page.get("PageID") or ""
            if key not in pages:  # a page that was taken out; a part that is left is read below
                continue
            for location in children(page, "FileLoc"):
                notes = self._tree(self._find(words(location), folder(name), folder(body.root)))
                if notes is not None:
                    found = [note for note in notes if local(note) == "Annot"]
                    body.notes.setdefault(key, []).extend(found)

    def _annotation(self, note: Node, body: _Body, number: int) -> None:
        is_mark = note.get("Type") == "Watermark"
        part = "watermark" if is_mark else "page_note"
        visible = (note.get("Visible") or "true").lower() != "false"
        drawn = drawn_note(note, body.resources, Style("" if visible else "unseen"))
        page = read_text(drawn, (0.0, 0.0, 0.0, 0.0))
        kind = SegmentKind.HEADER if is_mark else SegmentKind.COMMENT
        framed = [text for table in page.tables for _row, _column, text in table]
        for shown in (*page.shown, *framed):
            self._add(shown, kind, number, part)
        self._hidden(page, number)
        self._tell(drawn, number)
        place = OfdObject(number, part=part)
        for node in note.iter():
            if local(node) in ("Remark", "Parameter") and (text := words(node)):
                self.builder.add(text, SegmentKind.COMMENT, place, visible=False)
        self._property("Creator", note.get("Creator") or "")

    def _outlines(self, body: _Body) -> None:
        """Bookmarks and outlines, and links that lead out."""
        for node in body.tree.iter():
            tag, text = local(node), ""
            if tag == "OutlineElem":
                text = node.get("Title") or ""
            elif tag == "Bookmark":
                text = node.get("Name") or ""
            elif tag == "URI":
                text = node.get("URI") or ""
            if text.strip():
                kind = SegmentKind.HIDDEN if tag == "URI" else SegmentKind.METADATA
                self.builder.add(text, kind, Property(tag), visible=False)

    def _attachments(self, body: _Body) -> None:
        path = words(child(body.tree, "Attachments"))
        name = self._find(path, folder(body.root)) if path else None
        tree = self._tree(name)
        if name is None or tree is None:
            return
        for entry in children(tree, "Attachment"):
            location = words(child(entry, "FileLoc"))
            found = self._find(location, folder(name), folder(body.root)) if location else None
            if found is None or found in self.package.read_names:
                continue
            self.package.read_names.add(found)
            shown = entry.get("Name") or posixpath.basename(found)
            suffix = posixpath.splitext(found)[1]
            if suffix and not posixpath.splitext(shown)[1]:
                shown += suffix
            self._member(found, shown)

    def _member(self, name: str, shown: str) -> None:
        try:
            content = self.package.read(name)
        except Unreadable as problem:
            what = _("part {part}").format(part=name)
            self.builder.unread(what, problem.reason, problem.detail)
        else:
            read_inside(self.builder, self.context, content, shown)

    def _signatures(self, name: str | None) -> None:
        """A signed paper says so in its properties; whether the signature holds is not checked."""
        tree = self._tree(name)
        if name is None or tree is None:
            return
        count = len(children(tree, "Signature"))
        if not count:
            return
        self.builder.set_facts(replace(self.builder.facts, signed=True))
        for signature in children(tree, "Signature"):
            found = self._tree(self._find(signature.get("BaseLoc") or "", folder(name)))
            if found is None:
                continue
            for node in found.iter():
                tag = local(node)
                for text in (node.get("ProviderName"), node.get("Company")):
                    if text:
                        self._property("Signature", text)
                if tag == "SignatureDateTime" and words(node):
                    self._property("Signature", words(node))

    def _property(self, name: str, text: str) -> None:
        if text and (name, text) not in self.properties:
            self.properties.append((name, text))

    def _rest(self) -> None:
        """Parts that the page order did not lead to: tags, extensions, orphans, seals."""
        for name in self.package.names():
            if name in self.package.read_names:
                continue
            lower = name.lower()
            if lower.endswith(".xml"):
                self._loose(name)
            elif lower.endswith(_SEALS) and is_seal(self.package, name):
                add_seal(self.package, name, self.builder)
            elif name in self.pictures:
                page = _("page {page}").format(page=self.pictures[name])
                self._member(name, f"{page} {posixpath.basename(name)}")
            elif not lower.endswith(_FONTS):
                self._member(name, posixpath.basename(name))

    def _loose(self, name: str) -> None:
        """Every text of a part, once; the numbers of objects that tags point to say nothing."""
        tree = self._tree(name)
        if tree is None:
            return
        for text in all_texts(tree):
            self.builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)
