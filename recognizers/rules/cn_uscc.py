"""统一社会信用代码 (GB 32100-2015): only where the check character is right."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import uscc_valid
from recognizers.labels import evidence_of, label, spoken
from recognizers.patterns import late
from recognizers.regions import PROVINCES
from recognizers.trace import look

_JOINT = r"[ ]?[-\n]?[ ]?"
_CHARACTER = "[0-9A-HJ-NP-RTUW-Ya-hj-np-rtuw-y]"
_CODE = late(
    rf"[1-9A-GYNa-gyn]{_JOINT}[1-9A-Ya-y](?:{_JOINT}[0-9]){{6}}(?:{_JOINT}{_CHARACTER}){{10}}"
    "(?![0-9A-Za-z])"
)
_SEPARATORS = late(r"[ \-\n]")
_SOLE_TRADER = "92"
_USUAL = frozenset(("11", "12", "13", "19", "51", "52", "53", "59", "81", "91", "92", "93"))
"""Who registers what: institutions, associations, unions, firms."""
_REGIONS = PROVINCES | {"10", "66", "81", "82"}
"""Provinces, the country (10), the Production and Construction Corps (66), Hong Kong, Macao."""


class UsccRule(ChineseRecognizer):
    """Codes of organisations, and of sole traders (92…), who are one person."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Tries every place where a run of letters and digits begins that may hold one."""
        text = artifacts.view.text
        starts = {start for start, _ in artifacts.scan.codes}
        starts.update(cluster.start for cluster in artifacts.scan.clusters if cluster.digits >= 8)
        done = 0
        for start in sorted(starts):
            artifacts.check_clock()
            if start < done or _glued(text, start):
                continue
            match = _CODE.match(text, start)
            if match is None:
                continue
            look(start, match.end())
            code = _SEPARATORS.sub("", match.group()).upper()
            if not _sound(code):
                continue
            given = label(artifacts, start)
            if code.isdigit() and code[:2] not in _USUAL and not spoken(given, "uscc"):
                continue  # one number in 31 passes the check
            evidence = ("checksum_ok", *evidence_of(given, "uscc"))
            if code.startswith(_SOLE_TRADER):
                evidence += ("sole_trader",)
            # An all-digit code and an ID number can look alike; the label says which it is.
            score = 0.995 if evidence_of(given, "uscc") else 0.95
            done = match.end()
            yield Hit(start, done, score, evidence)


def _sound(code: str) -> bool:
    return code[2:4] in _REGIONS and len(set(code)) > 3 and uscc_valid(code)


def _glued(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before.isascii() and (before.isalnum() or before == "_")
