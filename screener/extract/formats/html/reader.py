"""Pages: every node, attribute, comment and script, what is hidden told from what is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree, html

from screener.extract import facts
from screener.extract.builder import DocumentBuilder
from screener.extract.charset import decode
from screener.extract.formats.html.letters import is_letter_of_word
from screener.extract.formats.html.looks import Look
from screener.extract.formats.html.overlays import covered
from screener.extract.formats.html.pictures import is_data, read_data_uris
from screener.extract.formats.html.sheets import Sheets
from screener.extract.formats.html.source import add_remainder
from screener.extract.formats.text import report_broken
from screener.extract.package import Node, stopped_early
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.headers import find_header
from screener.model.page_scripts import unpacked
from screener.model.place import HtmlNode

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "head", "header", "hr", "html", "legend", "li"),
        *("main", "menu", "nav", "ol", "optgroup", "option", "p", "pre"),
        *("section", "select", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "title", "tr", "ul", "textarea", "button", "video", "audio"),
        *("object", "iframe", "svg", "w:p", "a:p", "row", "cell"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
RAW = frozenset(("script", "style", "noscript", "template", "xmp", "noembed", "noframes"))
SPOKEN = frozenset(
    (
        *("alt", "title", "value", "placeholder", "content", "label", "summary", "aria-label"),
        *("aria-description", "download", "datetime", "cite", "srcdoc"),
    )
)
LINKS = frozenset(("href", "src", "action", "onclick", "background", "poster", "data", "usemap"))
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset[ ]*=[ \"']*([A-Za-z0-9_:.-]{2,40})", re.I)
_UNSEEN = dict.fromkeys(("blacked_out", "black_box", "white_box", "box"), SegmentKind.COVERED)
"""Kinds of what is not seen, HIDDEN for all other reasons."""
_SPACE = re.compile("[ \t\r\n\f]+")


@dataclass(slots=True)
class _Run:
    """Inline text of one block, collected until the block ends."""

    parts: list[str]
    node: Node
    kind: SegmentKind
    unseen: str
    table: int = -1
    row: int = -1
    column: int = -1


_TURN, _TURN_BACK = "\u202e", "\u202c"
"""What stands in a text for an element whose letters run from right to left (Unicode UAX 9)."""


class HtmlReader:
    """Blocks as segments, table cells with their header, then attributes, comments and scripts."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Decode, parse without network, walk every node."""
        declared = context.declared_charset
        if found := _META_CHARSET.search(data[:4096]):
            declared = declared or found.group(1).decode("ascii")
        decoded = decode(data, declared)
        builder.set_encoding(decoded.encoding)
        text = re.sub(r"^\ufeff?[ \t\r\n]*<\?xml[^>]*\?>", "", decoded.text).replace("\0", "\ufffd")
        # without huge_tree what lies 256 elements deep, and all behind it, is silently left out
        parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=False)
        root: Node = html.document_fromstring(text or " ", parser=parser)
        if stopped_early(parser):
            builder.unread(_("the rest of the page"), UnreadReason.TOO_DEEP)
        _Walk(root, builder).run()
        read_data_uris(root, builder, context)
        report_broken(decoded, builder)
        add_remainder(text, builder)
        if "<!ENTITY" in text:  # a program that expands them shows another text
            what = _("the declarations at its head")
            detail = _("they declare entities, which are not expanded")
            builder.unread(what, UnreadReason.CORRUPT, detail)


