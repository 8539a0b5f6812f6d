"""What the rules for health, poverty, crime, religion and minors share.

They find the words wherever they stand, in prose only where a phrase states them of somebody. That
alone is nothing: it counts when the caller sees a named person or an identifier in the same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import columns
from recognizers.patterns import late

_BEFORE = 12
_BEHIND = 28
_EMPTY = late(
    r"[ \-—/无否未不详0*]*|\(?略\)?|见附件|详见.{0,12}|已核验|没有"
    r"|健康|良好|正常|一般|群众|无宗教信仰|不信教"
)
_LONGEST_CELL = 40
_LONGEST_LABEL = 10


class SensitiveRule(ChineseRecognizer):
    """A rule made of ``terms`` that say where to look, and two patterns.

    ``stated`` finds the value (its group ``value``) in running text and in cells; ``column`` is
    searched in headers, and every filled cell under one that fits ``cell`` is a value.
    """

    stated: ClassVar[re.Pattern[str]]
    column: ClassVar[re.Pattern[str] | None] = None
    cell: ClassVar[re.Pattern[str]] = late(r"(?s).+")

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every value once, by start; where two overlap the longer."""
        found: dict[int, Hit] = {}
        for _, place in artifacts.scan.occurring(self.terms):
            artifacts.check_clock()
            self._look(artifacts, place, found)
        if self.column is not None:
            self._columns(artifacts, self.column, found)
            self._forms(artifacts, self.column, found)
        done = 0
        for hit in sorted(found.values(), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= done:
                done = hit.end
                yield hit

    def _look(self, artifacts: ChineseArtifacts, place: int, found: dict[int, Hit]) -> None:
        before = artifacts.before(place, _BEFORE)
        window = before + artifacts.after(place, _BEHIND)
        base = place - len(before)
        cut = len(before) == _BEFORE  # what begins there may begin earlier: ``^`` must not fit
        for match in self.stated.finditer(window, int(cut)):
            start, end = base + match.start("value"), base + match.end("value")
            if start not in found or found[start].end < end:
                found[start] = Hit(start, end, 0.8, ("stated",))

    def _forms(
        self, artifacts: ChineseArtifacts, column: re.Pattern[str], found: dict[int, Hit]
    ) -> None:
        """What fills the cell behind one that is a label: 诊断结论 | 尿毒症."""
        text = artifacts.view.text
        for _, place in artifacts.scan.occurring(self.terms):
            artifacts.check_clock()
            first, last = artifacts.stretch(place)
            label = text[first:last].strip(" \n:")
            named = column.search(label) if len(label) <= _LONGEST_LABEL else None
            cells = artifacts.row_cells(place) if named else ()
            behind = next((cell for cell in cells if cell[0] >= last), None)
            if named is None or behind is None:
                continue
            start, end = behind
            written = text[start:end].strip()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if written and len(written) <= _LONGEST_CELL and self.stated.search(f"患有{written}"):
                evidence = (f"context_word:{named.group()}",)
                found.setdefault(start, Hit(start, start + len(written), 0.85, evidence))

    def _columns(
        self, artifacts: ChineseArtifacts, column: re.Pattern[str], found: dict[int, Hit]
    ) -> None:
        text = artifacts.view.text
        for header, starts in columns(artifacts).items():
            named = column.search(header)
            if named is None:
                continue
            for start in starts:
                artifacts.check_clock()
                first, last = artifacts.stretch(start)
                while first < last and text[first].isspace():
                    first += 1
                while last > first and text[last - 1].isspace():
                    last -= 1
                written = text[first:last]
                if not written or len(written) > _LONGEST_CELL or _EMPTY.fullmatch(written):
                    continue
                if self.cell.fullmatch(written):
                    evidence = (f"column_header:{named.group()}",)
                    found[first] = Hit(first, last, 0.85, evidence)
