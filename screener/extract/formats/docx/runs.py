"""One paragraph of a Word document: its visible line, and what is deleted, hidden or beside it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from screener.extract.formats.docx.looks import Look, Styles, Unseen
from screener.extract.formats.docx.shapes import ground_of_shape, unseen_shape
from screener.extract.line_places import Covered, with_token
from screener.extract.looks import Colour
from screener.extract.package import Node, attribute, local
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

DELETED = Unseen(SegmentKind.DELETED, "deleted")
_INSERTED = Unseen(SegmentKind.INSERTED, "inserted")
_RUBY = Unseen(SegmentKind.NOTE, "ruby")
_OTHER_PROGRAM = Unseen(SegmentKind.HIDDEN, "other_program")


class Beside(NamedTuple):
    """Words of a paragraph that are not part of its visible line, and why they are not seen."""

    kind: SegmentKind
    text: str
    state: str | None = None


class Box(NamedTuple):
    """A text box: its paragraphs, why it is not seen, the colour that its words stand on."""

    content: Node
    unseen: Unseen | None
    ground: Colour | None


@dataclass(slots=True)
class Flow:
    """A paragraph as it is seen, what stands beside its line, and its text boxes."""

    text: str = ""
    all_inserted: bool = False
    beside: list[Beside] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def read_paragraph(
    paragraph: Node,
    styles: Styles,
    base: Look | None = None,
    unseen: Unseen | None = None,
    covered: Covered | None = None,
) -> Flow:
    """Join the runs of a paragraph; what a person does not see goes beside it.

    ``base`` is how its cell looks, ``unseen`` why all of it is not seen,
    ``covered`` what lies in front of it.
    """
    reading = _Reading(styles, styles.paragraph(paragraph, base), unseen)
    reading.walk(paragraph, None)
    if covered is not None:
        reading.cover(covered)
    return reading.flow()


class _Reading:
    """Collects pieces ``(state, text)`` in order, state being None for what is seen."""

    def __init__(self, styles: Styles, look: Look, unseen: Unseen | None) -> None:
        self.styles = styles
        self.look = look
        self.unseen = unseen
        self.pieces: list[tuple[Unseen | None, str]] = []
        self.beside: list[Beside] = []
        self.boxes: list[Box] = []
        self.code = ""
        self.inserted = self.kept = False

    def walk(self, parent: Node, state: Unseen | None) -> None:
        """Go through runs and the wrappers around them."""
        for node in parent:
            tag = local(node)
            if tag == "r":
                self._run(node, state)
            elif tag in ("del", "moveFrom"):
                self._revision(node)
                self.walk(node, DELETED)
            elif tag in ("ins", "moveTo"):
                self._revision(node)
                self.walk(node, state or _INSERTED)
            elif tag in ("rt", "rubyBase"):
                self.walk(node, _RUBY if tag == "rt" else state)
            elif tag == "t" and "math" in str(node.tag):
                self._piece(node.text or "", state)
            elif tag == "den":
                self._piece("/", state)
                self.walk(node, state)
            elif tag == "fldSimple":
                self._late(SegmentKind.HIDDEN, attribute(node, "instr"), "field")
                self.walk(node, state)
            elif tag == "sdtPr":
                self._control(node)
            elif tag == "AlternateContent":
                self._alternatives(node, state)
            elif tag and tag not in ("pPr", "rPr"):
                self._note_link(node)
                self.walk(node, state)

    def _run(self, run: Node, state: Unseen | None) -> None:
        properties = next((n for n in run if local(n) == "rPr"), None)
        look = self.styles.run(properties, self.look)
        if state is None or state is _INSERTED or state is _RUBY:
            state = self.unseen or look.unseen() or state
        for node in run:
            tag = local(node)
            if tag in ("t", "delText"):
                self._piece(node.text or "", DELETED if tag == "delText" else state)
            elif tag in ("instrText", "delInstrText"):
                self.code += node.text or ""
            elif tag == "fldChar":
                self._end_code()
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

    def _piece(self, text: str, state: Unseen | None) -> None:
        if not text:
            return
        if state is _INSERTED:
            self.inserted = True
            state = None
        elif state is None and text.strip():
            self.kept = True
        self.pieces.append((state, text))

    def _late(self, kind: SegmentKind, text: str | None, state: str | None = None) -> None:
        if text and text.strip():
            self.beside.append(Beside(kind, text.strip(), state))

    def _end_code(self) -> None:
        """A field's code is told in pieces; it ends where its result begins."""
        self._late(SegmentKind.HIDDEN, self.code, "field")
        self.code = ""

    def _revision(self, node: Node) -> None:
        self._late(SegmentKind.METADATA, attribute(node, "author"))

    def _note_link(self, node: Node) -> None:
        for name in ("tooltip", "anchor"):
            value = attribute(node, name) if local(node) == "hyperlink" else None
            if value and not value.startswith("_"):
                self._late(SegmentKind.ALT_TEXT, value, "tip")

    def _control(self, properties: Node) -> None:
        """A content control's title, tag and choices."""
        for node in properties.iter():
            if local(node) in ("alias", "tag", "listItem", "placeholder"):
                for name in ("val", "displayText", "value"):
                    self._late(SegmentKind.HIDDEN, attribute(node, name), "control")

    def _alternatives(self, node: Node, state: Unseen | None) -> None:
        """A shape stands there twice, for new and old programs: what differs is not shown."""
        shown: set[str] = set()
        for choice in node:
            text = "".join(n.text or "" for n in choice.iter() if local(n) in ("t", "delText"))
            if text in shown and text:
                continue
            lower = state if not shown or not text else _OTHER_PROGRAM
            shown.add(text)
            if any(local(child) == "t" for child in choice):
                self._run(choice, lower)
                continue
            for child in choice:
                if local(child) == "r":
                    self._run(child, lower)
                else:
                    self._drawing(child, lower)

    def _drawing(self, node: Node, unseen: Unseen | None = None) -> None:
        """Text boxes, alternative texts and words drawn as a picture (WordArt, watermarks)."""
        unseen = unseen or self.unseen
        styles = self.styles
        stack: list[tuple[Node, Unseen | None, Colour | None]] = [(node, unseen, styles.backdrop)]
        while stack:
            current, hidden, ground = stack.pop()
            tag = local(current)
            if tag in _BOXES:
                self.boxes.append(Box(current, hidden, ground))
                continue
            if tag == "AlternateContent":
                self._alternatives(current, hidden)
                continue
            hidden = hidden or unseen_shape(current)
            ground = ground_of_shape(current, styles.palette, styles.backdrop, ground)
            if tag in ("docPr", "cNvPr", "shape", "imagedata", "textpath", "rect", "group"):
                for name in ("descr", "title", "alt"):
                    self._late(SegmentKind.ALT_TEXT, attribute(current, name), "alt_text")
                self._drawn(attribute(current, "string"), hidden)
            elif tag == "t" and current.text and "drawingml" in str(current.tag):
                self._drawn(current.text, hidden)
            stack.extend((child, hidden, ground) for child in reversed(current))

    def _drawn(self, text: str | None, unseen: Unseen | None) -> None:
        self._late(unseen.kind if unseen else SegmentKind.BODY, text, unseen and unseen.state)

    def cover(self, covered: Covered) -> None:
        """Part the pieces that are seen where something lies in front of them."""
        text = "".join(piece for state, piece in self.pieces if state is None)
        stretches = covered.stretches(text)
        edges = sorted({edge for start, end, _state in stretches for edge in (start, end)})
        parted: list[tuple[Unseen | None, str]] = []
        at = 0
        for state, piece in self.pieces:
            if state is not None:
                parted.append((state, piece))
                continue
            cuts = [at, *(edge for edge in edges if at < edge < at + len(piece)), at + len(piece)]
            for start, end in itertools.pairwise(cuts):
                under = next((u for a, b, u in stretches if a <= start < b), None)
                over = Unseen(SegmentKind.COVERED, under) if under else None
                parted.append((over, text[start:end]))
            at += len(piece)
        self.pieces = parted

    def flow(self) -> Flow:
        """The visible line; hidden and deleted stretches with the token they touch."""
        self._end_code()
        text = "".join(piece for state, piece in self.pieces if state is None)
        beside: list[Beside] = []
        for unseen in dict.fromkeys(state for state, _piece in self.pieces if state):
            beside += [
                Beside(unseen.kind, stretch, unseen.state) for stretch in self._stretches(unseen)
            ]
        return Flow(text, self.inserted and not self.kept, beside + self.beside, self.boxes)

    def _stretches(self, unseen: Unseen) -> list[str]:
        """Runs of pieces of one kind. Half of a number may be deleted: the rest goes with it."""
        found = []
        pieces = self.pieces
        at = 0
        while at < len(pieces):
            if pieces[at][0] != unseen:
                at += 1
                continue
            end = at
            while end < len(pieces) and pieces[end][0] == unseen:
                end += 1
            middle = "".join(piece for _state, piece in pieces[at:end])
            if middle.strip():
                before = "".join(p for s, p in pieces[:at] if s is None)[-40:]
                after = "".join(p for s, p in pieces[end:] if s is None)[:40]
                found.append(with_token(before, middle, after))
            at = end
        return found


def _symbol(node: Node) -> str:
    """A character of a symbol font: digits and letters of such fonts lie at F000 and up."""
    code = attribute(node, "char") or ""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point - 0xF000 if 0xF020 <= point <= 0xF0FF else point)
