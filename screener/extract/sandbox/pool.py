"""Hands files to reading processes and takes Documents back; whatever happens there is Unread.

A process is used again and again, and replaced after many files, a failure or much memory. A
document whose places are worked out later keeps its process until it is let go or the process is
needed; then the file is read once more for them.
"""

from __future__ import annotations

import atexit
import os
import socket
import threading
import time
import weakref
from collections import OrderedDict, deque
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from signal import SIGKILL, SIGXCPU, Signals

from screener.config import MEBIBYTE, Limits
from screener.extract.intake import Arrival, whole_file
from screener.extract.reading import Skips, time_is_up
from screener.extract.registry import Convert, Unreadable
from screener.extract.sandbox.frames import Gone, Line, Message, TooLate, TooMuch, receive, send
from screener.extract.sandbox.processes import CannotStart, Process, Processes
from screener.extract.sandbox.transfer import Damaged, unpack, unpack_value
from screener.i18n import _, current_language
from screener.model.document import Document, Unread, UnreadReason
from screener.model.place import Locator, Place, WholeFile

MOST_FILES = 200
"""Files a process reads before it is replaced."""
MUCH_MEMORY = 768 * MEBIBYTE
"""A process that holds more after a file is replaced. Text recognition alone takes 500."""
MOST_WAITING = 2
MOST_KEPT = 8
"""Processes that documents may keep; a further read takes the oldest one's."""
ATTEMPTS = 4
"""Readings of one file, each leaving out one more file inside that ended the last. A last one then
opens nothing from there on; after a reading that took too long, that is the second.
"""
_GRACE = 1.0
_PLACE_SECONDS = 30.0


