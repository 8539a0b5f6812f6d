"""CPU seconds and peak memory of a command, as the system counts them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took: CPU seconds (user and system), peak memory in MiB."""

    cpu_seconds: float
    peak_mib: float
    exit_code: int


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, its output thrown away."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def best(command: Sequence[str], times: int, environment: Mapping[str, str] | None = None) -> Cost:
    """The cheapest of several runs: noise only ever adds."""
    return min((run(command, environment) for _ in range(times)), key=lambda cost: cost.cpu_seconds)


def screener(*arguments: str) -> list[str]:
    """The command line of the tool under this interpreter."""
    return [sys.executable, "-m", "cli", *arguments]
