"""Which characters of a PDF page a person does not see, and why.

A cheap look at the page's objects tells which stretches could be hidden: drawn in no or in white
colour, tiny, outside the page or its frame, in a layer, with something opaque drawn over them.
Only for those are the page's characters looked at, and what the properties alone do not settle is
settled by drawing the page with and without them (``pdf_ink``).
"""

from __future__ import annotations

import ctypes
from typing import Any

from screener.extract.formats.pdf.frame import Box, around, holds, middle, overlap
from screener.extract.formats.pdf.ink import Ink
from screener.extract.formats.pdf.survey import PAPER, Survey, Text, box_state, close

COVERED = frozenset(("black_box", "white_box", "box", "picture"))
"""States of text behind a box: a redaction that takes nothing away. Other text is just hidden."""
STATES = (
    *("", "invisible", "transparent", "tiny", "off_page", "clipped", "layer_off", "white"),
    *("own_color", "annotation", "unseen", *sorted(COVERED)),
)
LABELS = frozenset(
    (
        "redacted",
        "redaction",
        "privilege",
        "privileged",
        "sealed",
        "已删减",
        "已遮盖",
        "已脱敏",
        "略",
    )
)
"""Words that stand for what was taken out."""
CODES = {state: code for code, state in enumerate(STATES)}


def find_hidden(page: Any, textpage: Any, count: int, survey: Survey) -> bytes | None:
    """A code of ``STATES`` for each of the ``count`` characters of an open page's text page.

    None where a person sees all of them.
    """
    if count and any(text.suspect or text.edge or text.state for text in survey.texts):
        return _Characters(page, textpage, count, survey).states()
    return None


