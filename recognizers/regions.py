"""Provinces as the first two digits of GB/T 2260 codes.

County codes are never checked: they were given up and merged by the thousand, and numbers that
carry retired ones are real.
"""

PROVINCES = frozenset(
    {
        *("11", "12", "13", "14", "15"),
        *("21", "22", "23"),
        *("31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46"),
        *("50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65"),
        "71",
    }
)
RESIDENCE_PERMIT_REGIONS = frozenset({"810000", "820000", "830000"})
"""Hong Kong, Macao and Taiwan on residence permits (港澳台居民居住证)."""
