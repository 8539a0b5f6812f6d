"""A workbook's package: sheets with their cells apart from the XML around them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from screener.redact.package import Node, Package, parse
from screener.redact.xml_pieces import local

_SHEET_DATA = re.compile(
    r"<(?P<name>(?:[A-Za-z0-9_]+:)?sheetData)(?P<attributes>(?:\s[^>]*?)?)"
    r"(?:/>|>(?P<cells>.*)</(?P=name)\s*>)",
    re.DOTALL,
)
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name and part."""

    name: str
    part: str


class Workbook(Package):
    """Roots of sheet parts come without cells; ``cells`` holds them as text."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.cells: dict[str, str] = {}
        self._around: dict[str, tuple[str, str]] = {}
        links = self.links("_rels/.rels")
        main = next((part for _id, kind, part in links if kind == "officeDocument"), "")
        self.main = main or "xl/workbook.xml"
        folder, base = posixpath.split(self.main)
        self.rels = f"{folder}/_rels/{base}.rels".lstrip("/")
        parts = {name: part for name, _kind, part in self.links(self.rels)}
        self.sheets = [
            Sheet(node.get("name") or "?", parts[relation])
            for node in self.root(self.main).iter()
            if local(node) == "sheet"
            and (relation := _relation(node)) in parts
            and parts[relation] in self._parts
        ]
        self.strings = next(
            (p for _i, kind, p in self.links(self.rels) if kind == "sharedStrings"), ""
        )
        for sheet in self.sheets:
            self._cut(sheet.part)

    def _cut(self, part: str) -> None:
        text = decoded(self.read(part))
        found = _SHEET_DATA.search(text)
        if found and found["cells"]:
            self.cells[part] = found["cells"]
            self._around[part] = (text[: found.start("cells")], text[found.end("cells") :])

    def root(self, name: str) -> Node:
        """The root of a part; of a sheet without its cells."""
        if name in self._around and name not in self._roots:
            self._roots[name] = parse("".join(self._around[name]).encode(), name)
        return super().root(name)

    def touch(self, name: str) -> None:
        """Write a part anew from its root; a sheet gets its cells back."""
        super().touch(name)
        if name in self._around:
            text = self._written[name].decode()
            found = _SHEET_DATA.search(text)
            assert found is not None  # the root was parsed with it
            opening = f"<{found['name']}{found['attributes']}>"
            self._around[name] = (
                text[: found.start()] + opening,
                f"</{found['name']}>" + text[found.end() :],
            )
            self._assemble(name)

    def put_cells(self, part: str, cells: str) -> None:
        """Replace the cells of a sheet."""
        self.cells[part] = cells
        self._assemble(part)

    def _assemble(self, part: str) -> None:
        before, after = self._around[part]
        self.put(part, (before + self.cells[part] + after).encode())


def decoded(data: bytes) -> str:
    """An XML part as text whose declaration says UTF-8."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return _DECLARATION.sub(head, data.decode("utf-16"))
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9_.-]+)", data)
    return data.decode(declared[1].decode() if declared else "utf-8").removeprefix("\ufeff")


def _relation(node: Node) -> str:
    return next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
