"""Numbers written in groups: every way to read so many digits from the clusters of a scan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts

SPACED = frozenset(" -.·\n")
"""What may stand between the groups of one number."""
_LONGEST_JOINT = 5


class Number(NamedTuple):
    """Digits from one run's start to a run's end: ``text[start:end]`` in the view.

    ``groups`` are the lengths of the runs, ``joints`` what stands between them.
    """

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    joints: tuple[str, ...]

    @property
    def wrapped(self) -> bool:
        """Written as one run, broken once by a line end."""
        return len(self.joints) == 1 and "\n" in self.joints[0] and self.joints[0].strip() == ""

    @property
    def spelled(self) -> bool:
        """Every digit stands alone."""
        return len(self.groups) == len(self.digits)


def numbers(
    artifacts: ChineseArtifacts, lengths: Collection[int], joints: Collection[str] = SPACED
) -> Iterator[Number]:
    """Every number with one of these digit counts, by start; they may overlap each other.

    It begins where a run of digits begins and ends where one ends: a slice of a longer run is never
    a number. Linear: each run is extended over at most ``max(lengths)`` digits.
    """
    text = artifacts.view.text
    shortest, longest = min(lengths), max(lengths)
    runs = artifacts.scan.run_bounds
    for count, cluster in enumerate(artifacts.scan.clusters):
        if count % 1024 == 0:
            artifacts.check_clock()
        if cluster.digits < shortest:
            continue
        for first in range(cluster.first, cluster.last):
            yield from _from(
                text, runs[first : min(cluster.last, first + longest)], lengths, joints
            )


def _from(
    text: str,
    runs: Sequence[tuple[int, int]],
    lengths: Collection[int],
    joints: Collection[str],
) -> Iterator[Number]:
    """The numbers that begin with the first of these runs."""
    start, end = runs[0]
    total, longest = end - start, max(lengths)
    if total in lengths:
        yield Number(start, end, text[start:end], (total,), ())
    pieces, groups, between = [text[start:end]], [total], list[str]()
    for next_start, next_end in runs[1:]:
        if total >= longest:
            return
        joint = text[end:next_start]
        if len(joint) > _LONGEST_JOINT or not all(c in joints for c in joint):
            return
        total += next_end - next_start
        if total > longest:
            return
        pieces.append(text[next_start:next_end])
        groups.append(next_end - next_start)
        between.append(joint)
        end = next_end
        if total in lengths:
            yield Number(start, end, "".join(pieces), tuple(groups), tuple(between))
