"""Is a character seen? Draws a PDF page with and without some text and compares the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from screener.extract.formats.pdf.frame import Box, Frame

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


FEW = 10_000
"""Numbers that tell the colour of a ground; letters as large as the page have millions."""
TOUCHED = 3
"""Pixels that change with a letter on its own ground, when it is seen."""


class Ink:
    """Part of a page with some text under suspicion.

    Draws the part as it is and without that text; the text alone, in black, only when asked.
    ``area`` is a box of the file, ``rest`` are all other objects of the page.
    """

    def __init__(self, page: Any, area: Box, suspects: list[Any], rest: list[Any]) -> None:
        import numpy as np
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._suspects = suspects
        self._rest = rest
        self._frame = Frame.of(page)
        self._letters: Any = None
        width, height = page.get_size()
        left, bottom, right, top = self._frame.box(*area)
        left = min(max(int(left), 0), max(int(width) - 1, 0))
        right = min(max(int(right) + 1, left + 1), width)
        bottom = min(max(int(bottom), 0), max(int(height) - 1, 0))
        top = min(max(int(top) + 1, bottom + 1), height)
        self._left, self._top = left, top
        self._crop = (left, bottom, width - right, height - top)
        self._scale = min(SCALE, (PIXELS / max((right - left) * (top - bottom), 1)) ** 0.5)
        self._whole = self._picture(notes=True)
        self._switch(suspects, False)
        without = self._picture(notes=True)
        self._switch(suspects, True)
        more = np.maximum(self._whole, without)
        self._changed = _any(more - np.minimum(self._whole, without, out=without) > SEEN)

    def touched(self, box: Box) -> bool:
        """Whether the page looks different in a box with the text than without it."""
        return int(self._changed[self._view(box)].sum()) >= TOUCHED

    def seen(self, box: Box) -> bool | None:
        """Whether a letter can be read; None where it has no ink even when drawn alone."""
        if self._letters is None:
            self._letters = self._draw_alone()
        rows, columns = self._view(box)
        trim = (columns.stop - columns.start) // 5  # the edges belong to the neighbours as well
        view = rows, slice(columns.start + trim, columns.stop - trim)
        letters = self._letters[view]
        ink = int(letters.sum())
        if ink < 2:
            return None
        return int((self._changed[view] & letters).sum()) >= ink * PART

    def ground(self, box: Box) -> tuple[int, int, int] | None:
        """The colour that fills most of a box on the page, None outside of it."""
        import numpy as np

        view = self._whole[self._view(box)]
        if not view.size:
            return None
        step = int((view.size / FEW) ** 0.5) + 1
        view = view[::step, ::step]
        red, green, blue = (int(part) for part in np.median(view, axis=(0, 1)))
        return red, green, blue

    def _draw_alone(self) -> Any:
        self._switch(self._rest, False)
        for text in self._suspects:
            self._pdfium.FPDFPageObj_SetFillColor(text, 0, 0, 0, 255)
            self._pdfium.FPDFPageObj_SetStrokeColor(text, 0, 0, 0, 255)
        letters = _any(self._picture(notes=False) < 255 - INKED)
        self._switch(self._rest, True)
        return letters

    def _view(self, box: Box) -> tuple[slice, slice]:
        left, bottom, right, top = self._frame.box(*box)
        scale = self._scale
        return (
            slice(
                max(int((self._top - top) * scale), 0),
                max(int((self._top - bottom) * scale) + 1, 0),
            ),
            slice(
                max(int((left - self._left) * scale), 0),
                max(int((right - self._left) * scale) + 1, 0),
            ),
        )

    def _switch(self, objects: Iterable[Any], on: bool) -> None:
        for item in objects:
            self._pdfium.FPDFPageObj_SetIsActive(item, on)

    def _picture(self, *, notes: bool) -> Any:
        bitmap = self._page.render(
            scale=self._scale,
            crop=self._crop,
            draw_annots=notes,
            may_draw_forms=notes,
            rev_byteorder=True,
        )
        try:
            return bitmap.to_numpy()[:, :, :3].copy()
        finally:
            bitmap.close()


def _any(colours: Any) -> Any:
    """Whether any of the three colours of a pixel is true; numpy takes ten times as long for it."""
    return colours[:, :, 0] | colours[:, :, 1] | colours[:, :, 2]
