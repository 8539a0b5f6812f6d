"""Pages: edits in the source text, so that everything around them stays as it was written.

The source is cut into tokens as the HTML standard's tokenizer would (text, tags with attributes,
comments, raw text of scripts and styles); every character of a value knows its place in the source,
character references included.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from screener.model.document import Document
from screener.model.page_scripts import stretches
from screener.redact.pieces import Alignment, Piece
from screener.redact.source_text import SourceText
from screener.redact.text import Edit
from screener.redact.unreachable import unreachable
from screener.redact.values import Values, vanishing

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:--!?>|$(?![\s\S]))"
    r"|<(?P<other>[!?][^>]*)>"
    # quotes count only behind an equals sign
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"(?P<attributes>(?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|[^>])*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s>\"'][^\s>]*)))?"
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = frozenset({"script", "style", "xmp", "noembed", "noframes", "plaintext"})
_GROUPS = frozenset({"noscript", "template", "title", "svg"})
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "head", "header", "hr", "html", "legend", "li"),
        *("main", "menu", "nav", "ol", "optgroup", "option", "p", "pre"),
        *("section", "select", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "title", "tr", "ul", "textarea", "button", "video", "audio"),
        *("object", "iframe", "svg", "text", "noscript", "template", "script", "style"),
    )
)
"""Tags that end a line of text; within others, unknown ones too, it goes on."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*0(?![.\d]*[1-9])|color\s*:\s*(?:transparent|#fff|white|rgb\(\s*255)"
    r"|text-indent\s*:\s*-|(?:left|top|right)\s*:\s*-",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class _SourcePiece(Piece):
    """A piece that knows where each of its characters stands in the source."""

    places: list[tuple[int, int]] = field(default_factory=list)

    def source_edits(self) -> Iterator[Edit]:
        """Its edits as edits of the source."""
        for start, end, new in self.edits:
            yield self.places[start][0], self.places[end - 1][1], new


class HtmlWriter:
    """Text, attributes, comments, scripts and styles; hidden nodes as well as visible ones."""

    def redact(self, data: bytes, document: Document, spans: Sequence[Edit]) -> bytes:
        """A copy with the spans replaced. Raises SomethingLeft for what is not in the source."""
        source = _decoded(data, document.source.encoding)
        cutter = _Cutter(source.text)
        cutter.cut()
        missing = cutter.alignment.apply(document, spans)
        if missing:
            raise unreachable(document.segments.place(missing[0]).locate(0, 1))
        values = vanishing(document, spans)
        cutter.alignment.sweep(values)
        edits = {edit for piece in cutter.pieces for edit in piece.source_edits()}
        # What a browser or parser makes nothing of (names of attributes, torn tags) is source too.
        apart = _apart(edits)
        return source.splice(_apart([*apart, *_rest(source.text, values, apart)]))


