"""Text recognition (OCR) in pictures, offline, with the models that come inside rapidocr's wheel.

It is the extra ``ocr``. Without it a picture that may hold text is Unread, never passed over.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from typing import Any, cast

from screener.config import Limits
from screener.extract.registry import Spent, Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

INSTALL = "pip install 'screener[ocr]'"
TILE = 2000
"""Pixels of the longer side that the engine looks at; larger pictures are made smaller by it."""
LONG = 1.6
"""A picture longer than this many times its width is looked at in pieces that overlap."""
OVERLAP = 160
"""Pixels that two pieces share: more than the height of a line."""
SMALL_PRINT = 15
"""Lines lower than this many pixels of the reduced picture are looked at again in full size."""
MOST_TILES = 60
AT_ONCE = 1_600_000
"""Pixels in which lines are looked for at once, 300 bytes each. Letters are read in full size.

Lines of 8 points and more in a scan are found as well as with twice as many; for smaller print a
picture is looked at again, in bands of so many pixels.
"""

SMALLEST_SIDE = 736
"""Pixels of the shorter side in which lines are looked for, at least."""

Box = tuple[float, float, float, float]
Picture = Any
"""A Pillow image."""

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised line: left, top, right, bottom in pixels; confidence from 0 to 1.

    ``letters`` is how high it is across its own direction, in pixels of the piece it was seen in.
    """

    text: str
    confidence: float
    box: Box
    letters: float = 0.0

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.box[3] - self.box[1]


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None


def recognise(picture: Picture, limits: Limits, spent: Spent) -> tuple[Seen, ...]:
    """The lines of an upright RGB picture. Raises Unreadable without the extra or past the time."""
    digest = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).digest()
    known = spent.recognised.get(digest)
    if known is not None:
        return cast(tuple[Seen, ...], known)
    if not available():
        raise Unreadable(UnreadReason.MISSING_TOOL, needed())
    spent.slow()
    began = time.monotonic()
    try:
        seen = tuple(_lines(picture, limits, spent, began))
    finally:
        spent.ocr_seconds += time.monotonic() - began
    spent.recognised[digest] = seen
    return seen


def needed() -> str:
    """What to install, in words."""
    return _("a picture; reading it needs text recognition (OCR): {command}").format(
        command=INSTALL
    )


def _lines(picture: Picture, limits: Limits, spent: Spent, began: float) -> list[Seen]:
    width, height = picture.size
    scale = min(1.0, TILE / min(width, height))
    if max(width, height) <= LONG * min(width, height):
        scale = min(1.0, TILE / max(width, height))
    found = _at_scale(picture, scale, limits, spent, began)
    heights = sorted(line.letters for line in found)
    if scale < 1 and heights and heights[len(heights) // 4] < SMALL_PRINT:
        finer = min(1.0, 2 * scale)
        found = _at_scale(picture, finer, limits, spent, began, bands=True)
    return found


def _at_scale(
    picture: Picture,
    scale: float,
    limits: Limits,
    spent: Spent,
    began: float,
    *,
    bands: bool = False,
) -> list[Seen]:
    """All lines of a picture looked at in this scale, in pieces where it is too large for one.

    ``bands`` cuts further across, so that the smallest print is found as well.
    """
    if scale < 1:
        smaller = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
        picture = picture.resize(smaller)
    found: list[Seen] = []
    for number, (left, top, right, bottom) in enumerate(_tiles(*picture.size, bands=bands)):
        spare = limits.ocr_seconds - spent.ocr_seconds - (time.monotonic() - began)
        if spare <= 0 or number >= MOST_TILES:
            detail = _("the time for text recognition is used up ({key} = {limit})").format(
                key="[limits] ocr_seconds", limit=round(limits.ocr_seconds)
            )
            raise Unreadable(UnreadReason.TIMEOUT, detail)
        for line in _look(picture.crop((left, top, right, bottom))):
            x0, y0, x1, y1 = line.box
            box = (
                (x0 + left) / scale,
                (y0 + top) / scale,
                (x1 + left) / scale,
                (y1 + top) / scale,
            )
            _keep(found, replace(line, box=box))
    return found


def _tiles(width: int, height: int, *, bands: bool) -> Iterator[tuple[int, int, int, int]]:
    """Boxes that cover a picture; neighbours overlap, so that each line is whole in one of them."""
    high = max(AT_ONCE // min(width, TILE), 4 * OVERLAP) if bands else TILE
    for top, bottom in _steps(height, high):
        for left, right in _steps(width, TILE):
            yield left, top, right, bottom


def _steps(length: int, most: int) -> Iterator[tuple[int, int]]:
    if length <= most * LONG / 1.25:
        yield 0, length
        return
    step = most - OVERLAP
    count = -(-(length - OVERLAP) // step)
    step = -(-(length - OVERLAP) // count)
    for at in range(count):
        yield at * step, min(at * step + step + OVERLAP, length)


def _keep(found: list[Seen], line: Seen) -> None:
    """Add a line, unless it is one that the neighbouring piece showed as well or cut in two."""
    for at, known in enumerate(found):
        if _same(known.box, line.box):
            if len(line.text) > len(known.text):
                found[at] = line
            return
    found.append(line)


def _same(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
    return width * height > 0.5 * smaller


def _look(piece: Picture) -> Iterator[Seen]:
    import numpy as np

    with _LOCK:
        engine = _engine()
        _look_for_lines_in(engine, *piece.size)
        # the engine takes colours as blue, green, red
        answer = engine(np.asarray(piece)[:, :, ::-1])
        _give_back_memory()
    if answer.boxes is None or answer.txts is None:
        return
    for corners, text, score in zip(answer.boxes, answer.txts, answer.scores, strict=True):
        if text.strip():
            left, top = corners.min(axis=0)
            right, bottom = corners.max(axis=0)
            box = (float(left), float(top), float(right), float(bottom))
            sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
            yield Seen(text.strip(), round(float(score), 3), box, float(sides.min()))


def _look_for_lines_in(engine: Any, width: int, height: int) -> None:
    """Have a large piece made smaller where lines are looked for, a small one larger."""
    finder = engine.text_det
    if width * height > AT_ONCE:
        longer = max(width, height) * (AT_ONCE / (width * height)) ** 0.5
        finder.limit_type, finder.limit_side_len = "max", int(longer)
    else:
        finder.limit_type, finder.limit_side_len = "min", SMALLEST_SIDE


def _give_back_memory() -> None:
    """Return what the engine let go of: else pieces of ever other sizes pile up."""
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    made: Any = RapidOCR(
        params={
            "Global.text_score": 0.0,  # lines that are hard to read are told, not dropped
            "Global.log_level": "critical",  # its messages may hold what it read
            "Global.max_side_len": round(TILE * LONG),
            "Rec.rec_batch_num": 2,  # more at once cost memory and save no time
        }
    )
    find_lines = made._load_det_model  # made when it is first used, else
    find_lines()
    return made
