"""How a run of a Word document looks: what of it a person does not see, and why.

Properties come from the document's defaults, the styles of paragraph and run with all they are
based on, and the run itself (ISO/IEC 29500-1, 17.7.2); the ground from the run, its paragraph, its
cell, else the white page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from screener.extract.drawing_looks import palette_of
from screener.extract.looks import BLACK, TINY_POINTS, UNKNOWN, WHITE, Colour, alike, colour
from screener.extract.opc_parts import on
from screener.extract.package import Node, Package, attribute, local
from screener.extract.registry import Unreadable
from screener.model.document import SegmentKind

_DEEPEST = 12
"""Styles are based on each other at most this deep; a file may make them go in circles."""
_LIGHT = ("background1", "light1", "bg1", "lt1")
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
    """What a table's style fills: parts of a table (firstRow, band1Horz …) with their colours."""

    grounds: Mapping[str, Colour] = field(default_factory=dict)
    first_row: bool = True
    first_column: bool = True

    def ground(self, row: int, column: int) -> Colour | None:
        """The colour behind a cell (from 0), UNKNOWN where bands change, None for none."""
        if row == 0 and self.first_row and "firstRow" in self.grounds:
            return self.grounds["firstRow"]
        if column == 0 and self.first_column and "firstCol" in self.grounds:
            return self.grounds["firstCol"]
        if any(name not in ("firstRow", "firstCol", "wholeTable") for name in self.grounds):
            return UNKNOWN
        return self.grounds.get("wholeTable")


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
        self._grounds: dict[str, Mapping[str, Colour]] = {}
        self._headings: dict[str, bool] = {}
        self._whole: dict[str, Look] = {}
        self._default = NOTHING
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
        """What the style of a table fills."""
        properties = _properties(table, "tblPr")
        grounds = self._filled_by(_named(properties, "tblStyle"))
        for node in properties if properties is not None and grounds else ():
            if local(node) == "tblLook":
                first_row = (attribute(node, "firstRow") or "1") not in ("0", "false")
                first_column = (attribute(node, "firstColumn") or "1") not in ("0", "false")
                return TableLook(grounds, first_row, first_column)
        return TableLook(grounds)

    def _filled_by(self, name: str) -> Mapping[str, Colour]:
        """What a style fills in a table, by the parts of it."""
        if name not in self._grounds:
            tables = [n for n in self._styles.get(name, ()) if attribute(n, "type") == "table"]
            self._grounds[name] = _grounds_of(tables[-1]) if tables else {}
        return self._grounds[name]

    def _read(self, root: Node) -> None:
        """Note where each style stands: a paper uses a few of the hundred that it brings along."""
        for style in root:
            tag = local(style)
            if tag == "docDefaults":
                for node in style.iter():
                    if local(node) == "rPr":
                        self._default = look_of(node)
            elif tag == "style":
                self._styles.setdefault(attribute(style, "styleId") or "", []).append(style)

    def is_heading(self, paragraph: Node) -> bool:
        """Whether a paragraph's style is a heading or title."""
        name = _named(_properties(paragraph, "pPr"), "pStyle")
        if name not in self._headings:
            titles = (_named(style, "name").lower() for style in self._styles.get(name, ()))
            self._headings[name] = any(title.startswith(_HEADINGS) for title in titles)
        return self._headings[name]

    def paragraph(self, paragraph: Node, ground: Colour | None = None) -> Look:
        """How plain runs of a paragraph look; ``ground`` is that of its cell."""
        look = self._default.over(Look(ground=ground))
        properties = _properties(paragraph, "pPr")
        if properties is None:
            return look
        look = self._style(_named(properties, "pStyle")).over(look)
        own = look_of(properties)
        return Look(ground=own.ground, flat=own.flat, away=own.away).over(look)

    def run(self, properties: Node | None, base: Look) -> Look:
        """How a run with these properties looks in a paragraph that looks like ``base``."""
        if properties is None or not len(properties):
            return base
        own = look_of(properties).over(self._style(_named(properties, "rStyle")))
        return replace(own, marked=own.ground is not None).over(base)

    def _style(self, name: str) -> Look:
        if not name:
            return NOTHING
        if name not in self._whole:
            chain: list[str] = []
            at = name
            while at in self._styles and at not in chain and len(chain) < _DEEPEST:
                chain.append(at)
                at = _base_of(self._styles[at])
            look = NOTHING
            for step in reversed(chain):
                look = _own_look(self._styles[step][-1]).over(look)
            self._whole[name] = look
        return self._whole[name]