class _Cutter:
    """Cuts a source into pieces, blocks and groups."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.alignment = Alignment()
        self.pieces: list[_SourcePiece] = []
        self._line: list[_SourcePiece] = []
        self._group: list[_SourcePiece] = []
        self._flow: list[_SourcePiece] = []
        self._open: list[tuple[str, bool]] = []

    def cut(self) -> None:
        """All tokens in order."""
        position = 0
        while position < len(self.source):
            match = _TOKEN.search(self.source, position)
            begin = match.start() if match else len(self.source)
            if begin > position:
                self._text(position, begin)
            if match is None:
                break
            position = match.end()
            if match["comment"] is not None:
                self._alone(*match.span("comment"), references=False)
            elif match["other"] is not None:
                self._alone(*match.span("other"), references=False)
            else:
                position = self._tag(match)
        self._end_line()
        self._end_group()
        self.alignment.add_story(self._flow)

    def _tag(self, match: re.Match[str]) -> int:
        name = match["tag"].lower()
        if name in _BLOCKS:
            self._end_line()
        if match["close"]:
            self._close(name)
            return match.end()
        hidden = self._attributes(match)
        if name in _RAW:
            return self._raw(name, match.end())
        if not match[0].endswith("/>"):
            self._open.append((name, hidden))
        return match.end()

    def _attributes(self, match: re.Match[str]) -> bool:
        hidden = False
        start, end = match.span("attributes")
        for attribute in _ATTRIBUTE.finditer(self.source, start, end):
            name = attribute["name"].lower()
            value = next((g for g in ("double", "single", "bare") if attribute[g]), None)
            hidden |= name == "hidden" or (name == "aria-hidden" and attribute[0].find("true") > 0)
            if value is not None:
                styled = name in {"style", "color"}
                hidden |= styled and bool(_HIDDEN.search(f"color:{attribute[value]}"))
                hidden |= name == "style" and bool(_HIDDEN.search(attribute[value]))
                self._alone(*attribute.span(value), references=True)
        return hidden

    def _raw(self, name: str, start: int) -> int:
        closing = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE)
        found = closing.search(self.source, start)
        end = found.start() if found else len(self.source)
        if name == "script":
            self.alignment.add([self._script(start, end)])
        else:
            self._alone(start, end, references=False)
        return end

    def _script(self, start: int, end: int) -> _SourcePiece:
        """What a reader sees of a script; what it keeps packed goes as a whole."""
        text: list[str] = []
        places: list[tuple[int, int]] = []
        for part, first, last in stretches(self.source[start:end]):
            text.append(part)
            places += [(start + first, start + last)] * len(part)
        piece = _SourcePiece("".join(text), places=places)
        self.pieces.append(piece)
        return piece

    def _close(self, name: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == name:
                del self._open[index:]
                break
        if name in _GROUPS:
            self._end_group()

    def _text(self, start: int, end: int) -> None:
        channel = "hidden" if any(hidden for _name, hidden in self._open) else ""
        piece = self._piece(start, end, references=True)
        piece.channel = channel
        self._line.append(piece)
        self._flow.append(piece)
        if any(name in _GROUPS for name, _hidden in self._open):
            self._group.append(piece)

    def _alone(self, start: int, end: int, *, references: bool) -> None:
        self.alignment.add([self._piece(start, end, references=references)])

    def _piece(self, start: int, end: int, *, references: bool) -> _SourcePiece:
        text: list[str] = []
        places: list[tuple[int, int]] = []
        position = start
        while position < end:
            match = _REFERENCE.match(self.source, position, end) if references else None
            if match is None:
                text.append(self.source[position])
                places.append((position, position + 1))
                position += 1
                continue
            plain = html.unescape(match[0])
            text.append(plain)
            places += [match.span()] * len(plain)
            position = match.end()
        piece = _SourcePiece("".join(text), places=places)
        self.pieces.append(piece)
        return piece

    def _end_line(self) -> None:
        if self._line:
            in_cell = any(name in ("td", "th") for name, _hidden in self._open)
            self.alignment.add(self._line, "cell" if in_cell else "line")
            self._line = []

    def _end_group(self) -> None:
        if self._group:
            self.alignment.add(self._group)
            self._group = []


def _rest(text: str, values: Values, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Values that still stand in a source beside the edits, which are ordered and apart."""
    starts = [start for start, _end, _new in edits]
    for at, value in values.hits(text):
        before = bisect_right(starts, at) - 1
        clear_before = before < 0 or edits[before][1] <= at
        clear_behind = before + 1 >= len(starts) or at + len(value) <= starts[before + 1]
        if clear_before and clear_behind:
            yield at, at + len(value), values[value]


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order; those that meet go together under the first and longest."""
    apart: list[Edit] = []
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], -edit[1], edit[2])):
        if apart and start < apart[-1][1]:
            first, last, shown = apart[-1]
            apart[-1] = (first, max(last, end), shown)
        else:
            apart.append((start, end, new))
    return apart


def _decoded(data: bytes, encoding: str) -> SourceText:
    """The page's source; lines of a page in mixed encodings keep their bytes apart."""
    names = (encoding, "utf-8") if encoding else ("utf-8", "gb18030", "big5hkscs")
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return SourceText(data, text.removeprefix("\ufeff"), name)
    return SourceText(data, data.decode("gb18030", "replace"), "")
