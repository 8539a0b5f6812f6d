"""What a paper says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What the document says about itself. Empty where it says nothing.

    ``named_as`` is the media type its name claims, where the bytes are of another kind; ``signed``
    tells of electronic signatures, which an edited copy would break. ``recognised`` counts pictures
    whose text was recognised (files inside this one counted), ``passed_over`` those that are blank
    or too small to show any.
    """

    title: str = ""
    doc_number: str = ""
    index_number: str = ""
    publisher: str = ""
    dates: tuple[str, ...] = ()
    disclosure: str = ""
    named_as: str = ""
    signed: bool = False
    recognised: int = 0
    passed_over: int = 0
