"""Words of a page whose characters each have a block of their own."""

from __future__ import annotations

from itertools import islice

from screener.extract.package import Node

LETTERS = 4
"""So many blocks of one character each, one behind the other, are one word."""
_BLOCKS = ("div", "p", "li", "section")


def is_letter_of_word(node: Node) -> bool:
    """Whether a block holds one character and so do those beside it.

    Set on one line by their style or written downwards: a person reads them as one word.
    """
    if not _is_letter(node):
        return False
    beside, last = 0, node
    for there in islice(node.itersiblings(preceding=True), LETTERS):
        if not _is_letter(there) or _goes_on(there):
            break
        beside += 1
    for there in islice(node.itersiblings(), LETTERS):
        if _goes_on(last) or not _is_letter(there):
            break
        beside, last = beside + 1, there
    return beside + 1 >= LETTERS


def _is_letter(node: Node) -> bool:
    return node.tag in _BLOCKS and not len(node) and len((node.text or "").strip()) == 1


def _goes_on(node: Node) -> bool:
    """Whether the text around goes on behind a block."""
    return bool((node.tail or "").strip())
