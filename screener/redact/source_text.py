"""A text file's bytes and characters side by side: edits in one, everything else kept in the other.

Encoding, byte order mark, line ends and even broken bytes outside the edits stay as they are.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.masking import GONE
from screener.redact.text import Edit

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "cp1252")


class SourceText:
    """``text`` is what ``data`` says after its byte order mark."""

    def __init__(self, data: bytes, text: str, encoding: str) -> None:
        self.text = text
        self._bom = b""
        self._encoding = encoding
        for bom, name in _BOMS:
            if data.startswith(bom):
                self._bom, self._encoding = bom, name
                break
        self._body = data[len(self._bom) :]

    def splice(self, edits: Sequence[Edit]) -> bytes:
        """The bytes with the edits, which are ordered and do not overlap.

        Raises SomethingLeft with the line where bytes and characters cannot be matched.
        """
        if not edits:
            return self._bom + self._body
        if self._encoding and _encodes_to(self.text, self._encoding, self._body):
            return self._bom + _spliced(self.text, edits, self._encoding)
        return self._bom + self._by_lines(edits)

    def _by_lines(self, edits: Sequence[Edit]) -> bytes:
        """Line by line, each in the encoding that explains it: a file pasted together from two."""
        texts = self.text.split("\n")
        rows = self._body.split(b"\n")
        if len(texts) != len(rows):
            raise _lost(1)
        done, start = [], 0
        waiting = list(edits)
        for number, (text, row) in enumerate(zip(texts, rows, strict=True), 1):
            end = start + len(text)
            here: list[Edit] = []
            while waiting and waiting[0][0] < end:
                first, last, new = waiting.pop(0)
                here.append((first - start, min(last, end) - start, new))
                if last > end:  # goes on in the next line
                    waiting.insert(0, (end + 1, max(last, end + 1), ""))
            done.append(self._line(text, row, here, number) if here else row)
            start = end + 1
        return b"\n".join(done)

    def _line(self, text: str, row: bytes, edits: Sequence[Edit], number: int) -> bytes:
        names = [self._encoding] if self._encoding else []
        for name in (*names, *_CANDIDATES):
            if _encodes_to(text, name, row):
                return _spliced(text, edits, name)
        for name in (*names, *_CANDIDATES):
            if (ends := _byte_ends(text, row, name)) is not None:
                parts, last = [], 0
                for first, end, new in edits:
                    begin = ends[first - 1] if first else 0
                    parts += [row[last:begin], _encoded(new, name)]
                    last = ends[end - 1]
                return b"".join((*parts, row[last:]))
        raise _lost(number)


def _encodes_to(text: str, encoding: str, data: bytes) -> bool:
    try:
        return text.encode(encoding) == data
    except (UnicodeEncodeError, LookupError):
        return False


def _spliced(text: str, edits: Sequence[Edit], encoding: str) -> bytes:
    parts, last = [], 0
    for start, end, new in edits:
        parts += [text[last:start].encode(encoding), _encoded(new, encoding)]
        last = end
    return b"".join((*parts, text[last:].encode(encoding)))


def _encoded(new: str, encoding: str) -> bytes:
    """The replacement; stars where this encoding lacks its characters."""
    try:
        return new.encode(encoding)
    except UnicodeEncodeError:
        return GONE.encode(encoding)


def _byte_ends(text: str, row: bytes, encoding: str) -> list[int] | None:
    """For every character the end of its bytes, or None when this codec gives another text."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    ends: list[int] = []
    found: list[str] = []
    for position in range(len(row)):
        new = decoder.decode(row[position : position + 1])
        found.append(new)
        ends += [position + 1] * len(new)
    rest = decoder.decode(b"", final=True)
    found.append(rest)
    ends += [len(row)] * len(rest)
    return ends if "".join(found) == text else None


def _lost(line: int) -> SomethingLeft:
    return SomethingLeft(
        _("{place}: the bytes there do not match the text that was read").format(
            place=_("line {line}").format(line=line)
        ),
        advice=_("Save the file as UTF-8 and hand it in again."),
    )
