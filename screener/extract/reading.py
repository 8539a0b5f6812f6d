"""Bytes to Document in this process: to the format's reader, and never a silence.

Whatever a file holds, the answer is a Document. What could not be read stands in ``unread``. The
extractor decides in which process this runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from screener.config import Limits
from screener.extract import facts, intake, sniff
from screener.extract.builder import DocumentBuilder
from screener.extract.inside import read_inside
from screener.extract.leftovers import add_leftovers
from screener.extract.polyglot import further_parts
from screener.extract.registry import (
    MAY_BE_BLANK,
    Convert,
    ReadContext,
    Spent,
    Unreadable,
    format_of,
)
from screener.extract.unlock import with_known_password
from screener.i18n import _
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import FileName

PACKAGES = ("docx", "xlsx", "pptx", "ofd")
"""Formats that are zip packages of parts, each part with a reader of its own."""


class OutOfTime(BaseException):
    """The time for a file is over. No Exception: a reader that takes all of those lets it pass."""


_RUST = "pyo3_runtime"
"""Where panics of libraries in Rust come from: for Python they are like Ctrl-C, not like errors."""


@dataclass(frozen=True, slots=True)
class Skips:
    """Files inside a file that ended an earlier attempt, by their number in reading order.

    ``since`` is the number from which on nothing inside is opened any more.
    """

    members: Mapping[int, tuple[UnreadReason, str]] = field(default_factory=dict)
    since: int | None = None
    reason: UnreadReason = UnreadReason.TIMEOUT
    detail: str = ""

    def of(self, number: int) -> tuple[UnreadReason, str] | None:
        """Why the file with this number is not opened, or None."""
        if self.since is not None and number >= self.since:
            return self.reason, self.detail
        return self.members.get(number)


@dataclass(slots=True)
class Reading:
    """One file and all files inside it.

    ``entered`` is told the number of the file inside that is opened next, and 0 back outside;
    ``convert`` turns old formats into new ones, where there is a program for it.
    """

    limits: Limits
    convert: Convert | None = None
    skips: Skips = field(default_factory=Skips)
    entered: Callable[[int], None] = lambda _number: None
    spent: Spent = field(default_factory=Spent)
    late: bool = False
    _inside: int = 0
    _numbered: int = 0

    def read(self, arrival: intake.Arrival, charset: str | None = None) -> Document:
        """The Document of what came through the door."""
        return self._read(arrival, 0, charset)

    def _read_member(self, data: bytes, name: str, depth: int) -> Document:
        arrival = intake.from_bytes(data, name, name, self.limits)
        self._numbered += 1
        outer, self._inside = self._inside, self._numbered
        refused = self.skips.of(self._inside)
        if refused is None and self.late:
            refused = UnreadReason.TIMEOUT, time_is_up(self.limits)
        if refused is not None:
            arrival = replace(arrival, data=b"", problem=intake.whole_file(*refused))
        self.entered(self._inside)
        try:
            return self._read(arrival, depth, None)
        finally:
            self._inside = outer
            self.entered(outer)

    def _read(self, arrival: intake.Arrival, depth: int, charset: str | None) -> Document:
        builder = DocumentBuilder()
        if arrival.problem is not None:
            builder.add(arrival.source.name, SegmentKind.FILE_NAME, FileName())
            document = builder.build(arrival.source)
            return replace(document, unread=(arrival.problem,))
        source, whole = arrival.source, _("the file")
        try:
            data, kind = arrival.data, sniff.media_type_of(arrival.data, source.name)
            source = replace(source, media_type=kind)
            if kind == sniff.LOCKED:
                data = with_known_password(data)
                kind = sniff.media_type_of(data, source.name)
            context = ReadContext(
                source.name,
                self.limits,
                depth,
                self._read_member,
                charset,
                self.spent,
                self.convert,
                kind,
            )
            for name, part in further_parts(data, kind):
                read_inside(builder, context, part, name)
            known = format_of(kind)
            if known is None:
                raise Unreadable(*_why_not(kind))
            known.make_reader().read(data, builder, context)
            if known.name in PACKAGES:
                add_leftovers(data, builder)
        except Unreadable as problem:
            builder.unread(whole, problem.reason, problem.detail)
        except OutOfTime:
            self.late = True
            builder.unread(whole, UnreadReason.TIMEOUT, time_is_up(self.limits))
        except RecursionError:
            builder.unread(whole, UnreadReason.TOO_DEEP)
        except MemoryError:
            builder.unread(whole, UnreadReason.TOO_LARGE, memory_is_up(self.limits))
        except BaseException as error:  # any fault of any parser: named, and what was read is kept
            if not isinstance(error, Exception) and type(error).__module__ != _RUST:
                raise
            builder.unread(whole, UnreadReason.CORRUPT, type(error).__name__)
        may_be_blank = depth > 0 and source.media_type in MAY_BE_BLANK
        if not builder.has_body and not builder.has_unread and not may_be_blank:
            builder.unread(whole, UnreadReason.EMPTY, _("no text was found in it"))
        _finish(builder, source.name, source.media_type)
        return builder.build(source)


def time_is_up(limits: Limits) -> str:
    """What a person is told of a file that takes too long."""
    return _("reading took longer than {limit} seconds ({key})").format(
        limit=f"{limits.seconds:g}", key="[limits] seconds"
    )


def memory_is_up(limits: Limits) -> str:
    """What a person is told of a file that needs too much memory."""
    return _("reading needs more than {limit} bytes of memory ({key})").format(
        limit=limits.memory_bytes, key="[limits] memory_bytes"
    )


def _finish(builder: DocumentBuilder, name: str, media_type: str) -> None:
    if builder.has_body:
        found = facts.complete(
            builder.facts, builder.opening(facts.OPENING), builder.closing(facts.CLOSING)
        )
        builder.set_facts(found)
    builder.set_facts(replace(builder.facts, named_as=sniff.named_as(name, media_type)))
    builder.add(name, SegmentKind.FILE_NAME, FileName())


def _why_not(media_type: str) -> tuple[UnreadReason, str]:
    if media_type == sniff.OCTETS:
        detail = _("the bytes are neither text nor a format this version reads")
        return UnreadReason.UNSUPPORTED, detail
    detail = _("this version does not read {format}").format(format=media_type)
    return UnreadReason.UNSUPPORTED, detail
