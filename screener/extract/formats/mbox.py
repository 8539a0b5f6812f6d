"""Many mails in one file, one behind another (mbox, RFC 4155)."""

from __future__ import annotations

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.sniff import MAIL_STARTS
from screener.i18n import _
from screener.model.document import UnreadReason


class MboxReader:
    """Every mail by the reader of mails."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Part the file before each line that begins a mail; what stands before all is a part."""
        starts = [found.start(1) for found in MAIL_STARTS.finditer(data)]
        if data[: starts[0] if starts else None].strip():
            starts.insert(0, 0)
        for number, start in enumerate(starts, 1):
            context.spent.members += 1
            if context.spent.members > context.limits.members:
                detail = _("more than {limit} members ({key})").format(
                    limit=context.limits.members, key="[limits] members"
                )
                raise Unreadable(UnreadReason.TOO_LARGE, detail)
            end = starts[number] if number < len(starts) else len(data)
            name = _("mail {number}").format(number=number) + ".eml"
            read_inside(builder, context, data[start:end], name)
