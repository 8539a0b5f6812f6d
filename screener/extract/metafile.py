"""Drawings of Windows: the words that WMF and EMF files draw, and the pictures in them.

A metafile is a list of drawing commands ([MS-WMF], [MS-EMF], [MS-EMFPLUS]). Words that end where
the next ones begin are one text; a new line or a gap parts them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_TEXT_A, _TEXT_W, _POLY_A, _POLY_W, _SMALL_TEXT, _COMMENT, _END = 83, 84, 96, 97, 108, 70, 14
_BITMAPS = {
    **dict.fromkeys((76, 77, 114, 116), 84),
    **{78: 84, 79: 96, 80: 48, 81: 48},
}
"""Records with a bitmap, and where the places of its header and bits stand in them."""
_OUTLINES = frozenset((2, 3, 5, 8, 59, 85, 86, 88, 91))
"""Curves, polygons and paths: letters may be drawn with them."""
_GLYPHS, _NO_BOUNDS, _ONE_BYTE = 0x10, 0x100, 0x200
_PLUS = b"EMF+"
_PLUS_STRING, _PLUS_DRIVER_STRING, _PLUS_OBJECT = 0x401C, 0x4036, 0x4008
_PLUS_PATH_KIND = 3
_OLD_TEXT, _OLD_EXT_TEXT, _OLD_FONT = 0x0521, 0x0A32, 0x02FB
_OLD_BITMAPS = {0x0B41: 20, 0x0F43: 22, 0x0940: 16, 0x0D33: 18}
_OLD_OUTLINES = frozenset((0x0324, 0x0538))
_OPAQUE_OR_CLIPPED = 6
_CODECS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 204: "cp1251"}
_PACKED_PICTURE = re.compile(b"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xc0-\xfe]")
MANY = 20
"""Outlines from which on a drawing without words may hold letters drawn as lines."""


@dataclass(slots=True)
class Drawing:
    """What a metafile draws: lines of text, pictures (whole files), outlines of any shape.

    ``glyphs`` counts words that are told by the numbers of a font only, ``torn`` that it breaks.
    """

    lines: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    outlines: int = 0
    glyphs: int = 0
    torn: bool = False
    _last: tuple[int, int] | None = None
    _near: float = 0.0

    def say(self, text: str, at: tuple[int, int] | None, width: int | None) -> None:
        """Words at a place (x, y), and how far they reach, where that is told."""
        text = text.replace("\0", "")
        if not text:
            return
        last, near = self._last, self._near
        if at is None or last is None or not self.lines or abs(at[1] - last[1]) > near:
            self.lines.append(text)
        elif abs(at[0] - last[0]) <= near:
            self.lines[-1] += text
        else:
            self.lines[-1] += "\t" + text
        self._last = None if at is None or width is None else (at[0] + width, at[1])
        self._near = max(abs(width or 0) / len(text) * _LETTER, _NEAR)


_NEAR, _LETTER = 3, 0.6
"""Units of a drawing, or parts of a letter's width, by which words that follow may be apart."""


def is_emf(data: bytes) -> bool:
    """Whether these are bytes of an enhanced metafile."""
    return data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF"


def is_wmf(data: bytes) -> bool:
    """Whether these are bytes of an old metafile, with or without a head for its place."""
    return data.startswith(_PLACEABLE) or (
        data[:4] in (b"\1\0\x09\0", b"\2\0\x09\0") and data[4:6] in (b"\0\1", b"\0\3")
    )


def read_metafile(data: bytes) -> Drawing:
    """Everything that a metafile says. ``torn`` is set where its records break."""
    drawing = Drawing()
    if is_emf(data):
        _read_emf(data, drawing)
    else:
        _read_wmf(data, drawing)
    return drawing


def _read_emf(data: bytes, drawing: Drawing) -> None:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        body = data[at : at + size]
        if size < 8 or at + size > len(data):
            break
        if kind == _END:
            drawing.torn |= bool(data[at + size :].strip(b"\0"))
            return
        _emf_record(kind, body, drawing)
        at += size
    drawing.torn = True


