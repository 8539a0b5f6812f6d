"""Cells in which some letters are dressed apart from the rest (rich text), so that they are lost.

A cell is one text: where some of it is not seen, all of it counts as not seen. Such runs stand in
the workbook's shared strings or in the cell itself (ISO/IEC 29500-1, 18.4).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from screener.extract.formats.cell_colors import Colours
from screener.extract.formats.cell_looks import Dress
from screener.extract.formats.cells import split_reference
from screener.extract.package import Node, local

_RICH = re.compile(rb"<(?:[A-Za-z0-9_]+:)?rPr[ \t\r\n>]")
_PLACE = re.compile(rb"[ \t\r\n]r=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_STYLE = re.compile(rb"[ \t\r\n]s=[\"']([0-9]{1,6})[\"']")
_MOST_DRESSES = 300


class Run(NamedTuple):
    """Letters that are dressed alike."""

    text: str
    dress: Dress


class Runs:
    """The strings of a workbook of which some letters may not be seen."""

    def __init__(self, strings: bytes, colours: Colours, dresses: Sequence[Dress]) -> None:
        self._colours = colours
        self._dresses = (*dresses, Dress())
        self._shared: dict[int, list[Run]] = {}
        if not _RICH.search(strings):
            return
        for number, item in enumerate(_items(strings, "si")):
            runs = self._runs(item)
            if self._may_hide(runs):
                self._shared[number] = runs
            item.clear()

    def cells(self, sheet: bytes, prefix: bytes) -> dict[tuple[int, int], str]:
        """Cells of a sheet (row, column from 0) some letters of which are not seen, and why."""
        found: dict[tuple[int, int], str] = {}
        start = rb"<" + prefix + rb"c(?=[ \t\r\n])([^>]*[ \t\r\n]t=[\"']"
        if self._shared:
            shown = re.compile(start + rb"s[\"'][^>]*)><" + prefix + rb"v>([0-9]{1,9})<")
            for match in shown.finditer(sheet):
                runs = self._shared.get(int(match.group(2)))
                if runs:
                    found |= self._told(match.group(1), runs)
        if _RICH.search(sheet):
            end = rb"</" + prefix + rb"is>"
            inline = re.compile(start + rb"inlineStr[\"'][^>]*)>(<" + prefix + rb"is>)")
            for match in inline.finditer(sheet):
                stop = sheet.find(end, match.end())
                item = sheet[match.start(2) : stop + len(end)]
                if stop > 0 and _RICH.search(item):
                    for node in _items(_without_prefix(item, prefix), "is"):
                        found |= self._told(match.group(1), self._runs(node))
        return found

    def _told(self, attributes: bytes, runs: list[Run]) -> dict[tuple[int, int], str]:
        """Why letters of one cell are not seen; nothing where all are."""
        written = _PLACE.search(attributes)
        place = split_reference(written.group(1).decode()) if written else None
        style = _STYLE.search(attributes)
        at = int(style.group(1)) if style else 0
        own = self._dresses[at] if at < len(self._dresses) - 1 else Dress()
        hiding = (run.dress.over(own).hides() for run in runs if run.text.strip())
        state = next((why.state for why in hiding if why is not None), None)
        return {place: state} if place and state else {}

    def _may_hide(self, runs: list[Run]) -> bool:
        return any(
            run.dress.over(own).hides()
            for run in runs
            if run.dress != Dress()
            for own in self._dresses[-_MOST_DRESSES:]
        )

    def _runs(self, item: Node) -> list[Run]:
        runs = []
        for node in item:
            if local(node) == "t":
                runs.append(Run(node.text or "", Dress()))
            elif local(node) == "r":
                text = "".join(part.text or "" for part in node if local(part) == "t")
                looks = next((part for part in node if local(part) == "rPr"), None)
                runs.append(Run(text, self._dress(looks)))
        return runs

    def _dress(self, looks: Node | None) -> Dress:
        parts = {local(node): node for node in looks} if looks is not None else {}
        size = parts["sz"].get("val") if "sz" in parts else None
        points = float(size) if size and re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]+)?", size) else None
        return Dress(letters=self._colours.of(parts.get("color")), size=points)


def _items(data: bytes, tag: str) -> Iterator[Node]:
    """Elements of this name; none of a part that is no XML, which is named where it is read."""
    parsing = etree.iterparse(
        io.BytesIO(data), tag=("{*}" + tag,), resolve_entities=False, no_network=True
    )
    try:
        for _event, node in parsing:
            yield node
    except etree.XMLSyntaxError:
        return


def _without_prefix(item: bytes, prefix: bytes) -> bytes:
    return item.replace(b"</" + prefix, b"</").replace(b"<" + prefix, b"<") if prefix else item
