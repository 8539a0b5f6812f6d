"""Is a character seen? Draws a PDF page with and without some text and compares the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from screener.extract.formats.pdf_frame import Box, Frame

PIXELS = 4_000_000
"""Most pixels of a picture of a page."""
SCALE = 2.0
"""Pixels a point where the page is not too large for that."""
SEEN = 20
"""Difference of 255 that an eye still makes out."""
INKED = 100
"""Darkness of 255 from which a pixel belongs to a letter drawn in black."""
PART = 0.3
"""A letter of whose ink less than this is seen cannot be read."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The page as it is, which pixels the text changes, which are letters, where a box lies."""

    whole: Any
    changed: Any
    letters: Any
    pixel: Callable[[Box], tuple[int, int, int, int]]

    def seen(self, box: Box) -> bool | None:
        """Whether a letter is seen; None where it has no ink even when drawn alone."""
        left, top, right, bottom = self.pixel(box)
        trim = (right - left) // 5  # the edges belong to the neighbours as well
        view = slice(top, bottom), slice(left + trim, right - trim)
        letters = self.letters[view]
        ink = int(letters.sum())
        if ink < 2:
            return None
        return int((self.changed[view] & letters).sum()) >= ink * PART

    def ground(self, box: Box) -> tuple[int, int, int] | None:
        """The colour that fills most of a box on the page, None outside of it."""
        import numpy as np

        left, top, right, bottom = self.pixel(box)
        view = self.whole[top:bottom, left:right]
        if not view.size:
            return None
        red, green, blue = (int(part) for part in np.median(view, axis=(0, 1)))
        return red, green, blue


def draw(page: Any, suspects: list[Any], rest: list[Any]) -> Ink:
    """Draw the page as it is, without the suspects, and the suspects alone in black."""
    import numpy as np
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    scale = min(SCALE, (PIXELS / max(width * height, 1.0)) ** 0.5)
    whole = _picture(page, scale, notes=True)
    _switch(pdfium, suspects, False)
    without = _picture(page, scale, notes=True)
    _switch(pdfium, suspects, True)
    changed = np.abs(whole - without).max(axis=2) > SEEN
    _switch(pdfium, rest, False)
    for text in suspects:
        pdfium.FPDFPageObj_SetFillColor(text, 0, 0, 0, 255)
        pdfium.FPDFPageObj_SetStrokeColor(text, 0, 0, 0, 255)
    letters = _picture(page, scale, notes=False).min(axis=2) < 255 - INKED
    _switch(pdfium, rest, True)
    return Ink(whole, changed, letters, _pixels(page, scale))


def _pixels(page: Any, scale: float) -> Callable[..., tuple[int, int, int, int]]:
    frame = Frame.of(page)
    height = page.get_height()

    def pixel(box: Box) -> tuple[int, int, int, int]:
        left, bottom, right, top = frame.box(*box)
        return (
            max(int(left * scale), 0),
            max(int((height - top) * scale), 0),
            max(int(right * scale) + 1, 0),
            max(int((height - bottom) * scale) + 1, 0),
        )

    return pixel


def _switch(pdfium: Any, objects: Iterable[Any], on: bool) -> None:
    for item in objects:
        pdfium.FPDFPageObj_SetIsActive(item, on)


def _picture(page: Any, scale: float, *, notes: bool) -> Any:
    import numpy as np

    bitmap = page.render(scale=scale, draw_annots=notes, may_draw_forms=False, rev_byteorder=True)
    try:
        return bitmap.to_numpy()[:, :, :3].astype(np.int16)
    finally:
        bitmap.close()
