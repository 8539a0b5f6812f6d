"""Masked ID numbers, and how many originals still fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import Label, denied, evidence_of, label, spoken
from recognizers.masked import ANY, MASK, NOTHING, Known, count_ids, masked
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_C = rf"[0-9xX{re.escape(MASK)}]"
_NUMBER = late(
    rf"(?<![0-9A-Za-z{re.escape(MASK)}]){_C}(?:\n?{_C}){{9,17}}(?![0-9A-Za-z{re.escape(MASK)}])"
)
_SHAPE = late(r"[0-9*]{17}[0-9Xx*]")
_SHORT = late(r"[0-9]{2,}[*]+[0-9]*[0-9Xx]?")
_BORN = late(
    r"(?P<year>(?:19|20)[0-9]{2})(?:[年./\-](?P<month>[0-9]{1,2})(?:[月./\-](?P<day>[0-9]{1,2}))?)?"
)
_BIRTH_WORD = late(r"(?:出生[日年月期时间]{0,4}|生于)[:为]?[ ]?$")
_SEX = late(r"(?:^|[,;、( :])(?P<sex>[男女])(?:$|[,;、) ])")
_NEAR = 60


class MaskedIdCardRule(ChineseRecognizer):
    """Counts with what the same row or sentence shows: day, month or year of birth, and sex."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """IDs with hidden characters; those written too short only beside a word."""
        for found in masked(artifacts, _NUMBER):
            given = label(artifacts, found.start)
            shown = self._whole(found.shown, given)
            if shown is None or denied(given, "id"):
                continue
            known = _known(artifacts, found.start, found.end)
            count = count_ids(shown, date.today(), known)
            if count == 0:
                count = count_ids(shown, date.today())
            if count:
                evidence = ("masked", *evidence_of(given, "id"))
                if known != NOTHING:
                    evidence += ("record_tells",)
                yield Hit(found.start, found.end, 0.9, evidence, candidates=count)

    def _whole(self, shown: str, given: Label | None) -> str | None:
        """18 characters; a mask that is drawn too short hides the rest."""
        said = spoken(given, "id")
        if len(shown) < 18:
            if not said or not _SHORT.fullmatch(shown):
                return None
            first, last = shown.index(ANY), shown.rindex(ANY)
            shown = shown[:first] + ANY * (18 - len(shown) + last - first + 1) + shown[last + 1 :]
        if not _SHAPE.fullmatch(shown):
            return None
        visible = ANY not in shown[:2] and shown[:2] in PROVINCES
        return shown if visible or said else None


def _known(artifacts: ChineseArtifacts, start: int, end: int) -> Known:
    text = artifacts.view.text
    birth, sex = "", ""
    for first, last in artifacts.row_cells(start):
        header = artifacts.header(first) or ""
        if "出生" in header:
            match = _BORN.search(text, first, last)
            birth = _digits(match) if match else birth
        if "性别" in header and text[first:last].strip() in {"男", "女"}:
            sex = text[first:last].strip()
    if not birth and not sex:
        near = artifacts.before(start, _NEAR).rpartition("。")[2]
        near += "|" + artifacts.after(end, _NEAR).partition("。")[0]
        for match in _BORN.finditer(near):
            if _BIRTH_WORD.search(near[: match.start()]) or near[match.end() :][:2].strip(
                "日号"
            ) in {"生", "出", "出生"}:
                birth = _digits(match)
        told = _SEX.search(near)
        sex = told["sex"] if told else ""
    return Known(birth or ANY * 8, sex)


def _digits(match: re.Match[str]) -> str:
    parts = (match["month"], match["day"])
    return match["year"] + "".join(part.zfill(2) if part else ANY * 2 for part in parts)
