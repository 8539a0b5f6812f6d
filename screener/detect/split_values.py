"""Values split over neighbouring cells of a row: a digit in each, or a number by its groups."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from recognizers.checksums import id_valid, luhn_valid
from screener.detect.cells import Cells
from screener.detect.heads import Heads

_DIGIT_CELLS = 11
"""So many cells of one character in a row may be a phone; longer numbers need more."""
_GROUPS = ((6, 8, 4), (6, 8, 3, 1), (6, 4, 4, 4), (6, 12), (3, 4, 4), (3, 8), (4, 4, 4, 4))
_LONGEST_GROUP = 12
_BEGINNINGS = np.zeros((_LONGEST_GROUP + 2, _LONGEST_GROUP + 2), dtype=np.bool_)
"""Whether some number is written in groups that begin with two of these lengths."""
_BEGINNINGS[[groups[0] for groups in _GROUPS], [groups[1] for groups in _GROUPS]] = True
_REST = 4  # characters of a last group behind four groups of four
_SAYS = ("身份", "证件", "证号", "卡号", "账号", "帐号", "账户", "手机", "电话", "號碼", "号码")


def find_split(text: str, cells: Cells, heads: Heads) -> list[range]:
    """Runs of cells that hold one value together, in order, none touching another.

    Cells with a digit each are one number when its check digit says so or the cell to their left or
    over them calls it a number of that length; groups likewise.
    """
    found: list[range] = []
    lengths, linked = _linked(cells)
    for run in (*_digit_runs(text, cells, lengths, linked), *_grouped_runs(lengths, linked)):
        value = "".join(text[cells.starts[i] : cells.ends[i]] for i in run)
        if value[:-1].isdigit() and value[-1] in "0123456789Xx" and _one(value, run, cells, heads):
            found.append(run)
    found.sort(key=lambda run: run.start)
    apart: list[range] = []
    for run in found:
        if not apart or run.start >= apart[-1].stop:
            apart.append(run)
    return apart


def _one(value: str, run: range, cells: Cells, heads: Heads) -> bool:
    size = len(value)
    if size == 18 and id_valid(value.upper()):
        return True
    head = heads.header(run.start) or ""
    said = any(word in head for word in _SAYS)
    if size == 11:
        return said and value[0] == "1" and value[1] >= "3"
    if 16 <= size <= 19 and value.isdigit() and luhn_valid(value) and value.startswith("6"):
        return True
    return said and (size in (15, 18) or 16 <= size <= 23)


def _linked(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """The lengths of all stretches, and whether the next one stands in the same row."""
    starts = np.asarray(cells.starts, dtype=np.int64)
    lengths = np.asarray(cells.ends, dtype=np.int64) - starts
    tables, rows = np.asarray(cells.tables), np.asarray(cells.rows)
    linked = np.zeros(len(starts), dtype=bool)
    linked[:-1] = (tables[:-1] >= 0) & (tables[:-1] == tables[1:]) & (rows[:-1] == rows[1:])
    return lengths, linked


def _digit_runs(
    text: str, cells: Cells, lengths: np.ndarray, linked: np.ndarray
) -> Iterator[range]:
    """Runs of cells with one digit each (X as the last), within rows."""
    single = lengths == 1
    pairs = single[:-1] & single[1:] & linked[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], pairs.astype(np.int8), [0]))))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if last - first + 1 < _DIGIT_CELLS:
            continue
        start = first
        for at in range(first, last + 2):
            digit = at <= last and text[cells.starts[at]] in "0123456789"
            if digit:
                continue
            ends_in_x = at <= last and text[cells.starts[at]] in "Xx"
            stop = at + 1 if ends_in_x else at
            if stop - start >= _DIGIT_CELLS:
                yield range(start, stop)
            start = at + 1


def _grouped_runs(lengths: np.ndarray, linked: np.ndarray) -> Iterator[range]:
    """Neighbouring cells whose lengths are those of a number's groups."""
    capped = np.minimum(lengths, _LONGEST_GROUP + 1)
    begun = linked[:-1] & _BEGINNINGS[capped[:-1], capped[1:]]
    for start in begun.nonzero()[0].tolist():
        for groups in _GROUPS:
            stop = start + len(groups)
            if not linked[start : stop - 1].all() or tuple(lengths[start:stop]) != groups:
                continue
            if (
                len(groups) == 4
                and stop < len(lengths)
                and linked[stop - 1]
                and lengths[stop] <= _REST
            ):
                yield range(start, stop + 1)
            yield range(start, stop)
