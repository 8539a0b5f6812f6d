"""Presentations: what is torn, missing or no text is told; text on slides is not hidden."""

from __future__ import annotations

import io
import re
import zipfile

from fixtures import hostile
from fixtures.formats import make
from fixtures.formats.pptx import part
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


def _shape(text: str, box: str, fill: str = "") -> str:
    """A shape at a place in points: left, top, width, height."""
    x, y, width, height = (int(float(side) * 12_700) for side in box.split())
    words = f"<p:txBody><a:bodyPr/><a:p><a:r><a:rPr sz='1800'/><a:t>{text}</a:t></a:r></a:p>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" '
        f'y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"/>{fill}'
        f"</p:spPr>{words}</p:txBody></p:sp>"
    )


def _table(rows: list[list[str]], left: int, top: int, width: int, height: int) -> str:
    cells = "".join(
        f'<a:tr h="{height * 12_700}">'
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"
            for text in row
        )
        + "</a:tr>"
        for row in rows
    )
    columns = f'<a:gridCol w="{width * 12_700}"/>' * len(rows[0])
    where = f'<a:off x="{left * 12_700}" y="{top * 12_700}"/><a:ext cx="9999999" cy="9999999"/>'
    return (
        f"<p:graphicFrame><p:xfrm>{where}</p:xfrm><a:tbl><a:tblGrid>{columns}</a:tblGrid>{cells}"
        "</a:tbl></p:graphicFrame>"
    )


def test_a_box_over_a_part_of_a_line_or_over_a_cell_covers_that() -> None:
    number, other, third = (SOUND.values[name] for name in ("text", "table cell", "tiny"))
    black = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    slide = part(
        "sld",
        _shape(f"身份证号：{number}，住本市", "72 72 500 40"),
        # five Han letters of 18 points stand before the number, behind an inset of 7.2
        _shape("", "168 74 170 30", black),
        _shape(f"身份证号：{third}", "72 130 500 40"),
        _shape("", "79 132 70 30", black),
        _table([["姓名", "身份证号"], ["甲某", other]], 72, 200, 200, 30),
        _shape("", "272 231 180 28", black),
    )
    size = b'<p:sldSz cx="12192000" cy="6858000"/>'
    with zipfile.ZipFile(io.BytesIO(SOUND.data)) as package:
        show = re.sub(rb"<p:sldSz[^>]*>", size, package.read("ppt/presentation.xml"))
    members = {"ppt/slides/slide9.xml": slide.encode(), "ppt/presentation.xml": show}
    document = read(hostile.with_members(SOUND.data, members))
    kinds = {document.text[s.start : s.end]: s.kind.value for s in document.segments}
    assert kinds[number] == "covered"
    assert kinds[other] == "covered"
    assert kinds["身份证号：，住本市"] == "body"
    assert next(kind for text, kind in kinds.items() if third in text) == "body"
