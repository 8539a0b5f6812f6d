"""Files attached to a PDF are read by their own format, with the way there."""

from __future__ import annotations

import io

import pypdfium2

from fixtures.formats import make
from screener.extract.extractor import Extractor


def test_an_attached_workbook_is_read() -> None:
    sample = make("xlsx", seed=5)
    paper = pypdfium2.PdfDocument(make("pdf").data)
    paper.new_attachment("名单.xlsx").set_data(sample.data)
    made = io.BytesIO()
    paper.save(made)
    paper.close()
    document = Extractor().read_bytes(made.getvalue(), "通知.pdf")
    value = sample.values["cell"]
    place = document.locate(at := document.text.index(value), at + 18)
    assert place.to_json()["path"] == ["通知.pdf", "名单.xlsx"]
    assert document.unread == ()
