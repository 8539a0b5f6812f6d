"""What a conversion leaves out: deleted words, properties, macros, groups and parts passed over."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from fixtures import macros
from fixtures.people import People
from screener.config import Limits
from screener.extract.builder import DocumentBuilder
from screener.extract.compound_file import Tree, compound
from screener.extract.compound_open import opened
from screener.extract.formats.legacy import left as legacy_left
from screener.extract.registry import ReadContext
from screener.extract.strings import words
from screener.model.document import Document, SegmentKind, Source
from screener.model.place import Paragraph

NUMBER = People(61).id_number()
STALE = "删去的一段：张某三住合肥市蜀山区某路3号"
MODULE = f"Sub a()\n' 经办 {NUMBER}\nEnd Sub\n"


def read_left(tree: Tree, said: str = "") -> Document:
    builder = builder_with(said)
    with opened(compound(tree)) as streams:
        legacy_left.add_from_streams(streams, builder, ReadContext("a.doc", Limits()))
    return builder.build(Source("", 0, "", "", ""))


def builder_with(said: str) -> DocumentBuilder:
    builder = DocumentBuilder()
    builder.add(said or "正文", SegmentKind.BODY, Paragraph(1))
    return builder


def test_deleted_words_of_an_old_paper_are_hidden() -> None:
    kept = "现在还能看到的一段文字"
    stream = bytes(600) + f"{kept}\r{STALE}\r".encode("utf-16-le")
    document = read_left({"WordDocument": stream}, kept)
    assert document.text.count(kept) == 1
    at = document.segments.index_at(document.text.index(STALE))
    assert at is not None
    assert not document.segments.visible(at)
    assert (
        STALE not in read_left({"WordDocument": stream}, f"{kept}\n{STALE}").text[len(STALE) * 2 :]
    )


def test_macros_in_the_records_of_a_show_are_read() -> None:
    project = compound({"VBA": macros.project({"Module1": MODULE})["VBA"]})
    packed = struct.pack("<I", len(project)) + zlib.compress(project)
    atom = struct.pack("<HHI", 0x10, 0x1011, len(packed)) + packed
    stream = struct.pack("<HHI", 0xF, 1000, len(atom)) + atom
    document = read_left({"PowerPoint Document": stream})
    at = document.text.index(NUMBER)
    assert document.locate(at, at + 18).describe() == "宏“Module1”第3行"
    assert document.unread == ()


def test_parts_of_a_package_that_nothing_leads_to_are_read() -> None:
    made = io.BytesIO()
    script = "http://openoffice.org/2000/script"
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("content.xml", f"<a><p>正文</p><p>{STALE}</p></a>")
        module = f'<s:module xmlns:s="{script}" s:name="Module1">{MODULE}</s:module>'
        package.writestr("Basic/Standard/Module1.xml", module)
        package.writestr("Thumbnails/thumbnail.png", b"x")
    builder = builder_with("")
    context = ReadContext("a.odt", Limits())
    legacy_left.add_from_package(made.getvalue(), builder, context)
    document = builder.build(Source("", 0, "", "", ""))
    assert document.text.count("正文") == 1
    assert STALE in document.text
    at = document.text.index(NUMBER)
    assert document.locate(at, at + 18).describe() == "宏“Module1”第2行"


def test_groups_that_programs_pass_over_are_read() -> None:
    hidden = "".join(f"\\u{ord(char)}?" for char in STALE)
    data = f"{{\\rtf1\\ansi{{\\*\\unheardof {hidden}}}\\par}}".encode("ascii")
    builder = builder_with("")
    legacy_left.add_from_rtf(data, b"", builder, ReadContext("a.rtf", Limits()))
    assert STALE in builder.text


def test_what_was_read_stays_no_hidden_word_when_others_stand_in_its_line() -> None:
    other = People(62).id_number()
    lines = (
        f"甲某\\cell {NUMBER}\\cell 已核\\row",  # cells, in one line here
        f"12{'甲某'}{NUMBER}",  # the number of a note before its words
        f"甲某\\cell {other}\\row",
    )
    escaped = "\\par ".join(
        "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) for line in lines
    )
    builder = builder_with(f"甲某的号码是{NUMBER}，已核")
    data = f"{{\\rtf1\\ansi {escaped}\\par}}".encode("ascii")
    legacy_left.add_from_rtf(data, b"", builder, ReadContext("a.rtf", Limits()))
    document = builder.build(Source("", 0, "", "", ""))
    hidden = [document.text[s.start : s.end] for s in document.segments if not s.visible]
    assert len(hidden) == 1
    assert other in hidden[0]


def test_words_in_bytes() -> None:
    assert words(b"\1\2" + "张某三".encode("utf-16-le") + b"\0\0") == ["张某三"]
    assert words("住址：合肥市蜀山区长江路".encode("gbk")) == ["住址：合肥市蜀山区长江路"]
    assert words("\x01住址：合肥市".encode()) == ["住址：合肥市"]
    assert words(f"\x01{NUMBER}\x02".encode("utf-16-le")) == [NUMBER]
    assert words(b"getenvironment variables of this program\0" * 9) == []
    assert words(random.Random(3).randbytes(100_000)) == []


def test_numbers_among_names_of_fonts_and_styles_are_read() -> None:
    """Also where a group for them ends late and takes the paper in."""
    for group in ("fonttbl", "stylesheet", "colortbl", "*\\revtbl"):
        builder = builder_with("")
        data = f"{{\\rtf1\\ansi{{\\{group} {{\\f0 Arial;}}{{ {NUMBER};}}}} x\\par}}".encode("ascii")
        legacy_left.add_from_rtf(data, b"", builder, ReadContext("a.rtf", Limits()))
        assert NUMBER in builder.text, group
    builder = builder_with("")
    data = f"{{\\rtf1\\ansi{{\\pict {NUMBER}}}{{\\listtable\\listid123456789012}}x}}".encode(
        "ascii"
    )
    legacy_left.add_from_rtf(data, b"", builder, ReadContext("a.rtf", Limits()))
    assert builder.text.strip() == "正文"
