"""固定电话 with its area code, local numbers behind a label, 400 and 800 numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import DIGIT_EDGE_LEFT, DIGIT_EDGE_RIGHT, ChineseRecognizer, Hit
from recognizers.contacts import contact_evidence
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.patterns import late
from recognizers.scan import Cluster

_JOINT = r"[ ]?(?:-?\n|-{1,2}|[·.])?[ ]?"
_EXTENSION = r"(?:[ ]?(?:转|-|#|[*]|[(]?分机(?:号)?|ext[.]?)[: ]?(?P<extension>[0-9]{1,6})[)]?)?"
_FIXED = late(
    DIGIT_EDGE_LEFT
    + r"(?:(?:[(](?=[+0-9]{2,5}[)]))?[+]?(?:00)?86[)]?[- ]{0,2}(?:[(](?=[0-9]{2,4}[)]))?0?"
    + r"|(?:[(](?=[0-9]{3,4}[)]))?0)"
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
_YEAR = late(r"0[0-9]{2,3}-(?:19|20)[0-9]{2}-[0-9]{4}")
"""A code with a year in it: 0551-2024-0001."""
_CODE_BEFORE = late(r"[0-9A-Za-z][-_.]$|[A-Za-z_]$|[.]$")
_DIGITS_BEFORE = late(r"[0-9] $")
_LABEL_WORD_BEFORE = late(r"(?:tel|fax|phone|t|f|p)[.:]?$", re.IGNORECASE)
_CODE_AFTER = late(r"[-_.]?[0-9A-Za-z]|%|[ ]?(?:元|万|亿|吨|米|㎡|平方)")
_MOST_DIGITS = 20
_HOME = late("家庭|住宅|宅电|家里|家中|家电话|私人|个人电话")
_CALLED = late(
    "(?:咨询|监督|举报|投诉|受理|值班|报名|反馈|来电|服务|窗口|部门|单位|局|委|办|处|科|股|室|站"
    "|所|队|院|校|会|馆|中心|公司|厂|大厅|检察|纪检组|专班|警官)$"
)
_HOTLINE = late(r"1[0-9]{4}[、,/和或 ]{1,2}$")
_CONTACT = late(
    "(?:联系人?|咨询|代表|承办人|经办人|主任|科长|股长|局长|大队)"
    "[: ]{0,2}[一-鿿·、 ]{1,12}[,( ]{1,2}$"
)
_SIGNED = late(
    "(?:股|科|室|办|局|处|站|中心|所|队|委|院|会|部|厅)[ \\t]{1,3}[一-鿿·]{2,12}[ \\t]{1,3}$"
)
"""An office and its clerk, set apart by blanks, with the line to ring at the end."""
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
            if done <= cluster.start and (hit := self._wrapped(artifacts, cluster)) is not None:
                yield hit
                done = hit.end

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
        shaped = _shaped(match.group()) and not _YEAR.fullmatch(match.group())
        if not (said or shaped or _leads(artifacts, start)):
            return None
        evidence = evidence_of(given, "phone", "mobile") or ("no_checksum",)
        return Hit(start, end, 0.9 if said else 0.75, evidence + self._owner(artifacts, match))

    def _wrapped(self, artifacts: ChineseArtifacts, cluster: Cluster) -> Hit | None:
        """A labelled number that the end of a line broke somewhere, as in 0|551-62345678."""
        text = artifacts.view.text
        place = text.find("\n", cluster.start, cluster.end)
        if place < 0 or not cluster.digits < _MOST_DIGITS:
            return None
        given = label(artifacts, cluster.start)
        joined = text[cluster.start : place] + text[place + 1 : cluster.end]
        match = _FIXED.match(joined)
        said = spoken(given, "phone", "mobile") or _leads(artifacts, cluster.start)
        if match is None or not said:
            return None
        start, end = cluster.start, cluster.start + match.end() + 1
        if end <= place + 1 or _in_code(artifacts, start, end):
            return None
        evidence = evidence_of(given, "phone", "mobile") or ("no_checksum",)
        return Hit(start, end, 0.8, evidence + self._whose(artifacts, start, end))

    def _owner(self, artifacts: ChineseArtifacts, match: re.Match[str]) -> tuple[str, ...]:
        if match.re.pattern == _PUBLIC.pattern:
            return ("public_line",)
        return self._whose(artifacts, *match.span())

    @staticmethod
    def _whose(artifacts: ChineseArtifacts, start: int, end: int) -> tuple[str, ...]:
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


def _leads(artifacts: ChineseArtifacts, start: int) -> bool:
    """Whether an office, or what one calls it for, leads to bare digits: 咨询：04713245374."""
    before = _HOTLINE.sub("", artifacts.before(start, 24))
    called = _CALLED.search(before.rstrip("[(:, ")) or _CONTACT.search(before)
    return bool(called or _SIGNED.search(before))


def _shaped(written: str) -> bool:
    """Written like a phone number: digits in a row, or broken by a line, say nothing alone."""
    return "\n" not in written and any(c in "-() +·." for c in written)
