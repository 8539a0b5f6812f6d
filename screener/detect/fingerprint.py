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


def canonical(entity: str, value: str) -> str:
    """One spelling for one value: width, case, spaces, dashes and zero-width characters folded."""
    folded = unicodedata.normalize("NFKC", value).upper()
    folded = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    folded = _NOT_VALUE.sub("", folded)
    if entity == "CN_MOBILE_PHONE":
        return folded[-11:]  # with and without +86
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
