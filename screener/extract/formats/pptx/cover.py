"""Boxes and pictures over a part of the text of a slide's shape or cell: which letters they hide.

Text stands in its frame as the frame says (ISO/IEC 29500-1, 21.1.2.1): with insets, from the top,
in the middle or at the bottom. Only frames whose letters have a told size are laid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screener.extract.formats.pptx.looks import Box, Stage
from screener.extract.line_places import Covered, Front, Spacing, lines_of, with_token
from screener.extract.package import Node, attribute, local

_EMU_A_POINT = 12_700
_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_CELL_INSETS = {"marL": 91_440, "marT": 45_720, "marR": 91_440, "marB": 45_720}
_USUAL_SIZE = 18.0
_HEIGHT_OF_LINE = 1.2
_ALIGNED = {"ctr": "center", "r": "right"}
_ENDLESS = 1e6
_MOST_PARAGRAPHS = 2_000


def partly_covered(stage: Stage, node: Node) -> Mapping[Node, Covered]:
    """The paragraphs of a shape, or of its table's cells, that something may lie over."""
    box, fronts = stage.fronts(node)
    if box is None or not fronts:
        return {}
    found = dict(_paragraphs(node, box, fronts))
    for table in node.iter("{*}tbl"):
        for cell, place in _cells(table, box):
            found |= _paragraphs(cell, place, fronts)
    return found


def parted(shown: str, unseen: Mapping[str, str], covered: Covered) -> tuple[str, dict[str, str]]:
    """What is seen of a paragraph's words and what is not, by the reason, once something lies over
    them; half of a covered number goes with its other half.
    """
    more = dict(unseen)
    left, at = "", 0
    for start, end, state in covered.stretches(shown):
        hidden = with_token(shown[:start], shown[start:end], shown[end:])
        more[state] = "\n".join(filter(None, (more.get(state, ""), hidden)))
        left += shown[at:start]
        at = end
    return left + shown[at:], more


def _paragraphs(
    holder: Node, box: Box, fronts: Sequence[tuple[Box, str]]
) -> Mapping[Node, Covered]:
    """The paragraphs of a shape or cell that something lies over, ``fronts`` being all near it."""
    body = next((n for n in holder if local(n) == "txBody"), None)
    if body is None or not fronts or any(local(n) == "ph" for n in holder.iter()):
        return {}
    is_cell = local(holder) == "tc"
    parent, name = (holder, "tcPr") if is_cell else (body, "bodyPr")
    frame = next((n for n in parent if local(n) == name), None)
    left, top, right, bottom = _inner(frame, box, _CELL_INSETS if is_cell else _INSETS)
    endless = frame is not None and attribute(frame, "wrap") == "none"
    width = _ENDLESS if endless else max(right - left, 1.0)
    blocks: list[tuple[Node, Spacing, float]] = []
    at = 0.0
    for paragraph in list(body.iterfind("{*}p"))[:_MOST_PARAGRAPHS]:
        spacing = _spacing(paragraph, endless=endless)
        blocks.append((paragraph, spacing, at))
        text = "".join(n.text or "" for n in paragraph.iter("{*}t"))
        at += spacing.line * len(lines_of(text, spacing, width))
    anchor = (attribute(frame, "anchor") if frame is not None else None) or "t"
    start = top + max(bottom - top - at, 0.0) * {"ctr": 0.5, "b": 1.0}.get(anchor, 0.0)
    laid = [_front(front, state) for front, state in fronts]
    return {
        paragraph: Covered(
            spacing, width, tuple(front.seen_from(left, start + down) for front in laid)
        )
        for paragraph, spacing, down in blocks
    }


def _cells(table: Node, frame: Box) -> Iterator[tuple[Node, Box]]:
    """The cells of a table with their boxes; ``frame`` is the one of the whole table."""
    widths = [_whole(attribute(n, "w"), 0) for n in table.iterfind("{*}tblGrid/{*}gridCol")]
    top = frame[1]
    for row in table.iterfind("{*}tr"):
        bottom = top + _whole(attribute(row, "h"), 0)
        left = frame[0]
        for cell, width in zip(row.iterfind("{*}tc"), widths, strict=False):
            span = min(_whole(attribute(cell, "gridSpan"), 1), len(widths))
            yield cell, (left, top, left + width * max(span, 1), bottom)
            left += width
        top = bottom


def _inner(frame: Node | None, box: Box, insets: Mapping[str, int]) -> Box:
    """The part of a frame that holds its text, in points."""
    told = [
        _whole(attribute(frame, name) if frame is not None else None, usual)
        for name, usual in insets.items()
    ]
    left, top, right, bottom = (side / _EMU_A_POINT for side in box)
    inner = [inset / _EMU_A_POINT for inset in told]
    return left + inner[0], top + inner[1], right - inner[2], bottom - inner[3]


def _front(box: Box, state: str) -> Front:
    left, top, right, bottom = (side / _EMU_A_POINT for side in box)
    return Front(left, top, right, bottom, state)


def _spacing(paragraph: Node, *, endless: bool) -> Spacing:
    sizes = [_whole(attribute(n, "sz"), 0) / 100 for n in paragraph.iter("{*}rPr")]
    size = max([size for size in sizes if size] or [_USUAL_SIZE])
    own = next((n for n in paragraph if local(n) == "pPr"), None)
    align = _ALIGNED.get(attribute(own, "algn") or "", "") if own is not None else ""
    return Spacing(size, size * _HEIGHT_OF_LINE, align="" if endless else align)


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise
