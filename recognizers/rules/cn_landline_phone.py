"""固定电话 with its area code, local numbers behind a label, 400 and 800 numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import DIGIT_EDGE_LEFT, DIGIT_EDGE_RIGHT, ChineseRecognizer, Hit
from recognizers.contacts import contact_evidence
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.patterns import late

_JOINT = r"[ ]?(?:-?\n|-{1,2}|[·.])?[ ]?"
_EXTENSION = r"(?:[ ]?(?:转|-|#|[*]|[(]?分机(?:号)?|ext[.]?)[: ]?(?P<extension>[0-9]{1,6})[)]?)?"
_FIXED = late(
    DIGIT_EDGE_LEFT
    + r"(?:[(]?[+]?(?:00)?86[)]?[- ]{0,2}[(]?0?|[(]?0)"
    + rf"(?P<area>10|2[0-9]|[3-9][0-9]{{2}})[)]?(?P<joint>{_JOINT})"
    + rf"(?P<local>[2-9][0-9]{{6,7}}|[2-9][0-9]{{2,3}}(?:{_JOINT})[0-9]{{4}})"
    + _EXTENSION
    + DIGIT_EDGE_RIGHT
)
_PUBLIC = late(
    DIGIT_EDGE_LEFT
    + r"[48]00(?P<joint>[- ]?)(?:[0-9]{3}[- ]?[0-9]{4}|[0-9]{4}[- ]?[0-9]{3}"
    + r"|[0-9][- ]?[0-9]{3}[- ]?[0-9]{3})"
    + _EXTENSION
    + DIGIT_EDGE_RIGHT
)
_LOCAL = late(DIGIT_EDGE_LEFT + r"[2-8][0-9]{2,3}-?[0-9]{4}" + _EXTENSION + DIGIT_EDGE_RIGHT)
_NEXT_LOCAL = late(
    r"(?P<gap>[ ]?[、,/;或][ ]?)(?P<local>[2-9][0-9]{6,7})" + _EXTENSION + DIGIT_EDGE_RIGHT
)
_CODE_BEFORE = late(r"[0-9A-Za-z][-_.]$|[A-Za-z_]$|[.]$")
_DIGITS_BEFORE = late(r"[0-9] $")
_LABEL_WORD_BEFORE = late(r"(?:tel|fax|phone|t|f|p)[.:]?$", re.IGNORECASE)
_CODE_AFTER = late(r"[-_.]?[0-9A-Za-z]|%|[ ]?(?:元|万|亿|吨|米|㎡|平方)")
_HOME = late("家庭|住宅|宅电|家里|家中|家电话|私人|个人电话")
_OFFICE = late("办公|值班|单位|传真|科室|热线|咨询|监督|举报|投诉|报名|客服|受理")


class LandlinePhoneRule(ChineseRecognizer):
    """Landlines. Short public hotlines (12345, 110) are no finding."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every landline in the clusters of digits; further ones of a list behind the first."""
        text = artifacts.view.text
        done = 0
        for cluster in artifacts.scan.clusters:
            artifacts.check_clock()
            begin, end = max(done, cluster.start - 5), cluster.end + 10
            for pattern in (_FIXED, _PUBLIC, _LOCAL):
                for match in pattern.finditer(text, begin, min(len(text), end)):
                    if match.start() < done:
                        continue
                    hit = self._read(artifacts, match, pattern)
                    if hit is not None:
                        yield hit
                        done = hit.end
                        for further in self._further(artifacts, done, hit):
                            yield further
                            done = further.end

    def _read(
        self, artifacts: ChineseArtifacts, match: re.Match[str], pattern: re.Pattern[str]
    ) -> Hit | None:
        start, end = match.span()
        given = label(artifacts, start)
        said = spoken(given, "phone", "mobile")
        if _in_code(artifacts, start, end) or denied(given, "phone", "mobile", "email"):
            return None
        if pattern is _LOCAL and not (said and given is not None and given.direct):
            return None
        if not said and not _shaped(match.group()):
            return None
        evidence = evidence_of(given, "phone", "mobile") or ("no_checksum",)
        return Hit(start, end, 0.9 if said else 0.75, evidence + self._owner(artifacts, match))

    def _owner(self, artifacts: ChineseArtifacts, match: re.Match[str]) -> tuple[str, ...]:
        if match.re.pattern == _PUBLIC.pattern:
            return ("public_line",)
        start, end = match.span()
        near = artifacts.before(start, 20) + (artifacts.header(start) or "")
        if _HOME.search(near):
            return ("home_line",)
        contact = contact_evidence(artifacts, start, end)
        if "private_contact" in contact:
            return ("home_line",)
        if contact or _OFFICE.search(near):
            return ("office_line",)
        return ()

    def _further(self, artifacts: ChineseArtifacts, end: int, first: Hit) -> Iterator[Hit]:
        """``0551-62345678、62345679``: later numbers of a list leave out the area code."""
        text = artifacts.view.text
        match = _NEXT_LOCAL.match(text, end)
        while match is not None:
            if _CODE_AFTER.match(artifacts.after(match.end(), 4)):
                return
            yield Hit(match.start("local"), match.end(), 0.7, first.evidence)
            match = _NEXT_LOCAL.match(text, match.end())


def _in_code(artifacts: ChineseArtifacts, start: int, end: int) -> bool:
    """Whether the digits are part of a longer code or an amount."""
    before = artifacts.before(start, 8)
    if _CODE_BEFORE.search(before) and not _LABEL_WORD_BEFORE.search(before):
        return True
    if _DIGITS_BEFORE.search(before) and " " in artifacts.view.text[start:end]:
        return True  # groups of a longer number
    return _CODE_AFTER.match(artifacts.after(end, 4)) is not None


def _shaped(written: str) -> bool:
    """Written like a phone number: digits in a row, or broken by a line, say nothing alone."""
    return "\n" not in written and any(c in "-() +·." for c in written)
