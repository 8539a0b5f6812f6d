"""What a reading process may not ask of the kernel, and a filter that sees to it (seccomp-bpf).

Everything that makes a connection, starts a program or a process, reaches into another process or
changes a file is refused; the rest is what any reader of bytes in memory needs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Mapping
from dataclasses import dataclass

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 22, 38, 2
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_X32 = 0x40000000
_WRITING = 0o3 | 0o100 | 0o1000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
_THREAD = 0x10000  # CLONE_THREAD

# x86_64, aarch64; -1 where there is no such call
_REFUSED = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "accept4": (288, 242),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "fork": (57, -1),
    "vfork": (58, -1),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "creat": (85, -1),
    "rename": (82, -1),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, -1),
    "mkdirat": (258, 34),
    "rmdir": (84, -1),
    "unlink": (87, -1),
    "unlinkat": (263, 35),
    "link": (86, -1),
    "linkat": (265, 37),
    "symlink": (88, -1),
    "symlinkat": (266, 36),
    "chmod": (90, -1),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, -1),
    "fchown": (93, 55),
    "lchown": (94, -1),
    "fchownat": (260, 54),
    "truncate": (76, 45),
    "utime": (132, -1),
    "utimes": (235, -1),
    "futimesat": (261, -1),
    "utimensat": (280, 88),
    "mknod": (133, -1),
    "mknodat": (259, 33),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "iopl": (172, -1),
    "ioperm": (173, -1),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "personality": (135, 92),
    "modify_ldt": (154, -1),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "setpriority": (141, 140),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "open_tree_attr": (467, 467),
    "file_setattr": (469, 469),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
}
_UNKNOWN = {"clone3": (435, 435), "openat2": (437, 437)}
"""Calls whose arguments a filter cannot see: said not to exist, so the older ones are used."""


@dataclass(frozen=True, slots=True)
class _Machine:
    """An architecture: its mark in the kernel, which column of the table, some numbers."""

    mark: int
    column: int
    openat: int
    open: int
    clone: int
    prlimit64: int
    tgkill: int


_MACHINES: Mapping[str, _Machine] = {
    "x86_64": _Machine(0xC000003E, 0, 257, 2, 56, 302, 234),
    "aarch64": _Machine(0xC00000B7, 1, 56, -1, 220, 261, 131),
}


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _refusal(number: int) -> int:
    return _ERRNO | number


def program(machine: str, process: int) -> bytes:
    """The filter's instructions for a process of this number, which may signal only itself.

    Raises KeyError for an architecture that is not known.
    """
    known = _MACHINES[machine]
    steps = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, known.mark, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":
        steps += [_step(_AT_LEAST, _X32, 0, 1), _step(_RETURN, _refusal(errno.ENOSYS))]
    for table, code in ((_REFUSED, errno.EPERM), (_UNKNOWN, errno.ENOSYS)):
        for numbers in table.values():
            if (number := numbers[known.column]) >= 0:
                steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _refusal(code))]
    for number, argument, bits in ((known.openat, 2, _WRITING), (known.open, 1, _WRITING)):
        if number >= 0:
            steps += _by_argument(number, argument, _ANY_BIT, bits, allowed_if=False)
    steps += _by_argument(known.clone, 0, _ANY_BIT, _THREAD, allowed_if=True)
    steps += _by_argument(known.prlimit64, 0, _EQUAL, 0, allowed_if=True)
    steps += _by_argument(known.tgkill, 0, _EQUAL, process, allowed_if=True)
    return b"".join((*steps, _step(_RETURN, _ALLOW)))


def _by_argument(
    number: int, argument: int, test: int, value: int, *, allowed_if: bool
) -> list[bytes]:
    """Allow a call by the lower half of one argument, refuse it otherwise."""
    yes, no = (0, 1) if allowed_if else (1, 0)
    return [
        _step(_EQUAL, number, 0, 4),
        _step(_LOAD, _ARGUMENTS_AT + 8 * argument),
        _step(test, value, yes, no),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _refusal(errno.EPERM)),
    ]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def refuse_calls() -> bool:
    """Put this process under the filter, for good. False where the kernel has none."""
    machine = platform.machine()
    if machine not in _MACHINES:
        return False
    raw = program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(raw, len(raw))
    filled = _Program(len(raw) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(filled), 0, 0) == 0)
