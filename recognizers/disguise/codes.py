r"""Characters written as codes (&#49;, %40, \u0031), and digits put backwards under an override."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import numeric

from recognizers.checksums import id_valid
from recognizers.disguise.edit import Edit
from recognizers.patterns import late

OVERRIDE = "\u202e"
_ENDS = "\u202c\u202d\u2069\n\r\u2028\u2029\x1e"
_LONGEST = 512
_RINGS = "⓪①-⑳⓵-⓾⓿❶-❿㉑-㉟㊱-㊿"
_RINGED = late(rf"(?<=[一-鿿★])[{_RINGS}]{{1,4}}(?=[号栋幢座单室楼层组年月个])")
_ANY_RING = late(f"[{_RINGS}]")
_TEN = 10
_FIRST, _LAST = 0x20, 0x7E
_FORWARDS = late(r"(?<![0-9])(?:1[3-9][0-9]{9}|(?P<id>[1-9][0-9]{16}[0-9Xx]))(?![0-9])")


def coded(text: str) -> list[Edit]:
    """Every character of ASCII that is written as a code, by start."""
    edits: list[Edit] = []
    for mark, pattern, read in _FORMS:
        if mark in text:
            edits += filter(None, map(read, pattern.finditer(text)))
    return sorted(edits)


def _reference(found: re.Match[str]) -> Edit | None:
    start, end = found.span()
    number = found.group()[2:].rstrip(";")
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return Edit(start, end, chr(code), (start,), (end,)) if _FIRST <= code <= _LAST else None


def _percents(found: re.Match[str]) -> Edit | None:
    start = found.start()
    if found.group() == "%40" and not found.string[max(0, start - 1) : start].isalnum():
        return None
    return _hexadecimal(found, 3)


def _escapes(found: re.Match[str]) -> Edit:
    return _hexadecimal(found, 6)


def _hexadecimal(found: re.Match[str], size: int) -> Edit:
    """Characters of this size each, which end with two hexadecimal digits."""
    starts = tuple(range(*found.span(), size))
    plain = "".join(chr(int(found.string[at + size - 2 : at + size], 16)) for at in starts)
    return Edit(*found.span(), plain, starts, tuple(at + size for at in starts))


_FORMS = (
    ("&#", late(r"&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})(?:;|(?![0-9A-Fa-f]))"), _reference),
    (
        "%",
        late(
            r"%(?:[2-7][0-9A-Fa-f](?:%[2-7][0-9A-Fa-f]){3,}"
            r"|40(?=[A-Za-z0-9\-]{1,63}\.[A-Za-z]))"
        ),
        _percents,
    ),
    ("\\u00", late(r"\\u00[2-7][0-9A-Fa-f](?:\\u00[2-7][0-9A-Fa-f])+"), _escapes),
)
"""Each pattern begins with a literal, which is looked for first: most texts have none."""


def numbered(text: str) -> Iterator[Edit]:
    """Numbers in rings before the unit that they count: ⑱号, ⑤⓪①室, ★⑩年."""
    if not _ANY_RING.search(text):
        return
    for found in _RINGED.finditer(text):
        start, end = found.span()
        values = [round(numeric(c)) for c in found.group()]
        if len(values) == 1 or max(values) < _TEN:
            plain = "".join(map(str, values))
            last = end - 1
            starts = (*range(start, last), *((last,) * (len(plain) - (last - start))))
            yield Edit(start, end, plain, starts, tuple(at + 1 for at in starts))


def backwards(raw: str) -> list[tuple[int, int]]:
    """The stretches of a raw text that an override shows backwards; not those that read forwards.

    A stretch ends with the line or with the mark that ends the override, and is 512 characters at
    most: nobody reads a paragraph backwards.
    """
    found = []
    at = raw.find(OVERRIDE)
    while at >= 0:
        end = start = at + 1
        last = min(len(raw), start + _LONGEST)
        while end < last and raw[end] not in _ENDS and raw[end] != OVERRIDE:
            end += 1
        stretch = raw[start:end]
        if any(c.isdigit() for c in stretch) and not _reads_forwards(stretch):
            found.append((start, end))
        at = raw.find(OVERRIDE, end)
    return found


def _reads_forwards(stretch: str) -> bool:
    """Whether a phone or a valid ID number stands there in the order of the text."""
    found = _FORWARDS.search(stretch)
    return found is not None and (found["id"] is None or id_valid(found["id"].upper()))
