"""What nobody sees on an OFD page: off the page, clipped, under boxes, in the colour of its ground.

Nothing is drawn: boxes are compared, character by character, so that a box over a part of a line
hides that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from screener.extract.formats.ofd.colors import WHITE, Color
from screener.extract.formats.ofd.geometry import Box
from screener.extract.formats.ofd.objects import Drawn, Patch, Run

_CLOSE = 24.0
"""Levels of red, green and blue within which two colours look alike."""
_HIDES = 0.6
"""Part of a character's height that must lie under something to hide it."""


def judge(drawn: Drawn, area: Box) -> list[Run]:
    """Give each run its state, cut where a part of it is hidden; ``area`` is what is shown.

    Returns the words of which a part is seen and a part is not, whole and with the state of that.
    """
    runs: list[Run] = []
    words: list[Run] = []
    for run in drawn.runs:
        if run.state:
            runs.append(run)
            continue
        states = _states(run, drawn.patches, area)
        if len(set(states)) == 1:
            run.state = states[0]
            runs.append(run)
            continue
        at = 0
        for state, group in groupby(states):
            end = at + len(list(group))
            runs.append(_part(run, at, end, state))
            at = end
        words += _mixed(run, states)
    drawn.runs = runs
    return words


def _part(run: Run, start: int, end: int, state: str) -> Run:
    return replace(run, text=run.text[start:end], along=run.along[start : end + 1], state=state)


def _mixed(run: Run, states: Sequence[str]) -> list[Run]:
    """Numbers and Latin words of which only a part is seen."""
    found, at = [], 0
    for is_word, group in groupby(run.text, key=lambda sign: sign.isascii() and sign.isalnum()):
        end = at + len(list(group))
        hidden = {state for state in states[at:end] if state}
        if is_word and hidden and "" in states[at:end]:
            found.append(_part(run, at, end, min(hidden)))
        at = end
    return found


def _states(run: Run, patches: Sequence[Patch], area: Box) -> list[str]:
    """The state of each character of a run."""
    size = len(run.text)
    left, top, right, bottom = run.box(0, size)
    near = [
        patch
        for patch in patches
        if patch.box[0] < right
        and patch.box[2] > left
        and patch.box[1] < bottom
        and patch.box[3] > top
    ]
    x, y = (left + right) / 2, (top + bottom) / 2
    if not near or _inside(area, (left, top, right, bottom)) is False:
        return [_state(run, (left, top, right, bottom), (x, y), near, area)] * size
    states = []
    for at in range(size):
        box = run.box(at, at + 1)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        states.append(_state(run, box, middle, near, area))
    for at, sign in enumerate(run.text):  # blanks go with what stands before them
        if sign.isspace() and at:
            states[at] = states[at - 1]
    return states


def _inside(area: Box, box: Box) -> bool | None:
    """Whether the middle of a box is shown; None where the page has no size."""
    left, top, right, bottom = area
    if right <= left:
        return None
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return left <= x <= right and top <= y <= bottom


def _state(
    run: Run, box: Box, middle: tuple[float, float], near: Sequence[Patch], area: Box
) -> str:
    x, y = middle
    if _inside(area, box) is False:
        return "off_page"
    if run.clip is not None and not _holds(run.clip, x, y):
        return "clipped"
    over = [patch for patch in near if patch.order > run.order and _crosses(patch.box, box)]
    if over and _height(over, box) >= _HIDES * (box[3] - box[1]):
        return _cover(over[-1])
    if run.color is None:
        return ""
    below = [patch for patch in near if patch.order < run.order and _holds(patch.box, x, y)]
    return _camouflage(run.color, below)


def _crosses(patch: Box, box: Box) -> bool:
    """Whether most of a character's width lies under a patch."""
    width = min(patch[2], box[2]) - max(patch[0], box[0])
    return width >= _HIDES * (box[2] - box[0]) and patch[1] < box[3] and patch[3] > box[1]


def _height(patches: Sequence[Patch], box: Box) -> float:
    """How much of a character's height lies under patches, in millimetres."""
    spans = sorted((max(p.box[1], box[1]), min(p.box[3], box[3])) for p in patches)
    covered, end = 0.0, box[1]
    for start, stop in spans:
        covered += max(stop - max(start, end), 0.0)
        end = max(end, stop)
    return covered


def _camouflage(color: Color, below: list[Patch]) -> str:
    """Whether a text has the colour of what is drawn below it (white paper where nothing is)."""
    ground = below[-1].color if below else WHITE
    if ground is None or not _alike(color, ground):
        return ""
    if _alike(ground, WHITE):
        return "white"
    return _cover(below[-1]) if max(ground) < 3 * _CLOSE else "own_color"


def _cover(patch: Patch) -> str:
    if patch.picture:
        return "picture"
    if patch.color is None:
        return "box"
    if _alike(patch.color, WHITE):
        return "white_box"
    return "black_box" if max(patch.color) < 3 * _CLOSE else "box"


def _alike(first: Color, second: Color) -> bool:
    return all(abs(a - b) < _CLOSE for a, b in zip(first, second, strict=True))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
