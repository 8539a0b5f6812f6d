"""The page of a place is known without asking the reader that kept the place."""

from __future__ import annotations

import io

from fixtures.formats.pdf import FONT, canvas
from screener.extract.extractor import Extractor
from screener.model.place import PageBox, page_of


def _pdf(pages: int) -> bytes:
    made = io.BytesIO()
    page = canvas(made)
    for number in range(1, pages + 1):
        page.setFont(FONT, 12)
        page.drawString(80, 700, f"第{number}页上的正文")
        page.showPage()
    page.save()
    return made.getvalue()


def test_the_page_comes_along_and_agrees_with_the_box() -> None:
    document = Extractor().read_bytes(_pdf(3), "a.pdf", "")
    places = [document.segments.place(at) for at in range(len(document.segments))]
    located = [place.locate(0, 1) for place in places]
    pages = [place.page if isinstance(place, PageBox) else None for place in located]
    assert {1, 2, 3} <= set(pages)
    assert [page_of(place) for place in places] == pages
