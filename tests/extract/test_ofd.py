"""OFD papers: boxes, joined characters, what is covered, locked, signed, missing."""

from __future__ import annotations

import io
import zipfile

import pytest

from fixtures import hostile
from fixtures.formats import make, ofd
from screener.extract.extractor import Extractor
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import OfdObject


def read(data: bytes) -> Document:
    return Extractor().read_bytes(data, "a.ofd")


def segment(document: Document, text: str) -> tuple[SegmentKind, bool, str]:
    index = document.segments.index_at(document.text.index(text))
    assert index is not None
    described = document.segments.place(index).locate(0, 1).describe()
    return document.segments.kind(index), document.segments.visible(index), described


def test_a_value_has_its_box_in_millimetres() -> None:
    document = read(ofd.simple(ofd.text("号码110101199003070000", 20, 50)))
    at = document.text.index("1101")
    place = document.locate(at, at + 18)
    assert isinstance(place, OfdObject)
    assert place.box is not None
    left, top, right, bottom = place.box
    assert (left, right) == pytest.approx((28, 64), abs=0.5)
    assert 49 < top < 52 < bottom < 56
    assert place.to_json()["kind"] == "ofd"


def test_characters_out_of_order_are_joined_by_their_place() -> None:
    number = "110101199003070000"
    pieces = [ofd.text(c, 20 + 2.1 * n, 50) for n, c in enumerate(number)]
    assert number in read(ofd.simple(*pieces[::-1])).text


def test_columns_stay_apart() -> None:
    document = read(ofd.simple(ofd.text("1101", 20, 50), ofd.text("1990", 90, 50)))
    assert "11011990" not in document.text.replace("\n", "")


@pytest.mark.parametrize(
    ("color", "where"),
    [("0 0 0", "黑"), ("255 255 255", "白"), ("#ff #0 #0", "色块")],
)
def test_text_under_a_box_is_covered(color: str, where: str) -> None:
    covered = ofd.text("秘密在此", 20, 50) + ofd.box(18, 48, 40, 10, color=color)
    kind, visible, described = segment(read(ofd.simple(covered)), "秘密在此")
    assert (kind, visible) == (SegmentKind.COVERED, False)
    assert where in described


def test_text_on_a_box_is_seen() -> None:
    seen = ofd.box(18, 48, 40, 10, color="0 0 90") + ofd.text("看得见", 20, 50, color="250 250 250")
    assert segment(read(ofd.simple(seen)), "看得见")[:2] == (SegmentKind.BODY, True)
    own = ofd.box(18, 48, 40, 10, color="0 0 90") + ofd.text("同色字", 20, 50, color="0 0 90")
    assert segment(read(ofd.simple(own)), "同色字")[:2] == (SegmentKind.HIDDEN, False)


def test_pictures_are_read_by_their_own_format_and_a_lost_one_is_told() -> None:
    picture = '<ofd:ImageObject ID="5" ResourceID="9" Boundary="20 100 80 40"/>'
    paper = ofd.simple(ofd.text("正文", 20, 20), picture)
    (entry,) = read(paper).unread
    assert entry.reason is UnreadReason.CORRUPT
    assert "第1页" in entry.what
    resources = (
        '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias>'
        '<ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        root = archive.read("Doc_0/Document.xml").replace(
            b"<ofd:PageArea>", b"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:PageArea>"
        )
    parts = {"Doc_0/PublicRes.xml": resources.encode(), "Doc_0/Res/a.png": hostile.png()}
    whole = hostile.with_members(paper, {**parts, "Doc_0/Document.xml": root})
    document = read(whole)
    assert document.facts.passed_over == 1  # a white picture
    assert "第1页 a.png" in document.text


def test_a_signature_is_a_fact() -> None:
    assert read(make("ofd").data).facts.signed
    assert not read(ofd.simple(ofd.text("正文", 20, 20))).facts.signed


def test_glyphs_without_characters_are_told() -> None:
    (entry,) = read(ofd.simple(ofd.text("正文\ue123\ue124", 20, 20))).unread
    assert entry.reason is UnreadReason.UNDECODABLE


def test_locked_and_broken_papers() -> None:
    sound = ofd.simple(ofd.text("正文", 20, 20))
    (entry,) = read(hostile.with_members(sound, {"Encryptions.xml": b"<x/>"})).unread
    assert entry.reason is UnreadReason.ENCRYPTED
    torn = read(hostile.with_members(sound, {"Doc_0/Page.xml": b"<x"}))
    assert [entry.reason for entry in torn.unread] == [UnreadReason.CORRUPT]
    lost = ofd.paper({"OFD.xml": "<OFD><DocBody><DocRoot>gone.xml</DocRoot></DocBody></OFD>"})
    assert UnreadReason.CORRUPT in {entry.reason for entry in read(lost).unread}
    entities = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    document = read(hostile.with_members(sound, {"Doc_0/Tag.xml": entities}))
    assert "root:" not in document.text
    assert document.unread


def test_composites_that_hold_themselves_end() -> None:
    again = "".join(
        f'<ofd:CompositeObject ID="{n}" Boundary="0 0 9 9" ResourceID="77"/>' for n in range(9)
    )
    unit = f'<CompositeGraphicUnit ID="77"><Content>{again}</Content></CompositeGraphicUnit>'
    looped = ofd.simple(ofd.text("正文", 20, 20), again)
    page = f'<Res xmlns:ofd="http://www.ofdspec.org/2016">{unit}</Res>'.encode()
    document = read(_with_resources(looped, page))
    assert "正文" in document.text
    assert UnreadReason.TOO_LARGE in {entry.reason for entry in document.unread}


def _with_resources(data: bytes, resources: bytes) -> bytes:
    common = (
        '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PublicRes>'
        'Res.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/>'
        "</ofd:Pages></ofd:Document>"
    )
    parts = {"Doc_0/Document.xml": common.encode(), "Doc_0/Res.xml": resources}
    return hostile.with_members(data, parts)
