"""A last look at a package: long numbers that stand in a part but not in the text that was read.

A reader knows what its format keeps where. This does not: whoever puts a number into a part where
none belongs (a theme, a list of fonts, a part under another's name) has it found all the same.
"""

from __future__ import annotations

import html
import io
import re
import zipfile

from screener.extract.builder import DocumentBuilder
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_NUMBER = re.compile(rb"(?<![0-9A-Za-z])(?<![0-9]\.)[0-9]{11,19}[Xx]?(?![0-9A-Za-z])(?!\.[0-9])")
_NUMBER_READ = re.compile("[0-9]{11,19}[Xx]?")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
MOST = 1000
"""Numbers that are added from one package; more than that no person looks through."""


def add_leftovers(data: bytes, builder: DocumentBuilder) -> None:
    """Add what no reader found in a package (its size is known to be within limits)."""
    read = builder.text
    known = {word.encode("ascii") for word in _NUMBER_READ.findall(read)}
    flat = ""
    added = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            try:
                content = package.read(entry)
            except Exception:  # zipfile raises a dozen types for what is torn
                builder.unread(_("part {part}").format(part=entry.filename), UnreadReason.CORRUPT)
                continue
            new = dict.fromkeys(n for n in _numbers(content) if n not in known)
            known.update(new)
            if new and not flat:
                flat = re.sub("[\n\r\t ]", "", read)
            for number in new:
                word = number.decode("ascii")
                if added < MOST and word not in flat:
                    added += 1
                    place = Property(entry.filename)
                    builder.add(word, SegmentKind.HIDDEN, place, visible=False)


def _numbers(content: bytes) -> list[bytes]:
    if content.startswith(_MARKS):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\0" in content[:256]:
        return []  # a picture, a font or a file that its own reader reads
    if b"&#" in content:
        content = html.unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    return _NUMBER.findall(content)
