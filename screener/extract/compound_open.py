"""Opens compound files ([MS-CFB]), whose tables of sectors may be made to lead in circles.

olefile follows a chain of sectors for as long as the stream says it is, so a stream that claims
4 GB in a file of 5 kB costs 4 GB and a minute. No stream is larger than its file.
"""

from __future__ import annotations

import io
from typing import Any

from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins."""
TOO_LONG = "a stream larger than its file"
"""What ``parsing_issues`` says of one."""
_TABLE_SECTORS = slice(44, 48)
_LEAST_SECTOR = 512


def opened(data: bytes, *, strict: bool = False) -> Any:
    """The file's streams (an OleFileIO), to be closed. Raises Unreadable for a torn one.

    ``strict`` takes offence at all that olefile knows to be wrong. Else ``parsing_issues`` of what
    is returned tells it; a stream that claims more than the whole file is read as far as that.
    """
    import olefile

    torn = Unreadable(UnreadReason.CORRUPT, _("the file is torn"))
    if int.from_bytes(data[_TABLE_SECTORS], "little") * _LEAST_SECTOR > len(data):
        raise torn
    level = olefile.DEFECT_INCORRECT if strict else olefile.DEFECT_FATAL
    try:
        streams = olefile.OleFileIO(io.BytesIO(data), raise_defects=level)
    except Exception as error:  # olefile raises a dozen types for what is broken
        raise torn from error
    for entry in streams.direntries:
        if entry is not None and entry.size > len(data):
            entry.size = max(len(data), streams.minisectorcutoff)
            streams.parsing_issues.append((OSError, TOO_LONG))
    if strict and streams.parsing_issues:
        streams.close()
        raise torn
    return streams


def is_whole(streams: Any, name: str) -> bool:
    """Whether the sectors of an opened stream lead to an end, and not before its length.

    olefile stops at the length that a stream claims, wherever its sectors have led by then.
    """
    import olefile

    entry = next(e for e in streams.root.kids if e.name.lower() == name.lower())
    small = entry.size < streams.minisectorcutoff
    table = streams.minifat if small else streams.fat
    left = -(-entry.size // (streams.minisectorsize if small else streams.sectorsize))
    sector = entry.isectStart
    for _step in range(len(table)):
        if not sector < len(table):
            break
        sector = table[sector]
        left -= 1
    return bool(sector == olefile.ENDOFCHAIN and left <= 0)
