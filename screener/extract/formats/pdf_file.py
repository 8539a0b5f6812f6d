"""The objects of a PDF as pdfminer hands them out: opened once for all that look at them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property
from typing import Any

MOST_OBJECTS = 500_000
"""Objects of a file that are looked at; a file with more says so."""


class PdfObjects:
    """One file. Opened at the first question; pdfminer raises anything for what pdfium opens."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def document(self) -> Any:
        """The opened file. Objects are kept: those packed in streams cost most to open."""
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        return PDFDocument(PDFParser(io.BytesIO(self.data)))

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of all objects that an index of the file lists."""
        return sorted({number for index in self.document.xrefs for number in index.get_objids()})

    def get(self, number: int) -> Any:
        """An object by its number, None where the number stands for nothing."""
        from pdfminer.pdftypes import PDFObjectNotFound

        try:
            return self.document.getobj(number)
        except PDFObjectNotFound:
            return None

    def resolved(self, value: Any) -> Any:
        """What a reference stands for; any other value as it is."""
        from pdfminer.pdftypes import PDFObjRef

        return self.get(value.objid) if isinstance(value, PDFObjRef) else value

    def all(self) -> Iterator[tuple[int, Any]]:
        """Number and value of all objects, of no more than ``MOST_OBJECTS``."""
        for number in self.numbers[:MOST_OBJECTS]:
            yield number, self.get(number)

    def has_layers(self) -> bool:
        """Whether the file has layers that can be switched off; in doubt it has."""
        if b"/OCProperties" in self.data:
            return True
        if b"/ObjStm" not in self.data:
            return False
        try:
            return "OCProperties" in self.document.catalog
        except Exception:  # pdfminer raises anything for what pdfium still opens
            return True
