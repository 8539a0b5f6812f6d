"""Fingerprints fold spelling, depend on the key and tell nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.detect.fingerprint import fingerprint, identity

KEY = bytes(32)


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("CN_ID_CARD", "11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
        ("CN_ID_CARD", "11010519491231002X", "110105 1949\u200b1231\n002x"),
        ("CN_MOBILE_PHONE", "13800000000", "+86 138-0000-0000"),
        ("CN_BANK_CARD", "6222 0200 0000 0000", "6222020000000000"),
    ],
)
def test_one_value_one_fingerprint(entity: str, one: str, other: str) -> None:
    assert fingerprint(KEY, entity, one) == fingerprint(KEY, entity, other)


def test_another_key_another_fingerprint() -> None:
    value = "11010519491231002X"
    assert fingerprint(KEY, "CN_ID_CARD", value) != fingerprint(b"k" * 32, "CN_ID_CARD", value)


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_identity_is_hex_of_fixed_length(parts: list[str]) -> None:
    assert len(identity(KEY, *parts)) == 12
    int(identity(KEY, *parts), 16)
