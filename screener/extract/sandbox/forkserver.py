"""A process that holds the readers' libraries and forks a reading process whenever one is needed.

Forking takes two milliseconds, starting Python and loading a reader a hundred times as long. It is
started afresh, so nothing of the tool's memory (keys, other papers) is in it, and it never looks at
a file itself. Its only child processes are the readers; it ends with its line.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import struct
import sys

from screener.extract.sandbox.folders import own_folders
from screener.extract.sandbox.frames import Line
from screener.extract.sandbox.worker import serve

ORDER = struct.Struct("<cIH")
"""What is asked: ``F`` fork (the line comes along) or ``E`` end; process; length of the rest."""
ANSWER = struct.Struct("<i")
"""A process number, or how an ended process ended (as ``os.waitstatus_to_exitcode`` says)."""

_LIBRARIES = {
    "html": ("lxml.html", "chardet"),
    "docx": ("lxml.etree", "PIL.Image"),
    "xlsx": ("lxml.etree", "python_calamine"),
    "pptx": ("lxml.etree",),
    "pdf": ("pypdfium2", "numpy"),
    "ofd": ("lxml.etree",),
    "eml": ("chardet",),
    "zip": ("chardet",),
}
"""What readers import when they read: loaded before forking, once for all."""


def main(descriptor: int) -> None:
    """Serve orders on the line with this file descriptor until it is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    line = socket.socket(fileno=descriptor)
    folders = own_folders()
    loaded: set[str] = set()
    children: set[int] = set()
    while True:
        order, lines, _flags, _address = socket.recv_fds(line, ORDER.size, 1)
        if len(order) < ORDER.size:
            for left in children:
                _end(left)  # waited for, so that what they cost counts as the tool's cost
            return
        kind, process, length = ORDER.unpack(order)
        follows = line.recv(length, socket.MSG_WAITALL) if length else b""
        if kind == b"F":
            _load(json.loads(follows), loaded)
            answer = _fork(line, lines[0], folders)
            children.add(answer)
        elif process in children:
            children.remove(process)  # its number may soon be another's
            answer = _end(process)
        else:
            answer = 0
        line.sendall(ANSWER.pack(answer))


def _load(names: list[str], loaded: set[str]) -> None:
    """Import readers and what they need, each once, before the process is copied."""
    from importlib import import_module

    from screener.extract.registry import FORMATS

    for entry in FORMATS:
        if entry.name in names and entry.name not in loaded:
            loaded.add(entry.name)
            for module in _LIBRARIES.get(entry.name, ()):
                # what is missing is told by the reader that needs it
                with contextlib.suppress(ImportError):
                    import_module(module)
            with contextlib.suppress(ImportError):
                entry.make_reader()


def _fork(orders: Line, descriptor: int, folders: tuple[str, ...]) -> int:
    gc.freeze()
    process = os.fork()
    if process:
        os.close(descriptor)
        return process
    code = 1
    try:
        orders.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        serve(socket.socket(fileno=descriptor), folders)
        code = 0
    finally:
        os._exit(code)  # nothing of the forking process is to be cleaned up here


def _end(process: int) -> int:
    """Kill a reader unless it is dead already; how it ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
