"""Numbers in disguise: what a view writes plainly, where that stands, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.people import People
from recognizers import disguise
from recognizers.engine import Engine
from recognizers.view import View
from tests.recognizers.layouts import Row
from tests.recognizers.steps import steps

PERSON = People(41).person()
RINGS = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def written(raw: str) -> list[tuple[str, str]]:
    """The plain text and the raw text of everything that was rewritten, neighbours as one."""
    view = View(raw)
    joined: list[tuple[int, int]] = []
    for start, end in view.stretches_rewritten:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return [(view.text[a:b], raw[slice(*view.raw_span(a, b))]) for a, b in joined]


@pytest.mark.parametrize(
    "disguised",
    [
        PERSON.id_number.translate(RINGS),
        PERSON.id_number.translate(HAN),
        "*".join(PERSON.id_number),
        "、".join(PERSON.id_number.translate(HAN)),
        f"{PERSON.id_number[:9]}\n— 7 —\n{PERSON.id_number[9:]}",
        "".join(f"&#{ord(c)};" for c in PERSON.id_number),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "王秀英{}。", "编号１，身份证{}，电话见后"])
def test_the_plain_number_stands_for_exactly_its_raw_text(disguised: str, frame: str) -> None:
    assert written(frame.format(disguised)) == [(PERSON.id_number, disguised)]


def test_an_override_shows_digits_backwards() -> None:
    raw = f"电话\u202e{PERSON.mobile[::-1]}\u202c。"
    view = View(raw)
    at = view.text.index(PERSON.mobile)
    assert raw[slice(*view.raw_span(at, at + 11))] == PERSON.mobile[::-1]
    assert raw[slice(*view.raw_span(at, at + 3))] == PERSON.mobile[:3][::-1]


def test_a_number_that_reads_forwards_under_an_override_stays() -> None:
    assert PERSON.mobile in View(f"电话\u202e{PERSON.mobile}\u202c。").text


@pytest.mark.parametrize(
    "raw",
    [
        "①②③④⑤⑥⑦⑧⑨⑩",
        "一二三四五六七八九",
        "二〇二六年十一月二十二日",
        "①3000元②4000元③5000元",
        f"①{PERSON.mobile}②{PERSON.mobile}",
        "138、1234、5678",
        "尺寸1380×1234×567",
        "H₂SO₄，10²³",
        PERSON.id_number,
        f"{PERSON.mobile[:3]}-{PERSON.mobile[3:7]}-{PERSON.mobile[7:]}",
        "增长30%40%50%",
    ],
)
def test_what_is_no_disguise_stays_as_it_is(raw: str) -> None:
    assert written(raw) == []


def test_a_slice_of_a_longer_row_is_no_number() -> None:
    row = "*".join("9" + PERSON.mobile + "9")
    assert written(f"手机：{row}") == []


def test_the_heading_of_a_column_says_what_it_is() -> None:
    engine = Engine(entities=["CN_MOBILE_PHONE"])
    value = "、".join(PERSON.mobile)
    for header, count in (("手机号码", 1), ("各季度得分", 0)):
        layout = Row([(header, value)])
        assert len(engine.analyze(layout.text, layout)[0]) == count


def test_what_a_finding_says_tells_of_the_disguise() -> None:
    engine = Engine(entities=["CN_ID_CARD"])
    for text, told in (
        (f"身份证{PERSON.id_number.translate(RINGS)}", True),
        (f"身份证{PERSON.id_number}", False),
        (f"手机①②③④⑤⑥⑥、身份证{PERSON.id_number}", False),
    ):
        [match] = engine.analyze(text)[0]
        assert ("disguised" in match.evidence) is told


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("姓名：欧 阳 秀 英，女", "姓名:欧阳秀英,女"),
        ("姓名：张-三", "姓名:张三"),
        ("住址：安　徽　省　合　肥　市 甲区", "住址:安 徽 省 合 肥 市 甲区"),  # runs on: left alone
        ("姓名：张*三", "姓名:张*三"),  # masked, not parted
        ("姓名：张 三 性 别：男", "姓名:张 三 性 别:男"),
        ("联系人：欧 阳 建 国 性 别：男", "联系人:欧 阳 建 国 性 别:男"),
        ("时间：2-3-4", "时间:2-3-4"),
        ("机\n密★5年\n", "机密★5年\n"),
        ("机\n密封条\n", "机\n密封条\n"),
        ("计算机\n密\n", "计算机\n密\n"),
    ],
)
def test_words_set_apart_are_read_as_one(raw: str, plain: str) -> None:
    view = View(raw)
    assert view.text == plain
    assert view.raw_span(0, len(view)) == (0, len(raw))


@settings(max_examples=80, deadline=None)
@given(st.text("0189一二〇①⑩ⅡOlI|○*、- \n机密:,%&#;x\u202e\u202c\u200b身份证手机：A", max_size=80))
def test_every_stretch_maps_back_into_the_text(raw: str) -> None:
    view = View(raw)
    for start, end in view.stretches_rewritten:
        first, last = view.raw_span(start, end)
        assert 0 <= first < last <= len(raw)
    for at in range(len(view)):
        first, last = view.raw_span(at, at + 1)
        assert 0 <= first < last <= len(raw)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40), st.integers(1, 60))
def test_blocks_make_no_difference(before: int, block: int) -> None:
    raw = (
        "1、2、3、" * before
        + f"身份证{'*'.join(PERSON.id_number)}，{PERSON.id_number.translate(RINGS)}。"
    )
    raw = raw * 3
    whole = View(raw).text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disguise, "BLOCK", block * 10)
        assert View(raw).text == whole


@pytest.mark.parametrize(
    "unit",
    [
        "①",
        "一",
        "1、",
        "1*3*",
        "○",
        "O1l",
        "一三",
        "138*",
        "&#49;",
        "%31",
        "\u202e1",
        "1\n— 3 —\n",
        "|1",
        ":一 二",
        ":一-二-",
        "机\n",
    ],
    ids=repr,
)
def test_the_steps_grow_linearly(unit: str) -> None:
    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: View(text))

    cost(500)
    assert cost(16_000) < 5 * cost(4_000)
