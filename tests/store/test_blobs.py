"""Files by their content: whole, private, and told apart when changed."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from screener.errors import StoreProblem
from screener.store.blobs import BlobFolder


def test_what_was_put_is_got(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path / "blobs")
    data = bytes(range(256)) * 1000
    sha256 = blobs.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert blobs.get(sha256) == data
    assert blobs.put(data) == sha256
    assert list(blobs.names()) == [sha256]


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    os.umask(0)
    BlobFolder(tmp_path / "blobs").put(b"x")
    modes = {p.stat().st_mode & 0o777 for p in (tmp_path / "blobs").rglob("*") if p.is_file()}
    folders = {p.stat().st_mode & 0o777 for p in tmp_path.rglob("*") if p.is_dir()}
    os.umask(0o022)
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_changed_file_is_told_and_mended_by_putting_it_again(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"original")
    (tmp_path / sha256[:2] / sha256[2:]).write_bytes(b"changed")
    with pytest.raises(StoreProblem):
        blobs.get(sha256)
    blobs.put(b"original")
    assert blobs.get(sha256) == b"original"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_a_name_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreProblem):
        BlobFolder(tmp_path).get(name)


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"x")
    folder = tmp_path / sha256[:2]
    (folder / ".new-old").write_bytes(b"half")
    (folder / ".new-fresh").write_bytes(b"half")
    os.utime(folder / ".new-old", (0, time.time() - 7200))
    (folder / sha256[2:]).unlink()
    blobs.put(b"x")
    assert {p.name for p in folder.iterdir()} == {sha256[2:], ".new-fresh"}
    assert list(blobs.names()) == [sha256]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file stands where the folder should be")
    with pytest.raises(StoreProblem):
        BlobFolder(tmp_path / "blobs").put(b"x")


def test_a_file_that_another_process_finishes_while_sweeping_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = BlobFolder(tmp_path)
    sha256 = blobs.put(b"first")
    (tmp_path / sha256[:2] / f"{sha256[2:]}").unlink()
    (tmp_path / sha256[:2] / ".new-other").write_bytes(b"")
    real = Path.stat

    def gone(path: Path, **options: bool) -> object:
        if path.name == ".new-other":
            path.unlink(missing_ok=True)
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", gone)
    assert blobs.put(b"first") == sha256
    assert blobs.get(sha256) == b"first"
