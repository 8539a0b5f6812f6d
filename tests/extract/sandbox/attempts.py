"""What a reader that was taken over might try; run in a process that shuts itself in first.

Prints a JSON object: for each attempt ``refused`` or what came of it.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from screener.extract.sandbox.confine import confine
from screener.extract.sandbox.folders import own_folders


def outcome(attempt: Callable[[], object]) -> str:
    try:
        return f"done: {attempt()!r:.40}"
    except (OSError, PermissionError) as error:
        return "refused" if error.errno in (1, 13, 27, 38) else f"errno {error.errno}"


def by_number(number: int, *arguments: int) -> Callable[[], object]:
    libc = ctypes.CDLL(None, use_errno=True)

    def attempt() -> object:
        answer = libc.syscall(number, *arguments)
        if answer < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return answer

    return attempt


def thread_runs() -> str:
    ran = threading.Event()
    thread = threading.Thread(target=ran.set)
    thread.start()
    thread.join(5)
    return str(ran.is_set())


def main(secret: str, victim: int, writable: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    opened = os.open(writable, os.O_RDWR)
    held = confine(own_folders())

    def trace() -> object:
        if libc.ptrace(16, victim, 0, 0) < 0:  # PTRACE_ATTACH
            raise OSError(ctypes.get_errno(), "refused")
        return "attached"

    attempts: dict[str, Callable[[], object]] = {
        "tcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "unix socket": lambda: socket.socket(socket.AF_UNIX),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "io_uring": by_number(425, 4, 0),
        "program": lambda: os.execv("/bin/true", ["true"]),
        "subprocess": lambda: subprocess.run(["/bin/true"], check=True),
        "fork": os.fork,
        "kill": lambda: os.kill(victim, 0),
        "trace": trace,
        "read a key": lambda: Path(secret).read_text(),
        "list a home": lambda: os.listdir(Path(secret).parent),
        "passwords": lambda: Path("/etc/passwd").read_text(),
        "write a file": lambda: Path(secret).write_text("x"),
        "new file": lambda: Path(secret).with_name("new").touch(),
        "new file in tmp": lambda: Path("/tmp/screener-attempt").touch(),
        "delete": lambda: os.unlink(secret),
        "rename": lambda: os.rename(secret, secret + "x"),
        "cut": lambda: os.truncate(secret, 0),
        "rights": lambda: os.chmod(secret, 0o777),
        "link": lambda: os.link(secret, secret + "l"),
        "folder": lambda: os.mkdir(secret + "d"),
        "write through an open file": lambda: os.write(opened, b"x"),
    }
    told = {name: outcome(attempt) for name, attempt in attempts.items()}
    told["thread"] = thread_runs()
    told["library"] = str(len(Path(json.__file__).read_text()) > 0)
    sys.stdout.write(json.dumps({"held": held, "told": told}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
