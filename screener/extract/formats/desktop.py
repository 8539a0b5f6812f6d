"""What desktops put beside files: names, comments and paths, and nothing that a person wrote there.

Finder's ``.DS_Store`` and ``._name`` (AppleDouble, RFC 1740), Windows' shortcuts ([MS-SHLLINK]).
They come along in archives and tell names of files that are long gone.
"""

from __future__ import annotations

import struct

from screener.extract.builder import DocumentBuilder
from screener.extract.registry import APPLE_DOUBLE, DS_STORE, ReadContext
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_FORK, _EMPTY_FORK = 2, 300
"""Kind of the entry with a second content of the file, and the size of one that holds nothing."""


class DesktopReader:
    """The words in it as metadata."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Words as they stand, and once more with the bytes of UTF-16 the other way round."""
        found = dict.fromkeys(words(data))
        if context.media_type == DS_STORE:
            for shift in (0, 1):
                even = data[shift : len(data) - (len(data) - shift) % 2]
                swapped = bytearray(len(even))
                swapped[0::2], swapped[1::2] = even[1::2], even[0::2]
                found |= dict.fromkeys(words(bytes(swapped)))
        for text in found:
            builder.add(text, SegmentKind.METADATA, Property(context.name), visible=False)
        if context.media_type == APPLE_DOUBLE and _has_fork(data):
            detail = _("a second content of the file, which only old programs of Apple keep")
            builder.unread(_("part of the file"), UnreadReason.UNSUPPORTED, detail)


def _has_fork(data: bytes) -> bool:
    count = int.from_bytes(data[24:26], "big")
    for number in range(min(count, 20)):
        entry = data[26 + 12 * number : 38 + 12 * number]
        if len(entry) == 12:
            kind, start, size = struct.unpack(">III", entry)
            told = data[start : start + size]
            if kind == _FORK and (size > _EMPTY_FORK and told.strip(b"\0")):
                return True
    return False
