"""One paragraph of a Word document: its visible line, and what is deleted, hidden or beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from screener.extract.opc_parts import on
from screener.extract.package import Node, Package, attribute, local
from screener.extract.registry import Unreadable
from screener.model.document import SegmentKind

_BREAKS = {
    "br": "\n",
    "cr": "\n",
    "tab": "\t",
    "ptab": "\t",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_BOXES = ("txbxContent",)
_TOKEN_END = re.compile("[0-9A-Za-z]*$")
_TOKEN_START = re.compile("[0-9A-Za-z]*")
_WHITE = ("FFFFFF", "FEFEFE", "FFFFFE")


@dataclass(slots=True)
class Flow:
    """A paragraph as it is seen. ``beside`` holds what is not part of the line, with its kind."""

    text: str = ""
    all_inserted: bool = False
    beside: list[tuple[SegmentKind, str]] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)


class HiddenStyles:
    """Which styles hide their text, and which are headings."""

    def __init__(self, package: Package) -> None:
        self._hidden: set[str] = set()
        self._headings: set[str] = set()
        names = [n for n in package.names() if package.content_type(n).endswith("styles+xml")]
        for name in names:
            try:
                self._read(package.xml(name))
            except Unreadable:
                continue  # the part is named as unread where it is read for its words

    def _read(self, root: Node) -> None:
        based: dict[str, str] = {}
        for style in root:
            if local(style) != "style":
                continue
            own = attribute(style, "styleId") or ""
            for node in style:
                tag = local(node)
                value = (attribute(node, "val") or "").lower()
                if tag == "rPr" and on(node, "vanish"):
                    self._hidden.add(own)
                elif tag == "basedOn":
                    based[own] = attribute(node, "val") or ""
                elif tag == "name" and value.startswith(("heading", "title", "标题")):
                    self._headings.add(own)
        for own, parent in based.items():
            if parent in self._hidden:
                self._hidden.add(own)

    def is_heading(self, paragraph: Node) -> bool:
        """Whether a paragraph's style is a heading or title."""
        return bool(self._headings & set(_style(paragraph)))

    def hides(self, properties: Node | None) -> bool:
        """Whether run properties name a style that hides."""
        if properties is None:
            return False
        return any(
            local(node) == "rStyle" and attribute(node, "val") in self._hidden
            for node in properties
        )

    def hides_paragraph(self, paragraph: Node) -> bool:
        """Whether a paragraph's style hides all of it."""
        return bool(self._hidden & set(_style(paragraph)))


def _style(paragraph: Node) -> list[str]:
    for node in paragraph:
        if local(node) == "pPr":
            return [attribute(n, "val") or "" for n in node if local(n) == "pStyle"]
    return []


def read_paragraph(paragraph: Node, styles: HiddenStyles) -> Flow:
    """Join the runs of a paragraph; what a person does not see goes beside it."""
    reading = _Reading(styles, styles.hides_paragraph(paragraph))
    reading.walk(paragraph, None)
    return reading.flow()


