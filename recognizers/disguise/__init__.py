"""Numbers written so that people read them and programs do not, and how to write them plainly.

①③⑧…, 一三八…, l38OOl38OOO, 1*3*8*…, a page's number in the middle, &#49;&#51;: where what stands
there spells a number, the view holds the plain number instead, and every rule reads it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recognizers.disguise.chain import Chain, Codes
from recognizers.disguise.edit import Edit, not_overlapping
from recognizers.disguise.kinds import KINDS, beginnings, windows
from recognizers.disguise.runs import runs
from recognizers.patterns import late


def _no_heading(_at: int) -> str:
    return ""


_BARS = late(r"[0-9][|]|[|][0-9]")
BLOCK = 1 << 20
"""Code points looked at in one go: the working arrays stay small."""
MARGIN = 512
"""What a block sees of its neighbours: more than any number is long."""


def edits(text: str, codes: Codes, heading: Callable[[int], str] = _no_heading) -> list[Edit]:
    """What to rewrite in a view, by start, not overlapping; ``codes``: the text's code points.

    ``heading`` tells what is written over the table cell at an offset, empty outside of tables.
    """
    found: list[Edit] = []
    for start in range(0, len(text), BLOCK):
        end = min(len(text), start + BLOCK)
        low, high = max(0, start - MARGIN), min(len(text), end + MARGIN)
        block = text[low:high] if (low, high) != (0, len(text)) else text
        done = found[-1].end if found else 0
        for edit in _edits(block, codes[low:high], (start - low, end - low), low, heading):
            moved = edit.moved(low)
            if moved.start >= done:
                found.append(moved)
    return found


def _edits(
    text: str, codes: Codes, core: tuple[int, int], low: int, heading: Callable[[int], str]
) -> list[Edit]:
    """The edits of one block, which begins at ``low``, that begin in its ``core``."""

    def over(at: int) -> str:
        return heading(low + at)

    found = _numbers(Chain(text, codes, over), *core)
    if _BARS.search(text):
        found += _numbers(Chain(text, codes, over, bars=True), *core)
    return not_overlapping(found)


def _numbers(chain: Chain, first: int, last: int) -> list[Edit]:
    if not chain.promising:
        return []
    found: list[tuple[tuple[int, int], str]] = []
    taken = np.zeros(len(chain.places) + 1, dtype=np.bool_)
    begins = beginnings(chain, first, last)
    for kind in KINDS if len(begins) else ():
        found += windows(chain, kind, taken, begins)
    for span in runs(chain, first, last):
        if not taken[span[0] : span[1]].any():
            found.append((span, chain.plain(*span)))
    return [chain.edit(low, high, plain) for (low, high), plain in found]
