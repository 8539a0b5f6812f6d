"""A workbook's package: sheets with their cells apart from the XML around them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from screener.redact.package import Node, Package, parse, unusable
from screener.redact.xml_pieces import local

_SHEET_DATA = re.compile(
    r"<(?P<name>(?:[A-Za-z0-9_]+:)?sheetData)(?P<attributes>(?:\s[^>]*?)?)"
    r"(?:/>|>(?P<cells>.*)</(?P=name)\s*>)",
    re.DOTALL,
)
_DECLARED = re.compile(r"^(<\?xml[^>]*?encoding=[\"'])[A-Za-z0-9_.-]+")
_REFERENCE = re.compile(r"&#(x?)([0-9A-Fa-f]{2,6});")


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
            (
                part
                for _id, kind, part in self.links(self.rels)
                if kind == "sharedStrings" and part in self._parts
            ),
            "",
        )
        for sheet in self.sheets:
            try:
                self._cut(sheet.part)
            except UnicodeDecodeError as error:
                raise unusable(sheet.part) from error

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
    """An XML part as text whose declaration says UTF-8, characters beyond ASCII as themselves."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        named = re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9_.-]+)", data)
        text = data.decode(named[1].decode() if named else "utf-8").removeprefix("\ufeff")
    text = _DECLARED.sub(r"\1UTF-8", text, count=1)
    return _REFERENCE.sub(_character, text) if "&#" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[2], 16 if match[1] else 10)
    return chr(code) if 0x80 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def _relation(node: Node) -> str:
    return next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
