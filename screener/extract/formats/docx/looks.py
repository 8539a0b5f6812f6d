"""How a run of a Word document looks: what of it a person does not see, and why.

Properties come from the document's defaults, the styles of paragraph and run with all they are
based on, and the run itself (ISO/IEC 29500-1, 17.7.2); the ground from the run, its paragraph, its
cell, else the white page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from screener.extract.drawing_looks import Palette, palette_of
from screener.extract.formats.docx.colors import letters_of, shade_of
from screener.extract.looks import BLACK, TINY_POINTS, UNKNOWN, WHITE, Colour, alike, colour
from screener.extract.opc_parts import on
from screener.extract.package import Node, Package, attribute, local
from screener.extract.registry import Unreadable
from screener.model.document import SegmentKind

_YES = ("1", "true", "on")
_DEEPEST = 12
"""Styles are based on each other at most this deep; a file may make them go in circles."""
_USUAL_SIZE = 21
_HEADINGS = ("heading", "title", "标题")

_FLAT = 40
"""Twentieths of a point: a line of this height, or words of this width, are a stroke at most."""
_TWENTIETHS = 20
_FLOATING = tuple(f"{{*}}{name}" for name in ("anchor", "shape", "rect", "roundrect", "oval"))
_MOVES = ("left", "start", "firstLine", "x", "y", "tblpX", "tblpY")
_LEFT_OF_PAPER, _RIGHT_OF_PAPER = -620, 1300
"""Points: further before the page than A4 is wide, or further behind its edge than A3 is high."""


def is_away(points: float) -> bool:
    """Whether a place so many points from the edge of the paper is on no paper."""
    return points <= _LEFT_OF_PAPER or points >= _RIGHT_OF_PAPER


class Unseen(NamedTuple):
    """Why a person does not see a stretch: the kind of segment it becomes, and the word for it."""

    kind: SegmentKind
    state: str


@dataclass(frozen=True, slots=True)
class Look:
    """What is set about a run; None where nothing is said.

    ``size`` is in half points, ``spacing`` in twentieths of a point, ``scale`` in percent of a
    letter's width. ``letters`` is None also for the automatic colour. ``marked`` tells that the
    ground is the run's own: a highlighter's or its shading. ``flat`` lines have no height, or
    letters are fitted into no width; what is ``away`` is moved off the paper.
    """

    hidden: bool | None = None
    letters: Colour | None = None
    ground: Colour | None = None
    size: int | None = None
    spacing: int | None = None
    scale: int | None = None
    transparent: bool | None = None
    marked: bool | None = None
    flat: bool | None = None
    away: bool | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, else the base."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return replace(base, **{name: value for name, value in said.items() if value is not None})

    def unseen(self) -> Unseen | None:
        """Why a person does not see it, None where it is seen."""
        if self.hidden or self.transparent:
            return Unseen(SegmentKind.HIDDEN, "hidden" if self.hidden else "transparent")
        size = self.size if self.size is not None else _USUAL_SIZE
        squeezed = -(self.spacing or 0) >= size * 10 - 20 or (self.scale or 100) <= 3
        if size <= TINY_POINTS * 2 or squeezed or self.flat:
            return Unseen(SegmentKind.HIDDEN, "tiny")
        if self.away:
            return Unseen(SegmentKind.HIDDEN, "off_page")
        ground = self.ground or WHITE
        # The automatic colour turns white on a dark cell or paragraph, but stays black under a
        # highlighter, and black shading of just some words is how people black out.
        letters = BLACK if self.letters is None and self.marked else self.letters
        if letters is None or not alike(letters, ground):
            return None
        if alike(ground, BLACK):
            return Unseen(SegmentKind.COVERED, "blacked_out")
        return Unseen(SegmentKind.HIDDEN, "white" if alike(ground, WHITE) else "own_color")


NOTHING = Look()


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table's style makes its parts look: wholeTable, firstRow, band1Horz …

    A part's ``ground`` is what the style fills it with.
    """

    parts: Mapping[str, Look] = field(default_factory=dict)
    first_row: bool = True
    first_column: bool = True

    def cell(self, row: int, column: int) -> Look:
        """How words of a cell (from 0) look; the ground is UNKNOWN where bands change."""
        whole = self.parts.get("wholeTable", NOTHING)
        bands = [look for name, look in self.parts.items() if name not in _NAMED_PARTS]
        if any(look.ground is not None for look in bands):
            whole = replace(whole, ground=UNKNOWN)
        if column == 0 and self.first_column:
            whole = self.parts.get("firstCol", NOTHING).over(whole)
        if row == 0 and self.first_row:
            whole = self.parts.get("firstRow", NOTHING).over(whole)
        return whole


_NAMED_PARTS = ("firstRow", "firstCol", "wholeTable")


