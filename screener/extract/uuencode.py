"""Files written into the text of a mail by old programs (uuencode, IEEE 1003.1)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_BEGIN = re.compile(rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)
_ENDS = {False: b"\nend", True: b"\n===="}
_MOST = 1_000
"""Files in one text."""


def packed_files(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each file that a text holds."""
    at = 0
    for _number in range(_MOST):
        found = _BEGIN.search(text, at)
        if found is None:
            return
        base64 = found[1] is not None
        at = text.find(_ENDS[base64], found.end() - 1)
        if at < 0:
            return
        content = _unpacked(text[found.end() : at], base64=base64)
        if content:
            yield found[2].strip(), content


def _unpacked(lines: bytes, *, base64: bool) -> bytes:
    """The bytes of a block, as far as its lines are sound."""
    content = bytearray()
    for line in lines.splitlines():
        try:
            content += binascii.a2b_base64(line) if base64 else binascii.a2b_uu(line)
        except binascii.Error:
            # some programs write more characters than the first one of the line tells
            size = ((line[0] - 32 & 63) * 4 + 5) // 3 if line else 0
            try:
                content += binascii.a2b_uu(line[:size])
            except binascii.Error:
                return bytes(content)
    return bytes(content)
