"""Check digits of the numbers that have one. All take digits without separators."""

from __future__ import annotations

from datetime import date

from recognizers.trace import objection

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {character: value for value, character in enumerate(_USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_LUHN_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
FIRST_BIRTH_YEAR = 1900


def id_check_character(first17: str) -> str:
    """The 18th character of an ID number (GB 11643-1999: ISO 7064 MOD 11-2)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first17[:17], _ID_WEIGHTS, strict=True)
    )
    return _ID_CHECKS[total % 11]


def id_valid(number: str) -> bool:
    """Whether 17 digits and a digit or X pass the check of GB 11643-1999."""
    return id_check_character(number) == number[17] or _fails("check_digit_wrong")


def luhn_valid(digits: str) -> bool:
    """Whether a card number passes the Luhn test (ISO/IEC 7812-1)."""
    total = sum(map(int, digits[-1::-2]))
    total += sum(_LUHN_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0 or _fails("luhn_wrong")


def _fails(objection_code: str) -> bool:
    """False, told to whoever watches."""
    objection(objection_code)
    return False


def uscc_valid(code: str) -> bool:
    """Whether 18 upper-case characters pass the check of GB 32100-2015."""
    try:
        values = [_USCC_VALUES[character] for character in code]
    except KeyError:
        return False
    total = sum(value * weight for value, weight in zip(values[:17], _USCC_WEIGHTS, strict=True))
    return (31 - total % 31) % 31 == values[17] or _fails("credit_code_wrong")


def plausible_birth(digits: str, today: date) -> bool:
    """Whether YYYYMMDD is a day between 1900 and today."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not FIRST_BIRTH_YEAR <= year <= today.year:
        return _fails("birth_impossible")
    try:
        return date(year, month, day) <= today or _fails("birth_impossible")
    except ValueError:
        return _fails("birth_impossible")


_HK_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_TW_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VIN_VALUES = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def hk_id_valid(letters: str, digits: str, check: str) -> bool:
    """Whether one or two upper-case letters, six digits and the bracketed character agree.

    Hong Kong: a space counts 36, A 10 … Z 35, weights 9 to 2, modulo 11; a remainder of 10 is A.
    """
    values = [36 if c == " " else ord(c) - 55 for c in letters.rjust(2)] + [int(c) for c in digits]
    total = sum(value * weight for value, weight in zip(values, _HK_WEIGHTS, strict=True))
    return "0123456789A"[-total % 11] == check


def tw_id_valid(number: str) -> bool:
    """Whether a letter and nine digits, or two letters and eight digits, pass Taiwan's check."""
    first = _TW_LETTERS.index(number[0]) + 10
    rest = [
        int(c) if c.isdigit() else _TW_LETTERS.index(c) % 10  # the units of 10 to 35
        for c in number[1:]
    ]
    values = (first // 10, first % 10, *rest)
    return sum(v * w for v, w in zip(values, _TW_WEIGHTS, strict=True)) % 10 == 0


def org_code_valid(code: str) -> bool:
    """Whether eight characters and the check character agree (GB 11714-1997)."""
    total = sum(int(c, 36) * weight for c, weight in zip(code[:8], _ORG_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11] == code[8]


def vin_valid(number: str) -> bool:
    """Whether 17 upper-case characters carry the right ninth one (ISO 3779, GB 16735)."""
    total = sum(_VIN_VALUES[c] * weight for c, weight in zip(number, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11] == number[8]