class Styles:
    """The styles of a document: how they look, and which are headings.

    ``palette`` are the colours of its theme, ``page`` the colour of its paper (None: white),
    ``backdrop`` what is seen through an empty shape of the part that is read.
    """

    def __init__(self, package: Package) -> None:
        self.palette = palette_of(package)
        self.page: Colour | None = None
        self.backdrop: Colour | None = None
        self._styles: dict[str, list[Node]] = {}
        self._usual = ""
        self._tables: dict[str, Mapping[str, Look]] = {}
        self._headings: dict[str, bool] = {}
        self._whole: dict[str, Look] = {}
        self._default = NOTHING
        self._default_lines: Node | None = None
        for name in package.names():
            if package.content_type(name).endswith("styles+xml"):
                try:
                    self._read(package.xml(name))
                except Unreadable:
                    continue  # the part is named as unread where it is read for its words

    def look_around(self, root: Node) -> None:
        """Note what lies behind the text of a part: the colour of its paper, floating shapes."""
        for node in root:
            if local(node) == "background":
                self.page = colour(attribute(node, "color") or "") or UNKNOWN
        floating = sum(
            local(node) == "anchor" or "position:absolute" in (attribute(node, "style") or "")
            for node in root.iter(*_FLOATING)
        )
        self.backdrop = UNKNOWN if floating > 1 else self.page

    def table(self, table: Node) -> TableLook:
        """How the style of a table makes its parts look."""
        properties = _properties(table, "tblPr")
        parts = self._parts_of(_named(properties, "tblStyle"))
        for node in properties if properties is not None and parts else ():
            if local(node) == "tblLook":
                first_row = (attribute(node, "firstRow") or "1") not in ("0", "false")
                first_column = (attribute(node, "firstColumn") or "1") not in ("0", "false")
                return TableLook(parts, first_row, first_column)
        return TableLook(parts)

    def is_away(self, table: Node) -> bool:
        """Whether a table is moved off the paper."""
        properties = _properties(table, "tblPr")
        return properties is not None and bool(self.look_of(properties).away)

    def _parts_of(self, name: str) -> Mapping[str, Look]:
        """How a style and those it is based on make the parts of a table look."""
        if name not in self._tables:
            parts: dict[str, Look] = {}
            for step in reversed(self.chain(name)):
                style = self._styles[step][-1]
                if attribute(style, "type") == "table":
                    for part, look in self._own_parts(style).items():
                        parts[part] = look.over(parts.get(part, NOTHING))
            self._tables[name] = parts
        return self._tables[name]

    def _own_parts(self, style: Node) -> dict[str, Look]:
        parts: dict[str, Look] = {}
        for node in style:
            tag = local(node)
            name = (attribute(node, "type") or "") if tag == "tblStylePr" else "wholeTable"
            for part in [node] if tag in ("tcPr", "rPr") else node if tag == "tblStylePr" else ():
                if local(part) == "rPr":
                    parts[name] = self.look_of(part).over(parts.get(name, NOTHING))
                elif local(part) == "tcPr":
                    ground = self.look_of(part).ground
                    if ground is not None and not alike(ground, WHITE):
                        parts[name] = replace(parts.get(name, NOTHING), ground=ground)
        return parts

    def _read(self, root: Node) -> None:
        """Note where each style stands: a paper uses a few of the hundred that it brings along."""
        for style in root:
            tag = local(style)
            if tag == "docDefaults":
                for node in style.iter():
                    if local(node) == "rPr":
                        self._default = self.look_of(node)
                    elif local(node) == "pPr":
                        self._default_lines = node
            elif tag == "style":
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in _YES:
                    self._usual = attribute(style, "styleId") or ""
                self._styles.setdefault(attribute(style, "styleId") or "", []).append(style)

    def is_heading(self, paragraph: Node) -> bool:
        """Whether a paragraph's style is a heading or title."""
        name = _named(_properties(paragraph, "pPr"), "pStyle")
        if name not in self._headings:
            titles = (_named(style, "name").lower() for style in self._styles.get(name, ()))
            self._headings[name] = any(title.startswith(_HEADINGS) for title in titles)
        return self._headings[name]

    def paragraph(self, paragraph: Node, base: Look | None = None) -> Look:
        """How plain runs of a paragraph look; ``base`` is the look of its table's cell."""
        look = (base or NOTHING).over(self._default)
        properties = _properties(paragraph, "pPr")
        named = _named(properties, "pStyle")
        look = self._style(named if named in self._styles else self._usual).over(look)
        if properties is None:
            return look
        own = self.look_of(properties)
        return Look(ground=own.ground, flat=own.flat, away=own.away).over(look)

    def paragraph_properties(self, paragraph: Node) -> Iterator[Node]:
        """What is said of a paragraph's lines: by the defaults, its styles, itself."""
        if self._default_lines is not None:
            yield self._default_lines
        own = _properties(paragraph, "pPr")
        named = _named(own, "pStyle")
        for step in reversed(self.chain(named if named in self._styles else self._usual)):
            yield from (n for n in self._styles[step][-1] if local(n) == "pPr")
        if own is not None:
            yield own

    def run(self, properties: Node | None, base: Look) -> Look:
        """How a run with these properties looks in a paragraph that looks like ``base``."""
        if properties is None or not len(properties):
            return base
        own = self.look_of(properties).over(self._style(_named(properties, "rStyle")))
        return replace(own, marked=own.ground is not None).over(base)

    def chain(self, name: str) -> list[str]:
        """A style and those it is based on, itself first."""
        chain: list[str] = []
        while name in self._styles and name not in chain and len(chain) < _DEEPEST:
            chain.append(name)
            name = _base_of(self._styles[name])
        return chain

    def _style(self, name: str) -> Look:
        if not name:
            return NOTHING
        if name not in self._whole:
            look = NOTHING
            for step in reversed(self.chain(name)):
                for node in self._styles[step][-1]:
                    if local(node) in ("rPr", "pPr"):
                        look = self.look_of(node).over(look)
            self._whole[name] = look
        return self._whole[name]

    def look_of(self, properties: Node) -> Look:
        """What a ``rPr``, ``pPr`` or ``tcPr`` itself says."""
        return _look_of(properties, self.palette)


