"""Files inside a file: members of archives, attachments, embedded files."""

from __future__ import annotations

import re

from screener.extract.builder import DocumentBuilder
from screener.extract.intake import printable
from screener.extract.registry import ReadContext
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import FileName, Member

_NUMBER = re.compile("[0-9０-９]{9,}[Xx]?|1[3-9][0-9]{9}")


def shown_name(name: str) -> str:
    """A member's name as places and unread parts may show it: long numbers masked.

    The name itself is screened as a segment of its own.
    """
    return _NUMBER.sub(lambda found: found.group()[:2] + "*" * (len(found.group()) - 2), name)


def read_inside(builder: DocumentBuilder, context: ReadContext, data: bytes, name: str) -> None:
    """Read a file that lies inside this one, with its name, into the builder."""
    name = printable(name)
    if context.read_member is None or context.depth >= context.limits.depth:
        detail = _("{limit} files inside one another are the limit ({key})").format(
            limit=context.limits.depth, key="[limits] depth"
        )
        refuse_inside(builder, context, name, UnreadReason.TOO_DEEP, detail)
        return
    document = context.read_member(data, name, context.depth + 1)
    builder.absorb(document, (shown_name(context.name), shown_name(name)))


def refuse_inside(
    builder: DocumentBuilder,
    context: ReadContext,
    name: str,
    reason: UnreadReason,
    detail: str = "",
    *,
    key: str = "",
) -> None:
    """Name a member that cannot be read; its name is screened all the same."""
    name = printable(name)
    add_name(builder, context, name)
    builder.unread(shown_name(name), reason, detail, key=key or name)


def add_name(builder: DocumentBuilder, context: ReadContext, name: str) -> None:
    """Add the name of a member that has no content to read (a folder, a link)."""
    place = Member((shown_name(context.name), shown_name(name)), FileName())
    builder.add(printable(name), SegmentKind.FILE_NAME, place)