def _emf_record(kind: int, body: bytes, drawing: Drawing) -> None:
    try:
        if kind in (_TEXT_A, _TEXT_W):
            _emf_text(body, 36, drawing, wide=kind == _TEXT_W)
        elif kind in (_POLY_A, _POLY_W):
            (count,) = struct.unpack_from("<I", body, 36)
            for step in range(min(count, len(body) // 40)):
                _emf_text(body, 40 + 40 * step, drawing, wide=kind == _POLY_W)
        elif kind == _SMALL_TEXT:
            _small_text(body, drawing)
        elif kind == _COMMENT and body[12:16] == _PLUS:
            _plus(body[16:], drawing)
        elif kind in _BITMAPS:
            header, length, bits, size = struct.unpack_from("<IIII", body, _BITMAPS[kind])
            if length and size:
                drawing.pictures.append(_bmp(body[header : header + length], body[bits:][:size]))
        elif kind in _OUTLINES:
            drawing.outlines += 1
    except struct.error:
        drawing.torn = True


def _emf_text(body: bytes, at: int, drawing: Drawing, *, wide: bool) -> None:
    """One EmrText object: reference point, count, place of the text, options, place of steps."""
    x, y, count, start, options = struct.unpack_from("<iiIII", body, at)
    (steps,) = struct.unpack_from("<I", body, at + 36)
    if options & _GLYPHS:
        drawing.glyphs += 1
        return
    raw = body[start : start + count * (2 if wide else 1)]
    text = raw.decode("utf-16-le", "replace") if wide else _narrow(raw)
    width = None
    if steps and steps + 4 * count <= len(body):
        width = sum(struct.unpack_from(f"<{count}i", body, steps))
    drawing.say(text, (x, y), width)


def _small_text(body: bytes, drawing: Drawing) -> None:
    x, y, count, options = struct.unpack_from("<iiII", body, 8)
    if options & _GLYPHS:
        drawing.glyphs += 1
        return
    start = 36 if options & _NO_BOUNDS else 52
    one = bool(options & _ONE_BYTE)
    raw = body[start : start + count * (1 if one else 2)]
    drawing.say(_narrow(raw) if one else raw.decode("utf-16-le", "replace"), (x, y), None)


def _plus(data: bytes, drawing: Drawing) -> None:
    """Records of the newer kind, which stand inside comments."""
    at = 0
    while at + 12 <= len(data):
        kind, flags, size, length = struct.unpack_from("<HHII", data, at)
        if size < 12:
            return
        body = data[at + 12 : at + 12 + length]
        if kind == _PLUS_STRING and len(body) >= 28:
            (count,) = struct.unpack_from("<I", body, 8)
            _once(drawing, body[28 : 28 + 2 * count].decode("utf-16-le", "replace"))
        elif kind == _PLUS_DRIVER_STRING and len(body) >= 16:
            options, _matrix, count = struct.unpack_from("<III", body, 4)
            if options & 1:
                _once(drawing, body[16 : 16 + 2 * count].decode("utf-16-le", "replace"))
            else:
                drawing.glyphs += 1
        elif kind == _PLUS_OBJECT:
            found = _PACKED_PICTURE.search(body, 0, 200)
            if found:
                drawing.pictures.append(body[found.start() :])
            drawing.outlines += flags >> 8 & 0x7F == _PLUS_PATH_KIND
        at += size


def _once(drawing: Drawing, text: str) -> None:
    """The same words stand there twice, for old and new programs."""
    if text.strip("\0 ") and all(text not in line for line in drawing.lines):
        drawing.say(text, None, None)


def _read_wmf(data: bytes, drawing: Drawing) -> None:
    at = 22 if data.startswith(_PLACEABLE) else 0
    at += 18
    codec = "gb18030"
    while at + 6 <= len(data):
        words, kind = struct.unpack_from("<IH", data, at)
        body = data[at + 6 : at + 2 * words]
        if words < 3 or at + 2 * words > len(data):
            break
        if kind == 0:
            drawing.torn |= bool(data[at + 2 * words :].strip(b"\0"))
            return
        if kind == _OLD_FONT and len(body) > 13:
            codec = _CODECS.get(body[13], "gb18030")
        _wmf_record(kind, body, codec, drawing)
        at += 2 * words
    drawing.torn = True


def _wmf_record(kind: int, body: bytes, codec: str, drawing: Drawing) -> None:
    try:
        if kind == _OLD_TEXT:
            (count,) = struct.unpack_from("<H", body)
            end = 2 + count + count % 2
            y, x = struct.unpack_from("<hh", body, end)
            drawing.say(_narrow(body[2 : 2 + count], codec), (x, y), None)
        elif kind == _OLD_EXT_TEXT:
            y, x, count, options = struct.unpack_from("<hhHH", body)
            start = 16 if options & _OPAQUE_OR_CLIPPED else 8
            steps = start + count + count % 2
            width = None
            if count and steps + 2 * count <= len(body):
                width = sum(struct.unpack_from(f"<{count}h", body, steps))
            if options & _GLYPHS:
                drawing.glyphs += 1
            else:
                drawing.say(_narrow(body[start : start + count], codec), (x, y), width)
        elif kind in _OLD_BITMAPS and len(body) > _OLD_BITMAPS[kind] + 40:
            drawing.pictures.append(_bmp(body[_OLD_BITMAPS[kind] :], b""))
        elif kind in _OLD_OUTLINES:
            drawing.outlines += 1
    except struct.error:
        drawing.torn = True


def _narrow(raw: bytes, codec: str = "gb18030") -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _bmp(header: bytes, bits: bytes) -> bytes:
    """A picture file of a bitmap's header and bits; they may follow each other in ``header``."""
    size, _w, _h, _planes, depth, packing = struct.unpack_from("<IiiHHI", header)
    colours = struct.unpack_from("<I", header, 32)[0] if size >= 40 else 0
    palette = 4 * (colours or (1 << depth if depth <= 8 else 0))
    masks = 12 if packing == 3 and size == 40 else 0
    offset = 14 + (len(header) if bits else min(size + palette + masks, len(header)))
    whole = header + bits
    return b"BM" + struct.pack("<IHHI", 14 + len(whole), 0, 0, offset) + whole


def presentation(data: bytes) -> Iterator[bytes]:
    """The metafile in a stream ``OlePres`` of a compound file ([MS-OLEDS] 2.3.4)."""
    try:
        (marker,) = struct.unpack_from("<I", data)
        at = 4 if marker == 0 else 8 if marker >= 0xFFFFFFFE else 4 + marker
        (device,) = struct.unpack_from("<I", data, at)
        at += max(device, 4) + 24
        (size,) = struct.unpack_from("<I", data, at)
    except struct.error:
        return
    held = data[at + 4 : at + 4 + size]
    if is_emf(held) or is_wmf(held):
        yield held
