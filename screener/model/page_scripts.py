"""Words that a page's scripts keep packed: escapes of characters, strings in base64."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

_ESCAPED = re.compile(r"\\(?:u(?!d[89a-f])([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
"""A character written as an escape, surrogates left alone."""
_PACKED = re.compile(r"atob\(\s*([\"'])([A-Za-z0-9+/]{8,})={0,2}\1\s*\)")


def unpacked(script: str) -> str:
    """A script with its escaped characters, and behind it what it unpacks from base64."""
    if "\\" not in script and "atob" not in script:
        return script
    return "".join(text for text, _start, _end in stretches(script))


def stretches(script: str) -> Iterator[tuple[str, int, int]]:
    """The text of ``unpacked`` in parts, each with the stretch of the script that it comes from."""
    plain: list[tuple[str, int, int]] = []
    done = 0
    for found in _ESCAPED.finditer(script):
        plain += ((script[at], at, at + 1) for at in range(done, found.start()))
        plain.append((chr(int(found[1] or found[2], 16)), *found.span()))
        done = found.end()
    plain += ((script[at], at, at + 1) for at in range(done, len(script)))
    yield from plain
    for found in _PACKED.finditer("".join(sign for sign, _start, _end in plain)):
        if len(found[2]) % 4 != 1:
            first, last = plain[found.start(2)], plain[found.end(2) - 1]
            yield "\n" + _from_base64(found[2]), first[1], last[2]


def _from_base64(packed: str) -> str:
    return b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
