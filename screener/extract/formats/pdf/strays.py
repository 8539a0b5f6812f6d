"""What a PDF draws nowhere: pages outside the page tree, forms and content that no page uses.

Programs leave them behind when a page is deleted or replaced, and anyone can take them up again.
They are copied into a small PDF of their own, which is read like any other; what it says beyond
the paper itself is hidden text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from screener.extract.formats.pdf.content import draws_text, marked_texts, may_draw, name_of
from screener.extract.formats.pdf.copy import Copy, TooLarge, pages_in_order
from screener.extract.formats.pdf.file import PdfObjects

MOST_STRAYS = 2_000
"""Forms and pages that are copied; a file with more says so."""
PICTURE_SIDE = 100
"""Pixels: a smaller picture that nothing draws shows no text."""
MOST_CONTENT = 32 * 1024 * 1024
"""Packed bytes of one content stream that is looked at."""
_SHEET = [0, 0, 2_000, 2_000]
"""The page on which content without a page of its own is drawn, in points."""


@dataclass(slots=True)
class Strays:
    """Looks at every object of a file once, then copies what no page draws.

    ``said`` are strings in marks of content, by key: read aloud or searched, never drawn.
    """

    objects: PdfObjects
    said: list[tuple[str, bytes]] = field(default_factory=list)
    too_many: bool = False
    _pages: dict[int, dict[str, Any]] = field(default_factory=dict)
    _streams: dict[int, Any] = field(default_factory=dict)
    _pictures: dict[int, Any] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)
    _contents: set[int] = field(default_factory=set)
    _torn: list[int] = field(default_factory=list)

    def look(self, number: int, value: Any) -> None:
        """Take note of an object."""
        from pdfminer.pdftypes import PDFStream

        entries = value.attrs if isinstance(value, PDFStream) else value
        self._used.update(_references(entries))
        if isinstance(value, PDFStream):
            self._stream(number, value)
        elif isinstance(value, dict) and name_of(value.get("Type")) in ("Page", "Template"):
            self._pages[number] = value
            contents = self.objects.resolved(value.get("Contents"))
            listed = contents if isinstance(contents, list) else [value.get("Contents")]
            self._contents.update(_references(listed))

    def copied(self) -> bytes:
        """A PDF of all that no page draws, empty where there is nothing of the kind."""
        copy = Copy(self.objects)
        shown = list(pages_in_order(self.objects))
        found = self._found(set(shown), self._resources(shown))
        try:
            for page, content in islice(found, MOST_STRAYS):
                copy.add_page(page, content)
        except TooLarge:
            self.too_many = True
        self.too_many = self.too_many or next(found, None) is not None
        return copy.finish()

    @property
    def torn(self) -> bool:
        """Whether content that no page draws cannot be unpacked."""
        return any(number not in self._contents for number in self._torn)

    def _found(
        self, shown: set[int], resources: Any
    ) -> Iterator[tuple[dict[str, Any], bytes | None]]:
        from pdfminer.pdftypes import PDFObjRef

        for number, page in self._pages.items():
            if number not in shown:
                entries = self._inherited(page)
                yield {"Resources": resources, "MediaBox": _SHEET, **entries}, None
        for number, stream in self._streams.items():
            if number in self._contents:
                continue
            own = stream.attrs.get("Resources", resources)
            box = self.objects.resolved(stream.attrs.get("BBox"))
            box = box if isinstance(box, list) and len(box) == 4 else _SHEET
            yield {"Resources": own, "MediaBox": box}, stream.get_data()
        for number, picture in self._pictures.items():
            if number not in self._used:
                size = picture.attrs["Width"], picture.attrs["Height"]
                page = {
                    "Resources": {
                        "XObject": {"Picture": PDFObjRef(self.objects.document, number, 0)}
                    }
                }
                drawing = b"%d 0 0 %d 0 0 cm /Picture Do" % size
                yield {**page, "MediaBox": [0, 0, *size]}, drawing

    def _stream(self, number: int, stream: Any) -> None:
        attributes = stream.attrs
        if name_of(attributes.get("Subtype")) == "Image":
            sides = attributes.get("Width"), attributes.get("Height")
            if all(isinstance(side, int) and side >= PICTURE_SIDE for side in sides):
                self._pictures[number] = stream
        elif may_draw(stream) and len(stream.rawdata or b"") <= MOST_CONTENT:
            try:
                content = stream.get_data()
            except Exception:  # pdfminer raises anything; pdfium reads those that pages draw
                self._torn.append(number)
                return
            self.said.extend(marked_texts(content))
            if draws_text(content):
                self._streams[number] = stream

    def _resources(self, shown: list[int]) -> Any:
        """The fonts of the first page, for content that names none of its own."""
        first = self._pages.get(shown[0], {}) if shown else {}
        return self._inherited(first).get("Resources", {})

    def _inherited(self, page: dict[str, Any]) -> dict[str, Any]:
        """A page with what it takes over from the nodes above it (7.7.3.4)."""
        entries = dict(page)
        node, depth = self.objects.resolved(page.get("Parent")), 0
        while isinstance(node, dict) and depth < 32:
            for key in ("Resources", "MediaBox", "CropBox", "Rotate"):
                if key in node:
                    entries.setdefault(key, node[key])
            node, depth = self.objects.resolved(node.get("Parent")), depth + 1
        return entries


def _references(value: Any) -> Iterator[int]:
    """The numbers of all objects that a value refers to; a page's thumbnail does not count."""
    from pdfminer.pdftypes import PDFObjRef

    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(inner for key, inner in item.items() if key != "Thumb")
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, PDFObjRef):
            yield item.objid
