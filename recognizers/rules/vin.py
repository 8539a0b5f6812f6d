"""车辆识别代号 (VIN, GB 16735): by its check character, or beside a word for it."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.checksums import vin_valid
from recognizers.labels import denied, label
from recognizers.papers import EDGE_LEFT, EDGE_RIGHT, said
from recognizers.patterns import late

_WORDS = ("车架号", "车辆识别代", "车辆识别码", "车辆识别号", "大架号", "车架", "VIN", "vin", "Vin")
_SHAPE = late(
    rf"{EDGE_LEFT}(?=[0-9A-Za-z \n]*[A-Za-z])[A-HJ-NPR-Za-hj-npr-z0-9]"
    rf"(?:[ ]?\n?[A-HJ-NPR-Za-hj-npr-z0-9]){{16}}{EDGE_RIGHT}"
)
_MADE_IN_CHINA = late(r"[LH][A-HJ-NPR-Z0-9]{2}[A-HJ-NPR-Z0-9]{9}[A-HJ-NPR-Z0-9][0-9]{4}")
_FEWEST_LETTERS = 3
_SPACE = late(r"[ \n]")


class VinRule(ChineseRecognizer):
    """17 letters and digits, without I, O and Q."""

    terms = _WORDS

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Beside a word, and wherever one of a Chinese maker passes its check."""
        text = artifacts.view.text
        done = set()
        for value in said(artifacts, _WORDS, _SHAPE):
            number = _SPACE.sub("", text[value.start : value.end]).upper()
            done.add(value.start)
            check = "checksum_ok" if vin_valid(number) else "no_checksum"
            yield Hit(value.start, value.end, 0.95, (check, value.evidence))
        for start, end in artifacts.scan.codes:
            artifacts.check_clock()
            if end - start != 17 or start in done:
                continue
            number = text[start:end].upper()
            letters = sum(c.isalpha() for c in number)
            if letters < _FEWEST_LETTERS or not _MADE_IN_CHINA.fullmatch(number):
                continue
            if _joined(text, start, end) or denied(label(artifacts, start), "plate"):
                continue
            if vin_valid(number):
                yield Hit(start, end, 0.8, ("checksum_ok",))


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a longer code holds these characters."""
    return text[max(0, start - 1) : start] in {"-", "_", "/"} or text[end : end + 1] in {"-", "_"}
