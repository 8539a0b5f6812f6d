"""What is torn in a PDF though a reader still opens it: programs then differ in what they show."""

from __future__ import annotations

import re

from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.known import Known
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_OBJECT = re.compile(rb"[0-9] [0-9]+ obj[\r\n\t <\[]")
"""Behind the end: of an update that was cut off."""
_SECOND_FILE = re.compile(rb"%%EOF[\r\n\t \0]*%PDF-")
_INDEX_AT = re.compile(rb"startxref[\r\n\t ]+([0-9]+)")
_INDEX = re.compile(rb"[\r\n\t ]*(?:xref|[0-9]+[\r\n\t ]+[0-9]+[\r\n\t ]+obj)")


_NUMBER = re.compile(
    rb"(?<![0-9.])(?<![0-9A-Fa-f][A-Fa-f])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Fa-f.])"
)
"""ID and mobile numbers as they stand in the bytes, those inside hexadecimal ones left out."""


def add_plain_numbers(data: bytes, builder: DocumentBuilder) -> None:
    """Numbers of people that stand in the bytes of a file, where nothing led to them so far."""
    found = sorted(set(_NUMBER.findall(data)))
    known = Known(builder.text) if found else None
    for number in found:
        text = number.decode("ascii")
        if known is not None and known.lacks(text):
            builder.add(text, SegmentKind.HIDDEN, Property("bytes"), visible=False)


def say_what_is_torn(data: bytes, builder: DocumentBuilder) -> None:
    """Name what makes programs differ in what they show: a cut end, a second file, a torn index."""
    behind_end = data[data.rfind(b"%%EOF") :]
    if b"%%EOF" not in data[-4096:] or _OBJECT.search(behind_end):
        what = _("the end of the file")
        builder.unread(what, UnreadReason.CORRUPT, _("it is cut off; pages may be missing"))
    if _SECOND_FILE.search(data):
        what = _("a second file behind the first")
        builder.unread(what, UnreadReason.CORRUPT, _("other programs may show the other one"))
    starts = _INDEX_AT.findall(data)
    at = int(starts[-1][:19]) if starts else 0
    header = max(data.find(b"%PDF-"), 0)
    if not any(_INDEX.match(data, place) for place in (at, at + header)):
        detail = _("it is torn; other programs may show other pages")
        builder.unread(_("the index of the file"), UnreadReason.CORRUPT, detail)
