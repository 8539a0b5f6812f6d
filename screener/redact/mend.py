"""Keeps a package valid where text now stands in place of a number, a name or a formula."""

from __future__ import annotations

import re

from screener.redact.package import Node
from screener.redact.xml_pieces import XmlPiece, local

_BOUNDS = ("minValue", "maxValue", "minDate", "maxDate")
_NUMERIC = (
    *("i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint", "r4", "r8"),
    *("decimal", "filetime", "date", "bool", "cy"),
)
_FORMULAS = ("formula", "formula1", "formula2", "definedName")
_LITERAL = re.compile(r'"(?:[^"]|"")*"')


def mend(piece: XmlPiece) -> None:
    """Repair what a changed piece stands in, after it was written."""
    node, name = piece.node, local(piece.node)
    if piece.where == "attribute":
        if piece.key in _BOUNDS:
            del node.attrib[piece.key]
        elif name in ("n", "d") and piece.key == "v":  # a number of a pivot cache
            _rename(node, "s")
        elif name == "definedName" and piece.key == "name":
            node.set("name", re.sub(r"[^\w.]", "_", node.get("name", "")))
        return
    if piece.where != "text":
        return
    if name in _NUMERIC:  # a typed property
        _rename(node, "lpwstr")
    elif name in _FORMULAS:
        node.text = _as_literal(piece)
    elif name == "v":
        parent = node.getparent()
        if parent is not None and local(parent) == "cell":  # cached from another workbook
            parent.set("t", "str")
        elif any(local(above) in ("numCache", "numLit") for above in node.iterancestors()):
            node.text = "0"


def _rename(node: Node, name: str) -> None:
    node.tag = node.tag.rpartition("}")[0] + "}" + name


def _as_literal(piece: XmlPiece) -> str:
    """A formula in which a value stood outside a text becomes a text."""
    changed = piece.changed()
    spans = [match.span() for match in _LITERAL.finditer(piece.text)]
    inside = all(any(a < start and end < b for a, b in spans) for start, end, _new in piece.edits)
    return changed if inside else '"' + changed.replace('"', "") + '"'
