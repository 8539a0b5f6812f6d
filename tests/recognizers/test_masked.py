"""How many originals fit a mask: the same as counting them one by one."""

from __future__ import annotations

from datetime import date

import pytest

from fixtures.masks import MaskedId, masked_ids
from recognizers.artifacts import ChineseArtifacts
from recognizers.engine import Engine
from recognizers.masks.counts import Told, count_cards, count_ids, count_mobiles, count_old_ids
from recognizers.masks.records import written_on
from recognizers.masks.search import masked
from recognizers.match import Match
from recognizers.regions import codes_of, county_codes
from tests.recognizers import one_by_one
from tests.recognizers.layouts import Row

TODAY = date(2026, 6, 30)
ID, CARD, MOBILE = "CN_ID_CARD_MASKED", "CN_BANK_CARD_MASKED", "CN_MOBILE_PHONE_MASKED"


@pytest.fixture(scope="module")
def masks() -> Engine:
    """The rules for masked numbers, without the network for names."""
    return Engine(entities=[ID, CARD, MOBILE])


def found(masks: Engine, *cells: tuple[str | None, str]) -> list[Match]:
    row = Row(cells) if any(header for header, _ in cells) else None
    matches, failures = masks.analyze(row.text, row) if row else masks.analyze(cells[0][1])
    assert not failures
    return matches


def told(match: Match) -> set[str]:
    return {c.partition(":")[2] for c in match.evidence if c.startswith("record_tells:")}


def test_five_hundred_built_masks_are_counted_as_one_by_one(masks: Engine) -> None:
    today = date.today()
    for made in masked_ids(20261122, 500, today):

        def there(code: str, made: MaskedId = made) -> bool:
            return code.startswith(made.hometown)

        wanted = one_by_one.ids(made.shown, today, made.birth, made.age, made.sex, there)
        assert wanted > 0
        matches = found(masks, *made.cells)
        assert [match.candidates for match in matches] == [wanted], made
        assert matches[0].evidence[0] == f"fits:{wanted}"


def test_the_counts_of_the_domain_reference() -> None:
    assert count_ids("1101051949****002X", TODAY) == 34
    assert count_ids("11010519491231****", TODAY) == 999
    assert count_ids("11010519491231002*", TODAY) == 1
    assert count_ids("11010519491231002X", TODAY) == 1
    assert count_ids("11010519491231001X", TODAY) == 0
    shown = "110105********002X"
    assert count_ids(shown, TODAY, Told("19491231")) == 1
    assert count_ids(shown, TODAY, Told("1949****")) == 34
    assert count_ids("11010519491231****", TODAY, Told(sex="男")) == 500
    assert count_ids("11010519491231****", TODAY, Told(sex="女")) == 499
    assert 3000 < count_ids(shown, date(1999, 12, 31)) < 3600


def test_hidden_digits_of_a_region_are_those_of_real_counties() -> None:
    assert sorted(one_by_one.codes()) == list(county_codes())
    for shown in ("1101**19491231002X", "**010219491231002X", "34****198501011234"):
        assert count_ids(shown, TODAY) == one_by_one.ids(shown, TODAY)
    assert count_ids("11010519491231002*", TODAY, Told(regions=("3401",))) == 0


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("北京市朝阳区", ("110105",)),
        ("安徽合肥", ("3401",)),
        ("江苏省南京市 鼓楼区", ("320106",)),
        ("湖南", ("43",)),
        ("不详", ()),
        ("", ()),
    ],
)
def test_the_codes_of_a_hometown(place: str, codes: tuple[str, ...]) -> None:
    assert codes_of(place) == codes


@pytest.mark.parametrize("count", [count_ids, lambda shown, today: count_old_ids(shown)])
def test_another_length_is_refused(count: object) -> None:
    with pytest.raises(ValueError, match="1"):
        count("1101****", TODAY)  # type: ignore[operator]


def test_old_numbers_count_births_of_the_last_century() -> None:
    assert count_old_ids("110105491231***") == 999
    assert count_old_ids("110105******123") == (date(1999, 12, 31) - date(1899, 12, 31)).days


@pytest.mark.parametrize("shown", ["62220200000***00", "6222**0200000012", "*222020000000000"])
def test_cards_are_counted_one_by_one(shown: str) -> None:
    assert count_cards(shown) == one_by_one.cards(shown)


