"""车牌 (GA 36-2018): ordinary, new energy and special plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.labels import denied, evidence_of, label, spoken
from recognizers.lexicon.provinces import PLATE_PROVINCES
from recognizers.patterns import late
from recognizers.trace import look

_CHAR = "[0-9A-HJ-NP-Za-hj-np-z]"
_JOINT = r"[ ]?[·.\-\n]?[ ]?"
_PLATE = late(
    rf"[{PLATE_PROVINCES}][ ]?[A-HJ-PQ-Za-hj-z]{_JOINT}"
    rf"(?P<serial>{_CHAR}{{6}}|{_CHAR}{{5}}|{_CHAR}{{4}}[挂学警港澳使领试超]|{_CHAR}{{3}}应急)"
    r"(?![0-9A-Za-z])"
)
_WRAPPED = late(
    rf"[{PLATE_PROVINCES}]\n?[A-HJ-PQ-Z](?:\n|[ ]?[·.\-][ ]?\n?)?(?P<serial>"
    rf"(?:(?={_CHAR}{{1,4}}\n{_CHAR}{{1,5}}(?![0-9A-Za-z]))|(?<=\n))"
    rf"(?:{_CHAR}\n?){{4,5}}{_CHAR})(?![0-9A-Za-z])"
)
_LOOSE = late(
    rf"[{PLATE_PROVINCES}][ ]?[A-Za-z]{_JOINT}(?P<serial>[0-9A-Za-z]{{5,6}})(?![0-9A-Za-z])"
)
"""Beside a vehicle: letters that no plate has (I, O) are misread digits of a real one."""
_SPREAD = late(
    rf"[{PLATE_PROVINCES}][ .·\-_*★(]{{0,2}}[A-Za-z][ .·\-_*★)]{{0,2}}"
    r"(?P<serial>(?:[0-9A-Za-z][ .·\-_*★]{0,2}){4,5}[0-9A-Za-z])(?![0-9A-Za-z])"
)
"""Right behind a word for plates: with signs between its characters."""
_NEW_ENERGY = late(r"[A-HJKa-hjk][0-9A-HJ-NP-Za-hj-np-z][0-9]{4}|[0-9]{5}[A-HJKa-hjk]")
_MOST_LETTERS = 2
_SPECIAL = late("[挂学警港澳使领试超]$|应急$")
_OFFICIAL_PLATES = frozenset({"警", "使", "领", "应急"})
_OFFICIAL = late(
    "公务用?车|公车|执法车|执法执勤|警车|救护车|消防车|洒水车|清扫车|环卫车|垃圾车|公交车|校车"
    "|单位车辆|本单位|机关车辆|特种专业技术用车|机要通信|应急保障用车|车改|公务车辆"
)
_WORD_BEFORE = late("最新$|更新$|全新$|创新$|革新$|高新$|昂贵$|珍贵$|尊贵$")
_NO_PLATE_AFTER = late("地块|号地块|号楼|栋|幢|座|型|系列|标段|包[^括]|版|款|级|路段|-[0-9]")
_VEHICLE = late("车辆?|机动车|驾驶|号牌|挂靠|牌照")
_NEAR = 40
_LONGEST = 8
_CLOSE = 8


class LicensePlateRule(ChineseRecognizer):
    """Vehicle plates of mainland China."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks at every place where a province's short name stands before a letter."""
        text = artifacts.view.text
        for place in artifacts.scan.plates:
            artifacts.check_clock()
            look(place, place + _LONGEST)
            match = _PLATE.match(text, place) or _LOOSE.match(text, place)
            match = match or _WRAPPED.match(text, place) or self._spread(artifacts, place)
            if match is None:
                continue
            before = artifacts.before(place, 2)
            if _WORD_BEFORE.search(before) or _NO_PLATE_AFTER.match(
                artifacts.after(match.end(), 4)
            ):
                continue
            given = label(artifacts, place)
            said = spoken(given, "plate")
            vehicle = said or _VEHICLE.search(artifacts.before(place, _CLOSE)) is not None
            if denied(given, "plate", "phone", "id"):
                continue
            if not vehicle and (match.re.pattern == _LOOSE.pattern or not _sound(match["serial"])):
                continue
            evidence = evidence_of(given, "plate") or ("no_checksum",)
            evidence += self._kind(artifacts, match)
            yield Hit(place, match.end(), 0.95 if said else 0.8, evidence)

    def _spread(self, artifacts: ChineseArtifacts, place: int) -> re.Match[str] | None:
        """A plate with signs between its characters, where a word right before it says so."""
        match = _SPREAD.match(artifacts.view.text, place)
        if match is None:
            return None
        given = label(artifacts, place)
        return match if given is not None and given.direct and spoken(given, "plate") else None

    def _kind(self, artifacts: ChineseArtifacts, match: re.Match[str]) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        special = _SPECIAL.search(match["serial"])
        if special:
            found = (f"special_plate:{special.group()}",)
        near = artifacts.before(match.start(), _NEAR) + artifacts.after(match.end(), 12)
        near += artifacts.header(match.start()) or ""
        if (special and special.group() in _OFFICIAL_PLATES) or _OFFICIAL.search(near):
            found += ("official_vehicle",)
        return found


def _sound(serial: str) -> bool:
    """Two letters at most, and a new energy plate where it has six."""
    serial = serial.replace("\n", "")
    letters = sum(c.isascii() and c.isalpha() for c in serial)
    if len(serial) == 6 and serial.isascii():
        return _NEW_ENERGY.fullmatch(serial) is not None
    return letters <= _MOST_LETTERS
