"""居民身份证: 18 digits (GB 11643-1999), the old 15, inside longer numbers, and damaged ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import id_valid, plausible_birth, uscc_valid
from recognizers.columns import typed_cells
from recognizers.digits import Number, numbers
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_OCR_X = "×ⅩⅹХхΧχ✕✖╳"
"""What character recognition makes of the X at the end."""
_LAST = late(rf"(?P<joint>[ \-\n]{{0,3}})(?P<last>[Xx{_OCR_X}])")
_STANDARD_GROUPS = {(18,), (17,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3), (17, 1)}
_STANDARD_GROUPS |= {(6, 8, 3, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 1), (6, 12), (6, 11), (14, 4)}
_STANDARD_GROUPS |= {(14, 3), (3, 3, 4, 4, 4), (3, 3, 4, 4, 3), (6, 6, 6), (6, 6, 5)}
_OLD_GROUPS = {(15,), (6, 6, 3), (6, 9), (12, 3)}
_DISABILITY_TAIL = late(r"[1-7][1-4](?:B[0-9])?(?![0-9A-Za-z])")
_SCIENTIFIC = late(r"(?<![0-9.])[1-8]\.[0-9]{2,16}[Ee]\+1[47](?![0-9])")
_ID_HEADER = late("身份证(?:件)?(?:号码?|号|$)|公民身份|居民身份证|身份号码|ID(?:Card|Number|No)")
_DAMAGED = late("[0-9OoQDIlSsBZz]{14,19}[XxOoQ]?")
_FEWEST_DIGITS = 12
_BLANKS = late("[ \n-]")
_COUNTED = late("[ ]?(?:[余多]?(?:万|亿)?元|[户吨件套台亩](?![一-鿿])|人(?:次|[,。;]|$))")
"""What follows an amount or a count, not a number that somebody mistyped."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎"
    "贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NAME_BEFORE = late(rf"(?:^|[ \t,;:、|\n(\"'])[{_SURNAMES}][一-鿿]{{1,2}}[ \t,:]{{0,3}}$")
_NAME_HEADERS = ("姓名", "户主", "申请人", "负责人", "当事人", "被保障人", "受益人", "户籍人")
_INNER_PREFIXES = {"G": "学籍号", "L": "学籍号", "T": "特种作业证"}


class IdCardRule(ChineseRecognizer):
    """ID numbers of persons. The county code is never checked, only the province."""

    @cached_property
    def _today(self) -> date:
        return date.today()

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Numbers of 17 and 18 digits in any grouping, then those inside others, then damaged."""
        done = 0
        found: list[Hit] = []
        for number in numbers(artifacts, (15, 17, 18, 19, 20, 27, 26)):
            whole = len(found) > 0 and _goes_on(number, found[-1])
            if number.start < done and not whole:
                continue
            hit = self._read(artifacts, number)
            if hit is not None and (not whole or _ends_whole(artifacts, hit)):
                if whole:
                    found.pop()
                done = hit.end
                found.append(hit)
        found.extend(self._scientific(artifacts))
        yield from found
        yield from _damaged(artifacts, found)

    def _read(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        size = len(number.digits)
        if size == 15:
            return self._old(artifacts, number)
        if size == 18:
            return self._eighteen(artifacts, number, number.digits, number.end)
        if size in {17, 19} and len(number.groups) == 1:
            hit = self._misspelled(artifacts, number)
            if hit is not None:
                return hit
        if size == 17:
            last = _LAST.match(artifacts.view.text, number.end)
            if last is None:
                return None
            return self._eighteen(artifacts, number, number.digits + "X", last.end())
        return self._inner(artifacts, number)

    def _eighteen(
        self, artifacts: ChineseArtifacts, number: Number, digits: str, end: int
    ) -> Hit | None:
        if not self._plausible(digits):
            return None
        written = artifacts.view.text[end - 1]
        checked = id_valid(digits)
        if not checked and not self._may_be_typo(artifacts, number, written):
            return None
        if not checked and _COUNTED.match(artifacts.after(end, 4)):
            return None
        if not _edge_free(artifacts.view.text, number.start, end, checked):
            return None
        given = label(artifacts, number.start)
        if spoken(given, "serial") or (not checked and denied(given, "id", "phone", "mobile")):
            return None
        evidence = ["checksum_ok" if checked else "checksum_wrong"]
        score = 0.99 if checked else 0.6
        if not checked and digits.endswith("000") and evidence_of(given, "id"):
            evidence = ["stored_as_number"]
        evidence.extend(evidence_of(given, "id"))
        if written in _OCR_X:
            evidence.append("ocr_letter")
        evidence.extend(_outer(artifacts.view.text, number, end))
        return Hit(number.start, end, score, tuple(evidence))

    def _may_be_typo(self, artifacts: ChineseArtifacts, number: Number, written: str) -> bool:
        """A wrong check digit counts where the number is written as ID numbers are."""
        if written in _OCR_X:
            return False
        return number.wrapped or number.unwrapped in _STANDARD_GROUPS

    def _misspelled(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        """A digit too few or too many, right beside a word that says it is an ID number."""
        text = artifacts.view.text
        given = label(artifacts, number.start)
        if given is None or not given.direct or not spoken(given, "id"):
            return None
        if _LAST.match(text, number.end) or not self._plausible(number.digits):
            return None
        if not _edge_free(text, number.start, number.end, False):
            return None
        evidence = ("checksum_wrong", "length_wrong", *evidence_of(given, "id"))
        return Hit(number.start, number.end, 0.5, evidence)

    def _old(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        """15 digits are found only where something says that they are an ID number."""
        digits = number.digits
        if number.unwrapped not in _OLD_GROUPS and not number.wrapped:
            return None
        if digits[:2] not in PROVINCES or not plausible_birth("19" + digits[6:12], self._today):
            return None
        text = artifacts.view.text
        if not _edge_free(text, number.start, number.end, False):
            return None
        given = label(artifacts, number.start)
        if spoken(given, "id"):
            evidence = ("old_15_digits", *evidence_of(given, "id"))
            return Hit(number.start, number.end, 0.85, evidence)
        if not denied(given, "id") and _name_beside(artifacts, number.start):
            return Hit(number.start, number.end, 0.7, ("old_15_digits", "name_beside"))
        return None

    def _inner(self, artifacts: ChineseArtifacts, number: Number) -> Hit | None:
        """The ID number at the front of a disability card, or at the end of a doctor's number."""
        if len(number.groups) != 1:
            return None
        digits, size = number.digits, len(number.digits)
        text = artifacts.view.text
        if size == 20 and _DISABILITY_TAIL.match(text, number.start + 18):
            inner, start, name = digits[:18], number.start, "残疾人证"
        elif size == 27:
            inner, start, name = digits[9:], number.start + 9, "医师证书"
        elif size == 26 and text[number.end : number.end + 1] in {"X", "x"}:
            inner, start, name = digits[9:] + "X", number.start + 9, "医师证书"
        else:
            return None
        if not self._plausible(inner) or not id_valid(inner):
            return None
        return Hit(start, start + 18, 0.95, ("checksum_ok", f"inner_number:{name}"))

    def _plausible(self, digits: str) -> bool:
        return digits[:2] in PROVINCES and plausible_birth(digits[6:14], self._today)

    def _scientific(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """``3.40102E+17``: what a spreadsheet makes of an ID number typed as a number."""
        if not any(artifacts.scan.places(mark) for mark in ("E+1", "e+1")):
            return
        for match in _SCIENTIFIC.finditer(artifacts.view.text):
            artifacts.check_clock()
            given = label(artifacts, match.start())
            if spoken(given, "id"):
                evidence = ("stored_as_number", *evidence_of(given, "id"))
                yield Hit(match.start(), match.end(), 0.8, evidence)


def _ends_whole(artifacts: ChineseArtifacts, hit: Hit) -> bool:
    """Whether what a line end broke off belongs to it: the check says so, or its field ends."""
    return "checksum_ok" in hit.evidence or artifacts.after(hit.end, 1) in tuple("),。;]")


def _goes_on(number: Number, hit: Hit) -> bool:
    """Whether a number that seemed a digit short goes on behind a line end."""
    return number.start == hit.start and number.wrapped and "length_wrong" in hit.evidence


def _damaged(artifacts: ChineseArtifacts, found: list[Hit]) -> Iterator[Hit]:
    """What else stands in a column of ID numbers and looks like one with typing errors."""
    text = artifacts.view.text
    taken = sorted((hit.start, hit.end) for hit in found)
    for cell in typed_cells(artifacts, "id", _ID_HEADER):
        artifacts.check_clock()
        if not 14 <= cell.end - cell.start <= 22:
            continue
        written = _BLANKS.sub("", text[cell.start : cell.end])
        if not _DAMAGED.fullmatch(written) or sum(map(str.isdigit, written)) < _FEWEST_DIGITS:
            continue
        at = bisect_left(taken, (cell.end,))
        if at and taken[at - 1][1] > cell.start:
            continue
        if len(written) == 18 and uscc_valid(written.upper()):
            continue
        codes = ["checksum_wrong"]
        codes += ["length_wrong"] if len(written) != 18 else []
        codes += ["misread_letters"] if not written[:-1].isdigit() else []
        yield Hit(cell.start, cell.end, 0.5, (*codes, cell.evidence))


def _edge_free(text: str, start: int, end: int, checked: bool) -> bool:
    """Whether this is not a slice of a longer code: what its check digit lets us tolerate."""
    before = text[max(0, start - 2) : start]
    after = text[end : end + 2]
    if checked:
        return not (after[:1].isascii() and after[:1].isalpha() and text[end - 1].isdigit())
    if before[-1:].isascii() and (before[-1:].isalnum() or before[-1:] in {"_", "."}):
        return False
    if after[:1].isascii() and (after[:1].isalnum() or after[:1] == "_"):
        return False
    if before[-1:] == "-" and before[:1].isascii() and before[:1].isalnum():
        return False
    return not (after[:1] in {"-", "."} and after[1:].isascii() and after[1:].isalnum())


def _outer(text: str, number: Number, end: int) -> tuple[str, ...]:
    """Whether the number stands at the front or the end of a longer one that holds it."""
    if text[end - 1] in "Xx" and _DISABILITY_TAIL.match(text, end):
        return ("inner_number:残疾人证",)
    before = text[number.start - 1 : number.start] if number.start else ""
    further = text[number.start - 2 : number.start - 1] if number.start > 1 else ""
    if before in _INNER_PREFIXES and not (further.isascii() and further.isalnum()):
        return (f"inner_number:{_INNER_PREFIXES[before]}",)
    return ()


def _name_beside(artifacts: ChineseArtifacts, start: int) -> bool:
    if _NAME_BEFORE.search(artifacts.before(start, 8)):
        return True
    headers = artifacts.row_headers(start)
    return headers is not None and any(name in headers for name in _NAME_HEADERS)
