"""Takes from a reading process all that it does not need: for good, before it sees a file."""

from __future__ import annotations

import contextlib
import ctypes
import math
import resource
import sys
from pathlib import Path

from screener.config import MEBIBYTE, Limits
from screener.extract.sandbox.folders import close_folders
from screener.extract.sandbox.syscalls import refuse_calls

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _SIGKILL = 1, 4, 9
_OPEN_FILES = 128
_ADDRESSES = 6 * 1024 * MEBIBYTE
"""Address space beyond the memory limit: libraries and threads reserve much and use little."""


def confine(folders: tuple[str, ...]) -> list[str]:
    """Shut this process in; returns what the kernel does here: ``calls``, ``folders``.

    No core files, nothing written to disk, no new program or process, no connection, no file but
    the program's own. The process ends with its parent, and is the first to go when the machine
    runs out of memory.
    """
    linux = sys.platform == "linux"
    if linux:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _lower(kind, most)
    held = []
    if linux and close_folders(folders):
        held.append("folders")
    if linux and refuse_calls():
        held.append("calls")
    return held


def allow(limits: Limits, extra_seconds: float) -> None:
    """Memory and processor time for the next file. Raised and lowered from file to file."""
    _lower(resource.RLIMIT_DATA, limits.memory_bytes, hard=False)
    _lower(resource.RLIMIT_AS, limits.memory_bytes + _ADDRESSES, hard=False)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = used.ru_utime + used.ru_stime + 2 * (limits.seconds + extra_seconds) + 1
    _lower(resource.RLIMIT_CPU, math.ceil(seconds), hard=False)


def _lower(kind: int, most: int, *, hard: bool = True) -> None:
    """Set a limit; a lower one that the system set before stays."""
    above = resource.getrlimit(kind)[1]
    if above != resource.RLIM_INFINITY:
        most = min(most, above)
    # a limit that the system refuses to set leaves the others, the clock and the filter
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (most, most if hard else above))
