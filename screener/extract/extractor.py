"""Bytes to Document, wherever the reading itself happens.

Short texts are read here; everything else by a process of its own that can do nothing but read
(``screener.extract.sandbox``). What a file does to that process is an Unread, and no other file's
concern.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from screener.config import Limits
from screener.extract import intake, sniff
from screener.extract.reading import Reading
from screener.extract.registry import Convert
from screener.model.document import Document, Unread

LOOK_AHEAD = 64
"""Files that are looked at for old papers that can be converted together."""


class Extractor:
    """Implements ``ports.Extractor`` over the listed readers.

    ``convert`` turns old formats into new ones; LibreOffice, where it is there, unless named.
    """

    def __init__(self, limits: Limits | None = None, convert: Convert | None = None) -> None:
        self._limits = limits or Limits()
        self._convert = convert or self._with_office
        self._expected: Sequence[Path] = ()

    def expect(self, paths: Sequence[Path]) -> None:
        """These files are read next: old papers among them may be converted in one go."""
        self._expected = paths[:LOOK_AHEAD]

    def read_path(self, path: Path) -> Document:
        """A file. No access, too large, empty: a Document with an Unread and little text."""
        return self._read(intake.from_path(path, self._limits), None)

    def read_bytes(
        self, data: bytes, name: str, origin: str = "", *, charset: str | None = None
    ) -> Document:
        """Bytes that came with a name. ``charset`` is what a server declared, if one did."""
        return self._read(intake.from_bytes(data, name, origin, self._limits), charset)

    def _read(self, arrival: intake.Arrival, charset: str | None) -> Document:
        name = arrival.source.name
        if arrival.problem is None and not sniff.is_short_text(arrival.data, name):
            return self._read_apart(arrival, charset)
        return Reading(self._limits, self._convert).read(arrival, charset)

    def _with_office(self, data: bytes, media_type: str) -> bytes:
        return self._office(data, media_type)

    @cached_property
    def _office(self) -> Convert:
        from screener.extract.sandbox.office import Office

        return Office(self._limits, self._coming)

    def _coming(self) -> Iterator[tuple[bytes, str]]:
        """Old papers among the files that are read next."""
        for path in self._expected:
            if sniff.may_be_old(intake.head(path)):
                arrival = intake.from_path(path, self._limits)
                if media_type := sniff.may_be_old(arrival.data):
                    yield arrival.data, media_type

    def _read_apart(self, arrival: intake.Arrival, charset: str | None) -> Document:
        from screener.extract.sandbox import pool

        if not pool.available():
            return Reading(self._limits, self._convert).read(arrival, charset)
        formats = sniff.likely_formats(arrival.data, arrival.source.name)
        order = pool.Order(arrival, self._limits, charset, self._convert, formats=formats)
        answer = pool.shared().read(order)
        if isinstance(answer, Unread):
            arrival = replace(arrival, data=b"", problem=answer)
            return Reading(self._limits).read(arrival)
        return answer
