"""What readers of archives share: sizes counted while unpacking, names in any encoding, links."""

from __future__ import annotations

from typing import Protocol

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside, refuse_inside
from screener.extract.package import SMALL_ENOUGH, too_much_unpacked
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

CHUNK = 1024 * 1024


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""


class Meter:
    """Counts what is unpacked from one archive against the limits of the whole file."""

    def __init__(self, packed: int, context: ReadContext) -> None:
        self.packed = max(packed, 1)
        self.context = context
        self.unpacked = 0

    def count(self, size: int) -> None:
        """Add bytes. Raises Unreadable past the limit in bytes or, for large ones, in ratio."""
        limits, spent = self.context.limits, self.context.spent
        self.unpacked += size
        spent.unpacked_bytes += size
        ratio = self.unpacked / self.packed
        too_dense = self.unpacked > SMALL_ENOUGH and ratio > limits.unpacked_ratio
        if too_dense or spent.unpacked_bytes > limits.unpacked_bytes:
            detail = too_much_unpacked(self.unpacked, ratio, dense=too_dense)
            raise Unreadable(UnreadReason.TOO_LARGE, detail)

    def member(self) -> None:
        """Count a member. Raises Unreadable past the limit."""
        self.context.spent.members += 1
        limit = self.context.limits.members
        if self.context.spent.members > limit:
            detail = _("more than {limit} members ({key})").format(
                limit=limit, key="[limits] members"
            )
            raise Unreadable(UnreadReason.TOO_LARGE, detail)

    def read(self, stream: Readable) -> bytes | None:
        """All of a stream, or None when it is longer than one file may be."""
        parts: list[bytes] = []
        have = 0
        while chunk := stream.read(CHUNK):
            self.count(len(chunk))
            have += len(chunk)
            if have > self.context.limits.file_bytes:
                return None
            parts.append(chunk)
        return b"".join(parts)


def put_member(
    builder: DocumentBuilder, context: ReadContext, name: str, data: bytes | None
) -> None:
    """Read a member that was unpacked; None stands for one that is too long."""
    if data is None:
        detail = _("larger than {limit} bytes ({key})").format(
            limit=context.limits.file_bytes, key="[limits] file_bytes"
        )
        refuse_inside(builder, context, name, UnreadReason.TOO_LARGE, detail)
    else:
        read_inside(builder, context, data, name)


def refuse_link(builder: DocumentBuilder, context: ReadContext, name: str, key: str) -> None:
    """Name a link, which is never followed."""
    detail = _("a link; it is not followed")
    refuse_inside(builder, context, name, UnreadReason.EXTERNAL, detail, key=key)
