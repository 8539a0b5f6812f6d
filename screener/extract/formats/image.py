"""Pictures: every page through text recognition, and what the file says beside its pixels."""

from __future__ import annotations

import io
from dataclasses import replace

from screener.extract import ocr, ocr_text, picture
from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.picture_data import read_data
from screener.extract.picture_rest import thumbnail
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

_LOOK = (48, 48)
"""Pixels at which a small picture is compared with the picture it stands for."""
_DIFFERENT = 6.0
"""Mean difference of 255 from which it is another one."""


class ImageReader:
    """Recognised text with boxes and confidence, then EXIF, GPS, comments, XMP, IPTC.

    The properties are read even where no text recognition is installed. A picture that is blank or
    too small for text counts as passed over in the facts.
    """

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Decode page by page; each page that cannot be read is told."""
        image = picture.opened(data, context.limits)
        count = getattr(image, "n_frames", 1)
        try:
            self._frames(image, count, builder, context)
        except Unreadable:
            raise
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise Unreadable(UnreadReason.CORRUPT, _("the picture is torn")) from error
        finally:
            read_data(image, data, builder)
            self._thumbnail(image, data, builder, context)
        if count > context.limits.pages:
            what = _("pages {first} to {last}").format(first=context.limits.pages + 1, last=count)
            builder.unread(what, UnreadReason.TOO_LARGE)

    def _frames(
        self, image: picture.Picture, count: int, builder: DocumentBuilder, context: ReadContext
    ) -> None:
        if count == 1 and picture.shows_nothing(*image.size):
            _pass_over(builder)
            return
        looked_at: set[bytes] = set()
        for number, page in enumerate(picture.frames(image, context.limits), 1):
            self._clear(image, number if count > 1 else None, builder, context)
            pixels = page.tobytes()
            if pixels in looked_at:
                continue
            if len(looked_at) < 4:  # pages repeat in moving pictures, seldom elsewhere
                looked_at.add(pixels)
            if picture.is_blank(page):
                _pass_over(builder)
                continue
            frame = ocr_text.Frame(frame=number if count > 1 else None)
            what = _("the picture")
            if count > 1:
                what = _("page {page} of the picture").format(page=number)
            try:
                seen = ocr.recognise(page, context.limits, context.spent)
            except Unreadable as problem:
                builder.unread(what, problem.reason, problem.detail)
                self._left_over(number, count, problem, builder)
                return
            ocr_text.write_page(seen, builder, frame, what)

    def _thumbnail(
        self, image: picture.Picture, data: bytes, builder: DocumentBuilder, context: ReadContext
    ) -> None:
        """A small picture in the picture is read when it shows another one (before a change)."""
        small = thumbnail(data)
        if small and context.depth < context.limits.depth and _differs(image, small):
            read_inside(builder, context, small, _("small picture in the picture") + ".jpg")

    def _clear(
        self,
        image: picture.Picture,
        number: int | None,
        builder: DocumentBuilder,
        context: ReadContext,
    ) -> None:
        """What is drawn in the transparent parts of the page that was decoded last."""
        drawn = picture.clear_ink(image)
        if drawn is None:
            return
        frame = ocr_text.Frame(frame=number, state="transparent", seen=False)
        try:
            seen = ocr.recognise(drawn, context.limits, context.spent)
        except Unreadable as problem:
            what = _("the transparent parts of the picture")
            builder.unread(what, problem.reason, problem.detail)
        else:
            ocr_text.write(seen, builder, frame)

    def _left_over(
        self, number: int, count: int, problem: Unreadable, builder: DocumentBuilder
    ) -> None:
        """The pages behind one where recognition ended share one entry."""
        if number < count:
            what = _("pages {first} to {last}").format(first=number + 1, last=count)
            builder.unread(what, problem.reason, problem.detail)


def _pass_over(builder: DocumentBuilder) -> None:
    facts = builder.facts
    builder.set_facts(replace(facts, passed_over=facts.passed_over + 1))


def _differs(image: picture.Picture, small: bytes) -> bool:
    """Whether a small picture shows another one; in doubt it does."""
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(small), formats=("JPEG",)) as opened:
            one = np.asarray(opened.convert("L").resize(_LOOK), dtype=np.int16)
        image.seek(0)
        other = np.asarray(image.convert("L").resize(_LOOK), dtype=np.int16)
    except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError):
        return True
    return bool(np.abs(one - other).mean() > _DIFFERENT)
