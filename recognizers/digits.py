"""Numbers written in groups: every way to read so many digits from the clusters of a scan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from recognizers.artifacts import ChineseArtifacts
from recognizers.trace import look

SPACED = frozenset(" -.·\n")
"""What may stand between the groups of one number."""
_LONGEST_JOINT = 5
_LONGEST_ITEM, _ITEM_SIGNS = 2, (".", "、")
MOST_GROUPS = 8
"""Numbers are written in few groups, or digit by digit."""


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
        """Every digit stands alone, with the same joint all along; one may end its line."""
        if len(self.groups) != len(self.digits):
            return False
        if len(set(self.joints)) == 1:
            return True
        kinds = {joint.replace("\n", "").strip(" ") for joint in self.joints}
        return len(kinds) == 1 and sum("\n" in joint for joint in self.joints) <= 1

    @property
    def unwrapped(self) -> tuple[int, ...]:
        """``groups`` as they were before a line end broke one of them in two."""
        groups = list(self.groups[:1])
        for group, joint in zip(self.groups[1:], self.joints, strict=True):
            if joint == "\n":
                groups[-1] += group
            else:
                groups.append(group)
        return tuple(groups)


def numbers(
    artifacts: ChineseArtifacts, lengths: Collection[int], joints: Collection[str] = SPACED
) -> Iterator[Number]:
    """Every number with one of these digit counts, by start; they may overlap each other.

    It begins where a run of digits begins and ends where one ends: a slice of a longer run is never
    a number. It has at most ``MOST_GROUPS`` groups, or every digit stands alone with the same joint
    all along; a slice of a longer row of such digits is no number either. So the work is linear.
    """
    reader = _Reader(artifacts, frozenset(lengths), frozenset(joints))
    shortest = min(lengths)
    for count, cluster in enumerate(artifacts.scan.clusters):
        if count % 1024 == 0:
            artifacts.check_clock()
        if cluster.digits < shortest:
            continue
        if cluster.last - cluster.first == 1:
            if cluster.digits in reader.lengths:
                text = reader.text[cluster.start : cluster.end]
                look(cluster.start, cluster.end)
                yield Number(cluster.start, cluster.end, text, (cluster.digits,), ())
            continue
        for number in reader.read(cluster.first, cluster.last):
            look(number.start, number.end)
            yield number


class _Reader:
    """Reads numbers from neighbouring runs."""

    def __init__(
        self,
        artifacts: ChineseArtifacts,
        lengths: frozenset[int],
        joints: frozenset[str],
    ) -> None:
        self.text = artifacts.view.text
        self.lengths = lengths
        self._runs: Sequence[tuple[int, int]] = artifacts.scan.run_bounds
        self._linked = artifacts.scan.linked(joints, _LONGEST_JOINT)
        self._longest = max(lengths)

    def read(self, first: int, last: int) -> Iterator[Number]:
        """The numbers in the runs ``first`` to ``last``, by start."""
        row_end = first
        for run in range(first, last):
            if run >= row_end and self._lone(run):
                row_end = self._row(run, last)
                if row_end - run in self.lengths:
                    yield self._number(range(run, row_end))
                    continue
            yield from self._grouped(run, min(last, run + MOST_GROUPS))

    def _grouped(self, first: int, last: int) -> Iterator[Number]:
        """The numbers of few groups that begin with this run."""
        runs, linked = self._runs, self._linked
        start, end = runs[first]
        total = end - start
        if total in self.lengths:
            yield self._number(range(first, first + 1))
        if total == 1 and first + 1 < last and self._lone(first + 1):
            return
        for run in range(first + 1, last):
            start, end = runs[run]
            total += end - start
            if total > self._longest or not linked[run - 1] or self._begins_item(run):
                return
            if total in self.lengths:
                yield self._number(range(first, run + 1))

    def _lone(self, run: int) -> bool:
        start, end = self._runs[run]
        return end - start == 1

    def _begins_item(self, run: int) -> bool:
        """Whether a run is the number of the next point of a list, at the start of its line."""
        start, end = self._runs[run]
        if end - start > _LONGEST_ITEM or self.text[end : end + 1] not in _ITEM_SIGNS:
            return False
        goes_on = self.text[end + 1 : end + 3].strip()
        return bool(goes_on) and "\n" in self.text[self._runs[run - 1][1] : start]

    def _decimal(self, run: int) -> bool:
        """Whether a lone digit is the front of a decimal, as in 8.2亩."""
        end = self._runs[run][1]
        return self.text[end : end + 1] == "." and self.text[end + 1 : end + 2].isdigit()

    def _row(self, first: int, last: int) -> int:
        """Where the row of digits that each stand alone, with the same joint, ends."""
        joint: str | None = None
        wrapped = False
        run = first
        while run + 1 < last and self._lone(run + 1):
            between = self.text[self._runs[run][1] : self._runs[run + 1][0]]
            if between != "." and self._decimal(run + 1):
                break
            if "\n" in between and joint is not None and not wrapped:
                # A line that ends inside keeps the joint or takes its place.
                wrapped = between.replace("\n", "") in {joint, ""}
                between = joint if wrapped else between
            if joint is None:
                if not self._linked[run]:
                    break
                joint = between
            if between != joint:
                break
            run += 1
        return run + 1

    def _number(self, runs: range) -> Number:
        bounds = [self._runs[run] for run in runs]
        return Number(
            bounds[0][0],
            bounds[-1][1],
            "".join(self.text[start:end] for start, end in bounds),
            tuple(end - start for start, end in bounds),
            tuple(self.text[left[1] : right[0]] for left, right in pairwise(bounds)),
        )
