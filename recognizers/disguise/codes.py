r"""Characters written as codes (&#49;, %40, \u0031), and digits put backwards under an override."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import numeric

from recognizers.checksums import id_valid
from recognizers.disguise.edit import Edit
from recognizers.patterns import late

OVERRIDE = "\u202e"
_ENDS = "\u202c\u202d\u2069\n\r\u2028\u2029\x1e"
_LONGEST = 512
_REFERENCE = r"&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})(?:;|(?![0-9A-Fa-f]))"
_CODED = late(
    rf"{_REFERENCE}|(?:%[2-7][0-9A-Fa-f]){{4,}}|(?:\\u00[2-7][0-9A-Fa-f]){{2,}}"
    r"|(?<=[A-Za-z0-9])%40(?=[A-Za-z0-9\-]{1,63}\.[A-Za-z])"
)
_STARTS = ("&#", "%", "\\u00")
_SIZES = {"%": 3, "\\": 6}
_RINGS = "⓪①-⑳⓵-⓾⓿❶-❿㉑-㉟㊱-㊿"
_RINGED = late(rf"(?<=[一-鿿★])[{_RINGS}]{{1,4}}(?=[号栋幢座单室楼层组年月个])")
_TEN = 10
_FIRST, _LAST = 0x20, 0x7E
_FORWARDS = late(r"(?<![0-9])(?:1[3-9][0-9]{9}|(?P<id>[1-9][0-9]{16}[0-9Xx]))(?![0-9])")


def coded(text: str) -> Iterator[Edit]:
    """Every character of ASCII that is written as a code."""
    if not any(start in text for start in _STARTS):
        return
    for found in _CODED.finditer(text):
        start, end = found.span()
        if text[start] == "&":
            number = found.group()[2:].rstrip(";")
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if _FIRST <= code <= _LAST:
                yield Edit(start, end, chr(code), (start,), (end,))
            continue
        size = _SIZES[text[start]]
        starts = tuple(range(start, end, size))
        plain = "".join(chr(int(text[at + size - 2 : at + size], 16)) for at in starts)
        yield Edit(start, end, plain, starts, tuple(at + size for at in starts))


def numbered(text: str) -> Iterator[Edit]:
    """Numbers in rings before the unit that they count: ⑱号, ⑤⓪①室, ★⑩年."""
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
