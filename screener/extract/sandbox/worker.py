"""The life of a reading process: take a file, answer with its Document, tell places, again."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from screener.config import Limits
from screener.extract.intake import Arrival
from screener.extract.reading import OutOfTime, Reading, Skips, memory_is_up, time_is_up
from screener.extract.registry import Spent, Unreadable
from screener.extract.sandbox.confine import allow, confine
from screener.extract.sandbox.frames import Gone, Line, Message, TooMuch, receive, send
from screener.extract.sandbox.transfer import pack, pack_value
from screener.i18n import set_language
from screener.model.document import Document, Source, UnreadReason

_MOST = 2**40  # what comes from the tool itself needs no bound


def serve(line: Line, folders: tuple[str, ...]) -> None:
    """Shut this process in, then answer until the line is closed."""
    worker = _Worker(line)
    send(line, {"kind": "ready", "held": confine(folders), "pid": os.getpid()})
    with contextlib.suppress(Gone, TooMuch):
        while True:
            worker.answer(receive(line, most=_MOST))


class _Worker:
    """Holds the last document, for places that are asked for later."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._document: Document | None = None
        self._granted = False

    def answer(self, message: Message) -> None:
        if message.kind == "read":
            self._read(message)
        elif message.kind == "place":
            self._place(message.head)
        else:
            raise TooMuch

    def _read(self, message: Message) -> None:
        head = message.head
        set_language(head["language"])
        limits = Limits(**head["limits"])
        skips = Skips(
            {
                int(number): (UnreadReason(reason), detail)
                for number, (reason, detail) in head["skips"].items()
            },
            head["since"],
            UnreadReason(head["reason"]),
            head["detail"],
        )
        self._document, self._granted = None, False
        allow(limits, limits.ocr_seconds)
        spent = Spent(slow=partial(self._slow, limits))
        reading = Reading(limits, self._convert, skips, self._entered, spent)
        arrival = Arrival(Source(**head["source"]), message.blocks[0])
        del message
        try:
            with _alarm(limits.seconds):
                document = reading.read(arrival, head["charset"])
            answer, blocks = pack(document)
        except OutOfTime:
            self._fail(UnreadReason.TIMEOUT, time_is_up(limits))
        except MemoryError:
            self._fail(UnreadReason.TOO_LARGE, memory_is_up(limits))
        except RecursionError:
            self._fail(UnreadReason.TOO_DEEP)
        else:
            self._document = document
            send(self._line, {**answer, "resident": _resident()}, blocks)

    def _fail(self, reason: UnreadReason, detail: str = "") -> None:
        send(self._line, {"kind": "failed", "reason": reason.value, "detail": detail})

    def _place(self, head: dict[str, Any]) -> None:
        if self._document is None:
            raise TooMuch
        try:
            place = self._document.segments.place(head["segment"])
            told = pack_value(place.locate(head["start"], head["end"]))
        except Exception:  # a torn page: the value was found all the same
            told = None
        send(self._line, {"kind": "place", "place": told})

    def _slow(self, limits: Limits) -> None:
        """Have the clock wait for work that has a time of its own, once for each file."""
        if not self._granted:
            self._granted = True
            left = signal.getitimer(signal.ITIMER_REAL)[0]
            signal.setitimer(signal.ITIMER_REAL, left + limits.ocr_seconds)
            send(self._line, {"kind": "slow"})

    def _entered(self, number: int) -> None:
        send(self._line, {"kind": "inside", "number": number})

    def _convert(self, data: bytes, media_type: str) -> bytes:
        send(self._line, {"kind": "convert", "media_type": media_type}, [data])
        answer = receive(self._line, most=_MOST)
        if answer.kind == "converted":
            return answer.blocks[0]
        raise Unreadable(UnreadReason(answer.head["reason"]), answer.head["detail"])


def _resident() -> int:
    """Bytes of memory this process holds now; at most, where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
        return int(pages) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End Python code that runs longer; library code is ended from outside soon after."""

    def ring(_number: int, _frame: object) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
