"""Runs code that is not ours where it can do no harm to a screening: bounded, offline, silent.

A guest runs in a thread of its own, so that its time can be up. While it runs it may not use the
network nor start programs (a guest that tries has failed, even if it goes on without), and what it
logs is withheld: it may hold values.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import threading
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from recognizers.artifacts import RuleTimeout

T = TypeVar("T")
_FORBIDDEN = frozenset(
    {
        *("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
        *("socket.gethostbyaddr", "socket.bind", "subprocess.Popen", "os.system", "os.exec"),
        *("os.posix_spawn", "os.fork", "os.forkpty", "_thread.start_new_thread"),
    }
)
"""Audit events of Python that a guest may not cause; a thread of its own would not be watched."""


class GuestForbidden(Exception):
    """A guest tried to use the network or to start a program."""


class _Guest(threading.local):
    forbidden: list[str] | None = None


_guest = _Guest()


@cache
def _watch() -> None:
    """Put up the audit hook and the log filter, once a process; both only look at guests."""
    sys.addaudithook(_audit)
    before = logging.getLogRecordFactory()

    def quiet(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = before(*arguments, **named)
        if _guest.forbidden is not None:
            record.msg, record.args = "withheld: a plugged-in recognizer logged this", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return record

    logging.setLogRecordFactory(quiet)


def _audit(event: str, _arguments: tuple[Any, ...]) -> None:
    if _guest.forbidden is not None and event in _FORBIDDEN:
        _guest.forbidden.append(event)
        raise GuestForbidden(event)


def run(call: Callable[[], T], seconds: float) -> T:
    """What ``call`` returns. Raises RuleTimeout, GuestForbidden, or what ``call`` raises."""
    _watch()
    results: list[T] = []
    errors: list[BaseException] = []
    tried: list[str] = []

    def guest() -> None:
        _guest.forbidden = tried
        try:
            results.append(call())
        except BaseException as error:  # SystemExit too: a guest ends no screening
            errors.append(error)

    thread = threading.Thread(target=guest, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if thread.is_alive():
        _stop(thread)
        raise RuleTimeout
    if tried:
        raise GuestForbidden(tried[0])
    if errors:
        error = errors[0]
        raise error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
    return results[0]


def _stop(thread: threading.Thread) -> None:
    """End the guest's Python code at its next step; what it waits for in C ends by itself."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(RuleTimeout)
        )
