"""Keyed fingerprints: the same value is recognised again, and nobody without the key can guess it.

An unkeyed hash of an ID card number is no protection: all numbers can be tried in minutes. The key
is the site's own (``site.key``), so fingerprints of two offices cannot be compared either.
"""

from __future__ import annotations

import hmac
import re
import unicodedata

_LENGTH = 20  # hex digits: 80 bits, far beyond chance collisions in one site's findings
_NOT_VALUE = re.compile(r"[^0-9A-Za-z\u2e80-\U0003ffff@._*×＊]+")
_MOBILE = re.compile("^(?:0{0,2}86)?0?(1[3-9][0-9]{9})")
_COUNTRY = re.compile("^(?:00)?86(?=0?[1-9][0-9]{8,})0?")
_X_AT_END = re.compile("(?<=[0-9])[ -]?[×ХхΧχ✕✖╳]$")
_LETTERS = str.maketrans("OQDILSBZ", "00011582")
"""What reading a picture makes of digits."""
_NUMBERS = frozenset(
    {"CN_ID_CARD", "CN_BANK_CARD", "CN_MOBILE_PHONE", "CN_LANDLINE_PHONE", "CN_DISABILITY_CARD"}
)


def canonical(entity: str, value: str) -> str:
    """One spelling for one value: width, case, spaces, dashes and zero-width characters folded.

    ``value`` is written as the rules read it: what was disguised (Chinese digits, digits in rings,
    letters for digits) is plain already. Numbers lose country codes, phones their extensions too.
    """
    if entity in _NUMBERS:
        value = _X_AT_END.sub("X", value)
    folded = unicodedata.normalize("NFKC", value).upper()
    if not folded.isprintable():
        folded = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    folded = _NOT_VALUE.sub("", folded)
    if entity.endswith("_MASKED"):
        return folded.replace("×", "*")
    if entity in _NUMBERS:
        folded = folded.translate(_LETTERS).replace(".", "")
    if entity == "CN_MOBILE_PHONE":
        mobile = _MOBILE.match(folded)
        return mobile[1] if mobile else folded
    if entity == "CN_LANDLINE_PHONE":
        return _COUNTRY.sub("0", folded)
    return folded


def fingerprint(key: bytes, entity: str, value: str) -> str:
    """HMAC-SHA256 of the canonical value under the site key, 20 hex digits.

    The entity is not part of it: a phone number that is also a WeChat id is one value.
    """
    return _digest(key, "value", canonical(entity, value))


def identity(key: bytes, *parts: str) -> str:
    """The stable id of a finding, from what a person would call the same finding, 12 hex digits."""
    return _digest(key, "finding", *parts)[:12]


def _digest(key: bytes, *parts: str) -> str:
    message = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256").hex()[:_LENGTH]