class _Walk:
    """One pass over the tree in document order; an explicit stack, so depth costs no recursion."""

    def __init__(self, root: Node, builder: DocumentBuilder) -> None:
        self.root = root
        self.builder = builder
        self.cells: dict[Node, tuple[int, int, int]] = {}
        self.sheets = Sheets(root)
        self.covered = covered(root, self.sheets)
        self.later: list[tuple[str, SegmentKind, bool, HtmlNode]] = []
        self.runs: list[_Run] = []
        self.title = ""
        self.hiding: tuple[tuple[Node, str, int], int] | None = None
        self.written = 0

    def run(self) -> None:
        """Read the visible flow first, then what stands beside it."""
        self._find_tables()
        self._flow()
        for text, kind, visible, place in self.later:
            self.builder.add(text, kind, place, visible=visible)
        heading = next(self.root.iter("h1"), None)
        title = self.title or (_squeeze("".join(heading.itertext())) if heading is not None else "")
        known = replace(self.builder.facts, title=title)
        self.builder.set_facts(facts.from_pairs(known, self._pairs()))

    def _flow(self) -> None:
        """Depth first with enter and leave steps."""
        stack: list[tuple[Node, Look, bool]] = [(self.root, Look(), False)]
        while stack:
            node, look, leaving = stack.pop()
            if leaving:
                self._leave(node, turned=look.turned)
                continue
            if not isinstance(node.tag, str):
                self._aside(node)
                self._text(node.tail)
                continue
            own = look.inside(self.sheets.of(node), self.covered.get(node))
            entered = self._enter(node, own.unseen)
            turned = own.turned and not look.turned
            if entered and turned:
                self._text(_TURN + (node.text or ""))
            elif entered:
                self._text(node.text)
            stack.append((node, Look(turned=entered and turned), True))
            if entered:
                stack.extend((child, own, False) for child in reversed(node))

    def _enter(self, node: Node, unseen: str) -> bool:
        """Start a node; False when its children are not part of the flow."""
        tag = str(node.tag).lower()
        self._attributes(node, tag, unseen)
        if tag in RAW:
            inner = "".join(node.itertext()) if tag != "template" else _inner_text(node)
            self._late(unpacked(inner), node, SegmentKind.HIDDEN, False)
            return False
        if tag == "title" and not self.title:
            self.title = _squeeze("".join(node.itertext()))
            self._late(self.title, node, SegmentKind.METADATA, True)
            return False
        if tag not in BLOCKS and self.runs and not self.runs[-1].unseen and unseen:
            # hidden inside a line: the line goes on around it
            if "".join(node.itertext()).strip():
                self._hide(node, unseen)
            return False
        inked = bool(self.runs and self.runs[-1].unseen and not unseen)
        if (tag in BLOCKS and not is_letter_of_word(node)) or not self.runs or inked:
            self._flush()
            self._open(node, tag, unseen)
        elif tag == "br" or (tag == "text" and len("".join(node.itertext()).strip()) > 2):
            self.runs[-1].parts.append("\n")
        return True

    def _hide(self, node: Node, unseen: str) -> None:
        """Keep what is hidden inside a line; a word hidden sign by sign stays one word."""
        here = self.runs[-1].node, unseen, self.written
        word = self._with_token(node)
        if self.hiding is not None and self.hiding[0] == here:
            text, kind, visible, place = self.later[self.hiding[1]]
            self.later[self.hiding[1]] = (text + word, kind, visible, place)
            return
        self.hiding = here, len(self.later)
        kind = _UNSEEN.get(unseen, SegmentKind.HIDDEN)
        self._late(word, node, kind, False, state=unseen)

    def _with_token(self, node: Node) -> str:
        """Hidden text with the letters and digits it touches: half a number may be hidden."""
        before = re.search("[0-9A-Za-z]*$", "".join(self.runs[-1].parts[-4:])[-40:])
        after = re.match("[0-9A-Za-z]*", node.tail or "")
        return (
            (before.group() if before else "")
            + _squeeze("".join(node.itertext()))
            + (after.group() if after else "")
        )

    def _open(self, node: Node, tag: str, unseen: str) -> None:
        kind = _UNSEEN.get(unseen, SegmentKind.HIDDEN) if unseen else SegmentKind.BODY
        if not unseen and tag in HEADINGS:
            kind = SegmentKind.HEADING
        run = _Run([], node, kind, unseen)
        cell = self.cells.get(node)
        outer = self.runs[-1] if self.runs else None
        if cell is None and outer is not None and outer.table >= 0 and tag not in ("table", "tr"):
            cell = (outer.table, outer.row, outer.column)
        if cell is not None:
            run.kind = SegmentKind.TABLE_CELL if not unseen else kind
            run.table, run.row, run.column = cell
        self.runs.append(run)

    def _leave(self, node: Node, *, turned: bool) -> None:
        if turned:
            self._text(_TURN_BACK)
        if self.runs and self.runs[-1].node is node:
            self._flush()
            self.runs.pop()
        self._text(node.tail)

    def _text(self, text: str | None) -> None:
        if text and self.runs:
            self.written += not text.isspace()
            self.runs[-1].parts.append(_SPACE.sub(" ", text))

    def _flush(self) -> None:
        """Make a segment of the inline text collected so far in the open block."""
        if not self.runs:
            return
        run = self.runs[-1]
        text = re.sub(" *\n *", "\n", "".join(run.parts)).strip(" \n")
        run.parts.clear()
        if text.strip():
            self.builder.add(
                text,
                run.kind,
                HtmlNode(_path(run.node), _line(run.node), state=run.unseen or None),
                visible=not run.unseen,
                table=run.table,
                row=run.row,
                column=run.column,
            )

    def _aside(self, node: Node) -> None:
        """Comments (conditional ones too), processing instructions, unknown entities."""
        if node.tag is etree.Entity:
            self._text(node.text)
            return
        self._late(node.text or "", node, SegmentKind.COMMENT, False)

    def _attributes(self, node: Node, tag: str, unseen: str) -> None:
        for key, raw in node.attrib.items():
            name, value = str(key).lower(), str(raw)
            if not value.strip():
                continue
            if name in LINKS and "%" in value:
                value = unquote(value, errors="replace")
            if is_data(value):
                continue  # read as a file of its own
            if name == "alt":
                self._late(value, node, SegmentKind.ALT_TEXT, False, attribute=name)
            elif tag == "meta" and name == "content":
                self._late(value, node, SegmentKind.METADATA, False, attribute=name)
            elif name in ("placeholder", "label") or (name == "value" and tag == "input"):
                self._late(value, node, SegmentKind.BODY, not unseen, attribute=name, state=unseen)
            elif name in SPOKEN or name.startswith(("data-", "aria-")) or _speaks(name, value):
                self._late(value, node, SegmentKind.HIDDEN, False, attribute=name)

    def _late(
        self,
        text: str,
        node: Node,
        kind: SegmentKind,
        visible: bool,
        *,
        attribute: str | None = None,
        state: str = "",
    ) -> None:
        if text.strip():
            place = HtmlNode(_path(node), _line(node), attribute, state or None)
            self.later.append((text.strip(), kind, visible, place))

    def _find_tables(self) -> None:
        """Number the cells of every table by row and column, spans counted, and their headers."""
        for table in self.root.iter("table"):
            rows = [row for row in table.iter("tr") if _owner(row) is table]
            if not rows or (len(rows) == 1 and len(list(rows[0])) == 1):
                continue
            caption = next((c for c in table if c.tag == "caption"), None)
            number = self.builder.start_table(
                _squeeze("".join(caption.itertext())) if caption is not None else None
            )
            self._headers(number, self._grid(number, rows), rows)

    def _grid(self, number: int, rows: list[Node]) -> list[list[str]]:
        taken: dict[tuple[int, int], bool] = {}
        grid: list[list[str]] = []
        for at, row in enumerate(rows):
            line: list[str] = []
            column = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while taken.get((at, column)):
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                for below in range(1, down):
                    for right in range(across):
                        taken[at + below, column + right] = True
                self.cells[cell] = (number, at, column)
                line += [""] * (column - len(line))
                line.append(_squeeze(_some_text(cell)))
                column += across
            grid.append(line)
        return grid

    def _headers(self, number: int, grid: list[list[str]], rows: list[Node]) -> None:
        marked = [
            at
            for at, row in enumerate(rows[:10])
            if (row.getparent() is not None and row.getparent().tag == "thead")
            or (len(row) > 1 and all(cell.tag == "th" for cell in row))
        ]
        if marked and sum(map(bool, grid[marked[-1]])) < 2:
            marked = []
        found = find_header(grid, marked)
        self.builder.set_header_row(number, found)

    def _pairs(self) -> dict[str, str]:
        """Labels and values of the page's own header: two neighbouring cells, or dt and dd."""
        pairs: dict[str, str] = {}
        for label in self.root.iter("td", "th", "dt", "b", "strong", "span", "label", "em"):
            words = _squeeze(_some_text(label, 40)).rstrip("：: ")
            if not words or len(words) > 14:
                continue
            following = label.getnext()
            value = (label.tail or "").strip() if label.tag not in ("td", "th", "dt") else ""
            if not value and following is not None and isinstance(following.tag, str):
                value = _some_text(following)
            if value.strip():
                pairs.setdefault(words, _squeeze(value))
        return pairs


