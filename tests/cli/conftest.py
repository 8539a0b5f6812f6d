"""Runs commands in this process: one data folder and one engine for all of a session's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import main
from fixtures.people import People, Person
from screener.i18n import set_language


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str


Screener = Callable[..., Result]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def surroundings(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SCREENER_HOME", str(home))
    for name in ("SCREENER_USER", "SCREENER_LANG", "SCREENER_POLICY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture
def screener(capsysbinary: pytest.CaptureFixture[bytes]) -> Screener:
    def call(*words: str | Path) -> Result:
        code = main([str(word) for word in words])
        out, err = capsysbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return call


@pytest.fixture(scope="session")
def person() -> Person:
    return People(5).person()


@pytest.fixture
def leaking(tmp_path: Path, person: Person) -> Path:
    """A text with one ID number."""
    file = tmp_path / "名单.txt"
    file.write_text(f"公示名单\n申请人身份证号：{person.id_number}\n", "utf-8")
    return file


@pytest.fixture
def harmless(tmp_path: Path) -> Path:
    """A text with nothing in it that asks for anything."""
    file = tmp_path / "通知.txt"
    file.write_text("关于做好防汛工作的通知\n请各单位落实责任，加强值守。\n", "utf-8")
    return file
