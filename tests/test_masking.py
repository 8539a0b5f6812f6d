"""An excerpt shows what its rule allows and nothing more; a replacement is never the value."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.masking import COMPOUND_SURNAMES, excerpt, replacement, safe_line, township

NUMBERS = ("CN_ID_CARD", "CN_BANK_CARD", "CN_PASSPORT", "HK_ID_CARD", "CN_DISABILITY_CARD")
OTHERS = ("QQ_NUMBER", "WECHAT_ID", "CN_LICENSE_PLATE", "DATE_OF_BIRTH", "SOMETHING_NEW")
ALL = (
    *NUMBERS,
    *OTHERS,
    *("CN_MOBILE_PHONE", "CN_LANDLINE_PHONE", "PERSON", "PERSON_MASKED", "CN_ADDRESS"),
    *("EMAIL_ADDRESS", "SECRET_MARK", "CN_USCC", "CREDENTIAL", "CLASSIFIED_NUMBER"),
)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("entity", "value", "shown"),
    [
        ("CN_ID_CARD", "34010119491231002X", "34****************"),
        ("CN_ID_CARD", "３４０１０１ 19491231 002Ｘ", "34****************"),
        ("CN_ID_CARD", "340101-19491231\n002X", "34****************"),
        ("CN_ID_CARD_MASKED", "****01194912310021", "******************"),
        ("CN_BANK_CARD", "6222 0212 3456 7890 123", "62*****************"),
        ("CN_PASSPORT", "E12345678", "E1*******"),
        ("HK_ID_CARD", "A123456（3）", "A1******"),
        ("CN_MOBILE_PHONE", "+86 138-1234-5678", "138********"),
        ("CN_MOBILE_PHONE", "008613812345678", "138********"),
        ("CN_MOBILE_PHONE_MASKED", "138****5678", "138********"),
        ("CN_LANDLINE_PHONE", "（0551）62345678", "055*********"),
        ("PERSON", "王小明", "王*"),
        ("PERSON", "王　伟", "王*"),
        ("PERSON", "欧阳锋", "欧阳*"),
        ("PERSON", "欧阳", "欧*"),
        ("PERSON", "買買提·吐尔逊", "買*"),
        ("PERSON", "John Smith", "J*"),
        ("PERSON_MASKED", "李某某", "李*"),
        ("CN_ADDRESS", "安徽省合肥市蜀山区井岗镇和平村12号", "安徽省合肥市蜀山区***"),
        ("CN_ADDRESS", "江西省景德镇市珠山区新厂街道10号", "江西省景德镇市珠山区***"),
        ("CN_ADDRESS", "幸福小区3栋201室", "幸***"),
        ("CN_ADDRESS", "3栋201室", "***"),
        ("CN_ADDRESS", "三组", "***"),
        ("EMAIL_ADDRESS", "zhang@example.com", "z***"),
        ("CN_LICENSE_PLATE", "皖A·12345", "皖******"),
        ("CREDENTIAL", "hunter2", "***"),
        ("HEALTH_CONDITION", "肺癌", "***"),
        ("CLASSIFIED_NUMBER", "皖密〔2024〕3号", "皖密〔****〕*号"),
        ("CN_USCC", "91350100M000100Y43", "91350100M000100Y43"),
        ("CN_USCC", "92350100M000100Y40", "92****************"),
        ("SECRET_MARK", "机密★20年", "机密★20年"),
        ("SECRET_MARK", "机　密★\n20年", "机 密★ 20年"),
        ("INTERNAL_MARK", "内部资料 注意保存", "内部资料 注意保存"),
    ],
)
def test_excerpt_follows_the_rule(entity: str, value: str, shown: str) -> None:
    assert excerpt(entity, value) == shown


@pytest.mark.parametrize(
    ("entity", "value", "shown"),
    [
        ("CN_ID_CARD", "34010119491231002X", "*" * 18),
        ("CN_MOBILE_PHONE", "+86 138 1234 5678", "138****5678"),
        ("CN_LANDLINE_PHONE", "0551-62345678", "***"),
        ("CN_BANK_CARD", "6222 0212 3456 7890 123", "*" * 15 + "0123"),
        ("CN_BANK_CARD", "123456789", "***"),
        ("PERSON", "王小明", "王某"),
        ("PERSON", "欧阳锋", "欧阳某"),
        ("CN_ADDRESS", "安徽省合肥市蜀山区井岗镇和平村12号", "安徽省合肥市蜀山区井岗镇***"),
        ("CN_ADDRESS", "哈尔滨市道里区友谊路1号", "哈尔滨市道里区***"),
        ("CN_ADDRESS", "长江西路33号", "***"),
        ("INTERNAL_MARK", "内部资料", "【已删除】"),
        ("EMAIL_ADDRESS", "zhang@example.com", "***"),
        ("SOMETHING_NEW", "abc", "***"),
    ],
)
def test_replacement_follows_the_table(entity: str, value: str, shown: str) -> None:
    assert replacement(entity, value) == shown


def digits_of(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


number = st.text("0123456789０１２３９ -－—\n\u200bX", min_size=1, max_size=30)


@given(st.sampled_from(NUMBERS), number)
def test_numbers_show_two_characters_at_most(entity: str, value: str) -> None:
    shown = excerpt(entity, value)
    kept = shown.rstrip("*")
    assert len(kept) <= 2
    assert len(kept) < max(len(digits_of(value)) + value.count("X"), 1)
    assert set(shown[len(kept) :]) <= {"*"}


@given(st.sampled_from(["CN_MOBILE_PHONE", "CN_LANDLINE_PHONE"]), number)
def test_phones_show_three_digits_at_most(entity: str, value: str) -> None:
    assert len(digits_of(excerpt(entity, value))) <= 3


@given(HAN)
def test_names_show_the_surname_at_most(value: str) -> None:
    shown = excerpt("PERSON", value)
    assert shown.endswith("*")
    assert shown.count("*") == 1
    assert len(shown) <= 2 or shown[:2] in COMPOUND_SURNAMES
    assert shown[:-1] != value


@given(HAN, st.integers(1, 99))
def test_addresses_never_show_the_house(street: str, house: int) -> None:
    value = f"安徽省合肥市蜀山区{street}路{house}号"
    assert str(house) not in excerpt("CN_ADDRESS", value)
    assert not digits_of(township(value))
    assert len(excerpt("CN_ADDRESS", value)) < len(value) + 3
    assert "路" not in excerpt("CN_ADDRESS", value)


@given(st.sampled_from(OTHERS), st.text(max_size=60))
def test_unknown_entities_show_one_character(entity: str, value: str) -> None:
    assert len(excerpt(entity, value).rstrip("*")) <= 1


@given(st.sampled_from(ALL), st.text(max_size=80))
def test_an_excerpt_is_one_safe_short_line(entity: str, value: str) -> None:
    shown = excerpt(entity, value)
    assert shown
    assert len(shown) <= 40
    assert shown == safe_line(shown)


@given(st.sampled_from(ALL), st.text(min_size=4, max_size=80))
def test_a_replacement_never_repeats_the_value(entity: str, value: str) -> None:
    if set(value) <= set("*【】已删除某"):
        return
    assert value not in replacement(entity, value)


@given(st.text())
def test_a_safe_line_has_no_controls(text: str) -> None:
    line = safe_line(text)
    assert line.isprintable() or all(
        c.isspace() or not unicodedata.category(c).startswith(("Cc", "Cf", "Cs")) for c in line
    )
    assert "\n" not in line
    assert "\u202e" not in line


def test_a_safe_line_shows_what_it_hides() -> None:
    assert (
        safe_line("公示\n名单\u202ecod.xslx\udcff\x1b[2J") == r"公示\n名单\u202ecod.xslx\xff\x1b[2J"
    )
