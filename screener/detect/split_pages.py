"""Numbers that begin at the foot of one page and go on at the head of the next."""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.checksums import id_valid, luhn_valid
from recognizers.patterns import late
from screener.detect.cells import Cells
from screener.model.document import Document, SegmentKind
from screener.model.place import page_of

_FOOT = late(r"(?<![0-9A-Za-z])[0-9]{2,18}(?=[ ]*(?:\x1e|\Z))")
_HEAD = late(r"[ ]*(?P<rest>[0-9]{1,17}[Xx]?|[Xx])(?![0-9A-Za-z])")
_PAGE_NUMBER = late(r"[ \-—–－·.第共页/0-9ivxIVXPage]{1,24}")
_BODY = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.OCR)
_RUNNING = (SegmentKind.HEADER, SegmentKind.FOOTER)
_MARGINS = 8
"""So many stretches may stand between: what a foot and a head hold."""
_SAYS_PHONE = ("手机", "电话", "手機", "電話", "联系方式")
_SAYS_CARD = ("卡号", "账号", "帐号", "账户", "卡號", "賬號")
_NEAR = 24  # code points before a number in which a word says what it is


def find_over_pages(document: Document, cells: Cells) -> list[range]:
    """Runs of stretches, from the last of a page to the first of the next, that share a number.

    Nothing but page numbers and what comes again on a later page stands between: it is not read
    where it parts a number. Long numbers are told by their check digit, others by the word before.
    """
    return list(_found(document, cells))


def _found(document: Document, cells: Cells) -> Iterator[range]:
    text, done = document.text, -1
    for foot in _FOOT.finditer(text):
        first = cells.index_at(foot.start())
        if first is None or first <= done or cells.ends[first] < foot.end():
            continue
        if text[foot.end() : cells.ends[first]].strip() or not _is_body(document, cells, first):
            continue
        before = text[max(cells.starts[first], foot.start() - _NEAR) : foot.start()]
        for last in _next_page(document, cells, first):
            head = _HEAD.match(text, cells.starts[last], cells.ends[last])
            if head and _one(foot.group() + head["rest"], before):
                yield range(first, last + 1)
                done = last
                break


def _parent(cells: Cells, index: int) -> int:
    return index if cells.parents is None else cells.parents[index]


def _is_body(document: Document, cells: Cells, index: int) -> bool:
    segments, segment = document.segments, _parent(cells, index)
    return (
        cells.tables[index] < 0
        and segments.kind(segment) in _BODY
        and bool(segments.visible(segment))
    )


def _next_page(document: Document, cells: Cells, first: int) -> Iterator[int]:
    """Stretches at the head of the next page's body, behind heads, feet and page numbers."""
    segments, text = document.segments, document.text
    page = page_of(segments.place(_parent(cells, first)))
    if page is None:
        return
    between: list[str] = []
    for index in range(first + 1, min(first + 2 + _MARGINS, len(cells.starts))):
        there = page_of(segments.place(_parent(cells, index)))
        start, end = cells.starts[index], cells.ends[index]
        if there not in (page, page + 1):
            return
        again = all(text.find(margin, end) >= 0 for margin in between)
        if again and there == page + 1 and _is_body(document, cells, index):
            yield index
        if not _PAGE_NUMBER.fullmatch(text, start, end):
            if segments.kind(_parent(cells, index)) not in _RUNNING:
                return
            between.append(text[start:end])


def _one(value: str, before: str) -> bool:
    size = len(value)
    if size == 18 and id_valid(value.upper()):
        return True
    if not value.isdigit():
        return False
    if size == 11:
        said = any(word in before for word in _SAYS_PHONE)
        return said and value[0] == "1" and value[1] >= "3"
    return 16 <= size <= 19 and luhn_valid(value) and any(word in before for word in _SAYS_CARD)
