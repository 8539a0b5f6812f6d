"""Which files a reading process may open: the program's own, to read, and nothing else (Landlock).

The paper itself comes over the line, so no document, key or setting of the machine is needed.
"""

from __future__ import annotations

import ctypes
import os
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every architecture
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_ALL_OF_FIRST = (1 << 13) - 1
_NO_NEW_PRIVS = 38
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
)
_LIBRARIES = ("lxml", "pypdfium2", "chardet", "numpy")
"""Packages that readers import: where they lie, the others do as well."""


class _Rules(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def own_folders() -> tuple[str, ...]:
    """Folders and files that hold this program, Python and the libraries."""
    found = {sys.prefix, sys.base_prefix, sys.exec_prefix, *_SYSTEM}
    found |= {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    found.add(str(Path(__file__).resolve().parents[2]))
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            found.add(str(Path(spec.origin).resolve().parents[1]))
    return tuple(sorted(found))


def close_folders(allowed: tuple[str, ...]) -> bool:
    """Let this process open nothing but these, to read. False where the kernel cannot do it."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, 1)
    if version < 1 or libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    extra = (0, 0, 1 << 13, 3 << 13, 3 << 13, 7 << 13)[min(version, 5)]
    rules = _Rules(_ALL_OF_FIRST | extra, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    made = libc.syscall(_CREATE, ctypes.byref(rules), size, 0)
    if made < 0:
        return False
    try:
        for name in allowed:
            _allow(libc, made, name)
        return bool(libc.syscall(_RESTRICT, made, 0) == 0)
    finally:
        os.close(made)


def _allow(libc: ctypes.CDLL, rules: int, name: str) -> None:
    try:
        folder = os.open(name, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not on this machine
    try:
        rights = _READ_FILE | (_READ_DIR if Path(name).is_dir() else 0)
        beneath = _Beneath(rights, folder)
        libc.syscall(_ADD, rules, _PATH_BENEATH, ctypes.byref(beneath), 0)
    finally:
        os.close(folder)
