"""Names of sheets that held a value: made valid again, and carried into every reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from screener.redact.workbook import Sheet, Workbook, decoded
from screener.redact.xml_pieces import local

_FORBIDDEN = str.maketrans({"*": "×", "?": "×", ":": "-", "/": "-", "\\": "-", "[": "(", "]": ")"})
_LONGEST = 31


def carry_names(book: Workbook, before: Sequence[Sheet]) -> None:
    """Give changed sheets valid, different names and correct the references to them."""
    nodes = [n for n in book.root(book.main).iter() if local(n) == "sheet"]
    old_names = {sheet.part: sheet.name for sheet in before}
    kept = zip(nodes, book.sheets, strict=False)
    taken = {n.get("name", "") for n, s in kept if n.get("name", "") == old_names.get(s.part)}
    renamed: dict[str, str] = {}
    for node, sheet in zip(nodes, book.sheets, strict=False):
        old, swept = old_names.get(sheet.part, ""), node.get("name", "")
        if not old or swept == old:
            continue
        new = _valid(swept, taken)
        taken.add(new)
        node.set("name", new)
        renamed[old] = renamed[swept] = new
    if renamed:
        book.touch(book.main)
        for name in book.names():
            if book.is_xml(name):
                _carry(book, name, renamed)


def _carry(book: Workbook, name: str, renamed: dict[str, str]) -> None:
    text = new = decoded(book.current(name))
    for old, shown in renamed.items():
        if old in text:
            quoted = re.escape(escape(old.replace("'", "''")))
            pattern = rf"'{quoted}'!|&apos;{quoted}&apos;!|(?<![\w'*×]){quoted}!"
            new = re.sub(pattern, lambda _m, to=shown: f"'{escape(to)}'!", new)  # type: ignore[misc]
    if new != text:
        book.put(name, new.encode())


def _valid(name: str, taken: set[str]) -> str:
    base = name.translate(_FORBIDDEN).strip("'")[:_LONGEST] or "×"
    new, number = base, 1
    while new in taken:
        number += 1
        new = f"{base[: _LONGEST - 4]}({number})"
    return new
