"""Words that a page's scripts keep packed: escapes of characters, strings in base64."""

from __future__ import annotations

import re
from base64 import b64decode

_ESCAPED = re.compile(r"\\(?:u(?!d[89a-f])([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
"""A character written as an escape, surrogates left alone."""
_PACKED = re.compile(r"atob\(\s*([\"'])([A-Za-z0-9+/]{8,})={0,2}\1\s*\)")


def unpacked(script: str) -> str:
    """A script with its escaped characters, and behind it what it unpacks from base64."""
    if "\\" not in script and "atob" not in script:
        return script
    plain = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), script)
    packed = (found[2] for found in _PACKED.finditer(plain) if len(found[2]) % 4 != 1)
    return "\n".join((plain, *map(_from_base64, packed)))


def _from_base64(packed: str) -> str:
    return b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8", "replace")