def _base_of(styles: list[Node]) -> str:
    """The style that these, of one name, are based on; the last one that says so counts."""
    bases = [attribute(n, "val") or "" for style in styles for n in style if local(n) == "basedOn"]
    return bases[-1] if bases else ""


def _look_of(properties: Node, palette: Palette) -> Look:
    look = NOTHING
    for node in properties:
        tag = local(node)
        if tag in ("vanish", "webHidden", "specVanish"):
            # hidden stays hidden: an "on" of one of the three is not undone by another
            look = replace(look, hidden=on(properties, tag) or bool(look.hidden))
        elif tag == "color":
            look = replace(look, letters=letters_of(node, palette))
        elif tag == "sz":
            look = replace(look, size=_number(attribute(node, "val")))
        elif tag == "spacing":
            look = replace(look, spacing=_number(attribute(node, "val")), flat=_is_flat(node))
        elif tag == "fitText":
            look = replace(look, flat=(_number(attribute(node, "val")) or 1000) <= _FLAT)
        elif tag in ("ind", "framePr", "tblInd", "tblpPr"):
            look = replace(look, away=_is_away(node) or look.away)
        elif tag == "w":
            look = replace(look, scale=_number(attribute(node, "val")))
        elif tag == "shd":
            look = replace(look, ground=shade_of(node, palette) or look.ground)
        elif tag == "highlight":
            look = replace(look, ground=colour(attribute(node, "val") or "") or look.ground)
        elif tag == "textFill":
            look = _filled(node, look, palette)
    return look


def _is_flat(spacing: Node) -> bool | None:
    """Whether lines of a paragraph have an exact height that no letter fits in; None for runs."""
    height = _number(attribute(spacing, "line"))
    if height is None:
        return None
    return attribute(spacing, "lineRule") == "exact" and height <= _FLAT


def _is_away(node: Node) -> bool:
    """Whether an indent or a frame moves a paragraph or a table off the paper."""
    moves = ("w",) if local(node) == "tblInd" else _MOVES
    told = [(_number(attribute(node, name)) or 0) / _TWENTIETHS for name in moves]
    if any(is_away(points) for points in told):
        return True
    x, width = (_number(attribute(node, name)) for name in ("x", "w"))
    return attribute(node, "hAnchor") == "page" and (x or 0) + (width or 0) < 0


def _filled(node: Node, look: Look, palette: Palette) -> Look:
    for part in node.iter():
        tag = local(part)
        if tag == "noFill":
            return replace(look, transparent=True)
        if tag == "alpha" and (_number(attribute(part, "val")) or 0) >= 98_000:
            return replace(look, transparent=True)
        if tag == "srgbClr":
            look = replace(look, letters=colour(attribute(part, "val") or ""))
        elif tag == "schemeClr" and (named := palette.named(attribute(part, "val") or "")):
            plain = named is not UNKNOWN and not len(part)
            look = replace(look, letters=named) if plain else look
    return look


def _properties(node: Node, name: str) -> Node | None:
    return next((child for child in node if local(child) == name), None)


def _named(properties: Node | None, name: str) -> str:
    if properties is None:
        return ""
    return next((attribute(n, "val") or "" for n in properties if local(n) == name), "")


def _number(text: str | None) -> int | None:
    try:
        return round(float(text or ""))
    except (ValueError, OverflowError):
        return None