class _Reading:
    """Collects pieces ``(state, text)`` in order, state being None for what is seen."""

    def __init__(self, styles: HiddenStyles, hidden: bool) -> None:
        self.styles = styles
        self.hidden = hidden
        self.pieces: list[tuple[SegmentKind | None, str]] = []
        self.beside: list[tuple[SegmentKind, str]] = []
        self.boxes: list[Node] = []
        self.inserted = self.kept = False

    def walk(self, parent: Node, state: SegmentKind | None) -> None:
        """Go through runs and the wrappers around them."""
        for node in parent:
            tag = local(node)
            if tag == "r":
                self._run(node, state)
            elif tag in ("del", "moveFrom"):
                self._revision(node)
                self.walk(node, SegmentKind.DELETED)
            elif tag in ("ins", "moveTo"):
                self._revision(node)
                self.walk(node, state or SegmentKind.INSERTED)
            elif tag in ("rt", "rubyBase"):
                self.walk(node, SegmentKind.NOTE if tag == "rt" else state)
            elif tag == "t" and "math" in str(node.tag):
                self._piece(node.text or "", state)
            elif tag == "fldSimple":
                self._late(SegmentKind.HIDDEN, attribute(node, "instr"))
                self.walk(node, state)
            elif tag == "sdtPr":
                self._control(node)
            elif tag == "AlternateContent":
                self._alternatives(node, state)
            elif tag and tag not in ("pPr", "rPr"):
                self._note_link(node)
                self.walk(node, state)

    def _run(self, run: Node, state: SegmentKind | None) -> None:
        properties = next((n for n in run if local(n) == "rPr"), None)
        if state is not SegmentKind.DELETED and self._unseen(properties):
            state = SegmentKind.HIDDEN
        for node in run:
            tag = local(node)
            if tag in ("t", "delText"):
                self._piece(node.text or "", SegmentKind.DELETED if tag == "delText" else state)
            elif tag in ("instrText", "delInstrText"):
                self._late(SegmentKind.HIDDEN, node.text)
            elif tag in _BREAKS:
                self._piece(_BREAKS[tag], state)
            elif tag == "sym":
                self._piece(_symbol(node), state)
            elif tag == "AlternateContent":
                self._alternatives(node, state)
            elif tag == "ruby":
                self.walk(node, state)
            elif tag and tag != "rPr":
                self._drawing(node)

    def _unseen(self, properties: Node | None) -> bool:
        if self.hidden or self.styles.hides(properties):
            return not (properties is not None and _off(properties, "vanish"))
        if properties is None:
            return False
        if on(properties, "vanish") or on(properties, "webHidden"):
            return True
        background = ""
        colour = size = ""
        for node in properties:
            tag, value = local(node), (attribute(node, "val") or "")
            if tag == "color":
                colour = value.upper()
            elif tag == "sz":
                size = value
            elif tag == "shd":
                background = (attribute(node, "fill") or "").upper()
            elif tag == "highlight":
                background = "000000" if value == "black" else value.upper()
        if size.isdigit() and int(size) <= 2:
            return True
        if background in ("", "AUTO", "FFFFFF", "NONE"):
            return colour in _WHITE
        return background == colour or (background == "000000" and colour in ("", "AUTO"))

    def _piece(self, text: str, state: SegmentKind | None) -> None:
        if not text:
            return
        if state is SegmentKind.INSERTED:
            self.inserted = True
            state = None
        elif state is None and text.strip():
            self.kept = True
        self.pieces.append((state, text))

    def _late(self, kind: SegmentKind, text: str | None) -> None:
        if text and text.strip():
            self.beside.append((kind, text.strip()))

    def _revision(self, node: Node) -> None:
        self._late(SegmentKind.METADATA, attribute(node, "author"))

    def _note_link(self, node: Node) -> None:
        for name in ("tooltip", "anchor"):
            value = attribute(node, name) if local(node) == "hyperlink" else None
            if value and not value.startswith("_"):
                self._late(SegmentKind.ALT_TEXT, value)

    def _control(self, properties: Node) -> None:
        """A content control's title, tag and choices."""
        for node in properties.iter():
            if local(node) in ("alias", "tag", "listItem", "placeholder"):
                for name in ("val", "displayText", "value"):
                    self._late(SegmentKind.HIDDEN, attribute(node, name))

    def _alternatives(self, node: Node, state: SegmentKind | None) -> None:
        """A shape stands there twice, for new and old programs: the same text is read once."""
        seen: set[str] = set()
        for choice in node:
            text = "".join(n.text or "" for n in choice.iter() if local(n) in ("t", "delText"))
            if text in seen and text:
                continue
            seen.add(text)
            if any(local(child) == "t" for child in choice):
                self._run(choice, state)
                continue
            for child in choice:
                if local(child) == "r":
                    self._run(child, state)
                else:
                    self._drawing(child)

    def _drawing(self, node: Node) -> None:
        """Text boxes, alternative texts and words drawn as a picture (WordArt, watermarks)."""
        stack = [node]
        while stack:
            current = stack.pop()
            tag = local(current)
            if tag in _BOXES:
                self.boxes.append(current)
                continue
            if tag == "AlternateContent":
                self._alternatives(current, None)
                continue
            if tag in ("docPr", "cNvPr", "shape", "imagedata", "textpath", "rect", "group"):
                for name in ("descr", "title", "alt", "string"):
                    kind = SegmentKind.BODY if name == "string" else SegmentKind.ALT_TEXT
                    self._late(kind, attribute(current, name))
            elif tag == "t" and current.text and "drawingml" in str(current.tag):
                self._late(SegmentKind.BODY, current.text)
            stack.extend(reversed(current))

    def flow(self) -> Flow:
        """The visible line; hidden and deleted stretches with the token they touch."""
        text = "".join(piece for state, piece in self.pieces if state is None)
        beside: list[tuple[SegmentKind, str]] = []
        for kind in (SegmentKind.DELETED, SegmentKind.HIDDEN, SegmentKind.NOTE):
            beside += [(kind, stretch) for stretch in self._stretches(kind)]
        return Flow(text, self.inserted and not self.kept, beside + self.beside, self.boxes)

    def _stretches(self, kind: SegmentKind) -> list[str]:
        """Runs of pieces of one kind. Half of a number may be deleted: the rest goes with it."""
        found = []
        pieces = self.pieces
        at = 0
        while at < len(pieces):
            if pieces[at][0] is not kind:
                at += 1
                continue
            end = at
            while end < len(pieces) and pieces[end][0] is kind:
                end += 1
            middle = "".join(piece for _state, piece in pieces[at:end])
            if middle.strip():
                before = "".join(p for s, p in pieces[:at] if s is None)[-40:]
                after = "".join(p for s, p in pieces[end:] if s is None)[:40]
                found.append(_joined(before, middle, after))
            at = end
        return found


def _joined(before: str, middle: str, after: str) -> str:
    head = _TOKEN_END.search(before) if middle[:1].isalnum() else None
    tail = _TOKEN_START.match(after) if middle[-1:].isalnum() else None
    return (head.group() if head else "") + middle + (tail.group() if tail else "")


def _off(properties: Node, child: str) -> bool:
    return any(local(node) == child for node in properties) and not on(properties, child)


def _symbol(node: Node) -> str:
    """A character of a symbol font: digits and letters of such fonts lie at F000 and up."""
    code = attribute(node, "char") or ""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point - 0xF000 if 0xF020 <= point <= 0xF0FF else point)
