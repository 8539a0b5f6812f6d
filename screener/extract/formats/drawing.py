"""Drawings of Windows (wmf, emf): their words, and the pictures in them by their own format."""

from __future__ import annotations

from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.metafile import MANY, read_metafile
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Paragraph


class DrawingReader:
    """Words line by line, then pictures; what is drawn as outlines only is told."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Read the drawing's commands once."""
        drawing = read_metafile(data)
        for number, line in enumerate(drawing.lines, 1):
            builder.add(line, SegmentKind.BODY, Paragraph(number, "drawing"))
        for number, picture in enumerate(drawing.pictures, 1):
            context.spent.members += 1
            if context.spent.members > context.limits.members:
                detail = _("more than {limit} members ({key})").format(
                    limit=context.limits.members, key="[limits] members"
                )
                raise Unreadable(UnreadReason.TOO_LARGE, detail)
            suffix = ".bmp" if picture.startswith(b"BM") else ".png"
            name = _("picture {number}").format(number=number) + suffix
            read_inside(builder, context, picture, name)
        what = _("the drawing")
        if drawing.torn:
            builder.unread(what, UnreadReason.CORRUPT)
        elif drawing.glyphs:
            detail = _("some of its words are told by the numbers of a font only")
            builder.unread(what, UnreadReason.UNSUPPORTED, detail)
        elif drawing.outlines >= MANY and not drawing.lines and not drawing.pictures:
            detail = _("it is drawn in outlines, which may be letters")
            builder.unread(what, UnreadReason.UNSUPPORTED, detail)
