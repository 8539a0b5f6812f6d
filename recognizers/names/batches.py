"""Texts put together for a network and for the search over its answers.

A network that is not told where a text ends sees only texts of exactly the same length together:
padding would change what it says of the shorter ones, and a name must not depend on what stands
elsewhere in a document. One that is told may see texts of like length together: many short texts
cost more apart than a little padding does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Lengths = np.ndarray[Any, np.dtype[np.int64]]


def answers(
    texts: Sequence[str], run: Callable[[list[str]], Floats], cells: int
) -> Iterator[tuple[list[int], Floats, Lengths]]:
    """Rows of texts, what the network says of them (padded with zeros), and their lengths.

    ``run`` takes texts of one length and gives ``[text, character, tag]``; at most ``cells``
    characters at once. Empty texts are left out.
    """
    rows: list[int] = []
    parts: list[Floats] = []
    for group in groups(texts, cells):
        width = len(texts[group[-1]])
        if rows and (len(rows) + len(group)) * width > cells:
            yield _together(texts, rows, parts)
            rows, parts = [], []
        rows += group
        parts.append(run([texts[row] for row in group]))
    if rows:
        yield _together(texts, rows, parts)


def groups(texts: Sequence[str], cells: int, padding: int = 0) -> Iterator[list[int]]:
    """Rows of texts to be seen together, shorter ones first; empty texts are left out.

    At most ``cells`` characters at once (one text may be longer), of which at most ``padding``
    stand behind the ends of the shorter texts.
    """
    group: list[int] = []
    written = 0
    for row in sorted(filter(texts.__getitem__, range(len(texts))), key=lambda r: len(texts[r])):
        length = len(texts[row])
        room = (len(group) + 1) * length
        if group and (room > cells or room - written - length > padding):
            yield group
            group, written = [], 0
        group.append(row)
        written += length
    if group:
        yield group


def _together(
    texts: Sequence[str], rows: list[int], parts: list[Floats]
) -> tuple[list[int], Floats, Lengths]:
    lengths = np.array([len(texts[row]) for row in rows], dtype=np.int64)
    whole = np.zeros((len(rows), int(lengths[-1]), parts[0].shape[2]), dtype=np.float32)
    first = 0
    for part in parts:
        whole[first : first + len(part), : part.shape[1]] = part
        first += len(part)
    return rows, whole, lengths


def open_network(file: Path, threads: int) -> Any:
    """An onnxruntime session on the CPU with this many threads; imported only when one is needed.

    It keeps the room of its largest batch to the end: batches are small, and asking for it anew
    takes a tenth of the time.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