def _speaks(name: str, value: str) -> bool:
    """Attributes that hold no text as a rule, but here do: Han characters or long digits."""
    if name in ("style", "class", "id", "d", "points") and not re.search("[\u4e00-\u9fff]", value):
        return bool(name == "id" and re.search("[0-9]{11}", value))
    if name in LINKS or name.startswith("on"):
        return bool(re.search("[\u4e00-\u9fff]|[0-9]{11}|mailto:|tel:|%[0-9A-Fa-f]{2}|@", value))
    return bool(re.search("[\u4e00-\u9fff]|[0-9]{7}|@", value))


def _owner(row: Node) -> Node | None:
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _span(cell: Node, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 200) if value.isascii() and value.isdigit() else 1


def _some_text(node: Node, most: int = 200) -> str:
    """The first characters of a node's text: tables in tables must not be read at every level."""
    parts: list[str] = []
    have = 0
    for part in node.itertext():
        parts.append(part)
        have += len(part)
        if have >= most:
            break
    return "".join(parts)[:most]


def _inner_text(node: Node) -> str:
    return "\n".join(part.strip() for part in node.itertext() if part.strip())


def _squeeze(text: str) -> str:
    return re.sub("[ \t\r\n\f\u3000\xa0]+", " ", text).strip()


def _line(node: Node) -> int | None:
    return node.sourceline or None


def _path(node: Node) -> str:
    target = node if isinstance(node.tag, str) else node.getparent()
    names: list[str] = []
    while target is not None and len(names) < 12:
        names.append(str(target.tag))
        target = target.getparent()
    return "/" + "/".join(reversed(names))