class _Failed(Exception):
    """A process did not answer with a Document. ``inside`` is the file inside it was reading."""

    def __init__(self, reason: UnreadReason, detail: str, inside: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail
        self.inside = inside


@dataclass(slots=True)
class Order:
    """One file to read: what came through the door, the limits, and who converts old formats."""

    arrival: Arrival
    limits: Limits
    charset: str | None = None
    convert: Convert | None = None
    skips: Skips = field(default_factory=Skips)
    language: str = field(default_factory=current_language)
    formats: tuple[str, ...] = ()

    def message(self) -> dict[str, object]:
        """What the process is told."""
        return {
            "kind": "read",
            "limits": asdict(self.limits),
            "source": asdict(self.arrival.source),
            "charset": self.charset,
            "language": self.language,
            "skips": {n: [r.value, d] for n, (r, d) in self.skips.members.items()},
            "since": self.skips.since,
            "reason": self.skips.reason.value,
            "detail": self.skips.detail,
        }


class Sandbox:
    """Reads files in processes of its own. Safe to use from several threads."""

    def __init__(self) -> None:
        self.processes = Processes()
        self._waiting: deque[Process] = deque()
        self._returned: deque[Process] = deque()  # appended to while anything is finalised
        self._kept: OrderedDict[Process, weakref.ref[_Kept]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, order: Order) -> Document | Unread:
        """The Document, or why there is none. Files inside that end a process are left out."""
        members: dict[int, tuple[UnreadReason, str]] = {}
        while True:
            try:
                return self._read_once(order)
            except CannotStart:
                detail = _("the process that reads files cannot be started")
                return whole_file(UnreadReason.MISSING_TOOL, detail)
            except _Failed as failure:
                number, reason, detail = failure.inside, failure.reason, failure.detail
            if not number or number in members or order.skips.since is not None:
                return whole_file(reason, detail)
            members[number] = reason, detail
            last = reason is UnreadReason.TIMEOUT or len(members) >= ATTEMPTS
            skips = Skips(dict(members), number if last else None, reason, detail)
            order = replace(order, skips=skips)

    def held(self) -> tuple[str, ...]:
        """What the kernel holds reading processes to here. Raises CannotStart."""
        process = self._take(())
        self._waiting.append(process)
        return process.held

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._waiting.clear()
            self._returned.clear()
            self._kept.clear()
            self.processes.close()

    def _read_once(self, order: Order) -> Document:
        process = self._take(order.formats)
        try:
            document, remote = self._exchange(process, order)
        except BaseException:
            self.processes.end(process)
            raise
        if remote is None:
            self._give_back(process)
        else:
            remote.process = process
            with self._lock:
                self._kept[process] = weakref.ref(remote)
            weakref.finalize(remote, self._returned.append, process).atexit = False
        return document

    def _exchange(self, process: Process, order: Order) -> tuple[Document, _Kept | None]:
        kept = _Kept(self, order)
        message = self._answer(process, order)
        process.files += 1
        process.resident = int(message.head.get("resident", 0))
        try:
            unpacked = unpack(message, order.arrival.source, kept.place)
        except Damaged as error:
            raise _Failed(UnreadReason.CORRUPT, _("its reader gave no sound answer")) from error
        return unpacked.document, kept if unpacked.remote else None

    def _answer(self, process: Process, order: Order) -> Message:
        """The answer to a file, after whatever the process asks on the way."""
        limits = order.limits
        deadline = time.monotonic() + limits.seconds * 1.1 + _GRACE
        inside = 0
        try:
            process.line.settimeout(limits.seconds + _GRACE)
            send(process.line, order.message(), [order.arrival.data])
            while True:
                message = receive(process.line, deadline=deadline, most=limits.memory_bytes)
                if message.kind == "document":
                    return message
                if message.kind == "inside":
                    inside = int(message.head["number"])
                elif message.kind == "slow":
                    deadline += limits.ocr_seconds
                elif message.kind == "convert":
                    began = time.monotonic()
                    self._converted(process.line, message, order.convert)
                    deadline += time.monotonic() - began
                elif message.kind == "failed":
                    reason = UnreadReason(message.head["reason"])
                    raise _Failed(reason, str(message.head["detail"]), inside)
                else:
                    raise TooMuch
        except TooLate as error:
            raise _Failed(UnreadReason.TIMEOUT, time_is_up(limits), inside) from error
        except TooMuch as error:
            detail = _("its reader gave no sound answer")
            raise _Failed(UnreadReason.CORRUPT, detail, inside) from error
        except Gone as error:
            raise self._died(process, inside, limits) from error
        except (KeyError, ValueError, TypeError) as error:
            detail = _("its reader gave no sound answer")
            raise _Failed(UnreadReason.CORRUPT, detail, inside) from error

    def _converted(self, line: Line, message: Message, convert: Convert | None) -> None:
        try:
            if convert is None:
                raise Unreadable(UnreadReason.MISSING_TOOL)
            new = convert(message.blocks[0], str(message.head["media_type"]))
        except Unreadable as problem:
            refusal = {"kind": "refused", "reason": problem.reason.value, "detail": problem.detail}
            send(line, refusal)
        else:
            send(line, {"kind": "converted"}, [new])

    def _died(self, process: Process, inside: int, limits: Limits) -> _Failed:
        code = self.processes.end(process)
        if code == -SIGXCPU:
            return _Failed(UnreadReason.TIMEOUT, time_is_up(limits), inside)
        if code == -SIGKILL:
            detail = _("the process that read it was killed; memory may have run out")
            return _Failed(UnreadReason.CORRUPT, detail, inside)
        how = Signals(-code).name if code is not None and code < 0 else str(code)
        detail = _("reading it ended the process that read it ({how})").format(how=how)
        return _Failed(UnreadReason.CORRUPT, detail, inside)

    def _take(self, formats: tuple[str, ...]) -> Process:
        """A process that waits, that nobody needs any more, a new one, or the longest kept."""
        self._sort_returned()
        with self._lock:
            while self._waiting:
                process = self._waiting.pop()
                if _alive(process):
                    return process
                self.processes.end(process)
            if len(self._kept) >= MOST_KEPT:
                process, reference = self._kept.popitem(last=False)
                if (kept := reference()) is not None:
                    kept.process = None
                self.processes.end(process)
        return self.processes.start(list(formats))

    def _sort_returned(self) -> None:
        while self._returned:
            process = self._returned.popleft()
            with self._lock:
                known = self._kept.pop(process, None)
            if known is not None:
                self._give_back(process)

    def _give_back(self, process: Process) -> None:
        worn = process.files >= MOST_FILES or process.resident > MUCH_MEMORY
        if worn or len(self._waiting) >= MOST_WAITING:
            self.processes.end(process)
        else:
            self._waiting.append(process)


def _alive(process: Process) -> bool:
    """Whether a waiting process still holds its line: then there is nothing to read on it."""
    process.line.settimeout(0)
    try:
        process.line.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


class _Kept:
    """What a document needs to ask for places: its process, or the file to read it once more."""

    def __init__(self, sandbox: Sandbox, order: Order) -> None:
        self.process: Process | None = None
        self._sandbox = sandbox
        self._order = order
        self._again: Document | None = None
        self._lock = threading.Lock()

    def place(self, segment: int, page: int | None) -> Place:
        """The place of a segment that stayed with the reader, on this page."""
        return _PlaceKept(self, segment, page)

    def locate(self, segment: int, start: int, end: int) -> Locator:
        """Ask the reader; where it cannot tell, the file as a whole is the place."""
        with self._lock:
            if self._again is not None:
                return self._again.segments.place(segment).locate(start, end)
            process = self.process
            if process is not None:
                try:
                    return _ask(process, segment, start, end)
                except (Gone, TooLate, TooMuch, Damaged, OSError):
                    process.files = MOST_FILES  # not to be used again
                    self.process = None
            return self._read_again(segment, start, end)

    def _read_again(self, segment: int, start: int, end: int) -> Locator:
        document = self._sandbox.read(self._order)
        if isinstance(document, Unread) or segment >= len(document.segments):
            return WholeFile()
        place = document.segments.place(segment)
        if isinstance(place, _PlaceKept) and place.kept.process is not None:
            try:
                told = _ask(place.kept.process, segment, start, end)
            except (Gone, TooLate, TooMuch, Damaged, OSError):
                return WholeFile()
            self._again = document
            return told
        return place.locate(start, end)


@dataclass(frozen=True, slots=True)
class _PlaceKept:
    """A place that is asked for over the line."""

    kept: _Kept
    segment: int
    page: int | None

    def on_page(self) -> int | None:
        """The page came along."""
        return self.page

    def locate(self, start: int, end: int) -> Locator:
        return self.kept.locate(self.segment, start, end)


def _ask(process: Process, segment: int, start: int, end: int) -> Locator:
    process.line.settimeout(_PLACE_SECONDS)
    send(process.line, {"kind": "place", "segment": segment, "start": start, "end": end})
    deadline = time.monotonic() + _PLACE_SECONDS
    message = receive(process.line, deadline=deadline, most=MEBIBYTE)
    if message.kind != "place":
        raise TooMuch
    told = unpack_value(message.head["place"])
    return told if isinstance(told, Locator) else WholeFile()


def available() -> bool:
    """Whether this system can fork processes and hand them lines (Linux and its like)."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


@cache
def shared() -> Sandbox:
    """The sandbox of this process: one forking process however many extractors there are."""
    sandbox = Sandbox()
    atexit.register(sandbox.close)
    os.register_at_fork(after_in_child=_forget)
    return sandbox


def _forget() -> None:
    shared().processes.forget()
    shared.cache_clear()
