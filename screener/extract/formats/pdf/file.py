"""The objects of a PDF as pdfminer hands them out: opened once for all that look at them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

MOST_OBJECTS = 500_000
"""Objects of a file that are looked at; a file with more says so."""


_OBJECT = re.compile(rb"(?<![0-9])[0-9]{1,10}[\r\n\t ]+[0-9]{1,5}[\r\n\t ]+obj(?![A-Za-z])")
_SPACE = re.compile(rb"[\r\n\t ]*")
_STREAM = re.compile(rb">>[\r\n\t ]*stream\r?\n")


class PdfObjects:
    """One file. Opened at the first question; pdfminer raises anything for what pdfium opens.

    ``torn`` names the type of the last fault of an object that was passed over.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.torn: str = ""

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
            try:
                value = self.get(number)
            except Exception as error:  # anything; the others are read
                self.torn = type(error).__name__
            else:
                yield number, value

    def unlisted(self) -> Iterator[tuple[int, Any]]:
        """Objects that stand in the file and in no index of it, with numbers below 0.

        A torn or forged index leaves them out; strings of a locked file cannot be read so.
        """
        if self.document.decipher is not None:
            return
        listed = self._places()
        for at, found in enumerate(islice(_OBJECT.finditer(self.data), MOST_OBJECTS), 1):
            if found.start() in listed:
                continue
            end = self.data.find(b"endobj", found.end())
            try:
                value = _parsed(self.data[found.end() : end if end > 0 else len(self.data)])
            except Exception as error:  # anything; the others are read
                self.torn = type(error).__name__
            else:
                yield -at, value

    def _places(self) -> set[int]:
        places = set()
        for index in self.document.xrefs:
            for number in index.get_objids():
                try:
                    inside, at, _generation = index.get_pos(number)
                except KeyError:  # free
                    continue
                if inside is None and (found := _SPACE.match(self.data, at)):
                    places.add(found.end())
        return places

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


def _parsed(body: bytes) -> Any:
    """What stands between ``obj`` and ``endobj``: a stream, or a list of all values."""
    from pdfminer.pdfparser import PDFStreamParser
    from pdfminer.pdftypes import PDFStream
    from pdfminer.psparser import PSEOF

    stream = _STREAM.search(body)
    parser = PDFStreamParser(body[: stream.start() + 2] if stream else body)
    values = []
    try:
        while True:
            values.append(parser.nextobject()[1])
    except PSEOF:
        pass
    if stream is None or not values or not isinstance(values[-1], dict):
        return values
    end = body.rfind(b"endstream")
    found = PDFStream(values[-1], body[stream.end() : end if end > 0 else len(body)])
    return _unpacked(found) if "N" in values[-1] and "First" in values[-1] else found


def _unpacked(stream: Any) -> Any:
    """All values of a stream of objects (7.5.7)."""
    return _parsed(stream.get_data())
