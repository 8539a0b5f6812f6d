"""Runs of digits in rings, in Roman or in Chinese, nothing between them: numbers by their length.

①②③ alone numbers a list and 一三 is a word or a name; five in rings, seven in Chinese are neither.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from recognizers.disguise.chain import GLYPH, HAN, LIKENESS, Chain
from recognizers.lexicon.provinces import PLATE_PROVINCES

_FEWEST_GLYPHS = 5
_FEWEST_HAN = 7
_FEWEST_SAID = 5
_HEAD = " ABCDEFGHJKLMNPQRSTUVWXYZ" + PLATE_PROVINCES
_SAYS_NUMBER = "号码牌照证"
"""Right before a Chinese number, or before its letters, these say that it is a code."""


def runs(chain: Chain, low: int, high: int) -> Iterator[tuple[int, int]]:
    """First and last digit of every such run, the part of it between the offsets low and high."""
    apart = np.flatnonzero(chain.gaps != 0) + 1
    starts = np.concatenate(([0], apart))
    ends = np.concatenate((apart, [len(chain.places)]))
    size = ends - starts
    ringed, chinese, like = (
        count[ends] - count[starts] for count in map(chain.count, (GLYPH, HAN, LIKENESS))
    )
    long = (ringed * 2 >= size) & (size >= _FEWEST_GLYPHS)
    long |= (chinese * 2 >= size) & (size >= _FEWEST_SAID)
    long &= like == 0
    for index in np.flatnonzero(long).tolist():
        first, last = int(starts[index]), int(ends[index])
        is_han = chinese[index] * 2 >= size[index] and ringed[index] == 0
        if is_han and last - first < _FEWEST_HAN and not _said(chain.before(first)):
            continue
        if _counts(chain, first, last):
            continue
        first = max(first, int(np.searchsorted(chain.places, low)))
        last = min(last, int(np.searchsorted(chain.places, high)))
        if first < last:
            yield first, last


def _said(before: str) -> bool:
    """护照号码:E三六二…, 车牌号:皖A五三…: whether a code is announced."""
    head = before.rstrip(_HEAD)
    return head.endswith((":", "是", "为")) and any(c in head[-6:] for c in _SAYS_NUMBER)


def _counts(chain: Chain, first: int, last: int) -> bool:
    """Whether they count up (①②③④⑤) or are all the same (○○○○○): no number."""
    steps = np.diff(chain.values[first:last])
    return bool((steps == 1).all() or (steps == 0).all())
