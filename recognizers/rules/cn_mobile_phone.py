"""手机号码: 1[3-9] and nine digits, with or without +86, in the usual groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.columns import typed_cells
from recognizers.contacts import contact_evidence
from recognizers.digits import Number, numbers
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.patterns import late
from recognizers.trace import objection
from recognizers.view import BREAK

_JOINTS = frozenset(" -.·\n)(")
_GROUPS = {(11,), (3, 4, 4), (4, 4, 3), (3, 8), (7, 4), (4, 7), (3, 3, 5), (5, 6), (3, 5, 3)}
_LOOSE_GROUPS = 4
_PREFIXES = {12: "0", 13: "86", 15: "0086"}
_PLUS = late(r"[(]?[+][ ]?$")
_BRACKET = late(r"[(]$")
_QUANTITY = late(
    "[ ]?(?:[.][0-9]|,[0-9]{3}(?![0-9])|%|‰|℃|[十百千万亿]|[余多]?(?:[美日欧港]?元|圆|人民币|股|吨"
    "|米|公里|千米|平方|立方|公斤|千克|克|亩|公顷|件|套|台|辆|人次|人民|户|千瓦|瓦|度电|字节|次"
    "|人(?![一-鿿])|kg|km|KB|MB|GB|kWh|RMB|CNY|m2|m³|㎡))"
)
_MONEY_BEFORE = late(
    r"(?:[¥￥$€£]|RMB|CNY|人民币|金额|合计|总计|共计|总额|投资|资金|预算|经费|造价)[:为约 ]{0,3}$"
)
_WORD_BEFORE = late(r"([A-Za-z_]+)[.:]?$")
_LABEL_WORDS = frozenset(
    {"tel", "phone", "mobile", "mob", "cell", "call", "t", "m", "p", "h", "hp", "no", "sms"}
    | {"wechat", "wx", "vx", "v", "whatsapp", "fax", "qq", "id"}
)
_CODE_AROUND = late(r"[0-9A-Za-z][-_/.#]$")
_MOBILE_HEADER = late("手机|移动电话|[Mm]obile")
_ACCOUNT, _GOES_ON = late("[账帐卡]号[: ]{0,2}$"), late(r"\n[0-9]{2,12}(?![0-9])(?![.、][^\n])")
"""An account that a line end broke behind its eleventh digit."""
_MOBILE = late("1[3-9][0-9]{9}")
_DAMAGED = late("1[3-9][0-9OoQIlSBZ]{8,10}")
_FEWEST_DIGITS = 9
_FIGURE_BEFORE = late(r"(?<![0-9])[0-9]{1,10}[,;\t|]$")
_FIGURE_BEHIND = late(r"[,;\t|][0-9]{1,10}(?![0-9])")
_LISTED = late(
    r"[(](?P<said>[一-鿿]{2,8})[: ]?[0-9A-Za-z\n\-]{5,22}[)][、,和及与][ ]?[一-鿿·]{2,10}[(]$"
)
"""The number in brackets before, behind another name, and what it is said to be."""
_PHONE_WORD = late("电话|手机|联系|号码$")
_HEADS_OF_LINES = late(rf"(?m)^[ ]*([0-9]{{8,15}})(?=[ \t,、\n{BREAK}]|$)")
_LINES_AROUND = 160  # code points
_EXTENSION = late(r"[ ]?(?:转|-|#|分机)[ ]?[0-9]{3,4}(?![0-9\-])")


class MobilePhoneRule(ChineseRecognizer):
    """Mobile numbers of mainland China."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every reading of 11 digits that begins and ends where a run does, then damaged ones."""
        done = 0
        found: set[int] = set()
        for number in numbers(artifacts, (11, 12, 13, 15), _JOINTS):
            if number.start < done:
                continue
            digits = number.digits
            prefix = _PREFIXES.get(len(digits), "")
            if prefix == "0" and number.groups[0] == 1:
                continue
            rest = digits[len(prefix) :]
            if not digits.startswith(prefix) or rest[0] != "1" or rest[1] < "3":
                continue
            hit = self._read(artifacts, number, prefix)
            if hit is not None:
                done = hit.end
                found.add(hit.start)
                yield hit
        yield from _damaged(artifacts, found)

    def _read(self, artifacts: ChineseArtifacts, number: Number, prefix: str) -> Hit | None:
        text = artifacts.view.text
        start, end = number.start, number.end
        given = label(artifacts, start)
        said = spoken(given, "phone", "mobile", "chat")
        if not _grouped(number, prefix, said):
            return None
        plus = _PLUS.search(artifacts.before(start, 3))
        if plus is None and ")" in text[start:end]:
            plus = _BRACKET.search(artifacts.before(start, 1))
        if plus and not prefix:
            return None  # a number of another country
        if plus:
            start -= len(plus.group())
            start += text[start] == "(" and ")" not in text[start:end]
        elif not said and len(number.groups) == 1 and prefix in {"0", "86"}:
            return None  # twelve or thirteen digits in a row may be anything
        if _is_something_else(artifacts, start, end, said):
            return None
        # Accounts and ID columns do hold phone numbers; order numbers and codes are none.
        if not plus and denied(given, "phone", "mobile", "chat", "card", "id", "email", "passport"):
            return None
        extension = _EXTENSION.match(text, end)
        if extension:
            end = extension.end()
        evidence = ("known_prefix", *evidence_of(given, "phone", "mobile", "chat"))
        evidence += contact_evidence(artifacts, start, end)
        return Hit(start, end, 0.95 if said else 0.85, evidence)


