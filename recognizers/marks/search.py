"""Walks the lines of a text that hold a trigger, once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import Hit
from recognizers.marks.lines import REACH, Line, Lines
from recognizers.marks.score import Mark


def search(
    artifacts: ChineseArtifacts,
    triggers: Iterable[str],
    find: Callable[[Lines, Line], Iterable[Mark]],
    worth: Callable[[str, int], bool] | None = None,
) -> Iterator[Hit]:
    """The marks that ``find`` sees on lines with one of the registered ``triggers``.

    ``worth(text, place)`` turns triggers down that are plain talk, before any line is cut. A line
    than the window is looked at piece by piece; the cost stays linear.
    """
    places = sorted({place for _, place in artifacts.scan.occurring(triggers)})
    if not places:
        return
    lines, text = Lines(artifacts), artifacts.view.text
    looked, reported = -1, -1
    for place in places:
        artifacts.check_clock()
        if place < looked or (worth is not None and not worth(text, place)):
            continue
        line = lines.at(place)
        if line.cut:
            first, looked = max(looked, line.start), place + REACH // 2
            line = replace(line, first=first, last=looked)
        else:
            looked = line.end
        for mark in find(lines, line):
            if mark.start >= reported:
                reported = mark.end
                found = text[mark.start : mark.end]
                start = mark.start + len(found) - len(found.lstrip())
                yield Hit(start, start + len(found.strip()), mark.score, mark.evidence)
