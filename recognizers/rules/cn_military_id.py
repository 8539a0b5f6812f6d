"""军官证, 士兵证 and the like: 军字第…号, or a number beside the word for the paper."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, JOINT, said
from recognizers.patterns import late

_WORDS = (
    "军官证",
    "士兵证",
    "士官证",
    "军士证",
    "文职干部证",
    "文职人员证",
    "军人证",
    "军人身份证",
    "武警证",
    "义务兵证",
    "离休干部荣誉证",
    "军官退休证",
    "人民警察证",
    "警官证",
)
_CHARACTER = "字第"
_D = rf"(?:{JOINT}[0-9])"
_SERIAL = rf"字{JOINT}第?{JOINT}(?:[NnOo.]{{2,3}})?{_D}{{4,10}}(?:{JOINT}号)?(?![0-9A-Za-z])"
_SAID = late(
    rf"(?:(?![号码证编为是])[一-鿿]){{1,2}}{_SERIAL}|{EDGE_LEFT}[0-9]{_D}{{5,9}}{EDGE_RIGHT}"
)
_ALONE = late(rf"(?:文职|[军兵士武]|(?<![一-鿿])[政参后装]){_SERIAL}")
_NO_PAPER_BEFORE = late("[^\x00-\x7f]?(?:房|产|评|鉴|检|审|证|认|许|准|批)$")
_GLUE = late(r"(?:[号码证件编为是:：()（）“\"' \n=,，]|身份|有效){0,10}")


class MilitaryIdRule(ChineseRecognizer):
    """Papers of soldiers, officers and civilians in the army."""

    terms = (*_WORDS, _CHARACTER)

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Beside a word, and 军字第, 兵字第, 士字第 and 文职字第 wherever they stand."""
        done = set()
        for value in said(artifacts, _WORDS, _SAID, _GLUE):
            done.add(value.end)
            yield Hit(value.start, value.end, 0.9, ("no_checksum", value.evidence))
        text = artifacts.view.text
        for place in artifacts.scan.terms(_CHARACTER):
            artifacts.check_clock()
            start = place - 2 if text[max(0, place - 2) : place] == "文职" else place - 1
            if start < 0:
                continue
            match = _ALONE.match(text, start)
            if match is None or match.end() in done:
                continue
            if not _NO_PAPER_BEFORE.search(artifacts.before(start, 2)):
                yield Hit(start, match.end(), 0.85, ("no_checksum", "context_word:字第"))
