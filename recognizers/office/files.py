"""Finds the files of packs and reads them as text. Nothing that was named is left out silently."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from recognizers.office.problems import PackProblem, Place

LARGEST = 1024 * 1024
SUFFIXES = (".yaml", ".yml")
_BESIDE = (".py", ".md", "~")
_MOST_FILES = 200


def collect(paths: Iterable[Path], problems: list[PackProblem]) -> tuple[list[Path], list[Path]]:
    """The files under these paths, each once, by path; and the text files that lie beside them.

    A text file is a pack's dictionary or a pack with the wrong ending: the caller tells. What
    cannot be used joins ``problems``.
    """
    found: dict[Path, Path] = {}
    beside: list[Path] = []
    for path in paths:
        try:
            files = _folder(path, problems, beside) if path.is_dir() else [path]
        except OSError:
            problems.append(PackProblem("no_access", Place(str(path))))
            continue
        for file in files:
            found.setdefault(file.resolve(), file)
    return [found[real] for real in sorted(found)], beside


def _folder(folder: Path, problems: list[PackProblem], beside: list[Path]) -> list[Path]:
    files = []
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if name.startswith((".", "__", "readme", "~")):
            continue
        if name.endswith(SUFFIXES):
            files.append(path)
        elif path.is_dir():
            problems.append(PackProblem("folder_inside", Place(str(path))))
        elif name.endswith(".txt"):
            beside.append(path)
        elif not name.endswith(_BESIDE):
            problems.append(PackProblem("no_pack_file", Place(str(path)), name=path.name))
    if len(files) > _MOST_FILES:
        problems.append(PackProblem("too_many_files", Place(str(folder)), most=_MOST_FILES))
    if not files and not beside:
        problems.append(PackProblem("no_packs", Place(str(folder))))
    return files


def read_text(file: Path, name: str | None = None) -> tuple[str, bytes]:
    """The text of a file and its bytes. Raises PackProblem; never waits for a pipe or a device."""
    place = Place(name or str(file))
    try:
        facts = file.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise PackProblem("no_file", place)
        if facts.st_size > LARGEST:
            raise PackProblem("file_too_large", place, most=LARGEST // 1024)
        data = file.read_bytes()
    except FileNotFoundError:
        raise PackProblem("dead_link" if file.is_symlink() else "not_there", place) from None
    except OSError:
        raise PackProblem("no_access", place) from None
    return _decoded(data, place), data


def _decoded(data: bytes, place: Place) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PackProblem("encoding", place, encoding="UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = Place(place.file, line, 1)
        raise PackProblem("encoding", where, encoding=_guess(data)) from None
    if "\0" in text:
        raise PackProblem(
            "odd_character", Place(place.file, text.count("\n", 0, text.find("\0")) + 1, 1)
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK"
