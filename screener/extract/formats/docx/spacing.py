"""How lines of a Word document run: sizes, indents, spacing, the page and its grid.

ISO/IEC 29500-1, 17.3.1 (paragraphs) and 17.6 (sections). All measures are in points.
"""

from __future__ import annotations

from dataclasses import dataclass

from screener.extract.formats.docx.looks import Styles
from screener.extract.line_places import HEIGHT_OF_LINE, USUAL_SIZE, Spacing
from screener.extract.package import Node, attribute, local

_TWENTIETHS = 20
_LINES = 240
"""What single spacing is in this markup."""


@dataclass(frozen=True, slots=True)
class Page:
    """The part of the paper that text stands on: A4 with Word's margins where nothing is told."""

    width: float = 415.0
    height: float = 698.0
    left: float = 90.0
    top: float = 72.0
    paper_width: float = 595.0
    paper_height: float = 842.0
    grid: float = 0.0


class Spacings:
    """The spacing of each paragraph of a part, by its styles and itself."""

    def __init__(self, root: Node, styles: Styles) -> None:
        self.styles = styles
        self.page = _page_of(root)

    def of(self, paragraph: Node) -> Spacing:
        """The spacing of one paragraph."""
        said: dict[str, str] = {}
        for properties in self.styles.paragraph_properties(paragraph):
            for node in properties:
                if local(node) in ("spacing", "ind", "jc"):
                    for name, value in node.attrib.items():
                        said[f"{local(node)}.{str(name).rpartition('}')[2]}"] = str(value)
        size = self._size(paragraph)
        return Spacing(
            size,
            self._line(said, size),
            self._gap(said, "before"),
            self._gap(said, "after"),
            _length(said, ("ind.left", "ind.start"), "ind.leftChars", size),
            _length(said, ("ind.right", "ind.end"), "ind.rightChars", size),
            _length(said, ("ind.firstLine",), "ind.firstLineChars", size)
            - _length(said, ("ind.hanging",), "ind.hangingChars", size),
            said.get("jc.val", ""),
        )

    def _size(self, paragraph: Node) -> float:
        base = self.styles.paragraph(paragraph)
        found = base.size
        for run in paragraph.iterfind(".//{*}r"):
            if any(local(node) == "t" for node in run):
                properties = next((n for n in run if local(n) == "rPr"), None)
                found = self.styles.run(properties, base).size
                break
        return max(found / 2, 1.0) if found else USUAL_SIZE

    def _line(self, said: dict[str, str], size: float) -> float:
        told = _number(said.get("spacing.line"))
        rule = said.get("spacing.lineRule", "auto")
        usual = max(self.page.grid, size * HEIGHT_OF_LINE)
        if not told:
            return usual
        if rule == "auto":
            return usual * told / _LINES
        exact = told / _TWENTIETHS
        return exact if rule == "exact" else max(exact, usual)

    def _gap(self, said: dict[str, str], name: str) -> float:
        lines = _number(said.get(f"spacing.{name}Lines")) / 100
        if lines:
            return lines * (self.page.grid or 15.6)
        return _number(said.get(f"spacing.{name}")) / _TWENTIETHS


def _length(said: dict[str, str], names: tuple[str, ...], letters: str, size: float) -> float:
    """An indent: in hundredths of a letter where that is told, else in twentieths of a point."""
    if counted := _number(said.get(letters)):
        return counted / 100 * size
    return max((_number(said.get(name)) for name in names), key=abs) / _TWENTIETHS


def _page_of(root: Node) -> Page:
    section = next(iter(root.iterfind(".//{*}sectPr")), None)
    if section is None:
        return Page()
    said: dict[str, dict[str, float]] = {"pgSz": {}, "pgMar": {}, "docGrid": {}}
    for node in section:
        if local(node) in said and attribute(node, "type") != "default":
            said[local(node)] = {
                str(name).rpartition("}")[2]: _number(str(value)) / _TWENTIETHS
                for name, value in node.attrib.items()
            }
    width, height = said["pgSz"].get("w", 595.0), said["pgSz"].get("h", 842.0)
    edges = said["pgMar"]
    left, top = edges.get("left", 90.0), edges.get("top", 72.0)
    return Page(
        max(width - left - edges.get("right", 90.0), 36.0),
        max(height - top - edges.get("bottom", 72.0), 36.0),
        left,
        top,
        width,
        height,
        said["docGrid"].get("linePitch", 0.0),
    )


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
