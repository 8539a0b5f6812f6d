"""The tool's side of the line: one forking process for each tool process, readers as needed."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from array import array
from dataclasses import dataclass, field
from pathlib import Path

from screener.extract.sandbox.forkserver import ANSWER, ORDER
from screener.extract.sandbox.frames import Gone, Line, TooLate, TooMuch, pair, receive

_START_SECONDS = 60.0
_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from screener.extract.sandbox.forkserver import main; main(int(sys.argv[1]))"
)
_KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL", "TZ", "OMP_NUM_THREADS")
"""Variables that Python itself may need; keys and names of the tool's user are none of them."""


class CannotStart(Exception):
    """No reading process can be had on this system."""


@dataclass(slots=True, eq=False)
class Process:
    """A reading process: its line, number, what the kernel holds it to, what it has done."""

    line: Line
    number: int
    held: tuple[str, ...]
    files: int = 0
    resident: int = 0
    since: float = field(default_factory=time.monotonic)


class Processes:
    """Starts and ends reading processes. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._orders: Line | None = None

    def start(self, formats: list[str]) -> Process:
        """A fresh process in which these formats' readers are loaded. Raises CannotStart."""
        ours, theirs = pair()
        try:
            number = self._order(b"F", 0, json.dumps(formats).encode(), theirs)
            theirs.close()  # so that the reader's end is the only one
            ready = receive(ours, deadline=time.monotonic() + _START_SECONDS, most=0)
        except (OSError, Gone, TooLate, TooMuch) as error:
            ours.close()
            raise CannotStart from error
        finally:
            theirs.close()
        return Process(ours, number, tuple(ready.head.get("held", ())))

    def end(self, process: Process) -> int | None:
        """End a process and tell how it ended (negative: the signal); None if nobody knows."""
        with contextlib.suppress(OSError):
            process.line.close()
        try:
            return self._order(b"E", process.number)
        except (OSError, CannotStart):
            return None

    def close(self) -> None:
        """End the forking process, and with it all readers."""
        with self._lock:
            self._drop()

    def forget(self) -> None:
        """In a forked copy of the tool: leave the processes to the one that started them."""
        self._lock = threading.Lock()
        if self._orders is not None:
            self._orders.close()
        self._orders, self._server = None, None

    def _order(
        self, kind: bytes, process: int, follows: bytes = b"", line: Line | None = None
    ) -> int:
        with self._lock:
            if self._orders is None:
                if kind == b"E":
                    raise CannotStart
                self._orders = self._launch()
            order = ORDER.pack(kind, process, len(follows))
            try:
                along = array("i", [line.fileno()] if line else [])
                self._orders.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, along)])
                self._orders.sendall(follows)
                raw = self._orders.recv(ANSWER.size, socket.MSG_WAITALL)
            except OSError:
                self._drop()
                raise
            if len(raw) < ANSWER.size:
                self._drop()
                raise CannotStart
            return int(ANSWER.unpack(raw)[0])

    def _launch(self) -> Line:
        ours, theirs = pair()
        home = str(Path(__file__).resolve().parents[3])
        paths = [home, *(str(Path(entry or ".").resolve()) for entry in sys.path if entry != home)]
        try:
            self._server = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _BOOT, str(theirs.fileno()), *paths],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={key: os.environ[key] for key in _KEPT if key in os.environ},
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is the tool's business
            )
        except OSError as error:
            ours.close()
            raise CannotStart from error
        finally:
            theirs.close()
        ours.settimeout(_START_SECONDS)
        return ours

    def _drop(self) -> None:
        if self._orders is not None:
            self._orders.close()
        if self._server is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(2)
            self._server.kill()
            self._server.wait()
        self._orders, self._server = None, None