def _base_of(styles: list[Node]) -> str:
    """The style that these, of one name, are based on; the last one that says so counts."""
    bases = [attribute(n, "val") or "" for style in styles for n in style if local(n) == "basedOn"]
    return bases[-1] if bases else ""


def _own_look(style: Node) -> Look:
    look = NOTHING
    for node in style:
        if local(node) in ("rPr", "pPr"):
            look = look_of(node).over(look)
    return look


def _grounds_of(style: Node) -> dict[str, Colour]:
    grounds: dict[str, Colour] = {}
    for node in style:
        tag = local(node)
        name = (attribute(node, "type") or "") if tag == "tblStylePr" else "wholeTable"
        parts = [node] if tag == "tcPr" else list(node) if tag == "tblStylePr" else []
        for part in parts:
            found = look_of(part).ground if local(part) == "tcPr" else None
            if found is not None and not alike(found, WHITE):
                grounds[name] = found
    return grounds


def look_of(properties: Node) -> Look:
    """What a ``rPr``, ``pPr`` or ``tcPr`` itself says."""
    look = NOTHING
    for node in properties:
        tag = local(node)
        if tag in ("vanish", "webHidden", "specVanish"):
            # hidden stays hidden: an "on" of one of the three is not undone by another
            look = replace(look, hidden=on(properties, tag) or bool(look.hidden))
        elif tag == "color":
            look = replace(look, letters=_letters(node))
        elif tag == "sz":
            look = replace(look, size=_number(attribute(node, "val")))
        elif tag == "spacing":
            look = replace(look, spacing=_number(attribute(node, "val")), flat=_is_flat(node))
        elif tag == "fitText":
            look = replace(look, flat=(_number(attribute(node, "val")) or 1000) <= _FLAT)
        elif tag in ("ind", "framePr"):
            look = replace(look, away=_is_away(node) or look.away)
        elif tag == "w":
            look = replace(look, scale=_number(attribute(node, "val")))
        elif tag == "shd":
            look = replace(look, ground=_shade(node) or look.ground)
        elif tag == "highlight":
            look = replace(look, ground=colour(attribute(node, "val") or "") or look.ground)
        elif tag == "textFill":
            look = _filled(node, look)
    return look


def _is_flat(spacing: Node) -> bool | None:
    """Whether lines of a paragraph have an exact height that no letter fits in; None for runs."""
    height = _number(attribute(spacing, "line"))
    if height is None:
        return None
    return attribute(spacing, "lineRule") == "exact" and height <= _FLAT


def _is_away(node: Node) -> bool:
    """Whether an indent or a frame moves a paragraph off the paper."""
    told = (_number(attribute(node, name)) for name in _MOVES)
    return any(number is not None and is_away(number / _TWENTIETHS) for number in told)


def _letters(node: Node) -> Colour | None:
    if (attribute(node, "themeColor") or "").lower() in _LIGHT:
        return WHITE
    return colour(attribute(node, "val") or "")


def _shade(node: Node) -> Colour | None:
    """The ground that a shading makes: its fill, or its colour where the pattern is solid."""
    if attribute(node, "val") == "solid":
        return colour(attribute(node, "color") or "") or BLACK
    return colour(attribute(node, "fill") or "")


def _filled(node: Node, look: Look) -> Look:
    for part in node.iter():
        tag = local(part)
        if tag == "noFill":
            return replace(look, transparent=True)
        if tag == "alpha" and (_number(attribute(part, "val")) or 0) >= 98_000:
            return replace(look, transparent=True)
        if tag == "srgbClr":
            look = replace(look, letters=colour(attribute(part, "val") or ""))
        elif tag == "schemeClr" and (attribute(part, "val") or "") in _LIGHT:
            look = replace(look, letters=WHITE)
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
