"""Fingerprints fold spelling, depend on the key and tell nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers.engine import Engine
from screener.detect.detector import DocumentDetector
from screener.detect.fingerprint import fingerprint, identity
from tests.factories import document

KEY = bytes(32)
ENGINE = Engine(entities=("CN_MOBILE_PHONE",))


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("CN_ID_CARD", "11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
        ("CN_ID_CARD", "11010519491231002X", "110105 1949\u200b1231\n002x"),
        ("CN_MOBILE_PHONE", "13800000000", "+86 138-0000-0000"),
        ("CN_MOBILE_PHONE", "13800000000", "0086-13800000000转802"),
        ("CN_MOBILE_PHONE", "13800000000", "138.0000.0000"),
        ("CN_LANDLINE_PHONE", "0551-62345678", "+86 551 62345678"),
        ("CN_LANDLINE_PHONE", "0551-62345678", "（0551）62345678"),
        ("CN_ID_CARD", "11010519491231002X", "110105 19491231 002×"),
        ("CN_ID_CARD", "11010519491231002X", "11O1O519491231OO2✕"),
        ("CN_ID_CARD_MASKED", "110105********002X", "110105××××××××002X"),
        ("CN_BANK_CARD", "6222 0200 0000 0000", "6222020000000000"),
    ],
)
def test_one_value_one_fingerprint(entity: str, one: str, other: str) -> None:
    assert fingerprint(KEY, entity, one) == fingerprint(KEY, entity, other)


@pytest.mark.parametrize(
    "written",
    [
        "一三八六一九九五八二二",
        "１３８－６１９９－５８２２",
        "①③⑧⑥①⑨⑨⑤⑧②②",
        "l38 6l99 5822",
        "1*3*8*6*1*9*9*5*8*2*2",
    ],
)
def test_a_disguise_is_the_same_value(written: str) -> None:
    """The whole way: what a rule reads is what is remembered, so decisions carry over."""
    detector = DocumentDetector(ENGINE, KEY)
    plain, disguised = (
        detector.detect(document(f"联系电话：{phone}。"))[0] for phone in ("13861995822", written)
    )
    assert [f.entity for f in plain] == ["CN_MOBILE_PHONE"]
    assert [f.fingerprint for f in disguised] == [f.fingerprint for f in plain]
    assert [f.id for f in disguised] == [f.id for f in plain]


def test_another_key_another_fingerprint() -> None:
    value = "11010519491231002X"
    assert fingerprint(KEY, "CN_ID_CARD", value) != fingerprint(b"k" * 32, "CN_ID_CARD", value)


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_identity_is_hex_of_fixed_length(parts: list[str]) -> None:
    assert len(identity(KEY, *parts)) == 12
    int(identity(KEY, *parts), 16)
