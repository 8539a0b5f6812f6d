"""A last look at a package: long numbers that stand in a part but not in the text that was read.

A reader knows what its format keeps where. This does not: whoever puts a number into a part where
none belongs (a theme, a list of fonts, a part under another's name) has it found all the same.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter

from screener.extract.builder import DocumentBuilder
from screener.extract.charset import any_text
from screener.extract.strings import runs_of_digits, words
from screener.extract.zip_records import behind_end, sayings, strays, unlisted
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
        _add_from_frame(data, package, builder)
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


def _add_from_frame(data: bytes, package: zipfile.ZipFile, builder: DocumentBuilder) -> None:
    """What the archive around the parts holds: remarks, bytes of no part, parts that stand twice.

    Which of two parts of one name a program shows is its own choice; only one of them was read.
    """
    members = package.infolist()
    twice = [name for name, count in Counter(m.filename for m in members).items() if count > 1]
    for name in twice:
        detail = _("it stands in the package more than once")
        builder.unread(_("part {part}").format(part=name), UnreadReason.CORRUPT, detail)
    remarks = [any_text(raw) for raw in (package.comment, *(m.comment for m in members)) if raw]
    remarks += [text for member in members for text in sayings(member)]
    for text in dict.fromkeys(remarks):
        builder.add(text, SegmentKind.METADATA, Property(_("archive comment")), visible=False)
    lost = list(strays(data, package))
    for text in dict.fromkeys(text for raw in lost for text in words(raw)):
        place = Property(_("part of the archive"))
        builder.add(text, SegmentKind.HIDDEN, place, visible=False)
    beyond = behind_end(data)
    if lost or unlisted(data, members) or beyond:
        more = _("there are bytes behind its end")
        detail = more if beyond else _("members that its directory does not list")
        builder.unread(_("part of the archive"), UnreadReason.CORRUPT, detail)


def _numbers(content: bytes) -> list[bytes]:
    if content.startswith(_MARKS):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\0" in content[:256]:
        return []  # a picture, a font or a file that its own reader reads
    if b"&#" in content:
        content = html.unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
    tried = (_NUMBER.match(content, start) for start in runs_of_digits(content, 11))
    return [found.group() for found in tried if found]
