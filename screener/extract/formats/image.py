"""Pictures: every page through text recognition, and what the file says beside its pixels."""

from __future__ import annotations

from dataclasses import replace

from screener.extract import ocr, ocr_text, picture
from screener.extract.builder import DocumentBuilder
from screener.extract.picture_data import read_data
from screener.extract.registry import ReadContext, Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason


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
