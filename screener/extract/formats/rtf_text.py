"""The words of rich text in a mail ([MS-OXRTFCP] packed, [MS-OXRTFEX] with a page inside)."""

from __future__ import annotations

import re
import struct

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary of the packing holds before the first byte."""
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_RING = 4096
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+"
)
_BREAKS = frozenset((b"par", b"line", b"row", b"sect", b"page"))
_READ = (b"htmltag", b"mhtmltag", b"annotation")
_GAPS = frozenset((b"tab", b"cell", b"nestcell"))
_BYTES = frozenset(
    (b"pict", b"objdata", b"themedata", b"colorschememapping", b"datastore", b"blipuid")
)
"""Groups of bytes in hexadecimal digits."""
_NOT_TEXT = _BYTES | frozenset(
    (
        *(b"fonttbl", b"colortbl", b"stylesheet", b"generator", b"listtable"),
        *(b"listoverridetable", b"rsidtbl", b"latentstyles", b"xmlnstbl", b"mmathPr"),
    )
)


def unpack_rtf(data: bytes, limit: int) -> bytes:
    """Rich text from its packed form. Raises ValueError for what is none or too long."""
    if len(data) < 16:
        raise ValueError("too short")
    _size, raw, kind, _crc = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[16 : 16 + raw]
    if kind != _PACKED or raw > limit:
        raise ValueError("not packed rich text")
    ring = bytearray(_START) + bytearray(_RING - len(_START))
    write, at, made = len(_START), 16, bytearray()
    while at < len(data) and len(made) < raw:
        control, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(made) >= raw:
                break
            if not control >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            elif at + 1 < len(data):
                token, at = data[at] << 8 | data[at + 1], at + 2
                start, length = token >> 4, (token & 15) + 2
                if start == write:
                    return bytes(made)
                piece = _copied(ring, start, length, write)
            else:
                break
            for byte in piece:
                ring[write] = byte
                write = (write + 1) % _RING
            made += piece
    return bytes(made[:raw])


def _copied(ring: bytearray, start: int, length: int, write: int) -> bytes:
    """Bytes of the ring; where they run into what they write themselves, they repeat."""
    ahead = (write - start) % _RING or _RING
    first = bytes(ring[(start + step) % _RING] for step in range(min(length, ahead)))
    return (first * (length // len(first) + 1))[:length]


def rtf_text(data: bytes, *, everything: bool = False, tables: bool = False) -> str:
    """All words, hidden ones too, in the order of the text; lines where paragraphs end.

    ``everything`` also gives groups of kinds that programs may pass over, ``tables`` those that
    name fonts, styles and lists.
    """
    return _Words(data, everything, _BYTES if tables else _NOT_TEXT).read()


class _Words:
    """Walks the groups once; an explicit stack, so depth costs no recursion."""

    def __init__(self, data: bytes, everything: bool, passed: frozenset[bytes]) -> None:
        self.data = data
        self.everything = everything
        self.passed = passed
        page = re.search(rb"\\ansicpg([0-9]{3,5})", data[:2000])
        number = int(page[1]) if page else 936
        self.codec = {936: "gb18030", 950: "big5", 65001: "utf-8"}.get(number, f"cp{number}")
        self.parts: list[str] = []
        self.raw = bytearray()
        self.groups: list[tuple[bool, int]] = []
        self.silent = False
        self.units = 1
        self.skip = 0
        self.star = False

    def read(self) -> str:
        """The text, with HTML tags of an enclosed page taken out."""
        for token in _TOKEN.finditer(self.data):
            word, number, code, sign, brace, plain = token.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif sign:
                self._sign(sign)
            elif plain:
                self._bytes(plain)
        self._flush()
        text = "".join(self.parts)
        if b"\\fromhtml" in self.data[:400]:
            text = re.sub("<[^<>]{0,2000}>", "", text)
        return re.sub("\n{2,}", "\n", text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            self.groups.append((self.silent, self.units))
        elif self.groups:
            self.silent, self.units = self.groups.pop()
        self.star = False

    def _word(self, word: bytes, number: int | None) -> None:
        passed = self.star and word not in _READ and not self.everything
        if word in self.passed or passed:
            self.silent = True
        self.star = False
        if word == b"u" and number is not None:
            self._flush()
            if not self.silent:
                self.parts.append(_unit(number))
            self.skip = self.units
        elif word == b"uc":
            self.units = min(number or 0, 8)
        elif word in _BREAKS or word in _GAPS:
            self._flush()
            if not self.silent:
                self.parts.append("\n" if word in _BREAKS else "\t")
        elif word == b"bin":
            self.silent = True

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.star = True
        elif sign in b"\\{}":
            self._bytes(sign)
        elif sign == b"~":
            self._bytes(b" ")

    def _bytes(self, piece: bytes) -> None:
        if self.skip:
            passed = min(self.skip, len(piece))
            self.skip -= passed
            piece = piece[passed:]
        if not self.silent:
            self.raw += piece

    def _flush(self) -> None:
        if self.raw:
            try:
                text = self.raw.decode(self.codec)
            except (UnicodeDecodeError, LookupError):
                text = self.raw.decode("gb18030", "replace")
            self.parts.append(text)
            self.raw.clear()


def _unit(number: int) -> str:
    """A UTF-16 unit given as a signed number; halves of a pair stay what they are."""
    unit = number & 0xFFFF
    return "\ufffd" if 0xD800 <= unit <= 0xDFFF else chr(unit)