@pytest.mark.parametrize("shown", ["138****1234", "1*812345678", "1**81234567", "12*12345678"])
def test_mobiles_are_counted_one_by_one(shown: str) -> None:
    assert count_mobiles(shown) == one_by_one.mobiles(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1101051949****002X", "1101051949****002X"),
        ("110105 1949 **** 002X", "1101051949****002X"),
        ("1 1 0 1 0 5 * * * * * * * * 0 0 2 X", "110105********002X"),
        ("1101051949* * * * 002X", "1101051949****002X"),
        ("1101051949____002X", "1101051949****002X"),
        ("1101051949––––002X", "1101051949****002X"),
        ("1101051949....002X", "1101051949****002X"),
        ("1101051949某某某某002X", "1101051949****002X"),
        ("1101051949xxxx002X", "1101051949****002X"),
        ("110105１９４９＊＊＊＊００２Ｘ", "1101051949****002X"),
        ("110105\n********002X", "110105********002X"),
    ],
)
def test_every_way_to_hide_is_read(text: str, shown: str) -> None:
    assert [number.shown for number in masked(ChineseArtifacts(text), (18,))] == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "13000~15000", "张某某13812345678", "●13812345678", "13812345678？", "2020-01-01",
        "★340102198001010012", "长13800×宽12000毫米", "******************", "abc138****1234",
    ],
)  # fmt: skip
def test_what_hides_nothing_is_no_mask(masks: Engine, text: str) -> None:
    assert found(masks, (None, text)) == []


def test_lists_of_masks_are_read_to_the_end(masks: Engine) -> None:
    lines = "138****1234\n" * 500
    assert len(found(masks, (None, lines))) == 500
    lines = "110105********002X\n" * 500 + "Tel 138****1234\nEnd"
    assert len(found(masks, (None, lines))) == 501
    row = "138****1234、139****5678；110105********002X"
    assert len(found(masks, (None, row))) == 3


def test_a_mask_drawn_too_short_or_too_long_hides_the_rest(masks: Engine) -> None:
    for written in ("1101051949*002X", "1101051949…002X", "1101051949************002X"):
        (match,) = found(masks, (None, f"身份证号：{written}"))
        assert match.candidates == 34
    (match,) = found(masks, (None, "手机：1381234*78"))
    assert match.candidates == 100


def test_the_row_of_another_person_tells_nothing(masks: Engine) -> None:
    text = "张三，女，110105********002X；李四，女，1949年12月31日出生，110105********0046"
    first, second = found(masks, (None, text))
    assert told(first) == {"性别"}
    assert told(second) == {"性别", "出生日期"}
    lines = "张三 女 110105********002X\n李四 女性 110105********0046"
    assert [told(match) for match in found(masks, (None, lines))] == [{"性别"}, {"性别"}]


def test_what_contradicts_the_number_is_not_counted(masks: Engine) -> None:
    (match,) = found(masks, ("姓名", "张三"), ("年龄", "12"), ("身份证号", "1101051949****002X"))
    assert match.candidates == 34
    assert told(match) == set()


def test_two_masks_of_one_person_add_up(masks: Engine) -> None:
    text = "姓名：张三，身份证号：1101051949********\n\n姓名：张三，身份证号：**********1231002X"
    first, second = found(masks, (None, text))
    assert first.candidates == second.candidates == 1
    assert "adds_up" in first.evidence
    other = text.replace("张三，身份证号：***", "李四，身份证号：***")
    assert [match.candidates for match in found(masks, (None, other))] != [1, 1]
    contrary = text.replace("1231002X", "12310037").replace("**********1231", "34********1231")
    assert all("adds_up" not in match.evidence for match in found(masks, (None, contrary)))


def test_masks_of_a_phone_and_a_card_add_up(masks: Engine) -> None:
    text = "张三 电话：138****1234。\n\n联系人：张三，电话：1385678****。"
    assert [m.candidates for m in found(masks, (None, text)) if m.entity == MOBILE] == [1, 1]
    text = "张三 卡号：622202********1234\n\n户名：张三，卡号：6222020000005678****"
    assert all("adds_up" not in m.evidence for m in found(masks, (None, text)))


def test_ages_count_from_the_day_of_the_paper() -> None:
    paper = ChineseArtifacts("公示名单\n张三，50岁\n2020年5月6日\n")
    assert written_on(paper) == date(2020, 5, 6)
    assert written_on(ChineseArtifacts("1949年12月31日出生")) == date.today()
    assert written_on(ChineseArtifacts("公示至\n2999年12月31日\n")) == date.today()
