"""Presentations: what is torn, missing or no text is told; text on slides is not hidden."""

from __future__ import annotations

from fixtures import hostile
from fixtures.formats import make
from screener.extract.extractor import Extractor
from screener.model.document import Document, UnreadReason

SOUND = make("pptx")


def read(data: bytes) -> Document:
    return Extractor().read_bytes(data, "a.pptx")


def test_a_torn_slide_is_named_and_the_others_are_read() -> None:
    document = read(hostile.with_members(SOUND.data, {"ppt/slides/slide9.xml": b"<p:sld"}))
    assert SOUND.values["hidden slide"] in document.text
    assert [entry.reason for entry in document.unread] == [UnreadReason.CORRUPT]


def test_entities_are_never_expanded() -> None:
    slide = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    document = read(hostile.with_members(SOUND.data, {"ppt/slides/slide9.xml": slide}))
    assert "root:" not in document.text
    assert document.unread


def test_torn_macros_are_named_pictures_and_embedded_files_read() -> None:
    document = read(
        hostile.with_members(
            SOUND.data,
            {
                "ppt/media/image1.png": hostile.png(),
                "ppt/embeddings/list.xlsx": make("xlsx").data,
                "ppt/vbaProject.bin": b"macros",
            },
        )
    )
    # a white picture, and both pictures of the workbook inside
    assert document.facts.passed_over == 3
    assert any("vbaProject" in entry.what for entry in document.unread)


def test_a_package_without_slides_is_not_clear() -> None:
    empty = b'<p:presentation xmlns:p="x"/>'
    rest = {f"ppt/slides/{name}.xml": b"" for name in ("slide9", "slide1", "slide3")}
    assert read(hostile.with_members(SOUND.data, {"ppt/presentation.xml": empty} | rest)).unread


def test_slides_stand_in_the_order_of_the_show() -> None:
    document = read(SOUND.data)
    first, second = SOUND.values["text"], SOUND.values["hidden slide"]
    assert document.text.index(first) < document.text.index(second)
    assert document.facts.title.startswith("关于名单的说明")