class _Characters:
    """The characters of the objects under suspicion, each with its state."""

    def __init__(self, page: Any, textpage: Any, count: int, survey: Survey) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.page = page
        self.textpage = textpage
        self.survey = survey
        self.paper: Box = page.get_cropbox()
        self.objects = {
            _address(text.raw): text
            for text in survey.texts
            if text.suspect or text.edge or text.state
        }
        self.codes = bytearray(count)
        self.at: dict[int, Text] = {}
        self.boxes: dict[int, Box] = {}
        self._find(count)

    def states(self) -> bytes | None:
        """The code of every character of the page, None where all are seen."""
        open_: list[int] = []
        for at, text in self.at.items():
            state = text.state or self._outside(at, text)
            self.codes[at] = CODES[state]
            if not state and text.suspect:
                open_.append(at)
        if open_:
            self._by_ink(open_)
        return bytes(self.codes) if any(self.codes) else None

    def _find(self, count: int) -> None:
        pdfium = self.pdfium
        sides = [ctypes.c_double() for _side in range(4)]
        for at in range(count):
            raw = pdfium.FPDFText_GetTextObject(self.textpage, at)
            text = self.objects.get(_address(raw)) if raw else None
            if text is None:
                continue
            self.at[at] = text
            if pdfium.FPDFText_GetCharBox(self.textpage, at, *sides):
                left, right, bottom, top = (side.value for side in sides)
                self.boxes[at] = (left, bottom, right, top)

    def _outside(self, at: int, text: Text) -> str:
        """The state of a character that stands outside of the page or of its frame."""
        box = self.boxes.get(at)
        if box is None:
            return ""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not holds(self.paper, x, y):
            return "off_page"
        return "clipped" if text.clip is not None and not holds(text.clip, x, y) else ""

    def _by_ink(self, open_: list[int]) -> None:
        """Settle by drawing. A character without ink of its own goes with the one before."""
        texts = {id(self.at[at]): self.at[at] for at in open_}
        rest = [t.raw for t in self.survey.texts if id(t) not in texts]
        rest += [drawn.raw for drawn in self.survey.others]
        area = around([self.boxes[at] for at in open_ if at in self.boxes])
        ink = Ink(self.page, area, [text.raw for text in texts.values()], rest)
        alone = {key for key, text in texts.items() if not self._is_under(text)}
        read = self.pdfium.FPDFText_GetUnicode
        seen: dict[int, bool | None] = {}
        for at in open_:
            box = self.boxes.get(at)
            if box is None or read(self.textpage, at) <= 0x20:
                seen[at] = None
            elif id(self.at[at]) in alone and ink.touched(box):
                seen[at] = True
            else:
                seen[at] = ink.seen(box)
        drawn = _spread(open_, self.at, seen)
        for at in open_:
            visible = drawn[at]
            if visible:
                continue
            why = self._why(at, ink)
            if visible is False or self._is_hidden_by_properties(at, why):
                self.codes[at] = CODES[why]
        self._pass_labels(open_)

    def _is_under(self, text: Text) -> bool:
        return self.survey.strips.may_hide(text.order, text.box) or any(
            fill.order > text.order and overlap(fill.box, text.box) for fill in self.survey.fills
        )

    def _is_hidden_by_properties(self, at: int, why: str) -> bool:
        """For a glyph that is not drawn even alone: in a layer, or its font is missing here."""
        text = self.at[at]
        if text.layered or ((text.inside or text.mixed) and not self._may_lack_glyphs(text)):
            return True
        return why in COVERED or why == "white"

    def _why(self, at: int, ink: Ink) -> str:
        """The reason that a person would name for a character that is not seen."""
        text = self.at[at]
        box = self.boxes.get(at, text.box)
        here = [fill for fill in self.survey.fills if holds(fill.box, *middle(box))]
        over = [fill.state for fill in here if fill.order > text.order]
        ground = ink.ground(box)
        if not over and self.survey.strips.may_hide(text.order, text.box):
            over = [box_state(ground)]
        on_paper = ground is None or close(ground, PAPER)
        if on_paper and text.color is not None and close(text.color, PAPER):
            return "white"
        if over and over[-1] != "annotation":
            return over[-1]
        if over:
            return "annotation" if on_paper else box_state(ground)
        if text.color is not None and ground is not None and close(text.color, ground):
            flat = any(fill.color is not None for fill in here)
            return box_state(ground) if flat else "own_color"
        if text.layered or text.inside:
            return "layer_off"
        return "transparent" if text.mixed else "unseen"

    def _pass_labels(self, open_: list[int]) -> None:
        """Tools print a word such as REDACTED into their boxes, some in the colour of the box."""
        read = self.pdfium.FPDFText_GetUnicode
        owned: dict[int, list[int]] = {}
        for at in open_:
            owned.setdefault(id(self.at[at]), []).append(at)
        for numbers in owned.values():
            word = "".join(chr(read(self.textpage, at)) for at in numbers)
            if word.strip(" \u3000[]()【】（）*").lower() in LABELS:
                for at in numbers:
                    self.codes[at] = 0

    def _may_lack_glyphs(self, text: Text) -> bool:
        """Whether a text has no letter or digit that this machine can surely draw."""
        read = self.pdfium.FPDFText_GetUnicode
        font = self.pdfium.FPDFTextObj_GetFont(text.raw)
        if font and self.pdfium.FPDFFont_GetIsEmbedded(font) == 1:
            return False
        owned = (at for at, owner in self.at.items() if owner is text)
        return not any(0x30 <= read(self.textpage, at) <= 0x7A for at in owned)


def _spread(
    open_: list[int], texts: dict[int, Text], seen: dict[int, bool | None]
) -> dict[int, bool | None]:
    """Give characters without ink the answer of their neighbour in the same object."""
    for order in (open_, open_[::-1]):
        last: bool | None = None
        owner: Text | None = None
        for at in order:
            if texts[at] is not owner:
                owner, last = texts[at], None
            if seen[at] is None:
                seen[at] = last
            last = seen[at]
    return seen


def _address(raw: Any) -> int | None:
    return ctypes.cast(raw, ctypes.c_void_p).value
