"""A reading process can do nothing but read bytes in memory, whatever runs in it."""

from __future__ import annotations

import json
import os
import platform
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from screener.extract.sandbox import syscalls

LINUX = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
needs_linux = pytest.mark.skipif(not LINUX, reason="confinement is there on Linux only")


@needs_linux
def test_whatever_is_tried_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "site.key"
    secret.write_text("key")
    open_file = tmp_path / "open"
    open_file.write_text("untouched")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tests.extract.sandbox.attempts"),
            *(str(secret), str(os.getpid()), str(open_file)),
        ],
        capture_output=True,
        timeout=60,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    answer = json.loads(run.stdout)
    told = answer["told"]
    assert told.pop("thread") == "True"
    assert told.pop("library") == "True"
    if "calls" not in answer["held"]:
        pytest.skip("the kernel here has no seccomp filters")
    if "folders" not in answer["held"]:
        for name in ("read a key", "list a home", "passwords"):
            told.pop(name)
    assert {name: what for name, what in told.items() if what != "refused"} == {}
    assert secret.read_text() == "key"
    assert open_file.read_text() == "untouched"
    assert sorted(os.listdir(tmp_path)) == ["open", "site.key"]


def decide(program: bytes, machine: int, number: int, *arguments: int) -> int:
    """Run a filter as the kernel would: the verdict for one call."""
    data = struct.pack("=IIQ", number, machine, 0)
    data += b"".join(struct.pack("=Q", arguments[n] if n < len(arguments) else 0) for n in range(6))
    steps = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    at, loaded = 0, 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            (loaded,) = struct.unpack_from("=I", data, value)
        elif code == 0x06:
            return int(value)
        else:
            true = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
            at += yes if true else no


ALLOWED, REFUSED, UNKNOWN, KILLED = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
X86, ARM = 0xC000003E, 0xC00000B7


@pytest.mark.parametrize(
    ("machine", "mark", "calls"),
    [
        (
            "x86_64",
            X86,
            {"read": 0, "mmap": 9, "futex": 202, "socket": 41, "connect": 42, "execve": 59}
            | {"fork": 57, "kill": 62, "unlink": 87, "io_uring_setup": 425, "ptrace": 101},
        ),
        (
            "aarch64",
            ARM,
            {"read": 63, "mmap": 222, "futex": 98, "socket": 198, "connect": 203, "execve": 221}
            | {"kill": 129, "unlinkat": 35, "io_uring_setup": 425, "ptrace": 117},
        ),
    ],
)
def test_the_filter_of_each_architecture(machine: str, mark: int, calls: dict[str, int]) -> None:
    program = syscalls.program(machine, 77)
    harmless = {"read", "mmap", "futex"}
    for name, number in calls.items():
        assert decide(program, mark, number) == (ALLOWED if name in harmless else REFUSED), name
    other = ARM if mark == X86 else X86
    assert decide(program, other, calls["read"]) == KILLED
    opens, clones, limits = (257, 56, 302) if mark == X86 else (56, 220, 261)
    signals = 234 if mark == X86 else 131
    assert decide(program, mark, signals, 77, 78, 6) == ALLOWED
    assert decide(program, mark, signals, 76, 76, 9) == REFUSED
    assert decide(program, mark, opens, 0, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOWED
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC):
        assert decide(program, mark, opens, 0, 0, flag) == REFUSED
    assert decide(program, mark, clones, 0x3D0F00) == ALLOWED
    assert decide(program, mark, clones, 17) == REFUSED
    assert decide(program, mark, limits, 0) == ALLOWED
    assert decide(program, mark, limits, 4711) == REFUSED
    assert decide(program, mark, 435) == UNKNOWN
    if mark == X86:
        assert decide(program, mark, 0x40000000 + 41) == UNKNOWN


@pytest.mark.parametrize(
    ("column", "header"),
    [(0, "x86_64-linux-gnu/asm/unistd_64.h"), (1, "asm-generic/unistd.h")],
    ids=["x86_64", "aarch64"],
)
def test_the_numbers_are_those_of_the_kernel(column: int, header: str) -> None:
    path = Path("/usr/include", header)
    if not path.exists():
        pytest.skip("the kernel's headers are not installed (apt-get install linux-libc-dev)")
    told = {
        name: int(number)
        for name, number in re.findall(
            r"#define __NR(?:3264)?_(\w+)\s+([0-9]+)", path.read_text(encoding="utf-8")
        )
    }
    newest = max(told.values())
    tables = {**syscalls._REFUSED, **syscalls._UNKNOWN}
    for name, numbers in tables.items():
        if numbers[column] <= newest:  # older headers lack newer calls
            assert told.get(name, -1) == numbers[column], name
