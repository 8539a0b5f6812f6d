"""Segments find the stretches they were made from, and only those are changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screener.extract.builder import DocumentBuilder
from screener.model.document import Document, SegmentKind
from screener.model.place import Paragraph
from screener.redact.pieces import Alignment, Piece
from screener.redact.text import squeeze
from tests.factories import SOURCE


def document_of(texts: list[str]) -> Document:
    builder = DocumentBuilder()
    for number, text in enumerate(texts, 1):
        builder.add(text, SegmentKind.BODY, Paragraph(number))
    return builder.build(SOURCE)


def test_a_value_over_several_pieces_goes_as_one() -> None:
    pieces = [Piece("号 110"), Piece("105 19"), Piece(" 49末")]
    alignment = Alignment()
    alignment.add(pieces)
    document = document_of(["号 110105 1949末"])
    assert alignment.apply(document, [(2, 13, "***")]) == []
    assert [piece.changed() for piece in pieces] == ["号 ***", "", "末"]


def test_channels_are_told_apart() -> None:
    pieces = [Piece("11"), Piece("xx", "deleted"), Piece("22")]
    alignment = Alignment()
    alignment.add(pieces)
    assert alignment.apply(document_of(["1122"]), [(0, 4, "*")]) == []
    assert [piece.changed() for piece in pieces] == ["*", "xx", ""]


def test_twins_are_told_apart_by_their_rank() -> None:
    pieces = [Piece("王伟"), Piece("李四"), Piece("王伟")]
    alignment = Alignment()
    for piece in pieces:
        alignment.add([piece], "line")
    document = document_of(["王伟", "李四", "王伟"])
    start = document.segments.starts[2]
    assert alignment.apply(document, [(start, start + 2, "王某")]) == []
    assert [piece.changed() for piece in pieces] == ["王伟", "李四", "王某"]


def test_when_the_ranks_do_not_tell_all_twins_go() -> None:
    pieces = [Piece("王伟"), Piece("王伟"), Piece("王伟")]
    alignment = Alignment()
    for piece in pieces:
        alignment.add([piece], "line")
    document = document_of(["王伟", "王伟"])
    alignment.apply(document, [(0, 2, "王某")])
    assert [piece.changed() for piece in pieces] == ["王某"] * 3


def test_surroundings_decide_where_the_segment_is_no_unit() -> None:
    pieces = [Piece("A 编号 123456 甲"), Piece("B 电话 123456 乙")]
    alignment = Alignment()
    for piece in pieces:
        alignment.add([piece])
    document = document_of(["电话 123456 乙 与补充"])
    assert alignment.apply(document, [(3, 9, "*")]) == []
    assert [piece.changed() for piece in pieces] == ["A 编号 123456 甲", "B 电话 * 乙"]


def test_what_stands_nowhere_is_told() -> None:
    alignment = Alignment()
    alignment.add([Piece("甲乙丙")])
    assert alignment.apply(document_of(["甲乙丙", "123456"]), [(5, 11, "*")]) == [1]


words = st.lists(
    st.lists(st.text("甲乙1 ", min_size=1, max_size=4), min_size=1, max_size=3),
    min_size=1,
    max_size=6,
).filter(lambda blocks: all(squeeze("".join(block)) for block in blocks))


@given(words, st.data())
def test_only_the_chosen_stretch_changes(blocks: list[list[str]], data: st.DataObject) -> None:
    pieces = [[Piece(text) for text in block] for block in blocks]
    alignment = Alignment()
    for block in pieces:
        alignment.add(block, "line")
    texts = ["".join(block) for block in blocks]
    document = document_of(texts)
    chosen = data.draw(st.integers(0, len(texts) - 1))
    offset = document.segments.starts[chosen]
    inked = [i for i, c in enumerate(texts[chosen]) if not c.isspace()]
    first = data.draw(st.integers(0, len(inked) - 1))
    last = data.draw(st.integers(first, len(inked) - 1))
    span = (offset + inked[first], offset + inked[last] + 1, "#")
    assert alignment.apply(document, [span]) == []
    expected = list(texts)
    own = texts[chosen]
    expected[chosen] = own[: inked[first]] + "#" + own[inked[last] + 1 :]
    assert ["".join(piece.changed() for piece in block) for block in pieces] == expected
