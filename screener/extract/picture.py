"""Pictures: decoded with bounds, turned upright, and told whether they can show text at all."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

from screener.config import Limits
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "JPEG2000", "ICO")
"""What Pillow may open: nothing that starts other programs (EPS) or reads further files.

JPEG stands for MPO as well.
"""
LOWEST = 8
"""Pixels: a picture that is lower or narrower shows no character."""
SMALLEST = 40 * 12
"""Pixels in all: less than three characters of the smallest print that can be read."""
BLANK = 8
"""Steps of 255 by which a picture that shows nothing may differ in itself."""
FAINT = 100
"""Steps of 255: a picture with less contrast is stretched before it is looked at."""
_NEAR_WHITE, _GREY = 225, 120
_CLEAR_PART, _CLEAR_INK, _INK_PART = 50, 60, 1000
"""Transparent ink is looked for when a 50th of a page is clear, and a 1000th of that inked."""

Picture = Any
"""A Pillow image."""


def opened(data: bytes, limits: Limits) -> Picture:
    """Open a picture without decoding it. Raises Unreadable when it is torn or too large."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our own limit decides
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        except UnidentifiedImageError as error:
            raise Unreadable(UnreadReason.CORRUPT, _("the picture is torn")) from error
        except Image.DecompressionBombError as error:
            raise Unreadable(UnreadReason.TOO_LARGE, _too_many(limits)) from error
    check_size(picture, limits)
    return picture


def check_size(picture: Picture, limits: Limits) -> None:
    """Raises Unreadable when a frame has more pixels than the limit."""
    if picture.width * picture.height > limits.pixels:
        raise Unreadable(UnreadReason.TOO_LARGE, _too_many(limits))


def _too_many(limits: Limits) -> str:
    return _("more than {limit} pixels ({key})").format(limit=limits.pixels, key="[limits] pixels")


def shows_nothing(width: int, height: int) -> bool:
    """Whether a picture is too small for three characters that an eye can read."""
    return min(width, height) < LOWEST or width * height < SMALLEST


def is_blank(picture: Picture) -> bool:
    """Whether an RGB picture is of one colour."""
    return all(high - low <= BLANK for low, high in picture.getextrema())


def frames(picture: Picture, limits: Limits) -> Iterator[Picture]:
    """The pages of an opened picture as upright RGB. Raises Unreadable for one too large."""
    for number in range(min(getattr(picture, "n_frames", 1), limits.pages)):
        picture.seek(number)
        check_size(picture, limits)
        yield upright(picture)


def clear_ink(picture: Picture) -> Picture | None:
    """The colours of what is wholly transparent in a page, where they are not all of one kind.

    Upright RGB like the page itself. None where nothing is drawn there.
    """
    import numpy as np
    from PIL import Image, ImageOps

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return None
    layer = ImageOps.exif_transpose(picture).convert("RGBA")
    pixels = np.asarray(layer)
    clear = pixels[:, :, 3] <= BLANK
    count = int(clear.sum())
    if count * _CLEAR_PART < clear.size:
        return None
    light = pixels[:, :, :3].min(axis=2)
    ground = int(np.median(light[clear]))
    ink = clear & (np.abs(light.astype(np.int16) - ground) > _CLEAR_INK)
    if int(ink.sum()) * _INK_PART < count:
        return None
    return Image.fromarray(np.where(ink, 0, 255).astype(np.uint8), "L").convert("RGB")


def upright(picture: Picture) -> Picture:
    """RGB as a person sees it: turned as its EXIF says, on paper, with enough contrast."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(picture)
    return _with_contrast(_on_paper(turned))


def _on_paper(picture: Picture) -> Picture:
    """Without transparency, 16 bits or a palette.

    White ink that only shows on a dark ground is laid on grey, where white and black both show.
    """
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        return _scaled(picture)
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        alpha = layer.getchannel("A")
        white = Image.new("RGBA", layer.size, (255, 255, 255, 255))
        if alpha.getextrema()[0] < 255 and _has_light_ink(layer):
            white.paste((_GREY, _GREY, _GREY, 255), (0, 0, *layer.size))
        return Image.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")


def _has_light_ink(layer: Picture) -> bool:
    """Whether pixels that are drawn are nearly white: lost on white paper."""
    import numpy as np

    pixels = np.asarray(layer)
    drawn = pixels[:, :, 3] > 128
    light = (pixels[:, :, :3].min(axis=2) > _NEAR_WHITE) & drawn
    return bool(light.sum() * 500 > pixels.shape[0] * pixels.shape[1])


def _scaled(picture: Picture) -> Picture:
    """Pictures of 16 and more bits, stretched to 8."""
    import numpy as np
    from PIL import Image

    values = np.asarray(picture, dtype=np.float64)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    spread = (values - low) * (255.0 / (high - low)) if high > low else values * 0 + 255.0
    return Image.fromarray(np.nan_to_num(spread).astype(np.uint8), "L").convert("RGB")


def _with_contrast(picture: Picture) -> Picture:
    from PIL import ImageOps

    low = min(low for low, _high in picture.getextrema())
    high = max(high for _low, high in picture.getextrema())
    if BLANK < high - low < FAINT:
        return ImageOps.autocontrast(picture, preserve_tone=True)
    return picture