def _damaged(artifacts: ChineseArtifacts, found: set[int]) -> Iterator[Hit]:
    """What else stands in a column of mobile numbers and looks like one with typing errors."""
    text = artifacts.view.text
    for cell in typed_cells(artifacts, "mobile", _MOBILE_HEADER):
        artifacts.check_clock()
        if cell.start in found or not 10 <= cell.end - cell.start <= 12:
            continue
        written = text[cell.start : cell.end]
        if not _DAMAGED.fullmatch(written) or sum(map(str.isdigit, written)) < _FEWEST_DIGITS:
            continue
        if written.isdigit() and len(written) == 11:
            continue  # turned down with a reason
        codes = ["length_wrong"] if len(written) != 11 else []
        codes += ["misread_letters"] if not written.isdigit() else []
        yield Hit(cell.start, cell.end, 0.5, (*codes, cell.evidence))


def _grouped(number: Number, prefix: str, spoken: bool) -> bool:
    """Whether the digits are grouped as phone numbers are."""
    groups, joints = number.groups, number.joints
    if prefix and groups[0] == len(prefix):
        groups, joints = groups[1:], joints[1:]
    elif prefix and groups[0] > len(prefix):
        groups = (groups[0] - len(prefix), *groups[1:])
    if any(c in "()" for joint in joints for c in joint):
        return False
    breaks = sum("\n" in joint for joint in joints)
    if breaks > 1:
        return False
    if groups in _GROUPS or number.spelled or (not prefix and number.unwrapped in _GROUPS):
        return True
    if len(groups) == 2 and breaks:
        return not joints[0].strip(" -\n")
    return spoken and len(groups) <= _LOOSE_GROUPS and not breaks


def _is_something_else(artifacts: ChineseArtifacts, start: int, end: int, spoken: bool) -> bool:
    """Whether the digits are part of a code, or an amount."""
    account = _ACCOUNT.search(artifacts.before(start, 8)) is not None
    goes_on = account and _GOES_ON.match(artifacts.after(end, 16)) is not None
    if goes_on or _stands_in_code(artifacts, start, end):
        objection("part_of_code")
        return True
    if _is_quantity(artifacts, start, end, spoken):
        objection("quantity")
        return True
    if spoken:
        return False
    if _wraps_in_figures(artifacts, start, end):
        objection("shape")
        return True
    if _is_one_of_a_list(artifacts, start):
        objection("part_of_code")
        return True
    return False


def _is_one_of_a_list(artifacts: ChineseArtifacts, start: int) -> bool:
    """Whether the number before it in a list, or those that begin the lines around, is no phone.

    张三（执法证号：20199428213）、李四（13012528289); 13012528289 under and over 20195733643.
    """
    before = artifacts.before(start, 48)
    listed = _LISTED.search(before) if before.endswith("(") else None
    if listed is not None:
        return _PHONE_WORD.search(listed["said"]) is None
    text = artifacts.view.text
    if before.rpartition("\n")[2].strip():
        return False
    others = _HEADS_OF_LINES.findall(text, max(0, start - _LINES_AROUND), start + _LINES_AROUND)
    return sum(not _MOBILE.fullmatch(digits) for digits in others) * 2 >= len(others) > 2


def _wraps_in_figures(artifacts: ChineseArtifacts, start: int, end: int) -> bool:
    """Whether a line ends inside, and shorter figures with commas stand beside it: two rows."""
    if "\n" not in artifacts.view.text[start:end]:
        return False
    before, after = artifacts.before(start, 12), artifacts.after(end, 12)
    return bool(_FIGURE_BEFORE.search(before) or _FIGURE_BEHIND.match(after))


def _stands_in_code(artifacts: ChineseArtifacts, start: int, end: int) -> bool:
    """Whether the digits are part of a longer code such as ``2024-13800000000-01``."""
    before, after = artifacts.before(start, 16), artifacts.after(end, 16)
    word = _WORD_BEFORE.search(before)
    if word and (word.group(1).lower() not in _LABEL_WORDS):
        return not before.endswith((":", "."))
    if _CODE_AROUND.search(before[-2:]):
        neighbour = re.search(r"(?:[0-9][ -]?){7,}[Xx]?[-/]$", before)
        return neighbour is None
    if re.match(r"[A-Za-z_]", after):
        return not re.match(r"(?:@|[A-Za-z.]{1,12}@)", after)
    if re.match(r"-[0-9]", after):
        return not re.match(r"-(?:[0-9]{3,4}(?![0-9\-])|[0-9]{7,})", after)
    return bool(re.match(r"@", after))


def _is_quantity(artifacts: ChineseArtifacts, start: int, end: int, spoken: bool) -> bool:
    if spoken:
        return False
    if _QUANTITY.match(artifacts.after(end, 8)):
        return True
    return bool(_MONEY_BEFORE.search(artifacts.before(start, 10)))
