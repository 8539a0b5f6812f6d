"""Files of two formats at once: both parts are read, whatever the name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from fixtures import pictures
from fixtures.formats import make
from screener.extract.extractor import Extractor
from screener.extract.polyglot import further_parts, picture_end
from screener.model.document import Document

NUMBER = make("txt").values["middle"]


def read(data: bytes, name: str = "照片.jpg") -> Document:
    return Extractor().read_bytes(data, name)


def zipped(prefix: bytes) -> bytes:
    made = io.BytesIO(prefix)
    made.seek(0, io.SEEK_END)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("名单.txt", f"身份证号{NUMBER}")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP"])
def test_an_archive_behind_a_picture_is_read(kind: str) -> None:
    sound = pictures.saved(pictures.written([]), kind)
    document = read(zipped(sound))
    at = document.text.index(NUMBER)
    assert "→ 名单.txt →" in document.locate(at, at + 18).describe()
    assert document.facts.passed_over == 1  # the white picture


def test_a_paper_behind_a_picture_and_one_inside_it() -> None:
    white = pictures.saved(pictures.written([]), "JPEG")
    paper = make("pdf")
    for data in (white + paper.data, white + b"\0" * 4000 + paper.data):
        document = read(data)
        whole = document.text.replace("\n", "")
        assert all(value in whole for value in paper.values.values())
        assert document.facts.passed_over == 1


def test_an_archive_behind_a_page_and_a_program() -> None:
    page = read(zipped("<html><body>正文</body></html>".encode()), "a.html")
    program = read(zipped(b"MZ" + bytes(400)), "a.exe")
    for document in (page, program):
        assert NUMBER in document.text
    assert program.unread


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_where_a_picture_ends(kind: str) -> None:
    options = {"progressive": True} if kind == "JPEG" else {}
    sound = pictures.saved(pictures.written(["abc"]), kind, **options)
    assert picture_end(sound) == len(sound)
    assert picture_end(sound + b"more") == len(sound)
    assert picture_end(sound[:-20]) is None
    assert further_parts(sound, "image/x") == []
