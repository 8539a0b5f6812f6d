from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from cli.files import collect, read_stream, write_output
from screener.errors import UsageProblem
from screener.extract.extractor import Extractor
from screener.model.document import UnreadReason


def names(*paths: Path) -> list[str]:
    return [path.name for path in collect([str(path) for path in paths]).files]


def test_folders_are_walked_in_the_order_of_names_with_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", ".隐藏.txt", "a/2.txt", "a/1.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    assert names(tmp_path) == [".隐藏.txt", "1.txt", "2.txt", "b.txt"]


def test_version_control_is_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".gitignore").write_text("x")
    assert names(tmp_path) == [".gitignore"]


def test_a_loop_of_links_ends_and_no_file_comes_twice(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("x")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert names(tmp_path, tmp_path / "a" / "1.txt") == ["1.txt"]


def test_a_link_to_nothing_stays_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path) == ["gone.txt"]


def test_a_missing_path_is_told_apart(tmp_path: Path) -> None:
    found = collect([str(tmp_path / "没有.txt")])
    assert found.files == []
    assert found.missing == [str(tmp_path / "没有.txt")]


def test_pipes_are_read_here_and_not_by_workers(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found = collect([str(pipe), "-"])
    assert found.streams == {pipe, Path("-")}


def test_a_pipe_inside_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = collect([str(tmp_path)])
    assert found.files == [tmp_path / "pipe"]
    assert found.streams == set()
    (entry,) = Extractor().read_path(tmp_path / "pipe").unread
    assert entry.reason is UnreadReason.UNSUPPORTED


def test_a_pipe_that_nobody_fills_is_not_waited_for_without_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TimeoutError):
        read_stream(tmp_path / "pipe", 10, 0.1)


def test_a_pipe_is_read_to_its_end_or_the_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for limit, expected in ((100, b"content"), (3, b"cont")):
        writer = threading.Thread(target=pipe.write_bytes, args=(b"content",))
        writer.start()
        assert read_stream(pipe, limit, 20.0) == expected
        writer.join()


def test_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    write_output(target, b"1")
    write_output(target, b"2")
    assert target.read_bytes() == b"2"
    assert [path.name for path in tmp_path.iterdir()] == ["结果.json"]


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        write_output(tmp_path, b"1")
    with pytest.raises(UsageProblem):
        write_output(tmp_path / "没有" / "结果.json", b"1")
