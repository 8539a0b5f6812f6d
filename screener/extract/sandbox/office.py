"""Turns old office papers into new ones with LibreOffice, shut in by bubblewrap.

In there is no network, no file of the machine but the program's own, a profile that is thrown away
and one folder with the paper. Without both programs such papers are Unread, and say what to
install.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from screener.config import MEBIBYTE, Limits
from screener.extract.registry import Unreadable
from screener.extract.sandbox.wanted import TARGETS, target_of
from screener.i18n import _
from screener.model.document import UnreadReason

INSTALL = (
    "apt-get install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui "
    "libreoffice-impress-nogui bubblewrap"
)
AT_ONCE = 16
"""Papers handed to one run of the program: starting it takes longer than reading one."""
_KEPT_BYTES = 64 * MEBIBYTE
_ADDRESSES = 8 * 1024 * 1024  # KiB
_START_SECONDS = 60.0
_SHOWN = ("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/alternatives", "/opt")

Paper = tuple[bytes, str]
"""Bytes and their media type."""
Outcome = bytes | Unreadable


class Office:
    """Converts papers, several at once where it knows what comes next.

    ``ahead`` gives papers that will be asked for soon; they go along in the same run.
    """

    def __init__(self, limits: Limits, ahead: Callable[[], Iterator[Paper]] | None = None) -> None:
        self._limits = limits
        self._ahead = ahead
        self._kept: OrderedDict[str, Outcome] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, data: bytes, media_type: str) -> bytes:
        """The paper in the newer format. Raises Unreadable."""
        with self._lock:
            outcome = self._kept.pop(_name(data, media_type), None)
            if outcome is None:
                outcome = self._convert(data, media_type)
        if isinstance(outcome, Unreadable):
            raise outcome
        return outcome

    def _convert(self, data: bytes, media_type: str) -> Outcome:
        if (problem := missing()) is not None:
            return problem
        papers = [(data, media_type)]
        target, size = target_of(media_type), len(data)
        for paper in self._ahead() if self._ahead else ():
            size += len(paper[0])
            if size > _KEPT_BYTES or len(papers) >= AT_ONCE:
                break
            if target_of(paper[1]) == target:
                papers.append(paper)
        outcomes = self._run([paper for paper, _type in papers], target)
        for (other, kind), outcome in zip(papers[1:], outcomes[1:], strict=True):
            # one that failed beside others gets a run of its own
            if not isinstance(outcome, Unreadable):
                self._kept[_name(other, kind)] = outcome
        while sum(len(held) for held in self._kept.values() if isinstance(held, bytes)) > (
            _KEPT_BYTES
        ):
            self._kept.popitem(last=False)
        if isinstance(outcomes[0], Unreadable) and len(papers) > 1:
            return self._run([data], target)[0]
        return outcomes[0]

    def _run(self, papers: Sequence[bytes], target: str) -> list[Outcome]:
        """One run over papers of one kind; each ends as bytes or a reason."""
        with tempfile.TemporaryDirectory(prefix="screener-", dir=_folder(papers)) as folder:
            work = Path(folder)
            (work / "in").mkdir()
            (work / "out").mkdir()
            names = [f"{number}.{TARGETS[target]}" for number in range(len(papers))]
            for name, paper in zip(names, papers, strict=True):
                (work / "in" / name).write_bytes(paper)
            seconds = _START_SECONDS + self._limits.seconds * len(papers)
            in_time = _call(_command(work, names, target, self._limits), seconds)
            return [self._outcome(work / "out" / name, target, in_time) for name in names]

    def _outcome(self, made: Path, target: str, in_time: bool) -> Outcome:
        made = made.with_suffix(f".{target}")
        try:
            size = made.lstat().st_size
            if made.is_symlink() or not made.is_file():
                raise OSError
            if size > self._limits.unpacked_bytes:
                detail = _("{size} bytes; the limit is {limit} ({key})").format(
                    size=size, limit=self._limits.unpacked_bytes, key="[limits] unpacked_bytes"
                )
                return Unreadable(UnreadReason.TOO_LARGE, detail)
            return made.read_bytes()
        except OSError:
            if in_time:
                return Unreadable(UnreadReason.CORRUPT, _("LibreOffice cannot read it"))
            detail = _("LibreOffice took longer than {limit} seconds ({key})").format(
                limit=f"{self._limits.seconds:g}", key="[limits] seconds"
            )
            return Unreadable(UnreadReason.TIMEOUT, detail)


def missing() -> Unreadable | None:
    """Why no old paper can be read on this machine, or None when all is there."""
    if _program() is not None and _shut_in() is not None:
        return None
    if _program() is not None and shutil.which("bwrap") is not None:
        detail = _("bubblewrap cannot shut LibreOffice in on this system (user namespaces are off)")
        return Unreadable(UnreadReason.MISSING_TOOL, detail)
    detail = _("old office papers are read with LibreOffice and bubblewrap: {command}").format(
        command=INSTALL
    )
    return Unreadable(UnreadReason.MISSING_TOOL, detail)


@cache
def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _shut_in() -> str | None:
    """bubblewrap, if it works here."""
    found = shutil.which("bwrap")
    if found is None:
        return None
    try:
        done = subprocess.run(
            [found, *_walls(), "/bin/sh", "-c", ":"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if done.returncode == 0 else None


def _walls() -> list[str]:
    """What the program is allowed to see: itself, to read."""
    words = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--ro-bind", "/usr", "/usr"]
    for name in ("/lib", "/lib32", "/lib64", "/bin", "/sbin"):
        path = Path(name)
        if path.is_symlink():
            words += ["--symlink", os.readlink(path), name]
        elif path.is_dir():
            words += ["--ro-bind", name, name]
    for name in _SHOWN:
        words += ["--ro-bind-try", name, name]
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108  # inside
    words += ["--clearenv", "--setenv", "HOME", "/tmp", "--setenv", "PATH", "/usr/bin:/bin"]  # noqa: S108
    return [*words, "--setenv", "LANG", "C.UTF-8"]


def _command(work: Path, names: Sequence[str], target: str, limits: Limits) -> list[str]:
    """The program, shut in, over these papers in the folder."""
    blocks = limits.unpacked_bytes // 512 + 1
    bounds = f"ulimit -c 0; ulimit -v {_ADDRESSES}; ulimit -f {blocks}; " + 'exec "$@"'
    return [
        *(_shut_in() or "bwrap", *_walls()),
        *("--ro-bind", str(work / "in"), "/job/in", "--bind", str(work / "out"), "/job/out"),
        *("--chdir", "/job/out", "/bin/sh", "-c", bounds, "sh"),
        *(_program() or "soffice", "-env:UserInstallation=file:///tmp/profile", "--headless"),
        *("--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", target),
        *("--outdir", "/job/out", *(f"/job/in/{name}" for name in names)),
    ]


def _call(command: Sequence[str], seconds: float) -> bool:
    """Run to the end; False when it had to be ended."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return True


def _folder(papers: Sequence[bytes]) -> str | None:
    """Memory rather than a disk, where there is room: what lies there are papers."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder made in it has a name nobody knows
    try:
        free = shutil.disk_usage(memory).free
    except OSError:
        return None
    return str(memory) if free > 16 * sum(map(len, papers)) + 64 * MEBIBYTE else None


def _name(data: bytes, media_type: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()} {media_type}"
