"""Filled shapes and pictures in front of a Word document's text: which letters they hide.

A document says where a shape floats from its paragraph, column or page (ISO/IEC 29500-1, 20.4.2),
but not where lines end: they are laid out here by the size of letters, Han ones as wide as high and
all others half as wide, by indents, spacing and the grid of the section. That tells lines near the
shape well enough; a letter counts as hidden when its middle is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from screener.extract.drawing_looks import Palette, cover_of, cover_state
from screener.extract.formats.docx.places import Frame, floating, is_in_front, shapes_of
from screener.extract.formats.docx.shapes import OLD_SHAPES, old_cover
from screener.extract.formats.docx.spacing import Page, Spacings
from screener.extract.line_places import Covered, Front, Spacing, lines_of
from screener.extract.package import Node, attribute, local

_MOST_BLOCKS = 20_000
_MOST_NEAR = 100
"""Things in front of one paragraph that are looked at; papers made to cost time have thousands."""


def covers(
    root: Node,
    spacings: Spacings,
    palette: Palette,
    hides: Callable[[Node], bool],
) -> Mapping[Node, Covered]:
    """The paragraphs of a part that something lies in front of.

    ``hides`` tells of a picture whether nothing is seen through it.
    """
    floats = [node for node in floating(root) if is_in_front(node)]
    if not floats:
        return {}
    layout = _Layout(spacings)
    body = next((node for node in root if local(node) == "body"), root)
    layout.lay(body, 0.0, 0.0, spacings.page.width)
    blocks = {block.node: block for block in layout.blocks}
    fronts: list[tuple[Front, _Block | None]] = []
    for node in floats:
        paragraph = next(node.iterancestors("{*}p"), None)
        anchor = blocks.get(paragraph) if paragraph is not None else None
        if anchor is None:
            continue
        for shape, frame in shapes_of(node, anchor.frame(spacings.page)):
            state = _state_of(shape, palette, hides)
            if state:
                front = Front(frame.left, frame.top, frame.right, frame.bottom, state)
                fronts.append((front, anchor if _has_words(shape) else None))
    found = {}
    for block in blocks.values() if fronts else ():
        near = islice(
            (
                front.seen_from(block.left, block.top)
                for front, only in fronts
                if front.bottom > block.top and front.top < block.bottom and only in (None, block)
            ),
            _MOST_NEAR,
        )
        if told := tuple(near):
            found[block.node] = Covered(block.spacing, block.width, told)
    return found


def _has_words(shape: Node) -> bool:
    """Whether a shape has words of its own: then only what it is tied to is surely below it."""
    return any((node.text or "").strip() for node in shape.iter("{*}t"))


def _state_of(shape: Node, palette: Palette, hides: Callable[[Node], bool]) -> str | None:
    """What is said of text below a shape or picture, None where it lets something through."""
    if local(shape) == "pic":
        return "picture" if hides(shape) else None
    fill = old_cover(shape) if local(shape) in OLD_SHAPES else cover_of(shape, palette)
    return None if fill is None else cover_state(fill)


@dataclass(slots=True)
class _Block:
    """A paragraph with its place in the part, in points from where its text begins."""

    node: Node
    top: float
    left: float
    width: float
    spacing: Spacing
    bottom: float

    def frame(self, page: Page) -> Frame:
        """What shapes that are tied to this paragraph are placed by."""
        return Frame(self.left, self.top + self.spacing.before, self.width, page)


class _Layout:
    """Paragraphs and tables of a part below each other."""

    def __init__(self, spacings: Spacings) -> None:
        self.spacings = spacings
        self.blocks: list[_Block] = []

    def lay(self, parent: Node, top: float, left: float, width: float) -> float:
        """Lay out what stands in a node; returns its height."""
        start = top
        for node in parent:
            tag = local(node)
            if len(self.blocks) >= _MOST_BLOCKS:
                break
            if tag == "p":
                top += self._paragraph(node, top, left, width)
            elif tag == "tbl":
                top += self._table(node, top, left, width)
            elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
                top += self.lay(node, top, left, width)
        return top - start

    def _paragraph(self, node: Node, top: float, left: float, width: float) -> float:
        spacing = self.spacings.of(node)
        text = "".join(
            text.text or ""
            for text in node.iter("{*}t")
            if next(text.iterancestors("{*}p"), None) is node
        )
        height = spacing.before + len(lines_of(text, spacing, width)) * spacing.line + spacing.after
        self.blocks.append(_Block(node, top, left, width, spacing, top + height))
        return height

    def _table(self, table: Node, top: float, left: float, width: float) -> float:
        start = top
        columns = [
            _points(attribute(node, "w")) for node in table.iterfind("{*}tblGrid/{*}gridCol")
        ]
        for row in table.iterfind("{*}tr"):
            height = max(
                (_points(attribute(n, "val")) for n in row.iterfind("{*}trPr/{*}trHeight")),
                default=0.0,
            )
            x, at = left, 0
            cells = list(row.iterfind("{*}tc"))
            for cell in cells:
                spans = [attribute(n, "val") or "" for n in cell.iterfind("{*}tcPr/{*}gridSpan")]
                count = int(spans[0]) if spans and spans[0].isdecimal() else 1
                own = sum(columns[at : at + count]) or width / len(cells)
                height = max(height, self.lay(cell, top, x + _CELL_EDGE, own - 2 * _CELL_EDGE))
                x, at = x + own, at + count
            top += height
        return top - start


_CELL_EDGE = 5.4
"""Points between the border of a cell and its words, as Word sets them."""


def _points(text: str | None) -> float:
    return float(text) / 20 if text and text.isdecimal() else 0.0
